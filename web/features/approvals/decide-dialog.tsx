import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Approval, ApprovalOutcome, DecideApproval } from '#contract/approvals.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { newId } from '#web/identifiers.ts'
import { sentenceOf } from '#web/query-client.ts'
import { Change } from './approval-card.tsx'
import { kindTitles } from './approval-words.ts'

const SHORTEST = 3

type Props = {
  approval: Approval
  decision: DecideApproval['decision']
  onClose: () => void
  onDone: (outcome: ApprovalOutcome) => void
}

/** The decision about a request; declining says why. */
export function DecideDialog({ approval, decision, onClose, onDone }: Props) {
  const confirming = decision === 'confirm'
  const [operationId] = useState(newId)
  const [reason, setReason] = useState('')
  const ready = confirming || reason.trim().length >= SHORTEST
  const { id, version, person, kind, asker } = approval
  const decide = useMutation({
    mutationFn: () => {
      const body: DecideApproval = confirming
        ? { decision: 'confirm', version }
        : { decision: 'decline', version, reason: reason.trim() }
      return call<ApprovalOutcome>('PUT', `/api/approvals/${id}/decision`, { body, operationId })
    },
    onSuccess: (outcome) => {
      toast(confirming ? 'Запрос подтверждён' : 'Запрос отклонён')
      onDone(outcome)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && !decide.isPending) decide.mutate()
  }
  return (
    <Dialog title={confirming ? 'Подтвердить запрос?' : 'Отклонить запрос?'} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <p>
            {kindTitles[kind]}: <b>{person}</b>. Просит {asker}.
          </p>
          {confirming && <Change approval={approval} />}
          {confirming ? (
            <p>Подтверждайте, только если знаете, что этот человек об этом просил или назначен приказом.</p>
          ) : (
            <TextField
              label="Причина"
              value={reason}
              maxLength={300}
              hint="Её увидит тот, кто просил."
              onChange={({ target }) => setReason(target.value)}
            />
          )}
          {decide.error && <Notice tone="error">{sentenceOf(decide.error)}</Notice>}
          <DialogActions>
            <Button onClick={onClose}>Отмена</Button>
            <Button type="submit" variant="primary" busy={decide.isPending} disabled={!ready}>
              {confirming ? 'Подтвердить' : 'Отклонить'}
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
