import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'

/** A problem of which only some cards are judged; `cards` are their indices in the whole. */
export type JudgedPart = { readonly problem: TimetableProblem; readonly cards: readonly number[] }

/**
 * What of an export of aSc one week can tell about: the problem without the cards that are not in every week. Whatever
 * is claimed of the part is true of the whole, since fewer lessons are in nobody's way.
 */
export function everyWeekPart(problem: TimetableProblem, notEveryWeek: readonly number[]): JudgedPart {
  const left = new Set(notEveryWeek)
  const cards = problem.activities.flatMap((_, index) => (left.has(index) ? [] : [index]))
  if (left.size === 0) return { problem, cards }
  const place = new Map(cards.map((card, index) => [card, index]))
  const constraints = problem.constraints.flatMap((constraint) => {
    // An export has no other conditions than rooms and days of single lessons.
    if (constraint.kind !== 'rooms' && constraint.kind !== 'starts') return []
    const activities = constraint.activities.flatMap((card) => place.get(card) ?? [])
    return activities.length === 0 ? [] : [{ ...constraint, activities }]
  })
  const activities = cards.flatMap((card) => problem.activities[card] ?? [])
  return { problem: { ...problem, activities, constraints }, cards }
}

/** What of a timetable of the whole problem concerns the part. */
export function placesOfPart({ cards }: JudgedPart, { start, room }: PlacedTimetable): PlacedTimetable {
  return {
    start: Int32Array.from(cards, (card) => start[card] as number),
    room: Int32Array.from(cards, (card) => room[card] as number),
  }
}
