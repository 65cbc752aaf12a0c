import type { Day } from '../calendar/day.ts'

/** A grading period («учебный период») as a decision to close it or to open it again sees it. */
export type PeriodScene = { startsOn: Day; closed: boolean; openUntil: Day | null }

/** How a grading period stands: a closed one may be opened again until a day. */
export type PeriodState = 'open' | 'closed' | 'reopened'

export type PeriodRefusal =
  | 'period-not-begun'
  | 'period-already-closed'
  | 'period-not-closed'
  | 'window-already-over'

/** Whether records of lessons of the period may be made today; the last day of reopening counts. */
export function periodState({ closed, openUntil }: PeriodScene, today: Day): PeriodState {
  if (!closed) return 'open'
  return openUntil !== null && openUntil >= today ? 'reopened' : 'closed'
}

/** Why the period may not be closed today, or `null` when it may; one opened again may be closed before its end. */
export function closingRefusal(scene: PeriodScene, today: Day): PeriodRefusal | null {
  if (scene.startsOn > today) return 'period-not-begun'
  return periodState(scene, today) === 'closed' ? 'period-already-closed' : null
}

/** Why the period may not be opened again until this day, or `null` when it may. */
export function reopeningRefusal(scene: PeriodScene, openUntil: Day, today: Day): PeriodRefusal | null {
  if (!scene.closed) return 'period-not-closed'
  return openUntil < today ? 'window-already-over' : null
}
