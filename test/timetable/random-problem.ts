import fc from 'fast-check'
import type { Constraint, ConstraintKind, Weight } from '#domain/timetable/constraint.ts'
import { HARD } from '#domain/timetable/constraint.ts'
import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '#domain/timetable/problem.ts'

/** Sizes of the random schools: small, so that everything meets everything. */
const DAYS = 3
const PERIODS = 5
const SLOTS = DAYS * PERIODS
const TEACHERS = 3
const ATOMS = 4
const SETS = [[0], [1], [2, 3], [0, 1], [3], [0, 1, 2, 3]]
const ROOMS = 6

const below = (count: number) => fc.integer({ min: 0, max: count - 1 })
const someOf = (count: number, most = count) =>
  fc.uniqueArray(below(count), { minLength: 1, maxLength: most })
const slots = fc.uniqueArray(below(SLOTS), { minLength: 1, maxLength: SLOTS - 2 })
const people = fc.record({
  teachers: fc.uniqueArray(below(TEACHERS), { maxLength: TEACHERS }),
  atoms: fc.uniqueArray(below(ATOMS), { maxLength: ATOMS }),
})
const weight: fc.Arbitrary<Weight> = fc.constantFrom(HARD, 0.1, 0.5, 2)
const limit = (most: number) => fc.integer({ min: 0, max: most })
const limits = (most: number) =>
  fc.oneof(
    fc.record({ atMost: limit(most) }),
    fc.record({ atLeast: limit(most) }),
    fc.record({ atMost: limit(most), atLeast: limit(most) }),
  )
const only = (cards: number) => fc.oneof(fc.constant({}), fc.record({ only: someOf(cards) }))

type Makers = { [K in ConstraintKind]: (cards: number) => fc.Arbitrary<object> }

/** What a random constraint of each kind says besides its kind and weight. */
const MAKERS: Makers = {
  pause: () => fc.record({ slots: someOf(SLOTS, 2) }),
  away: () => fc.record({ people, slots: someOf(SLOTS, 6) }),
  starts: (cards) => fc.record({ activities: someOf(cards), slots }),
  slots: (cards) => fc.record({ activities: someOf(cards), slots }),
  'days-apart': (cards) =>
    fc.record({ activities: someOf(cards), days: fc.integer({ min: 1, max: 2 }), adjacent: fc.boolean() }),
  'days-within': (cards) => fc.record({ activities: someOf(cards), days: limit(1) }),
  'per-day': (cards) => fc.record({ activities: someOf(cards), atMost: limit(2) }),
  'gap-between': (cards) => fc.record({ activities: someOf(cards), periods: limit(3) }),
  'same-start': (cards) => fc.record({ activities: someOf(cards) }),
  'same-day': (cards) => fc.record({ activities: someOf(cards) }),
  'same-period': (cards) => fc.record({ activities: someOf(cards) }),
  'not-overlapping': (cards) => fc.record({ activities: someOf(cards) }),
  consecutive: (cards) => pair(cards, {}),
  grouped: (cards) => fc.record({ activities: fc.uniqueArray(below(cards), { minLength: 2, maxLength: 3 }) }),
  ordered: (cards) => pair(cards, { sameDay: fc.boolean() }),
  'ends-day': (cards) => fc.record({ activities: someOf(cards) }),
  'not-last': (cards) => fc.record({ activities: someOf(cards) }),
  'slots-taken': (cards) => fc.tuple(fc.record({ activities: someOf(cards), slots }), limits(4)).map(joined),
  simultaneous: (cards) => fc.tuple(fc.record({ activities: someOf(cards), slots }), limits(2)).map(joined),
  kept: (cards) =>
    someOf(cards).chain((activities) =>
      fc.record({
        activities: fc.constant(activities),
        starts: fc.array(below(SLOTS), { minLength: activities.length, maxLength: activities.length }),
        atMost: limit(3),
      }),
    ),
  gaps: () => fc.record({ people, per: fc.constantFrom('day', 'week'), atMost: limit(2) }),
  hours: (cards) =>
    fc
      .tuple(fc.record({ people, emptyDaysToo: fc.boolean(), once: fc.boolean() }), limits(4), only(cards))
      .map(([a, b, c]) => ({ ...a, ...b, ...c })),
  running: (cards) =>
    fc.tuple(fc.record({ people, atMost: limit(3), once: fc.boolean() }), only(cards)).map(joined),
  days: () => fc.tuple(fc.record({ people }), limits(3)).map(joined),
  'late-starts': () => fc.record({ people, atMost: limit(2) }),
  'interval-days': () =>
    fc.record({ people, from: limit(2), to: fc.integer({ min: 2, max: 4 }), atMost: limit(2) }),
  span: () => fc.record({ people, atMost: limit(4) }),
  rest: () => fc.record({ people, atLeast: limit(5) }),
  'gap-after': (cards) =>
    fc.record({ people, before: someOf(cards), after: someOf(cards), periods: limit(3) }),
  'day-points': (cards) =>
    fc.record({
      people,
      points: fc.array(limit(9), { minLength: cards, maxLength: cards }),
      atMost: fc.array(limit(12), { minLength: DAYS, maxLength: DAYS }),
    }),
  'room-away': () => fc.record({ room: below(ROOMS), slots: someOf(SLOTS, 6) }),
  rooms: (cards) => fc.record({ activities: someOf(cards), rooms: someOf(ROOMS) }),
  'home-rooms': (cards) => fc.record({ activities: someOf(cards), rooms: someOf(ROOMS) }),
  'same-room-if-consecutive': (cards) => fc.record({ activities: someOf(cards) }),
  'different-rooms': (cards) => fc.record({ activities: someOf(cards), atMost: limit(3) }),
  'building-changes': () => fc.record({ people, per: fc.constantFrom('day', 'week'), atMost: limit(2) }),
  'building-gap': () => fc.record({ people, atLeast: limit(3) }),
}

