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
