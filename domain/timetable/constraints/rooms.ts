import { NOWHERE } from '../problem.ts'
import { follows, type LaidTimetable, type PersonWeek, placedAmong } from './laid.ts'
import { daysOf, type Piece, type Place, pairPlace, personPlace, placeIf, weeksOf } from './piece.ts'

/** The activities that are in none of the rooms. */
function elsewhere(laid: LaidTimetable, activities: readonly number[], rooms: readonly number[]): Place[] {
  return placedAmong(laid, activities).flatMap(({ activity, start, room }) =>
    placeIf(rooms.includes(room) ? 0 : 1, {
      activities: [activity],
      slots: [start],
      ...(room === NOWHERE ? {} : { room }),
    }),
  )
}

export const rooms: Piece<'rooms'> = (constraint, laid) =>
  elsewhere(laid, constraint.activities, constraint.rooms)

export const homeRooms: Piece<'home-rooms'> = (constraint, laid) => {
  const named = new Set(
    laid.problem.constraints.flatMap((one) => (one.kind === 'rooms' ? one.activities : [])),
  )
  return elsewhere(
    laid,
    constraint.activities.filter((activity) => !named.has(activity)),
    constraint.rooms,
  )
}

export const sameRoomIfConsecutive: Piece<'same-room-if-consecutive'> = ({ activities }, laid) => {
  const cards = placedAmong(laid, activities).filter(({ room }) => room !== NOWHERE)
  return cards.flatMap((a) =>
    cards.flatMap((b) =>
      placeIf(a !== b && a.room !== b.room && follows(laid, a.end, b.start) ? 1 : 0, pairPlace(a, b)),
    ),
  )
}

export const differentRooms: Piece<'different-rooms'> = ({ activities, atMost }, laid) => {
  const cards = placedAmong(laid, activities).filter(({ room }) => room !== NOWHERE)
  return placeIf(new Set(cards.map(({ room }) => room)).size - atMost, {
    activities: cards.map(({ activity }) => activity),
    slots: cards.map(({ start }) => start),
  })
}

/** A move between two lessons in different buildings, by their slots. */
type Move = { readonly from: number; readonly to: number }

/** The moves of each day of a person. Where two cards clash nobody knows where the person is. */
function movesOf(laid: LaidTimetable, week: PersonWeek): Move[][] {
  const buildingAt = (slot: number): number | null => {
    const [activity = NOWHERE, ...others] = week.at[slot] ?? []
    const room = others.length > 0 ? NOWHERE : (laid.cards[activity]?.room ?? NOWHERE)
    return laid.problem.rooms[room]?.building ?? null
  }
  return daysOf(laid, week).map(({ lessons }) => {
    const known = lessons.filter((slot) => buildingAt(slot) !== null)
    return known.flatMap((to, index) => {
      const from = known[index - 1]
      return from !== undefined && buildingAt(from) !== buildingAt(to) ? [{ from, to }] : []
    })
  })
}

export const buildingChanges: Piece<'building-changes'> = ({ people, per, atMost }, laid) =>
  weeksOf(laid, people).flatMap((week) => {
    const moves = movesOf(laid, week)
    const counted = per === 'day' ? moves : [moves.flat()]
    return counted.flatMap((some) =>
      placeIf(
        some.length - atMost,
        personPlace(
          week,
          some.map(({ to }) => to),
        ),
      ),
    )
  })

export const buildingGap: Piece<'building-gap'> = ({ people, atLeast }, laid) =>
  weeksOf(laid, people).flatMap((week) =>
    movesOf(laid, week)
      .flat()
      .flatMap(({ from, to }) => placeIf(atLeast - (to - from - 1), personPlace(week, [from, to]))),
  )
