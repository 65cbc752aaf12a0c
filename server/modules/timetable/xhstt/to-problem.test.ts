import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HARD } from '#domain/timetable/constraint.ts'
import { emptyTimetable, NOWHERE, type PlacedTimetable } from '#domain/timetable/problem.ts'
import { evaluateXhstt } from './evaluate.ts'
import type { XhsttConstraint, XhsttInstance } from './instance.ts'
import { readXhstt } from './read.ts'
import { solutionOfTimetable, writeXhsttSolution } from './solution.ts'
import { problemOfXhstt, type XhsttProblem } from './to-problem.ts'

const FILE = 'small-xhstt.xml'
const text = readFileSync(join(import.meta.dirname, '../../../../test/timetable/files', FILE), 'utf8')
const instance = readXhstt(text, FILE).archive?.instances[0] as XhsttInstance
const mapped = problemOfXhstt(instance) as XhsttProblem
const { problem, cards, unseen } = mapped

function change(id: string, by: (constraint: XhsttConstraint) => object): XhsttProblem {
  const constraints = instance.constraints.map((one) =>
    one.id === id ? ({ ...one, ...by(one) } as XhsttConstraint) : one,
  )
  return problemOfXhstt({ ...instance, constraints }) as XhsttProblem
}

const conditions = (id: string, of = mapped) =>
  of.problem.constraints.filter(({ source }) => source === id).map(({ source, ...rest }) => rest)

