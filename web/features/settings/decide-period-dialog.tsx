import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { DecidedPeriod, GradingPeriod } from '#contract/grading-periods.ts'
import { addDays, type Day } from '#domain/calendar/day.ts'
import { Button } from '#ui/button.tsx'
import { TextArea } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { dayMonth, dayWithYear } from '#web/formats.ts'
import { newId } from '#web/identifiers.ts'
import { sentenceOf } from '#web/query-client.ts'
import { periodName } from './period-name.ts'

export type PeriodDecision = 'close' | 'reopen'

const words = {
  close: {
    title: 'Закрыть учебный период?',
    what: 'Отметки, посещаемость, темы и задания этих уроков больше не изменят. Что введут учителя, будет ждать решения.',
    button: 'Закрыть период',
    done: 'Учебный период закрыт',
    address: 'closing',
  },
  reopen: {
    title: 'Открыть период снова?',
    what: 'Записи станут возможны по обычным правилам: по прошедшим урокам действует срок записи. После указанного дня период закроется сам.',
    button: 'Открыть до этого дня',
    done: 'Учебный период открыт снова',
    address: 'reopening',
  },
} as const

const SHORTEST = 3

type Props = { period: GradingPeriod; decision: PeriodDecision; today: string; onClose: () => void }

/** Asks why, and until which day a period is opened again. */
export function DecidePeriodDialog({ period, decision, today, onClose }: Props) {
  const { title, what, button, done } = words[decision]
  const [reason, setReason] = useState('')
  const [openUntil, setOpenUntil] = useState<string>(addDays(today as Day, 2))
  const [operationId, setOperationId] = useState(newId)
  const [tried, setTried] = useState(false)
  const decide = useDecidePeriod(decision)
  const faults = {
    reason: reason.trim().length < SHORTEST ? 'Напишите основание, хотя бы слово.' : null,
    openUntil:
      decision === 'reopen' && openUntil < today ? 'Укажите сегодняшний день или более поздний.' : null,
  }
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value)
    setOperationId(newId())
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faults.reason || faults.openUntil || decide.isPending) return
    const body = {
      reason: reason.trim(),
      version: period.version,
      ...(decision === 'reopen' && { openUntil }),
    }
    const onSuccess = () => {
      toast(done)
      onClose()
    }
    decide.mutate({ id: period.id, body, operationId }, { onSuccess })
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={send} noValidate>
        <Stack>
          <p>
            {periodName(period)}, {dayMonth(period.from)} – {dayWithYear(period.to)}
          </p>
          {decision === 'close' && period.to >= today && (
            <Notice tone="warn">Период ещё идёт: закроются и сегодняшний урок, и уроки до его конца.</Notice>
          )}
          <p>{what}</p>
          {decision === 'reopen' && (
            <DateField
              label="Открыт до конца дня"
              value={openUntil}
              min={today}
              error={tried ? faults.openUntil : null}
              onDay={typed(setOpenUntil)}
            />
          )}
          <TextArea
            label="Основание"
            hint="Останется в списке и в истории"
            value={reason}
            maxLength={300}
            error={tried ? faults.reason : null}
            onChange={({ target }) => typed(setReason)(target.value)}
          />
          {decide.error && <Notice tone="error">{sentenceOf(decide.error)}</Notice>}
          <DialogActions>
            <Button onClick={onClose}>Отмена</Button>
            <Button variant="primary" type="submit" busy={decide.isPending}>
              {button}
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}

type Sent = { id: string; body: object; operationId: string }

function useDecidePeriod(decision: PeriodDecision) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body, operationId }: Sent) =>
      call<DecidedPeriod>('PUT', `/api/grading-periods/${id}/${words[decision].address}`, {
        body,
        operationId,
      }),
    onSuccess: () => cache.invalidateQueries(),
    // Somebody was faster: the list shows what stands there now, the dialog what was typed.
    onError: () => cache.invalidateQueries({ queryKey: ['grading-periods'] }),
  })
}
