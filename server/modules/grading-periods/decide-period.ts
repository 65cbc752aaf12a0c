import type { ClosePeriod, DecidedPeriod, ReopenPeriod } from '#contract/grading-periods.ts'
import type { Day } from '#domain/calendar/day.ts'
import { closingRefusal, type PeriodRefusal, reopeningRefusal } from '#domain/lessons/grading-period.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { closePeriodRow, type PeriodRow, readPeriodRow, reopenPeriodRow } from './grading-periods.sql.ts'

type Asked = { id: string; version: number }

/** Closes a period for every record of its lessons, with a reason; one opened again is closed before its end. */
export async function closePeriod(
  call: Call,
  id: string,
  { version, reason }: ClosePeriod,
): Promise<DecidedPeriod> {
  await decidable(call, { id, version }, (period) => closingRefusal(period, call.today))
  if (!(await closePeriodRow(call, { id, version, reason }))) throw new Refused('version-conflict')
  await recordAudit(call, { action: 'grading-period.close', resource: 'grading-period', resourceId: id })
  return { id, version: version + 1 }
}

/** Opens a closed period again, with a reason, a person and an end. */
export async function reopenPeriod(
  call: Call,
  id: string,
  { version, reason, openUntil }: ReopenPeriod,
): Promise<DecidedPeriod> {
  const until = openUntil as Day
  await decidable(call, { id, version }, (period) => reopeningRefusal(period, until, call.today))
  if (!(await reopenPeriodRow(call, { id, version, reason, openUntil })))
    throw new Refused('version-conflict')
  const detail = { openUntil }
  await recordAudit(call, {
    action: 'grading-period.reopen',
    resource: 'grading-period',
    resourceId: id,
    detail,
  })
  return { id, version: version + 1 }
}

// Somebody was faster: what stands there now is shown before anything is said about it.
async function decidable(
  call: Call,
  { id, version }: Asked,
  refusalOf: (period: PeriodRow) => PeriodRefusal | null,
): Promise<void> {
  const period = await readPeriodRow(call, id)
  if (!period) throw new NotFound()
  if (period.version !== version) throw new Refused('version-conflict')
  const refusal = refusalOf(period)
  if (refusal) throw new Refused(refusal)
}