/** All kinds of constraint there are. */
export const KINDS = Object.keys(MAKERS) as ConstraintKind[]

function joined<A extends object, B extends object>([a, b]: [A, B]): A & B {
  return { ...a, ...b }
}

function pair(cards: number, more: Record<string, fc.Arbitrary<unknown>>) {
  return fc
    .tuple(fc.uniqueArray(below(cards), { minLength: 2, maxLength: 2 }), fc.record(more))
    .map(([[first, second], rest]) => ({ first, second, ...rest }))
}

/** A random constraint of a kind, for a problem of so many cards. */
export function randomConstraint(kind: ConstraintKind, cards: number): fc.Arbitrary<Constraint> {
  return fc
    .tuple(MAKERS[kind](cards), weight)
    .map(([said, heavy]) => ({ kind, weight: heavy, ...said }) as Constraint)
}

const activity = fc.record({
  subject: fc.constant(0),
  tags: fc.constant([]),
  teachers: fc.uniqueArray(below(TEACHERS), { maxLength: 2 }),
  students: fc.uniqueArray(below(SETS.length), { maxLength: 2 }),
  length: fc.constantFrom(1, 1, 2, 3),
  size: fc.constantFrom(5, 20),
})

/** A random school under constraints of the kinds asked. */
export function randomProblem(kinds: readonly ConstraintKind[]): fc.Arbitrary<TimetableProblem> {
  return fc.array(activity, { minLength: 4, maxLength: 9 }).chain((activities) =>
    fc.tuple(...kinds.map((kind) => randomConstraint(kind, activities.length))).map((constraints) => ({
      name: 'random',
      days: Array.from({ length: DAYS }, (_, day) => `day ${day + 1}`),
      periods: Array.from({ length: PERIODS }, (_, period) => `${period + 1}`),
      teachers: Array.from({ length: TEACHERS }, (_, index) => ({ name: `T${index}` })),
      atoms: Array.from({ length: ATOMS }, (_, set) => ({ name: `A${set}`, set: 0 })),
      studentSets: SETS.map((atoms, index) => ({ name: `S${index}`, size: 10, atoms })),
      subjects: ['subject'],
      tags: [],
      buildings: ['one', 'two'],
      rooms: [
        { name: 'R0', capacity: 30, building: 0 },
        { name: 'R1', capacity: 30, building: 1 },
        { name: 'R2', capacity: 10, building: 1 },
        { name: 'R3', capacity: 30, building: null },
        {
          name: 'R4',
          capacity: 30,
          building: 0,
          parts: [
            [0, 1],
            [1, 2],
          ],
        },
        { name: 'R5', capacity: 30, building: 1, parts: [[0], [2, 3]] },
      ],
      activities: activities.map((one, index) => ({ ...one, id: `${index + 1}`, group: null, part: 1 })),
      constraints,
    })),
  )
}

/** A random timetable of a problem, with clashes, cards without a place and rooms as they fall. */
export function randomTimetable(problem: TimetableProblem): fc.Arbitrary<PlacedTimetable> {
  const count = problem.activities.length
  const place = fc.oneof(
    { weight: 6, arbitrary: below(SLOTS) },
    { weight: 1, arbitrary: fc.constant(NOWHERE) },
  )
  const room = fc.oneof(
    { weight: 4, arbitrary: below(ROOMS) },
    { weight: 1, arbitrary: fc.constant(NOWHERE) },
  )
  return fc
    .tuple(
      fc.array(place, { minLength: count, maxLength: count }),
      fc.array(room, { minLength: count, maxLength: count }),
    )
    .map(([start, rooms]) => ({ start: Int32Array.from(start), room: Int32Array.from(rooms) }))
}
