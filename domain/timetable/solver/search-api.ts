import type { PlacedTimetable, TimetableProblem } from '../problem.ts'

/** What a search is told; the same problem, options and steps give the same timetable. */
export type SearchOptions = {
  /** Any whole number. */
  readonly seed: number
  /** Where to begin: an existing timetable to be improved, or what another search found. */
  readonly from?: PlacedTimetable
  /** Cards that stay where `from` has them. */
  readonly locked?: readonly number[]
  /** At most so many cards may leave their slot in `from`. */
  readonly maxMoves?: number
}

/** How far a search is. Counts are of the best timetable so far. */
export type SearchProgress = {
  readonly steps: number
  readonly placed: number
  readonly total: number
  /** Units of hard constraints broken; 0 with all placed is a complete timetable. */
  readonly broken: number
  readonly softCost: number
  readonly complete: boolean
  /** Nothing is left to improve. */
  readonly finished: boolean
}

/** A running search; knows no clock: whoever owns it decides how many steps to give and when to stop. */
export type TimetableSearch = {
  /**
   * Works `count` steps (a step is one tried move) and says how far it is. While cards are placed for the first time,
   * this may be less than `best` has, for what is looked at has to be made good; asked with 0 it is exact.
   */
  run(count: number): SearchProgress
  /** The best timetable so far; cards without a place are `NOWHERE`. */
  best(): PlacedTimetable
  /** Everything needed to go on later as if there had been no stop: plain JSON. */
  save(): SavedSearch
  /** Takes the best timetable of another search when it is better than the own one. */
  adopt(timetable: PlacedTimetable): void
}

/** Raised whenever a saved search of before can no longer be gone on with. */
export const SAVED_VERSION = 3

/** A stopped search, as JSON; `problem` tells which problem it is of. */
export type SavedSearch = { readonly version: number; readonly problem: string; readonly state: string }

/** Why a saved search cannot be gone on with, or `null`: `version`, it was saved by another edition; `problem`, of another one. */
export function whyNotResumed(
  problem: TimetableProblem,
  saved: Pick<SavedSearch, 'version' | 'problem'>,
): 'version' | 'problem' | null {
  if (saved.version !== SAVED_VERSION) return 'version'
  return saved.problem === printOf(problem) ? null : 'problem'
}

/** A short print of a problem (FNV-1a of its JSON, 32 bits): the same for the same problem, hardly ever for another. */
export function printOf(problem: TimetableProblem): string {
  const text = JSON.stringify(problem)
  let print = 0x811c9dc5
  for (let at = 0; at < text.length; at++) print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  return (print >>> 0).toString(16)
}
