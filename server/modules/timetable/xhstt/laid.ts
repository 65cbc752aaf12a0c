import { HARD, type People, type Weight } from '#domain/timetable/constraint.ts'
import type { XhsttGrid } from './grid.ts'
import type { XhsttConstraint, XhsttConstraintKind, XhsttInstance } from './instance.ts'
import type { RoomPlan } from './room-plan.ts'

/** Why a constraint of the instance is not, or not exactly, a condition of ours. */
export type XhsttGap =
  /** Nothing like it is known to the search. */
  | 'no-condition'
  /** Its sets of times are neither days nor single times that a condition can count. */
  | 'time-groups'
  /** It asks for more than one place, or for somebody who is not a place, to be found for an event. */
  | 'roles'
  /** Events to be held together are split into parts of different durations. */
  | 'parts-differ'

/** A constraint of the instance that the search does not see; its cost is still counted by `evaluateXhstt`. */
export type XhsttUnseen = {
  readonly constraint: string
  readonly kind: XhsttConstraintKind
  readonly line: number
  readonly why: XhsttGap
}

/** A card of the problem in the words of the instance. */
export type XhsttCard = { readonly event: number; readonly duration: number }

/** Who of the resources is what to us, by resource: an index in its list, or `null`. */
export type Parts = {
  readonly teacher: readonly (number | null)[]
  readonly atom: readonly (number | null)[]
  readonly room: readonly (number | null)[]
}

/** The instance as cards in the grid, for saying its constraints in our words. */
export type Laid = {
  readonly instance: XhsttInstance
  readonly grid: XhsttGrid
  readonly parts: Parts
  readonly cards: readonly XhsttCard[]
  readonly plan: RoomPlan
}

export const weightOf = (constraint: XhsttConstraint): Weight =>
  constraint.required ? HARD : constraint.weight

export const slotsOf = ({ grid }: Laid, times: readonly number[]): number[] =>
  times.flatMap((time) => grid.slotOfTime[time] ?? [])

export const cardsOf = ({ cards }: Laid, events: readonly number[]): number[] =>
  cards.flatMap(({ event }, card) => (events.includes(event) ? [card] : []))

/** Cards of the events the resource is given for beforehand. */
export function cardsOfResource(laid: Laid, resource: number): number[] {
  return laid.cards.flatMap(({ event }, card) =>
    laid.instance.events[event]?.resources.some((one) => one.resource === resource) ? [card] : [],
  )
}

export function peopleOf({ parts }: Laid, resources: readonly number[]): People {
  const among = (indices: readonly (number | null)[]): number[] =>
    resources.flatMap((resource) => indices[resource] ?? [])
  return { teachers: among(parts.teacher), atoms: among(parts.atom) }
}

/** The day these times are all of, or `null`. */
export function wholeDay({ grid }: Laid, times: readonly number[]): number | null {
  const day = grid.dayOfTime[times[0] ?? -1]
  const same = day !== undefined && times.every((time) => grid.dayOfTime[time] === day)
  return same && grid.dayOfTime.filter((one) => one === day).length === times.length ? day : null
}
