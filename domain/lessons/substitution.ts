import type { LessonState } from './entry.ts'

/** A lesson as the rules of substitution see it («замена», 4.4). */
export type SubstitutionScene = { teacherId: string; substituteId: string | null; state: LessonState }

export type SubstitutionRefusal = 'substitute-is-teacher' | 'window-closed' | 'lesson-taken' | 'lesson-ahead'

/** Why this substitute may not be written down, or `null`; only control may do so past the window. */
export function substitutionRefusal(
  scene: SubstitutionScene,
  wanted: string | null,
  by: 'control' | 'teacher',
): SubstitutionRefusal | null {
  if (wanted === scene.teacherId) return 'substitute-is-teacher'
  return by === 'teacher' && scene.state === 'closed' ? 'window-closed' : null
}

/** Another lesson at the hour of this one, by the clock; `substituting`: taught there instead of somebody else. */
export type SameHour = { substituting: boolean }

/**
 * Why nobody may be put before two classes at one hour unasked, or `null`. `others` is what whoever would teach the
 * lesson has at that hour: the wanted substitute or, when a substitution is taken back, its teacher. `merged`: both are
 * taught together, knowingly.
 */
export function sameHourRefusal(
  others: readonly SameHour[],
  wanted: string | null,
  merged: boolean,
): 'substitute-busy' | 'teacher-substitutes-elsewhere' | null {
  if (wanted !== null) return others.length > 0 && !merged ? 'substitute-busy' : null
  return others.some(({ substituting }) => substituting) ? 'teacher-substitutes-elsewhere' : null
}

/** Why a colleague may not say «I taught it», or `null`: only of a lesson that has begun and nobody took. */
export function claimRefusal(
  scene: SubstitutionScene & { recorded: boolean; begun: boolean },
  claimant: string,
): SubstitutionRefusal | null {
  if (scene.teacherId === claimant) return 'substitute-is-teacher'
  if (scene.substituteId === claimant) return null
  if (!scene.begun) return 'lesson-ahead'
  return scene.recorded || scene.substituteId ? 'lesson-taken' : null
}