describe('an instance as a problem', () => {
  test('has its days, people, rooms, and events split as they are asked to be', () => {
    expect(problem.days).toEqual(['Monday', 'Tuesday'])
    expect(problem.periods).toHaveLength(3)
    expect(problem.teachers.map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Eve'])
    expect(problem.studentSets.map(({ name }) => name)).toEqual(['5a', '5b'])
    expect(problem.rooms.map(({ name }) => name)).toEqual(['Hall', 'Gym'])
    expect(problem.activities.map(({ id, length }) => [id, length])).toEqual([
      ['Maths5a/1', 2],
      ['Maths5a/2', 1],
      ['Maths5b/1', 1],
      ['Maths5b/2', 1],
      ['Sport5a/1', 1],
      ['Sport5b/1', 1],
      ['Assembly/1', 1],
    ])
    expect(cards[4]).toEqual({ event: 2, duration: 1 })
  })

  test('says its constraints in our conditions', () => {
    expect(unseen).toEqual([])
    expect(conditions('fits')).toEqual([
      { kind: 'starts', weight: HARD, activities: [0], slots: [0, 1, 3, 4] },
    ])
    expect(conditions('spread')).toEqual([
      { kind: 'days-apart', weight: HARD, activities: [0, 1], days: 1, adjacent: false },
    ])
    expect(conditions('together')).toEqual([{ kind: 'same-start', weight: HARD, activities: [4, 5] }])
    expect(conditions('order')).toEqual([
      { kind: 'ordered', weight: 3, first: 4, second: 2, sameDay: false },
      { kind: 'ordered', weight: 3, first: 4, second: 3, sameDay: false },
    ])
    expect(conditions('away')).toEqual([
      { kind: 'away', weight: HARD, people: { teachers: [0], atoms: [] }, slots: [5] },
    ])
    expect(conditions('idle')).toEqual([
      { kind: 'gaps', weight: 5, people: { teachers: [], atoms: [0, 1] }, per: 'week', atMost: 0 },
    ])
    expect(conditions('days')).toEqual([
      { kind: 'days', weight: 9, people: { teachers: [1], atoms: [] }, atMost: 1 },
    ])
    expect(conditions('hours')).toEqual([
      { kind: 'hours', weight: 1, people: { teachers: [0, 1, 2], atoms: [] }, atMost: 2 },
    ])
    expect(conditions('oneplace')).toEqual([
      { kind: 'different-rooms', weight: 1, activities: [4, 5], atMost: 1 },
    ])
    expect(problem.constraints.filter(({ kind }) => kind === 'rooms')).toEqual([
      { kind: 'rooms', weight: HARD, rooms: [0, 1], activities: [4, 5] },
      { kind: 'rooms', weight: 2, rooms: [1], activities: [4] },
    ])
    expect(problem.constraints.filter(({ kind }) => kind === 'starts')[0]).toEqual({
      kind: 'starts',
      weight: HARD,
      activities: [6],
      slots: [3],
    })
  })

  test('says a soft wish against times, and limits on sets of times that are not days, by its cards', () => {
    expect(
      conditions(
        'away',
        change('away', () => ({ required: false, weight: 7 })),
      ),
    ).toEqual([{ kind: 'slots', weight: 7, activities: [0, 1, 2, 3], slots: [0, 1, 2, 3, 4] }])
    const hall = instance.resources.findIndex(({ name }) => name === 'Hall')
    const soft = { required: false, weight: 7 }
    expect(
      conditions(
        'away',
        change('away', () => ({ ...soft, resources: [hall, 0] })),
      ),
    ).toEqual([
      { kind: 'room-away', weight: 7, room: 0, slots: [5] },
      { kind: 'slots', weight: 7, activities: [0, 1, 2, 3], slots: [0, 1, 2, 3, 4] },
    ])
    const doubles = { timeGroups: [2], minimum: 1, maximum: 3 }
    expect(
      conditions(
        'hours',
        change('hours', () => ({ ...doubles, resources: [0] })),
      ),
    ).toEqual([{ kind: 'slots-taken', weight: 1, activities: [0, 1, 2, 3], slots: [0, 1, 3, 4], atMost: 3 }])
    const limits = [{ group: 2, minimum: 2, maximum: 2 }]
    const spread = change('spread', () => ({ timeGroups: limits, eventGroups: [2] }))
    expect(conditions('spread', spread)).toEqual([
      { kind: 'slots-taken', weight: HARD, activities: [4, 5], slots: [0, 1, 3, 4], atLeast: 2 },
    ])
  })

  test('weighs a wish about times by the length of the card, as a time each', () => {
    const soft = change('fits', () => ({ required: false, weight: 3, duration: null }))
    expect(conditions('fits', soft)).toMatchObject([
      { weight: 6, activities: [0] },
      { weight: 3, activities: [1, 2, 3, 4, 5] },
    ])
  })

  test('puts together what is asked for each day by itself', () => {
    const [idle] = instance.constraints.filter(({ id }) => id === 'idle')
    const one = { ...idle, timeGroups: [0] } as XhsttConstraint
    const other = { ...idle, id: 'idle on Tuesday', timeGroups: [1] } as XhsttConstraint
    const others = instance.constraints.filter(({ id }) => id !== 'idle')
    const both = problemOfXhstt({ ...instance, constraints: [...others, one, other] }) as XhsttProblem
    expect(both.unseen).toEqual([])
    expect(conditions('idle', both)).toEqual(conditions('idle'))
    const half = problemOfXhstt({ ...instance, constraints: [...others, one] }) as XhsttProblem
    expect(half.unseen).toMatchObject([{ constraint: 'idle', why: 'time-groups' }])
    const { type, count, lines } = half.unsupported[0] ?? {}
    expect([type, count, lines]).toEqual(['LimitIdleTimesConstraint', 1, [idle?.line]])
  })

  test('finds several rooms for an event as a room made of others', () => {
    const [maths, ...others] = instance.events
    const seek = (role: string) => ({ resource: null, role, type: 2, workload: 3 })
    const both = { ...maths, resources: [...(maths?.resources ?? []), seek('Place'), seek('Store')] }
    const assign = (role: string) => ({ ...instance.constraints[0], id: role, role, events: [0, 2, 3] })
    const events = [both, ...others]
    const constraints = [...instance.constraints.slice(1), assign('Place'), assign('Store')]
    const together = problemOfXhstt({ ...instance, events, constraints } as XhsttInstance) as XhsttProblem
    expect(together.unseen).toEqual([])
    expect(together.problem.rooms.slice(2)).toEqual([
      { name: 'Hall + Gym', capacity: 0, building: null, parts: [[0], [1]] },
      { name: 'Gym + Hall', capacity: 0, building: null, parts: [[1], [0]] },
    ])
    expect(together.problem.constraints.find(({ kind }) => kind === 'rooms')).toMatchObject({ rooms: [2, 3] })
    const timetable = emptyTimetable(together.problem)
    timetable.room[0] = 3
    const solution = solutionOfTimetable({ ...instance, events } as XhsttInstance, together, timetable)
    expect(solution.meets[0]?.assigned).toEqual([
      { role: 'Place', resource: 6 },
      { role: 'Store', resource: 5 },
    ])
  })

  test('can pass over the best split of an event', () => {
    const lengths = (of: XhsttProblem | null) =>
      of?.cards.filter(({ event }) => event < 2).map((card) => card.duration)
    expect(lengths(mapped)).toEqual([2, 1, 1, 1])
    expect(
      lengths(
        problemOfXhstt(
          instance,
          new Map([
            [0, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toEqual([1, 1, 1, 2])
  })

  test('names what it cannot say', () => {
    const why = (id: string, by: object) =>
      change(id, () => by).unseen.map((one) => [one.constraint, one.why])
    expect(why('hours', { timeGroups: [2], minimum: 2 })).toEqual([['hours', 'time-groups']])
    expect(why('spread', { timeGroups: [{ group: 2, minimum: 0, maximum: 1 }] })).toEqual([
      ['spread', 'time-groups'],
    ])
    expect(why('order', { pairs: [{ first: 0, second: 1, minimum: 2, maximum: 6 }] })).toEqual([
      ['order', 'no-condition'],
    ])
    expect(why('together', { eventGroups: [1] })).toEqual([['together', 'parts-differ']])
    expect(why('work', { resources: [5] })).toEqual([['work', 'roles']])
    expect(why('oneplace', { eventGroups: [1] })).toEqual([['oneplace', 'roles']])
  })

  test('takes times that follow each other on one day as a day, and refuses a day that is too long', () => {
    const swapped = { ...instance, times: instance.times.map((_, index) => instance.times[(index + 1) % 6]) }
    const timeGroups = instance.timeGroups.map((group) => ({
      ...group,
      members: group.members.map((time) => (time + 5) % 6).sort((a, b) => a - b),
    }))
    const runs = problemOfXhstt({ ...swapped, timeGroups } as XhsttInstance)
    expect(runs?.problem.days).toEqual(['Monday', 'Tuesday', 'Monday'])
    expect(runs?.problem.constraints.find(({ kind }) => kind === 'slots')).toMatchObject({
      slots: [0, 1, 3, 4, 5, 6],
    })
    const times = Array.from({ length: 31 }, (_, index) => ({ id: `t${index}`, name: `t${index}` }))
    expect(problemOfXhstt({ ...instance, times, timeGroups: [] })).toBeNull()
  })
})

describe('a timetable of the problem', () => {
  // Maths of 5a Mo1–2 and Tu2, of 5b Mo3 and Tu3; sport together Mo3 would clash for 5b, so Tu2 does for 5a too.
  const timetable: PlacedTimetable = {
    start: Int32Array.from([0, 4, 2, 5, 2, 4, 3]),
    room: Int32Array.from([NOWHERE, NOWHERE, NOWHERE, NOWHERE, 0, 1, NOWHERE]),
  }

  test('is a solution that costs what the same solution in the file does', () => {
    const solution = solutionOfTimetable(instance, mapped, timetable)
    const { infeasibility, objective } = evaluateXhstt(instance, solution)
    expect([infeasibility, objective]).toEqual([3, 8])
  })

  test('is written into the archive so that it is read back', () => {
    const solution = solutionOfTimetable(instance, mapped, timetable)
    for (const archive of [text, text.replace(/<SolutionGroups>.*<\/SolutionGroups>/s, '')]) {
      const written = writeXhsttSolution(instance, mapped, timetable, archive)
      expect(readXhstt(written, FILE).archive?.solutions.at(-1)).toEqual(solution)
    }
  })

  test('is written by itself when there is no archive to add it to', () => {
    const written = writeXhsttSolution(instance, mapped, timetable)
    const into = written.replace('<Instances/>', /<Instances>.*<\/Instances>/s.exec(text)?.[0] ?? '')
    expect(readXhstt(into, FILE).archive?.solutions).toEqual([
      solutionOfTimetable(instance, mapped, timetable),
    ])
  })

  test('that has placed nothing has all of its cards without times', () => {
    const nothing = solutionOfTimetable(instance, mapped, emptyTimetable(problem))
    const costs = evaluateXhstt(instance, nothing).byConstraint
    expect(costs.filter(({ cost }) => cost > 0).map(({ id, cost }) => [id, cost])).toEqual([
      ['places', 2],
      ['times', 7],
      ['work', 1],
    ])
  })
})
