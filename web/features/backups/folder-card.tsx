import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { BackupState, PutBackupFolder } from '#contract/backups.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { CautionIcon } from '#ui/icons.tsx'
import { Card, Row } from '#ui/layout.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { alarmWords, BACKUPS, toldAlarms } from '#web/backups.ts'
import { sentenceOf } from '#web/query-client.ts'
import styles from './backups.module.css'

type Props = {
  /** Null while the folder in use cannot be asked: then another one is all that can be chosen. */
  state: BackupState | null
  writable: boolean
}

/** Where copies go. While that is the journal's own disk, the card says so and the form stands open. */
export function FolderCard({ state, writable }: Props) {
  const [asked, setAsked] = useState(false)
  // Somebody may choose another folder meanwhile: what is being typed here stays.
  const [typed, setTyped] = useState(false)
  const same = state !== null && toldAlarms(state).includes('same-disk')
  return (
    <Card>
      {same ? (
        <>
          <h2 className={styles.alarm}>
            <CautionIcon />
            {alarmWords['same-disk']}
          </h2>
          <p>
            Если этот диск откажет, пропадут и журнал, и копии. Нужна папка на другом диске или сетевая:
            выбрать её можно за минуту.
          </p>
        </>
      ) : (
        <h2>Папка для копий</h2>
      )}
      {state && (
        <p>
          Сейчас выбрана папка <span className={styles.path}>{state.folder}</span>
        </p>
      )}
      {!writable && <p>Папку выбирает системный администратор.</p>}
      {writable &&
        (same || asked || typed ? (
          <FolderForm
            focused={asked}
            onTyped={setTyped}
            onDone={() => setAsked(false)}
            {...(!same && { onCancel: () => setAsked(false) })}
          />
        ) : (
          <Row>
            <Button onClick={() => setAsked(true)}>Выбрать другую папку</Button>
          </Row>
        ))}
    </Card>
  )
}

type FormProps = {
  focused: boolean
  onTyped: (typed: boolean) => void
  onDone: () => void
  onCancel?: () => void
}

function FolderForm({ focused, onTyped, onDone, onCancel }: FormProps) {
  const cache = useQueryClient()
  const handle = useRef<FormHandle>(null)
  // Asked only of whom it concerns, and not taken back while the next attempt is on its way.
  const [asksDisk, setAsksDisk] = useState(false)
  const saving = useMutation({
    mutationFn: (body: PutBackupFolder) => call('PUT', '/api/backups/folder', { body }),
    onSuccess: async () => {
      handle.current?.settle()
      onTyped(false)
      onDone()
      toast('Папка выбрана. Копии теперь пишутся в неё')
      await cache.invalidateQueries({ queryKey: BACKUPS })
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.problem.refusal === 'folder-on-same-disk') setAsksDisk(true)
    },
  })
  useEffect(() => {
    if (focused) handle.current?.form?.querySelector('input')?.focus()
  }, [focused])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const folder = String(typed.get('folder'))
    if (!saving.isPending) saving.mutate(typed.has('sameDisk') ? { folder, sameDisk: true } : { folder })
  }
  const cancel = () => {
    handle.current?.settle()
    onTyped(false)
    onCancel?.()
  }
  return (
    <Form what="папку для копий" handle={handle} onDirty={onTyped} onSubmit={submit} className={styles.form}>
      <TextField
        label="Другая папка"
        name="folder"
        required
        maxLength={1000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint="Полный путь на компьютере, где запущен журнал, например /mnt/kopii. Второй диск или сетевую папку сначала подключите. Прежние копии останутся на своём месте."
        error={saving.error && sentenceOf(saving.error)}
      />
      {asksDisk && <Checkbox label="Второго диска нет: хранить копии на этом же" name="sameDisk" />}
      <Row>
        <Button type="submit" variant="primary" busy={saving.isPending}>
          Писать копии сюда
        </Button>
        {onCancel && <Button onClick={cancel}>Оставить как есть</Button>}
      </Row>
    </Form>
  )
}
