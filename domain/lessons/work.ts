/** A work of a lesson before it is changed or removed. */
export type WorkScene = {
  /** Grade 1, clubs and corrective lessons are kept without marks. */
  gradeless: boolean
  /** The column for ordinary answers that every lesson has. */
  first: boolean
  /** Marks that stand for it now. */
  marks: number
}

export type WorkRefusal = 'no-marks-here' | 'first-work-stays' | 'work-has-marks'

/** Why the work may not become what is asked for (`removed` or changed), or `null` when it may. */
export function workRefusal(scene: WorkScene, wanted: { removed: boolean }): WorkRefusal | null {
  if (scene.gradeless) return 'no-marks-here'
  if (!wanted.removed) return null
  if (scene.first) return 'first-work-stays'
  return scene.marks > 0 ? 'work-has-marks' : null
}
