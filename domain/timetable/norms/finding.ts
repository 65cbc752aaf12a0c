import type { NormId } from './norm.ts'

/**
 * Where a timetable leaves a norm. `figure` is what it has and `limit` what the norm says, in lessons, points, minutes,
 * or periods counted from 1, as the norm goes; days are indices of the problem, null for the whole week.
 */
export type NormFinding = {
  readonly norm: NormId
  readonly class: number | null
  readonly teacher: number | null
  readonly day: number | null
  readonly figure: number
  readonly limit: number
  readonly subject: string | null
}

type Found = Partial<Omit<NormFinding, 'norm' | 'figure' | 'limit'>>

/** A finding whose unsaid parts are null. */
export function finding(norm: NormId, figure: number, limit: number, found: Found): NormFinding {
  return { norm, figure, limit, class: null, teacher: null, day: null, subject: null, ...found }
}
