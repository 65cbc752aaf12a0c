import { type FormEvent, useState } from 'react'
import type { EntryWindows, OpenWindow } from '#contract/windows.ts'
import { addDays, type Day } from '#domain/calendar/day.ts'
import { Button } from '#ui/button.tsx'
import { Select, TextArea } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Fields } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { newId } from '#web/identifiers.ts'
import { sentenceOf } from '#web/query-client.ts'
import { useOpenWindow } from './use-windows.ts'
import styles from './windows.module.css'

type What = 'teacher' | 'journal'
type Form = { what: What; id: string; from: string; to: string; openUntil: string; reason: string }

/** Asks what to open, for which days, until when and why. */
export function OpenDialog({ data, onClose }: { data: EntryWindows; onClose: () => void }) {
  const [form, setForm] = useState<Form>(() => emptyForm(data.today))
  const [operationId, setOperationId] = useState(newId)
  const [tried, setTried] = useState(false)
  const open = useOpenWindow()
  const faults = faultsOf(form, data.today)
  const put = (more: Partial<Form>) => {
    setForm({ ...form, ...more })
    setOperationId(newId())
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faults).length > 0) return
    const done = () => {
      toast('Уроки открыты')
      onClose()
    }
    open.mutate({ window: windowOf(form), operationId }, { onSuccess: done })
  }
  const shown = tried ? faults : {}
  return (
    <Dialog title="Открыть уроки" onClose={onClose}>
      <form className={styles.form} onSubmit={send} noValidate>
        <Select
          label="Что открыть"
          value={form.what}
          onChange={({ target }) => put({ what: target.value as What, id: '' })}
        >
          <option value="teacher">Все уроки одного учителя</option>
          <option value="journal">Один журнал</option>
        </Select>
        <Select
          label={form.what === 'teacher' ? 'Учитель' : 'Журнал'}
          value={form.id}
          error={shown.id}
          onChange={({ target }) => put({ id: target.value })}
        >
          <option value="">Выберите</option>
          {(form.what === 'teacher' ? data.teachers : data.journals).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Fields least="10rem">
          <DateField
            label="Уроки с"
            value={form.from}
            max={data.today}
            error={shown.from}
            onDay={(day) => put({ from: day })}
          />
          <DateField
            label="по"
            value={form.to}
            max={data.today}
            error={shown.to}
            onDay={(day) => put({ to: day })}
          />
        </Fields>
        <DateField
          label="Открыто до конца дня"
          value={form.openUntil}
          min={data.today}
          error={shown.openUntil}
          onDay={(day) => put({ openUntil: day })}
        />
        <TextArea
          label="Причина"
          hint="Останется в списке и в истории"
          value={form.reason}
          maxLength={300}
          error={shown.reason}
          onChange={({ target }) => put({ reason: target.value })}
        />
        {open.error && <Notice tone="error">{sentenceOf(open.error)}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>Отмена</Button>
          <Button variant="primary" type="submit" busy={open.isPending}>
            Открыть
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

const emptyForm = (today: string): Form => ({
  what: 'teacher',
  id: '',
  from: addDays(today as Day, -14),
  to: addDays(today as Day, -1),
  openUntil: addDays(today as Day, 2),
  reason: '',
})

const windowOf = ({ what, id, ...rest }: Form): OpenWindow => ({
  ...(what === 'teacher' ? { teacherId: id } : { journalId: id }),
  ...rest,
  reason: rest.reason.trim(),
})

function faultsOf(
  { id, from, to, openUntil, reason }: Form,
  today: string,
): Partial<Record<keyof Form, string>> {
  return {
    ...(id === '' && { id: 'Выберите из списка.' }),
    ...(from === '' && { from: 'Укажите день.' }),
    ...(to === '' && { to: 'Укажите день.' }),
    ...(to !== '' && to < from && { to: 'Этот день раньше первого.' }),
    ...(openUntil < today && { openUntil: 'Укажите сегодняшний день или более поздний.' }),
    ...(reason.trim().length < 3 && { reason: 'Напишите причину, хотя бы слово.' }),
  }
}
