import type { Fact, Shared } from './fact.ts'

/** What can never fit, whatever the search does. */
export type Finding =
  /** The card is longer than a day. */
  | { readonly kind: 'too-long'; readonly activity: number; readonly periods: number }
  /** These facts together leave the card no place even in an empty timetable. */
  | { readonly kind: 'no-place'; readonly activity: number; readonly facts: readonly Fact[] }
  /** These cards of a person need more lessons than there are slots where all of them must be. */
  | {
      readonly kind: 'overfull'
      readonly who: Shared
      readonly needed: number
      readonly available: number
      readonly activities: readonly number[]
      readonly slots: readonly number[]
    }
  /** The person's lessons do not fit into its days under limits on hours a day and on days. */
  | {
      readonly kind: 'over-limits'
      readonly who: Shared
      readonly needed: number
      readonly available: number
      readonly constraints: readonly number[]
    }
  /** These cards may be in these rooms only, and need more lessons than the rooms have. */
  | {
      readonly kind: 'rooms-overfull'
      readonly rooms: readonly number[]
      readonly needed: number
      readonly available: number
      readonly activities: readonly number[]
      readonly slots: readonly number[]
    }
  /** They must start together and share a person. */
  | {
      readonly kind: 'same-start-clash'
      readonly constraint: number
      readonly activities: readonly number[]
      readonly who: Shared
    }
  /** They must start together, and have no start in common: the first has these, the second those. */
  | {
      readonly kind: 'same-start-apart'
      readonly constraint: number
      readonly activities: readonly [number, number]
      readonly starts: readonly [readonly number[], readonly number[]]
    }
  /** Each has one start only, they overlap there and share a person or a room. */
  | {
      readonly kind: 'fixed-clash'
      readonly activities: readonly number[]
      readonly slot: number
      readonly who: Shared
    }

/** A card with the places left to it by conditions that look at it alone. */
export type Placeable = {
  readonly activity: number
  readonly length: number
  readonly starts: readonly number[]
  /** Slots it could take a lesson of. */
  readonly reach: readonly number[]
  readonly rooms: readonly number[]
  readonly people: readonly Shared[]
}
