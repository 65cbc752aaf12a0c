import type { Placeable } from './finding.ts'

/** Cards that need more than there is, in the slots all of them must take. */
type Overfull = {
  readonly needed: number
  readonly available: number
  readonly activities: readonly number[]
  readonly slots: readonly number[]
}

/**
 * Pigeonholes: looks at each set of slots that some card is confined to, and at all slots together, and answers the
 * set with fewest cards that must lie inside it and cannot; `null` when each holds its cards.
 */
export function tightest(
  cards: readonly Placeable[],
  places: (slots: readonly number[]) => number,
): Overfull | null {
  const sets = new Map(cards.map(({ reach }) => [reach.join(), reach]))
  const all = [...new Set(cards.flatMap(({ reach }) => reach))].sort((a, b) => a - b)
  sets.set(all.join(), all)
  let worst: Overfull | null = null
  for (const slots of sets.values()) {
    const set = new Set(slots)
    const inside = cards.filter(({ reach }) => reach.every((slot) => set.has(slot)))
    const needed = inside.reduce((sum, { length }) => sum + length, 0)
    const available = places(slots)
    if (needed > available && inside.length < (worst?.activities.length ?? Infinity))
      worst = { needed, available, activities: inside.map(({ activity }) => activity), slots }
  }
  return worst
}
