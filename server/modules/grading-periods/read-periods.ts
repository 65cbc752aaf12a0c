import type { GradingPeriods } from '#contract/grading-periods.ts'
import { periodState } from '#domain/lessons/grading-period.ts'
import type { Call } from '#platform/call.ts'
import { readPeriodRows } from './grading-periods.sql.ts'

/** Grading periods of the organisation with the last decision about each. */
export async function readPeriods(call: Call): Promise<GradingPeriods> {
  const rows = await readPeriodRows(call)
  const periods = rows.map(({ closed, ...row }) => ({
    ...row,
    state: periodState({ startsOn: row.from, closed, openUntil: row.openUntil }, call.today),
  }))
  return { today: call.today, periods }
}
