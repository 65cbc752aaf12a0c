import type { People } from '../constraint.ts'
import { atomsOf, NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'

/** An activity that has a place; `end` is the slot after its last lesson. */
export type PlacedCard = {
  readonly activity: number
  readonly start: number
  readonly end: number
  readonly day: number
  readonly room: number
}

/** A teacher or an atom: which cards take each slot, and where they are away. */
export type PersonWeek = {
  readonly who: { readonly teacher: number } | { readonly atom: number }
  readonly at: (readonly number[])[]
  readonly away: Uint8Array
}

/** A timetable seen from its cards and its people. */
export type LaidTimetable = {
  readonly problem: TimetableProblem
  readonly cards: readonly (PlacedCard | null)[]
  readonly paused: Uint8Array
  readonly teachers: readonly PersonWeek[]
  readonly atoms: readonly PersonWeek[]
}

/** Lays a timetable out for counting. A card that would run beyond the end of its day has no place. */
export function layTimetable(problem: TimetableProblem, timetable: PlacedTimetable): LaidTimetable {
  const slots = problem.days.length * problem.periods.length
  const weeks: Weeks = {
    teachers: problem.teachers.map((_, teacher) => emptyWeek({ teacher }, slots)),
    atoms: problem.atoms.map((_, atom) => emptyWeek({ atom }, slots)),
  }
  const paused = new Uint8Array(slots)
  const cards = problem.activities.map((_, activity) => placeOf(problem, timetable, activity))
  markTimes(problem, paused, weeks)
  for (const card of cards) if (card) enter(problem, card, weeks)
  return { problem, cards, paused, ...weeks }
}

type Weeks = Pick<LaidTimetable, 'teachers' | 'atoms'>

function weeksOf(weeks: Weeks, people: People): PersonWeek[] {
  return [
    ...people.teachers.flatMap((one) => weeks.teachers[one] ?? []),
    ...people.atoms.flatMap((one) => weeks.atoms[one] ?? []),
  ]
}

function markTimes(problem: TimetableProblem, paused: Uint8Array, weeks: Weeks): void {
  for (const constraint of problem.constraints) {
    if (constraint.kind === 'pause') mark(paused, constraint.slots)
    if (constraint.kind === 'away')
      for (const week of weeksOf(weeks, constraint.people)) mark(week.away, constraint.slots)
  }
}

function enter(problem: TimetableProblem, card: PlacedCard, weeks: Weeks): void {
  const activity = problem.activities[card.activity]
  if (!activity) return
  const people = { teachers: [...new Set(activity.teachers)], atoms: atomsOf(problem, activity) }
  for (const week of weeksOf(weeks, people))
    for (const slot of slotsOf(card)) week.at[slot] = [...(week.at[slot] ?? []), card.activity]
}

function mark(marks: Uint8Array, slots: readonly number[]): void {
  for (const slot of slots) marks[slot] = 1
}

function emptyWeek(who: PersonWeek['who'], slots: number) {
  return { who, at: new Array<readonly number[]>(slots).fill([]), away: new Uint8Array(slots) }
}

function placeOf(problem: TimetableProblem, timetable: PlacedTimetable, activity: number): PlacedCard | null {
  const start = timetable.start[activity] ?? NOWHERE
  const length = problem.activities[activity]?.length ?? 1
  const periods = problem.periods.length
  if (start < 0 || (start % periods) + length > periods) return null
  const room = timetable.room[activity] ?? NOWHERE
  return { activity, start, end: start + length, day: Math.floor(start / periods), room }
}

/** The cards among `activities` that have a place, in the order given. */
export function placedAmong(laid: LaidTimetable, activities: readonly number[]): PlacedCard[] {
  return activities.flatMap((activity) => laid.cards[activity] ?? [])
}

/** Whether a lesson beginning at `next` comes right after one that ended before `end`, pauses aside, on one day. */
export function follows(laid: LaidTimetable, end: number, next: number): boolean {
  const periods = laid.problem.periods.length
  if (Math.floor((end - 1) / periods) !== Math.floor(next / periods)) return false
  let slot = end
  while (slot < next && laid.paused[slot] === 1) slot++
  return slot === next
}

/** The slots of a card. */
export function slotsOf(card: PlacedCard): number[] {
  return Array.from({ length: card.end - card.start }, (_, lesson) => card.start + lesson)
}
