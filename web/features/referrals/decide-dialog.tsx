import { type FormEvent, useState } from 'react'
import type { DecideReferred, ReferredEntry } from '#contract/referrals.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { dayMonth } from '#web/formats.ts'
import { newId } from '#web/identifiers.ts'
import { sentenceOf } from '#web/query-client.ts'
import { StaffName } from '#web/staff-name.tsx'
import { useDecide } from './use-referrals.ts'

const SHORTEST = 3
const words = {
  apply: {
    title: 'Внести запись в журнал?',
    what: 'Она встанет в журнал как поздняя, с именем автора и с вашим.',
    button: 'Внести в журнал',
    done: 'Запись внесена в журнал',
  },
  decline: {
    title: 'Отклонить запись?',
    what: 'В журнале останется то, что в нём сейчас. Автор увидит причину.',
    button: 'Отклонить',
    done: 'Запись отклонена',
  },
}

type Props = { entry: ReferredEntry; decision: DecideReferred['decision']; onDone: () => void }

/** The decision about an entry, and why. */
export function DecideDialog({ entry, decision, onDone }: Props) {
  const { title, what, button, done } = words[decision]
  const decide = useDecide()
  const [operationId] = useState(newId)
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= SHORTEST
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    decide.mutate(
      { entry, decision, reason: reason.trim(), operationId },
      {
        onSuccess: () => {
          toast(done)
          onDone()
        },
      },
    )
  }
  return (
    <Dialog title={title} onClose={onDone}>
      <form onSubmit={submit}>
        <Stack>
          <p>
            {journalTitle(entry.subject, entry.group)}, {dayMonth(entry.day)}, <StaffName of={entry.author} />
          </p>
          <p>{what}</p>
          <TextField
            label="Причина"
            value={reason}
            maxLength={300}
            onChange={({ target }) => setReason(target.value)}
          />
          {decide.error && <Notice tone="error">{sentenceOf(decide.error)}</Notice>}
          <DialogActions>
            <Button onClick={onDone}>Отмена</Button>
            <Button type="submit" variant="primary" busy={decide.isPending} disabled={!ready}>
              {button}
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
