import type { BrokenPlace, Constraint, ConstraintKind, People } from '../constraint.ts'
import { type LaidTimetable, type PersonWeek, type PlacedCard, placedAmong } from './laid.ts'

/** A constraint of one kind. */
export type Asked<K extends ConstraintKind> = Constraint & { readonly kind: K }

/** A place where a constraint is broken, before it is said which one it is. */
export type Place = Omit<BrokenPlace, 'constraint'>

/** How one kind of constraint is counted: all places where it is broken, with at least one unit each. */
export type Piece<K extends ConstraintKind> = (constraint: Asked<K>, laid: LaidTimetable) => Place[]

/** A day of a person: slots of its lessons, ascending, and all slots of the day. */
export type PersonDay = {
  readonly day: number
  readonly first: number
  readonly lessons: readonly number[]
  readonly week: PersonWeek
}

/** The place, if anything is broken there. */
export function placeIf(amount: number, place: Omit<Place, 'amount'>): Place[] {
  return amount > 0 ? [{ amount, ...place }] : []
}

/** How much `count` is over `atMost` or under `atLeast`, where they are asked. */
export function outside(
  count: number,
  { atMost, atLeast }: { readonly atMost?: number; readonly atLeast?: number },
): number {
  return Math.max(0, count - (atMost ?? count)) + Math.max(0, (atLeast ?? count) - count)
}

/** Places of each two placed activities, by what `units` counts for them. */
export function eachTwo(
  laid: LaidTimetable,
  activities: readonly number[],
  units: (a: PlacedCard, b: PlacedCard) => number,
): Place[] {
  const cards = placedAmong(laid, activities)
  return cards.flatMap((a, index) =>
    cards.slice(index + 1).flatMap((b) => placeIf(units(a, b), pairPlace(a, b))),
  )
}

/** Two cards and where they start. */
export function pairPlace(a: PlacedCard, b: PlacedCard): Omit<Place, 'amount'> {
  return { activities: [a.activity, b.activity], slots: [a.start, b.start] }
}

/** The weeks of the people a constraint is about. */
export function weeksOf(laid: LaidTimetable, people: People): PersonWeek[] {
  return [
    ...people.teachers.flatMap((one) => laid.teachers[one] ?? []),
    ...people.atoms.flatMap((one) => laid.atoms[one] ?? []),
  ]
}

/** The days of a person; lessons of all activities, or `only` of some. */
export function daysOf(laid: LaidTimetable, week: PersonWeek, only?: readonly number[]): PersonDay[] {
  const { days, periods } = laid.problem
  const some = only && new Set(only)
  return days.map((_, day) => {
    const first = day * periods.length
    const lessons = periods
      .map((_, period) => first + period)
      .filter((slot) => week.at[slot]?.some((activity) => some?.has(activity) ?? true))
    return { day, first, lessons, week }
  })
}

/** The activities a person has in the slots, each once. */
export function activitiesAt(week: PersonWeek, slots: readonly number[]): number[] {
  return [...new Set(slots.flatMap((slot) => week.at[slot] ?? []))]
}

/** A place at a person in some of its slots. */
export function personPlace(week: PersonWeek, slots: readonly number[]): Omit<Place, 'amount'> {
  return { ...week.who, activities: activitiesAt(week, slots), slots }
}

/** Free slots between the first and the last lesson of a day that count as windows. */
export function windowsOf(laid: LaidTimetable, { lessons, week }: PersonDay): number[] {
  const [first = 0, last = -1] = [lessons[0], lessons.at(-1)]
  const taken = new Set(lessons)
  const windows: number[] = []
  for (let slot = first; slot < last; slot++)
    if (!taken.has(slot) && laid.paused[slot] === 0 && week.away[slot] === 0) windows.push(slot)
  return windows
}
