import { HARD } from '../constraint.ts'
import { cannotDoWithout } from '../problem.ts'
import { type LaidTimetable, placedAmong, slotsOf } from './laid.ts'
import { type Asked, outside, type Piece, type Place, placeIf, weeksOf } from './piece.ts'

/** Lessons of the activities for whose slot the question is answered with yes. */
function lessonsWhere(
  laid: LaidTimetable,
  activities: readonly number[],
  asked: (slot: number) => boolean,
): Place[] {
  return placedAmong(laid, activities).flatMap((card) => {
    const slots = slotsOf(card).filter(asked)
    return placeIf(slots.length, { activities: [card.activity], slots })
  })
}

export const starts: Piece<'starts'> = (constraint, laid) => {
  const asked = new Set(constraint.slots)
  return placedAmong(laid, constraint.activities).flatMap(({ activity, start }) =>
    placeIf(asked.has(start) ? 0 : 1, { activities: [activity], slots: [start] }),
  )
}

export const slots: Piece<'slots'> = (constraint, laid) => {
  const asked = new Set(constraint.slots)
  return lessonsWhere(laid, constraint.activities, (slot) => !asked.has(slot))
}

export const pause: Piece<'pause'> = (constraint, laid) => {
  const paused = new Set(constraint.slots)
  return lessonsWhere(laid, [...laid.problem.activities.keys()], (slot) => paused.has(slot))
}

export const roomAway: Piece<'room-away'> = ({ room, slots, weight }, laid) => {
  const away = new Set(slots)
  const isTaken = (there: number) =>
    there === room || (weight !== HARD && cannotDoWithout(laid.problem.rooms[there], room))
  const inside = laid.cards.flatMap((card) => (card && isTaken(card.room) ? card.activity : []))
  return lessonsWhere(laid, inside, (slot) => away.has(slot)).map((place) => ({ ...place, room }))
}

export const away: Piece<'away'> = ({ people, slots }, laid) =>
  weeksOf(laid, people).flatMap((week) =>
    [...new Set(slots)].flatMap((slot) => {
      const activities = week.at[slot] ?? []
      return placeIf(Math.min(1, activities.length), { ...week.who, activities, slots: [slot] })
    }),
  )

export const slotsTaken: Piece<'slots-taken'> = (constraint, laid) => {
  const asked = new Set(constraint.slots)
  const cards = placedAmong(laid, constraint.activities)
  const taken = new Set(cards.flatMap(slotsOf).filter((slot) => asked.has(slot)))
  return placeIf(outside(taken.size, constraint), {
    activities: cards.filter((card) => slotsOf(card).some((slot) => asked.has(slot))).map(activityOf),
    slots: [...taken].sort((a, b) => a - b),
  })
}

export const simultaneous: Piece<'simultaneous'> = (constraint, laid) => {
  const cards = placedAmong(laid, constraint.activities)
  return [...new Set(constraint.slots)].flatMap((slot) => {
    const inside = cards.filter((card) => card.start <= slot && slot < card.end)
    return placeIf(outside(inside.length, constraint), { activities: inside.map(activityOf), slots: [slot] })
  })
}

export const kept: Piece<'kept'> = (constraint: Asked<'kept'>, laid) => {
  const moved = constraint.activities.flatMap((activity, index) => {
    const card = laid.cards[activity]
    return card && card.start !== constraint.starts[index] ? [card] : []
  })
  return placeIf(moved.length - constraint.atMost, {
    activities: moved.map(activityOf),
    slots: moved.map(({ start }) => start),
  })
}

function activityOf({ activity }: { readonly activity: number }): number {
  return activity
}
