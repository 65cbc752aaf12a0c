import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomProblem, randomTimetable } from '#test/timetable/random-problem.ts'
import { slowCost } from '#test/timetable/slow-checker.ts'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import { type Constraint, type ConstraintKind, HARD } from '../constraint.ts'
import { emptyTimetable, NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { checkBeforeSearch } from './check-before-search.ts'
import { explanationText, findingText } from './explain.words.ts'
import { explainUnplaced, type Relaxation } from './explain-unplaced.ts'
import { type Fact, factName } from './fact.ts'
import { layGround, placeOptions } from './ground.ts'

const teacher = (index: number) => ({ teachers: [index], atoms: [] })
const weight = HARD
const all = [0, 1, 2, 3, 4, 5, 6, 7]

const atSlots = (activities: number[], slots: number[]): Constraint => ({
  ...{ kind: 'starts', activities, slots, weight },
})

/** The rooms of a small problem and one made of some of them. */
const withMade = (parts: number[][]) => [
  ...smallProblem([], []).rooms,
  { name: 'спорт', capacity: 30, building: null, parts },
]

describe('before the search', () => {
  const cases: [string, TimetableProblem, object][] = [
    ['a card longer than a day', smallProblem([{ length: 5 }], []), { kind: 'too-long', activity: 0 }],
    [
      'a card whose conditions leave it nothing, with the conditions that do',
      smallProblem(
        [{ teachers: [0] }],
        [
          { kind: 'away', people: teacher(1), slots: [0], weight },
          { kind: 'away', people: teacher(0), slots: [0, 1, 2, 3], weight },
          { kind: 'starts', activities: [0], slots: [0, 1], weight },
        ],
      ),
      {
        kind: 'no-place',
        facts: [
          { kind: 'constraint', constraint: 1 },
          { kind: 'constraint', constraint: 2 },
        ],
      },
    ],
    [
      'a card for which every room is too small',
      smallProblem([{ size: 20 }], [{ kind: 'rooms', activities: [0], rooms: [3], weight }]),
      { kind: 'no-place', facts: [{ kind: 'capacity', room: 3 }] },
    ],
    [
      'a teacher with more lessons than slots',
      smallProblem(
        Array.from({ length: 3 }, () => ({ teachers: [0], length: 2 })),
        [{ kind: 'away', people: teacher(0), slots: [4, 5, 6], weight }],
      ),
      { kind: 'overfull', who: { teacher: 0 }, needed: 6, available: 4 },
    ],
    [
      'students with more lessons than slots',
      smallProblem(
        Array.from({ length: 9 }, () => ({ students: [1] })),
        [],
      ),
      { kind: 'overfull', who: { atom: 1 }, needed: 9, available: 8 },
    ],
    [
      'cards of a teacher that may be in fewer slots than they are (pigeonholes)',
      smallProblem(
        Array.from({ length: 3 }, () => ({ teachers: [0] })),
        [{ kind: 'slots', activities: [0, 1, 2], slots: [0, 4], weight }],
      ),
      { kind: 'overfull', needed: 3, available: 2, activities: [0, 1, 2], slots: [0, 4] },
    ],
    [
      'hours a day times days',
      smallProblem(
        Array.from({ length: 5 }, () => ({ teachers: [0] })),
        [{ kind: 'hours', people: teacher(0), atMost: 2, weight }],
      ),
      { kind: 'over-limits', who: { teacher: 0 }, needed: 5, available: 4, constraints: [0] },
    ],
    [
      'days of a teacher',
      smallProblem(
        Array.from({ length: 5 }, () => ({ teachers: [0] })),
        [{ kind: 'days', people: teacher(0), atMost: 1, weight }],
      ),
      { kind: 'over-limits', needed: 5, available: 4, constraints: [0] },
    ],
    [
      'rooms shared by more cards than they have lessons',
      smallProblem(
        Array.from({ length: 3 }, () => ({ length: 3 })),
        [{ kind: 'rooms', activities: [0, 1, 2], rooms: [0], weight }],
      ),
      { kind: 'rooms-overfull', rooms: [0], needed: 9, available: 8 },
    ],
    [
      'a card that two conditions leave one room, which is not to be had',
      smallProblem(
        [{}],
        [
          { kind: 'rooms', activities: [0], rooms: [0, 1], weight },
          { kind: 'rooms', activities: [0], rooms: [1, 2], weight },
          { kind: 'room-away', room: 1, slots: all, weight },
        ],
      ),
      { kind: 'no-place', facts: [{ kind: 'constraint', constraint: 2 }] },
    ],
    [
      'hours a day where one day is mostly closed',
      smallProblem(
        Array.from({ length: 4 }, () => ({ teachers: [0] })),
        [
          { kind: 'hours', people: teacher(0), atMost: 2, weight },
          { kind: 'away', people: teacher(0), slots: [4, 5, 6], weight },
        ],
      ),
      { kind: 'over-limits', needed: 4, available: 3, constraints: [0] },
    ],
    [
      'two rooms of which one is closed on a day',
      smallProblem(
        Array.from({ length: 5 }, () => ({ length: 3 })),
        [
          { kind: 'rooms', activities: [0, 1, 2, 3, 4], rooms: [0, 1], weight },
          { kind: 'room-away', room: 1, slots: [0, 1, 2, 3], weight },
        ],
      ),
      { kind: 'rooms-overfull', rooms: [0, 1], needed: 15, available: 12 },
    ],
    [
      'cards that start together and share a teacher',
      smallProblem(
        [{ teachers: [0] }, { teachers: [0, 1] }],
        [{ kind: 'same-start', activities: [0, 1], weight }],
      ),
      { kind: 'same-start-clash', constraint: 0, who: { teacher: 0 } },
    ],
    [
      'cards that must start together and have no start in common',
      smallProblem(
        [{ teachers: [0] }, {}, { teachers: [1] }],
        [
          { kind: 'same-start', activities: [0, 1, 2], weight },
          atSlots([0], [2]),
          atSlots([1], [2, 3]),
          atSlots([2], [3, 6]),
        ],
      ),
      { kind: 'same-start-apart', constraint: 0, activities: [0, 2], starts: [[2], [3, 6]] },
    ],
    [
      'locked cards that clash',
      smallProblem(
        [
          { students: [0], length: 2 },
          { students: [0], length: 2 },
        ],
        [
          { kind: 'starts', activities: [0], slots: [0], weight },
          { kind: 'starts', activities: [1], slots: [1], weight },
        ],
      ),
      { kind: 'fixed-clash', activities: [0, 1], slot: 1, who: { atom: 0 } },
    ],
    [
      'lessons of a room made of others than its real rooms can take at once',
      smallProblem(
        Array.from({ length: 5 }, () => ({})),
        [
          { kind: 'rooms', activities: [0, 1, 2, 3, 4], rooms: [4], weight },
          atSlots([0, 1, 2, 3, 4], [0, 4]),
        ],
        {
          rooms: withMade([
            [0, 1],
            [0, 1, 2, 3],
          ]),
        },
      ),
      { kind: 'rooms-overfull', rooms: [4], needed: 5, available: 4 },
    ],
    [
      'locked cards whose rooms are made of the same one',
      smallProblem(
        [{}, {}],
        [{ kind: 'rooms', activities: [0, 1], rooms: [4], weight }, atSlots([0, 1], [5])],
        { rooms: withMade([[0], [1, 2, 3]]) },
      ),
      { kind: 'fixed-clash', activities: [0, 1], slot: 5, who: { room: 0 } },
    ],
  ]

  test('a room that is better left alone is in nobody’s way', () => {
    const wish: Constraint = { kind: 'room-away', room: 0, slots: all, weight: 0.9 }
    const problem = smallProblem(
      [{}, {}],
      [{ kind: 'rooms', activities: [0, 1], rooms: [0], weight }, atSlots([0], [0]), wish],
    )
    expect(checkBeforeSearch(problem)).toEqual([])
    const [found] = explainUnplaced(problem, emptyTimetable(problem), [0])
    expect(found).toMatchObject({ facts: [], free: { slot: 0, room: 0 } })
    const taken = timetableOf(problem, [NOWHERE, 0], [NOWHERE, 0])
    const [crowded] = explainUnplaced(problem, taken, [0])
    expect(crowded?.relaxations.map(({ give }) => give.map(factName))).toContainEqual(['card 1'])
  })

  test('lessons that share a room made of others are not in the way of each other', () => {
    const two = smallProblem(
      [{}, {}],
      [{ kind: 'rooms', activities: [0, 1], rooms: [4], weight }, atSlots([0, 1], [5])],
      {
        rooms: withMade([
          [0, 1],
          [2, 3, 1],
        ]),
      },
    )
    expect(checkBeforeSearch(two)).toEqual([])
    const beside = timetableOf(two, [NOWHERE, 5], [NOWHERE, 4])
    expect(explainUnplaced(two, beside, [0])).toMatchObject([{ facts: [], free: { slot: 5, room: 4 } }])
  })

  test('a card is told that its room cannot be made up a second time, and what would help', () => {
    const two = smallProblem(
      [{}, {}],
      [{ kind: 'rooms', activities: [0, 1], rooms: [4], weight }, atSlots([0, 1], [5])],
      { rooms: withMade([[0], [2, 3, 1]]) },
    )
    const [found] = explainUnplaced(two, timetableOf(two, [NOWHERE, 5], [NOWHERE, 4]), [0])
    expect(found?.facts.map(factName).sort()).toEqual(['constraint 1', 'parts 4'])
    const text = found ? explanationText(two, found) : ''
    expect(text).toContain('кабинет «спорт» не из чего составить: нужные для него кабинеты заняты')
    expect(text).toContain(
      'освободить кабинеты, из которых составлен кабинет «спорт»; тогда подойдёт вторник, 2-й урок',
    )
  })

  test('a card is told that lessons in a room made of others need its own', () => {
    const two = smallProblem(
      [{}, {}],
      [{ kind: 'rooms', activities: [0], rooms: [0], weight }, atSlots([0, 1], [5])],
      { rooms: withMade([[0]]) },
    )
    const [found] = explainUnplaced(two, timetableOf(two, [NOWHERE, 5], [NOWHERE, 4]), [0])
    const text = found ? explanationText(two, found) : ''
    expect(text).toContain('кабинет «101» нужен занятиям в составных кабинетах')
  })

  test.each(cases)('%s is named', (_, problem, expected) => {
    const findings = checkBeforeSearch(problem)
    expect(findings).toContainEqual(expect.objectContaining(expected))
    for (const finding of findings) expect(findingText(problem, finding)).not.toMatch(/undefined|NaN|\?/)
  })

  test.each(cases)(
    '%s: nothing is named once the conditions are gone and the cards are few',
    (_, problem) => {
      const [first] = problem.activities
      const few = { ...problem, constraints: [], activities: first ? [{ ...first, length: 1 }] : [] }
      expect(checkBeforeSearch(few)).toEqual([])
    },
  )

  test('two locks and the condition they break are named', () => {
    const asked = { kind: 'same-start', activities: [0, 1], weight, source: 'подгруппы' } as const
    const problem = smallProblem([{ teachers: [0] }, { teachers: [1] }], [asked])
    const from = timetableOf(problem, [2, 6])
    expect(checkBeforeSearch(problem, { from, locked: [0] })).toEqual([])
    const [found, ...others] = checkBeforeSearch(problem, { from, locked: [0, 1] })
    expect([found, others]).toEqual([
      { kind: 'same-start-apart', constraint: 0, activities: [0, 1], starts: [[2], [6]] },
      [],
    ])
    expect(found && findingText(problem, found)).toBe(
      '«труд, Иванова» (№ 1) и «труд, Петров» (№ 2) должны начинаться одновременно, а общего времени у них нет: у первой понедельник, 3-й урок, у второй вторник, 3-й урок. Снимите закрепление с одной из них, откройте им общее время или уберите условие «одновременное начало» (подгруппы).',
    )
  })

  test('two locks that take one room or person at once are named', () => {
    const problem = smallProblem([{ teachers: [0] }, { teachers: [0] }, {}, {}], [])
    const from = timetableOf(problem, [2, 2, 5, 5], [NOWHERE, NOWHERE, 1, 1])
    expect(checkBeforeSearch(problem, { from, locked: [0, 1, 2, 3] })).toEqual([
      { kind: 'fixed-clash', activities: [0, 1], slot: 2, who: { teacher: 0 } },
      { kind: 'fixed-clash', activities: [2, 3], slot: 5, who: { room: 1 } },
      expect.objectContaining({ kind: 'overfull', who: { teacher: 0 } }),
      expect.objectContaining({ kind: 'rooms-overfull', rooms: [1] }),
    ])
  })

  test('nothing is named in a problem that has a timetable', () => {
    fc.assert(
      fc.property(withTimetable(['away', 'slots', 'rooms', 'hours', 'days']), ([problem, timetable]) => {
        const { hard, unplaced } = slowCost(problem, timetable)
        fc.pre(hard + unplaced === 0)
        expect(checkBeforeSearch(problem)).toEqual([])
      }),
      { seed: 3, numRuns: 60, maxSkipsPerRun: 400 },
    )
  })
})

const withTimetable = (kinds: readonly ConstraintKind[]) =>
  randomProblem(kinds).chain((problem) => fc.tuple(fc.constant(problem), randomTimetable(problem)))

/** The problem and timetable with nothing in them but the facts, as seen from one card. */
function onlyWith(
  problem: TimetableProblem,
  timetable: PlacedTimetable,
  card: number,
  facts: readonly Fact[],
) {
  const names = new Set(facts.map(factName))
  const constraints = problem.constraints.filter((_, index) => names.has(`constraint ${index}`))
  const start = timetable.start.map((slot, activity) =>
    activity !== card && names.has(`card ${activity}`) ? slot : NOWHERE,
  )
  return { problem: { ...problem, constraints }, timetable: { start, room: timetable.room } }
}

/** Whether some start and room lets the card in and breaks nothing that was not broken. */
function fits(
  { problem, timetable }: { problem: TimetableProblem; timetable: PlacedTimetable },
  card: number,
  rooms: readonly number[],
): boolean {
  const before = slowCost(problem, timetable).hard
  const length = problem.activities[card]?.length ?? 1
  const periods = problem.periods.length
  return rooms.some((room) =>
    problem.days.some((_, day) =>
      problem.periods.some((_, period) => {
        if (period + length > periods) return false
        const [start, inRoom] = [timetable.start.slice(), timetable.room.slice()]
        start[card] = day * periods + period
        inRoom[card] = room
        return slowCost(problem, { start, room: inRoom }).hard <= before
      }),
    ),
  )
}

describe('a card without a place', () => {
  test('is explained by the fewest facts, and told what would help, the least first', () => {
    const problem = smallProblem(
      [{ teachers: [0], length: 2 }, { teachers: [0], students: [0] }, { teachers: [1] }],
      [
        { kind: 'away', people: teacher(0), slots: [4, 5, 6, 7], weight, source: 'методический день' },
        { kind: 'starts', activities: [0], slots: [0, 1, 4], weight },
      ],
    )
    const [found] = explainUnplaced(problem, timetableOf(problem, [NOWHERE, 1, 2]), [0])
    expect(found?.facts.map(factName).sort()).toEqual(['card 1', 'constraint 0', 'constraint 1'])
    expect(found?.relaxations[0]).toEqual({
      give: [{ kind: 'card', activity: 1, shared: { teacher: 0 } }],
      slots: [0, 1],
      moves: [{ activity: 1, to: { slot: 2, room: NOWHERE } }],
    })
    const text = found ? explanationText(problem, found) : ''
    expect(text).toContain('место занимает «труд, 5А» (№ 2): общее с ней учитель Иванова')
    expect(text).toContain('условие «время отсутствия» (Иванова; методический день)')
    expect(text).toContain(
      'переставить «труд, 5А» (№ 2), например: понедельник, 3-й урок; тогда подойдёт понедельник, 1-й урок',
    )
  })

  test('is told last to move a card that has no other place, and that it has none', () => {
    const problem = smallProblem(
      [{ teachers: [0, 1] }, { teachers: [0] }, { teachers: [1] }],
      [atSlots([0], [0, 1]), atSlots([1], [0]), { kind: 'slots', activities: [2], slots: [1, 2], weight }],
    )
    const [found] = explainUnplaced(problem, timetableOf(problem, [NOWHERE, 0, 1]), [0])
    const given = found?.relaxations.map(({ give }) => give.map(factName).join())
    expect(given?.indexOf('card 2')).toBeLessThan(given?.indexOf('card 1') ?? 0)
    const text = found ? explanationText(problem, found) : ''
    expect(text).toContain(
      'переставить «труд, Петров» (№ 3), например: понедельник, 3-й урок; тогда подойдёт',
    )
    expect(text).toContain('переставить «труд, Иванова» (№ 2) (свободного места для неё сейчас нет')
  })

  test('gets its place when the cards in its way take the places named for them', () => {
    let moved = 0
    fc.assert(
      fc.property(withTimetable(['away', 'slots', 'rooms', 'hours', 'gaps']), ([any, timetable]) => {
        const problem = hardened(any)
        const [found] = explainUnplaced(problem, timetable, [0])
        const told = found?.relaxations.filter(
          ({ give, moves }) => give.every(({ kind }) => kind === 'card') && moves.every(({ to }) => to),
        )
        for (const relaxation of told ?? []) {
          expect(holdsAfter(problem, timetable, relaxation)).toBe(true)
          moved += relaxation.moves.length
        }
      }),
      { seed: 17, numRuns: 600 },
    )
    expect(moved).toBeGreaterThan(20)
  })

  test('is told its free place when it has one', () => {
    const problem = smallProblem([{ teachers: [0] }, { teachers: [0] }], [])
    const [found] = explainUnplaced(problem, timetableOf(problem, [NOWHERE, 0]), [0])
    expect(found).toMatchObject({ facts: [], relaxations: [], free: { slot: 1, room: NOWHERE } })
  })

  test('is kept out by a limit that only counting shows', () => {
    const problem = smallProblem(
      [{ teachers: [0] }, { teachers: [0] }, { teachers: [0] }],
      [
        { kind: 'hours', people: teacher(0), atMost: 2, weight },
        { kind: 'slots', activities: [2], slots: [0, 1, 2, 3], weight },
      ],
    )
    const [found] = explainUnplaced(problem, timetableOf(problem, [0, 1]), [2])
    expect(found?.facts.map(factName)).toContain('constraint 0')
    expect(found?.relaxations.map(({ give }) => give.map(factName))).toContainEqual(['constraint 0'])
  })

  test('is told both what is in its way and what only counting shows once that is gone', () => {
    const problem = smallProblem(
      [{ teachers: [0] }, { teachers: [0, 1] }, { teachers: [1] }],
      [
        { kind: 'starts', activities: [0], slots: [0], weight },
        { kind: 'gap-between', activities: [0, 2], periods: 2, weight },
      ],
    )
    const [found] = explainUnplaced(problem, timetableOf(problem, [NOWHERE, 0, 1]), [0])
    expect(found?.facts.map(factName).sort()).toEqual(['card 1', 'constraint 0'])
    expect(found?.relaxations.map(({ give }) => give.map(factName))).toContainEqual([
      'card 1',
      'constraint 1',
    ])
  })

  test('has a place as soon as any one of its facts is dropped, and none while all stand', () => {
    let explained = 0
    const kinds: ConstraintKind[] = ['away', 'away', 'slots', 'starts', 'rooms', 'room-away', 'pause']
    fc.assert(
      fc.property(withTimetable(kinds), ([any, timetable]) => {
        const problem = hardened(any)
        const [found] = explainUnplaced(problem, timetable, [0])
        const facts = found?.facts ?? []
        fc.pre(facts.length > 0 && facts.every(canBeDropped))
        // The rooms a card may be in are what its options are made of, so they stay whichever facts are dropped.
        const rooms = [...new Set(placeOptions(layGround(problem, timetable), 0).map(({ room }) => room))]
        const world = (kept: readonly Fact[]) => onlyWith(problem, timetable, 0, kept)
        expect(fits(world(facts), 0, rooms)).toBe(false)
        for (const fact of facts)
          expect(fits(world(facts.filter((other) => other !== fact)), 0, rooms)).toBe(true)
        explained++
      }),
      { seed: 11, numRuns: 50, maxSkipsPerRun: 100 },
    )
    expect(explained).toBeGreaterThanOrEqual(50)
  })

  test('gets a place by each relaxation, in each slot named, and nothing more is broken', () => {
    let helped = 0
    const timeKinds: ConstraintKind[] = ['hours', 'gaps', 'days-apart', 'running', 'not-last', 'same-day']
    fc.assert(
      fc.property(withTimetable(['away', 'slots', 'rooms', ...timeKinds]), ([any, timetable]) => {
        const problem = hardened(any)
        const [found] = explainUnplaced(problem, timetable, [0])
        const told = found?.relaxations.filter(({ give }) => give.every(canBeDropped)) ?? []
        const places = told.flatMap(({ give, slots }) => slots.map((slot) => ({ give, slot })))
        for (const { give, slot } of places) expect(helpsAt(problem, timetable, give, slot)).toBe(true)
        helped += places.length
      }),
      { seed: 13, numRuns: 200 },
    )
    expect(helped).toBeGreaterThan(50)
  })
})

/** Rooms cannot be made larger by leaving something out of the problem. */
function canBeDropped({ kind }: Fact): boolean {
  return kind === 'card' || kind === 'constraint'
}

function hardened(problem: TimetableProblem): TimetableProblem {
  const rooms = problem.rooms.filter(({ parts }) => !parts)
  const constraints = problem.constraints.map((one): Constraint => {
    if (one.kind === 'rooms')
      return { ...one, weight: HARD, rooms: one.rooms.map((room) => room % rooms.length) }
    return one.kind === 'room-away'
      ? { ...one, weight: HARD, room: one.room % rooms.length }
      : { ...one, weight: HARD }
  })
  return { ...problem, rooms, constraints }
}

function helpsAt(problem: TimetableProblem, timetable: PlacedTimetable, give: readonly Fact[], slot: number) {
  const names = new Set(give.map(factName))
  const constraints = problem.constraints.filter((_, index) => !names.has(`constraint ${index}`))
  const start = timetable.start.map((own, activity) =>
    activity === 0 || names.has(`card ${activity}`) ? NOWHERE : own,
  )
  const relaxed = { ...problem, constraints }
  const before = slowCost(relaxed, { start, room: timetable.room }).hard
  return [NOWHERE, 0, 1, 2, 3].some((room) => {
    const [placed, rooms] = [start.slice(), timetable.room.slice()]
    placed[0] = slot
    rooms[0] = room
    return slowCost(relaxed, { start: placed, room: rooms }).hard <= before
  })
}

/** Whether the card and those in its way stand as told, in some room of the card, and nothing more is broken. */
function holdsAfter(problem: TimetableProblem, timetable: PlacedTimetable, { slots, moves }: Relaxation) {
  const without = timetable.start.slice()
  without[0] = NOWHERE
  const before = slowCost(problem, { start: without, room: timetable.room }).hard
  return [NOWHERE, 0, 1, 2, 3].some((roomOfCard) => {
    const [start, room] = [timetable.start.slice(), timetable.room.slice()]
    start[0] = slots[0] ?? NOWHERE
    room[0] = roomOfCard
    for (const { activity, to } of moves) {
      start[activity] = to?.slot ?? NOWHERE
      room[activity] = to?.room ?? NOWHERE
    }
    return slowCost(problem, { start, room }).hard <= before
  })
}

test('a card is looked at in an empty timetable as in a full one', () => {
  const problem = smallProblem([{ teachers: [0] }], [{ kind: 'slots', activities: [0], slots: all, weight }])
  expect(explainUnplaced(problem, emptyTimetable(problem), [0])[0]?.free).toEqual({ slot: 0, room: NOWHERE })
})
