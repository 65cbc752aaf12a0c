import { z } from 'zod'
import { Day, Id, Name, Version } from './shapes.ts'

/** A grading period («учебный период») with the last decision about it: closed, or opened again until a day. */
export const GradingPeriod = z.strictObject({
  id: Id,
  version: Version,
  name: z.string(),
  gradeFrom: z.number().int(),
  gradeTo: z.number().int(),
  from: Day,
  to: Day,
  state: z.enum(['open', 'closed', 'reopened']),
  /** Last day of reopening, also one that is past. */
  openUntil: Day.nullable(),
  reason: z.string().nullable(),
  /** Null where the console of the server decided. */
  decidedBy: Name.nullable(),
  decidedAt: z.string().nullable(),
})
export type GradingPeriod = z.infer<typeof GradingPeriod>

/** Periods of the organisation, the newest first. */
export const GradingPeriods = z.strictObject({ today: Day, periods: z.array(GradingPeriod) })
export type GradingPeriods = z.infer<typeof GradingPeriods>

const reason = z.string().trim().min(3).max(300)

/** Closes a period: no record of its lessons is made or changed until it is opened again. */
export const ClosePeriod = z.strictObject({ reason, version: Version })
export type ClosePeriod = z.infer<typeof ClosePeriod>

/** Opens a closed period again until the end of a day. */
export const ReopenPeriod = z.strictObject({ reason, openUntil: Day, version: Version })
export type ReopenPeriod = z.infer<typeof ReopenPeriod>

export const DecidedPeriod = z.strictObject({ id: Id, version: Version })
export type DecidedPeriod = z.infer<typeof DecidedPeriod>
