import { type Constraint, type ConstraintKind, HARD } from '../../constraint.ts'
import { type Draft, POINT } from './draft.ts'

type Asked<K extends ConstraintKind> = Constraint & { readonly kind: K }

export function compileSlotsTaken(draft: Draft, constraint: Asked<'slots-taken'>): void {
  const { activities, slots, atMost, atLeast, weight } = constraint
  const line = draft.addLine(-1, activities)
  const masks = draft.addSlotMasks(slots)
  if (atMost !== undefined) draft.addRule(line, 'slotsAtMost', weight, atMost, masks)
  if (atLeast !== undefined) draft.addRule(line, 'slotsAtLeast', weight, atLeast, masks)
}

export function compileSimultaneous(draft: Draft, constraint: Asked<'simultaneous'>): void {
  const { activities, slots, atMost, atLeast, weight } = constraint
  const line = draft.addLine(-1, activities)
  const masks = draft.addSlotMasks(slots)
  if (atMost !== undefined) draft.addRule(line, 'togetherAtMost', weight, atMost, masks)
  if (atLeast !== undefined) draft.addRule(line, 'togetherAtLeast', weight, atLeast, masks)
}

/** As a ledger in which each activity is a point of its day. */
export function compilePerDay(draft: Draft, { activities, atMost, weight }: Asked<'per-day'>): void {
  if (activities.length <= atMost) return
  const points = draft.problem.activities.map(() => 1)
  const ledger = draft.ledgers.push({ uses: activities, points }) - 1
  const limits = new Array<number>(draft.days).fill(atMost * POINT)
  draft.addRule(draft.addLine(-1, activities), 'points', weight, ledger, draft.addList(limits))
}

export function compileKept(draft: Draft, { activities, starts, atMost, weight }: Asked<'kept'>): void {
  if (weight > 0) draft.keeps.push({ activities, starts, atMost, weight })
}

/** Conditions on the rooms of several activities look at them one by one: list of count and activities. */
export function compileRoomGroup(
  draft: Draft,
  constraint: Asked<'same-room-if-consecutive' | 'different-rooms'>,
): void {
  const { activities, weight } = constraint
  const line = draft.addLine(-1, activities)
  const list = draft.addList([activities.length, ...activities])
  if (constraint.kind === 'different-rooms')
    draft.addRule(line, 'differentRooms', weight, constraint.atMost, list)
  else draft.addRule(line, 'sameRoom', weight, draft.addSlotMasks(draft.pausedSlots()), list)
}

export function compileRoomAway(draft: Draft, { room, slots, weight }: Asked<'room-away'>): void {
  for (const slot of new Set(slots))
    if (weight === HARD) draft.roomAway[room * draft.slots + slot] = 1
    else if (weight > 0) draft.addRoomCost(room, slot, weight)
}

export function compileRooms(draft: Draft, constraint: Asked<'rooms' | 'home-rooms'>): void {
  const { activities, rooms, weight, kind } = constraint
  const wishes = kind === 'rooms' ? draft.roomWishes : draft.homeWishes
  if (weight > 0) for (const activity of activities) wishes[activity]?.push({ weight, rooms })
}
