import { type FormEvent, useRef } from 'react'
import type { MomentLesson } from '#contract/moments.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Row } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { counted } from '#web/formats.ts'
import styles from './moment.module.css'
import { keyOf, type Outcome, type Picked, pickedLines, useTakeBack } from './use-taking-back.ts'

type Props = { at: string; lessons: MomentLesson[]; picked: Picked }

/** Why, and the press that writes what stood then into the living journal as a correction. */
export function TakeBackForm({ at, lessons, picked }: Props) {
  const handle = useRef<FormHandle>(null)
  const taking = useTakeBack(at, lessons, picked)
  const takeable = lessons.flatMap((of) =>
    of.lines.filter((line) => line.takeable).map((line) => keyOf(of, line)),
  )
  const count = pickedLines(lessons, picked).length
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const reason = String(new FormData(form).get('reason')).trim()
    if (taking.isPending || count === 0 || reason.length < 3) return
    taking.mutate(reason, {
      onSuccess: ({ refused }) => {
        if (refused.length > 0) return
        form.reset()
        handle.current?.settle()
      },
    })
  }
  return (
    <>
      {taking.data && <Told outcome={taking.data} />}
      {takeable.length > 0 && (
        <Form what="причину возврата" handle={handle} unsavable onSubmit={submit} className={styles.form}>
          <Row>
            <Button onClick={() => picked.set(takeable, true)}>Отметить всё, что можно вернуть</Button>
            {count > 0 && <Button onClick={() => picked.set(takeable, false)}>Снять отметки</Button>}
          </Row>
          <TextField
            label="Почему возвращается"
            name="reason"
            required
            minLength={3}
            maxLength={300}
            autoComplete="off"
            hint="Причина останется в истории рядом с исправлением. Нынешние записи тоже останутся в ней."
          />
          <Row>
            <Button type="submit" variant="primary" busy={taking.isPending} disabled={count === 0}>
              Вернуть отмеченное{count > 0 && `: ${count}`}
            </Button>
          </Row>
        </Form>
      )}
    </>
  )
}

function Told({ outcome: { written, referred, refused } }: { outcome: Outcome }) {
  const lines = (n: number) => counted(n, 'запись', 'записи', 'записей')
  return (
    <>
      {written > 0 && <Notice tone="good">Возвращено в журнал: {lines(written)}.</Notice>}
      {referred > 0 && (
        <Notice tone="warn">
          Отправлено на рассмотрение: {lines(referred)}. В журнал это встанет, когда разрешат.
        </Notice>
      )}
      {refused.map((sentence) => (
        <Notice key={sentence} tone="error" title="Возвращено не всё">
          {sentence}
        </Notice>
      ))}
    </>
  )
}
