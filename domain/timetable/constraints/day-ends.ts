import { atomsOf } from '../problem.ts'
import { type LaidTimetable, type PersonWeek, type PlacedCard, placedAmong } from './laid.ts'
import { activitiesAt, daysOf, type Piece, placeIf } from './piece.ts'

/** The weeks of the students of a placed card. */
function studentsOf(laid: LaidTimetable, { activity }: PlacedCard): PersonWeek[] {
  const asked = laid.problem.activities[activity]
  return asked ? atomsOf(laid.problem, asked).flatMap((atom) => laid.atoms[atom] ?? []) : []
}

export const endsDay: Piece<'ends-day'> = ({ activities }, laid) =>
  placedAmong(laid, activities).flatMap((card) =>
    studentsOf(laid, card).flatMap((week) => {
      const after = daysOf(laid, week)[card.day]?.lessons.filter((slot) => slot >= card.end) ?? []
      return placeIf(after.length, {
        ...week.who,
        activities: [card.activity, ...activitiesAt(week, after)],
        slots: after,
      })
    }),
  )

export const notLast: Piece<'not-last'> = ({ activities }, laid) => {
  const asked = new Set(activities)
  return laid.atoms.flatMap((week) =>
    daysOf(laid, week).flatMap(({ lessons }) => {
      const slots = lessons.slice(-1)
      const ending = activitiesAt(week, slots).filter((activity) => asked.has(activity))
      return placeIf(Math.min(1, ending.length), { ...week.who, activities: ending, slots })
    }),
  )
}
