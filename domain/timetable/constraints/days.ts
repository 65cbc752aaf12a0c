import type { LaidTimetable, PersonWeek } from './laid.ts'
import {
  activitiesAt,
  daysOf,
  outside,
  type PersonDay,
  type Piece,
  type Place,
  personPlace,
  placeIf,
  weeksOf,
  windowsOf,
} from './piece.ts'

export const gaps: Piece<'gaps'> = ({ people, per, atMost }, laid) =>
  weeksOf(laid, people).flatMap((week) => {
    const windows = daysOf(laid, week).map((day) => windowsOf(laid, day))
    const counted = per === 'day' ? windows : [windows.flat()]
    return counted.flatMap((slots) => placeIf(slots.length - atMost, { ...week.who, activities: [], slots }))
  })

export const hours: Piece<'hours'> = (constraint, laid) =>
  weeksOf(laid, constraint.people).flatMap((week) =>
    daysOf(laid, week, constraint.only).flatMap(({ lessons, first }) => {
      const { atLeast, atMost, emptyDaysToo, once } = constraint
      const short = lessons.length > 0 || emptyDaysToo ? (atLeast ?? 0) - lessons.length : 0
      const over = unitsOver(lessons.length - (atMost ?? lessons.length), once)
      const place = lessons.length > 0 ? lessons : [first]
      return placeIf(Math.max(0, short) + over, countedPlace(week, place, constraint.only))
    }),
  )

export const running: Piece<'running'> = ({ people, only, atMost, once }, laid) =>
  weeksOf(laid, people).flatMap((week) =>
    daysOf(laid, week, only)
      .flatMap(({ lessons }) => runsOf(lessons))
      .flatMap((run) => placeIf(unitsOver(run.length - atMost, once), countedPlace(week, run, only))),
  )

/** Units of lessons over a limit: each, or one for them all. */
function unitsOver(lessons: number, once = false): number {
  return once ? Math.min(1, Math.max(0, lessons)) : Math.max(0, lessons)
}

/** A place at a person that names only the activities that were counted. */
function countedPlace(week: PersonWeek, slots: readonly number[], only?: readonly number[]) {
  const place = personPlace(week, slots)
  return only ? { ...place, activities: place.activities.filter((one) => only.includes(one)) } : place
}

/** Lessons split where one does not stand right after another. */
function runsOf(lessons: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const slot of lessons) {
    const run = runs.at(-1)
    if (run?.at(-1) === slot - 1) run.push(slot)
    else runs.push([slot])
  }
  return runs
}

/** Counts the days of each person for which the question is answered with yes. */
function daysWhere(
  laid: LaidTimetable,
  week: PersonWeek,
  asked: (day: PersonDay) => boolean,
  limits: { readonly atMost?: number; readonly atLeast?: number },
): Place[] {
  const found = daysOf(laid, week).filter(asked)
  return placeIf(
    outside(found.length, limits),
    personPlace(
      week,
      found.flatMap(({ lessons }) => lessons.slice(0, 1)),
    ),
  )
}

export const days: Piece<'days'> = (constraint, laid) =>
  weeksOf(laid, constraint.people).flatMap((week) =>
    daysWhere(laid, week, ({ lessons }) => lessons.length > 0, constraint),
  )

export const intervalDays: Piece<'interval-days'> = ({ people, from, to, atMost }, laid) => {
  const inside = ({ lessons, first }: PersonDay) =>
    lessons.some((slot) => from <= slot - first && slot - first <= to)
  return weeksOf(laid, people).flatMap((week) => daysWhere(laid, week, inside, { atMost }))
}

export const lateStarts: Piece<'late-starts'> = ({ people, atMost }, laid) =>
  weeksOf(laid, people).flatMap((week) => {
    const waited = ({ lessons, first }: PersonDay) => {
      let count = 0
      for (let slot = first; slot < (lessons[0] ?? first); slot++)
        if (laid.paused[slot] === 0 && week.away[slot] === 0) count++
      return count
    }
    const later = daysOf(laid, week).flatMap((day) =>
      placeIf(waited(day) - 1, personPlace(week, day.lessons.slice(0, 1))),
    )
    return [...daysWhere(laid, week, (day) => waited(day) > 0, { atMost }), ...later]
  })

export const span: Piece<'span'> = ({ people, atMost }, laid) =>
  weeksOf(laid, people).flatMap((week) =>
    daysOf(laid, week).flatMap(({ lessons }) => {
      const [first = 0, last = -1] = [lessons[0], lessons.at(-1)]
      return placeIf(last - first + 1 - atMost, personPlace(week, lessons))
    }),
  )

export const rest: Piece<'rest'> = ({ people, atLeast }, laid) =>
  weeksOf(laid, people).flatMap((week) => {
    const all = daysOf(laid, week)
    return all.flatMap(({ lessons }, day) => {
      const [last, next] = [lessons.at(-1), all[day + 1]?.lessons[0]]
      if (last === undefined || next === undefined) return []
      return placeIf(atLeast - (next - last - 1), personPlace(week, [last, next]))
    })
  })

export const dayPoints: Piece<'day-points'> = ({ people, points, atMost }, laid) =>
  weeksOf(laid, people).flatMap((week) =>
    daysOf(laid, week).flatMap(({ lessons, day }) => {
      const sum = activitiesAt(week, lessons).reduce((total, one) => total + (points[one] ?? 0), 0)
      return placeIf(sum - (atMost[day] ?? Number.POSITIVE_INFINITY), personPlace(week, lessons))
    }),
  )
