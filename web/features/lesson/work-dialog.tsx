import { type FormEvent, useState } from 'react'
import type { GradebookWork } from '#contract/gradebook.ts'
import type { LessonPage, PutWork } from '#contract/lessons.ts'
import { Button } from '#ui/button.tsx'
import { Select, TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { call } from '#web/api.ts'
import { newId } from '#web/identifiers.ts'
import { sentenceOf } from '#web/query-client.ts'

type Props = {
  page: LessonPage
  /** The work to change; null for a new one. */
  work: GradebookWork | null
  onSaved: () => void
  onClose: () => void
}

/** What the marks of a column are given for, and how much they weigh. */
export function WorkDialog({ page, work, onSaved, onClose }: Props) {
  const { workTypes, lesson } = page
  const [workId] = useState(() => work?.id ?? newId())
  const [typeId, setTypeId] = useState(work?.typeId ?? workTypes[1]?.id ?? workTypes[0]?.id ?? '')
  const [title, setTitle] = useState(work?.title ?? '')
  const [weight, setWeight] = useState(String(work?.weight ?? weightOf(page, typeId)))
  const [lateReason, setLateReason] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  // A new column of a past lesson comes late, a changed one is a correction; each has been asked about or not.
  const known = work ? page.correction : page.lateReason
  const needsReason = lesson.state === 'late' && known === null
  const first = work?.id === lesson.id

  async function save(removed: boolean) {
    setBusy(true)
    setFailure(null)
    const amount = Number(weight.replace(',', '.'))
    const body: PutWork = {
      typeId,
      title: title.trim(),
      weight: amount,
      removed,
      version: work?.version ?? 0,
    }
    if (needsReason && lateReason.trim()) body.lateReason = lateReason.trim()
    try {
      await call('PUT', `/api/lessons/${lesson.id}/works/${workId}`, { body })
      onSaved()
    } catch (problem) {
      setFailure(problem)
      setBusy(false)
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    void save(false)
  }
  return (
    <Dialog title={work ? 'Работа' : 'Новая работа'} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label="Вид работы"
            value={typeId}
            onChange={(event) => {
              setTypeId(event.target.value)
              setWeight(String(weightOf(page, event.target.value)))
            }}
          >
            {workTypes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {work && !workTypes.some(({ id }) => id === work.typeId) && (
              <option value={work.typeId}>{work.name}</option>
            )}
          </Select>
          <TextField
            label="Название"
            optional
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <TextField
            label="Вес"
            hint="Во сколько раз отметка важнее обычной; 0 — не входит в средний балл"
            inputMode="decimal"
            value={weight}
            onChange={(event) => setWeight(event.target.value)}
          />
          {needsReason && (
            <TextField
              label="Почему запись вносится или меняется позже"
              maxLength={300}
              value={lateReason}
              onChange={(event) => setLateReason(event.target.value)}
            />
          )}
          {failure !== null && <Notice tone="error">{sentenceOf(failure)}</Notice>}
          <DialogActions>
            {work && !first && (
              <Button variant="quiet" busy={busy} onClick={() => void save(true)}>
                Убрать работу
              </Button>
            )}
            <Row>
              <Button onClick={onClose}>Отмена</Button>
              <Button type="submit" variant="primary" busy={busy}>
                Сохранить
              </Button>
            </Row>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}

const weightOf = ({ workTypes }: LessonPage, typeId: string) =>
  workTypes.find(({ id }) => id === typeId)?.weight ?? 1
