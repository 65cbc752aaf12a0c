import { HARD } from '../../constraint.ts'
import type { Draft } from './draft.ts'

/** Forbids the starts that are not among the slots, or makes each of their lessons that is not cost. */
export function compileStarts(
  draft: Draft,
  constraint: { activities: readonly number[]; slots: readonly number[]; weight: number },
  everyLesson: boolean,
): void {
  const asked = new Uint8Array(draft.slots)
  for (const slot of constraint.slots) asked[slot] = 1
  for (const activity of constraint.activities) {
    const lessons = everyLesson ? (draft.lengths[activity] ?? 1) : 1
    for (let start = 0; start < draft.slots; start++) {
      let outside = 0
      for (let k = 0; k < lessons; k++) if (!asked[start + k]) outside++
      if (outside) charge(draft, activity, start, outside, constraint.weight)
    }
  }
}

/** Makes a start cost, or forbids it. */
export function charge(draft: Draft, activity: number, start: number, units: number, weight: number): void {
  if (weight === HARD) {
    const allowed = draft.allowed[activity] ?? new Uint8Array(draft.slots).fill(1)
    allowed[start] = 0
    draft.allowed[activity] = allowed
    return
  }
  const cost = draft.startCost[activity] ?? new Float64Array(draft.slots)
  cost[start] = (cost[start] ?? 0) + units * weight
  draft.startCost[activity] = cost
}
