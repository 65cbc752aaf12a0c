import { describe, expect, test } from 'vitest'
import { evaluateXhstt } from './evaluate.ts'
import type { XhsttConstraint, XhsttCostFunction, XhsttEvent, XhsttInstance, XhsttMeet } from './instance.ts'

// Two days of three times, two teachers, a class, two rooms. Every cost below is reckoned by hand.
const TIMES = ['Mo1', 'Mo2', 'Mo3', 'Tu1', 'Tu2', 'Tu3']
const RESOURCES = ['ann', 'bob', '5a', 'hall', 'gym']
const [ANN, BOB, CLASS, HALL, GYM] = [0, 1, 2, 3, 4]
const [MO, TU] = [0, 1]
const [MATHS, SPORT, MUSIC, TALK] = [0, 1, 2, 3]
const at = (time: string): number => TIMES.indexOf(time)

const takes = (resource: number, workload: number) => ({ resource, role: null, type: null, workload })
const room = (workload: number) => ({ resource: null, role: 'Room', type: 2, workload })

const EVENTS: XhsttEvent[] = [
  {
    id: 'maths',
    name: 'maths',
    duration: 3,
    time: null,
    resources: [takes(ANN, 4), takes(CLASS, 3), room(3)],
  },
  { id: 'sport', name: 'sport', duration: 2, time: null, resources: [takes(BOB, 2), room(2)] },
  { id: 'music', name: 'music', duration: 1, time: null, resources: [takes(ANN, 1)] },
  { id: 'talk', name: 'talk', duration: 1, time: at('Mo1'), resources: [takes(CLASS, 1)] },
]

const meet = (event: number, duration: number, time: string | null, inRoom?: number): XhsttMeet => ({
  event,
  duration,
  time: time === null ? null : at(time),
  assigned: inRoom === undefined ? [] : [{ role: 'Room', resource: inRoom }],
})

function instanceWith(...constraints: XhsttConstraint[]): XhsttInstance {
  const named = (id: string) => ({ id, name: id })
  return {
    ...named('small'),
    times: TIMES.map(named),
    timeGroups: [
      { ...named('Mo'), kind: 'day', members: [0, 1, 2] },
      { ...named('Tu'), kind: 'day', members: [3, 4, 5] },
      { ...named('firsts'), kind: 'group', members: [0, 3] },
    ],
    resourceTypes: ['Teacher', 'Class', 'Room'].map(named),
    resourceGroups: [],
    resources: RESOURCES.map((id, index) => ({ ...named(id), type: [0, 0, 1, 2, 2][index] ?? 0 })),
    eventGroups: [
      { ...named('maths and music'), members: [MATHS, MUSIC] },
      { ...named('maths and sport'), members: [MATHS, SPORT] },
    ],
    events: EVENTS,
    constraints,
  }
}

const common = (costFunction: XhsttCostFunction = 'Linear', weight = 1, required = true) => ({
  id: 'c',
  name: 'c',
  line: 1,
  required,
  weight,
  costFunction,
})

function costs(constraint: XhsttConstraint, ...meets: XhsttMeet[]) {
  const solution = { instance: 'small', group: 'own', meets, report: null }
  const { infeasibility, objective, byConstraint } = evaluateXhstt(instanceWith(constraint), solution)
  expect(byConstraint.map(({ cost }) => cost)).toEqual([constraint.required ? infeasibility : objective])
  return {
    infeasibility,
    objective,
    at: byConstraint[0]?.at.map(({ index, deviation }) => [index, deviation]),
  }
}

type Row = [what: string, constraint: XhsttConstraint, meets: XhsttMeet[], at: [point: number, by: number][]]

const limits = { minimum: 0, maximum: 0 }
const bothDays = { timeGroups: [MO, TU] }

const ROWS: Row[] = [
  [
    'AssignTime counts the duration of meets without a time, not of events with a given one',
    { ...common(), kind: 'AssignTime', events: [MATHS, SPORT, MUSIC, TALK] },
    [meet(MATHS, 2, 'Mo1'), meet(MATHS, 1, null)],
    [
      [MATHS, 1],
      [SPORT, 2],
      [MUSIC, 1],
    ],
  ],
  [
    'AssignResource counts the duration of meets without anybody in the role, where the event has the role',
    { ...common(), kind: 'AssignResource', role: 'Room', events: [MATHS, SPORT, MUSIC] },
    [meet(MATHS, 2, 'Mo1', HALL), meet(MATHS, 1, 'Tu1')],
    [
      [MATHS, 1],
      [SPORT, 2],
    ],
  ],
  [
    'PreferResources counts the duration of meets with somebody else, not with nobody',
    { ...common(), kind: 'PreferResources', role: 'Room', events: [MATHS, SPORT], preferred: [HALL] },
    [meet(MATHS, 2, 'Mo1', GYM), meet(MATHS, 1, 'Tu1', HALL)],
    [[MATHS, 2]],
  ],
  [
    'PreferTimes counts the duration of meets that start at another time',
    {
      ...common(),
      kind: 'PreferTimes',
      events: [MATHS, MUSIC, TALK],
      preferred: [at('Tu1')],
      duration: null,
    },
    [meet(MATHS, 2, 'Mo1'), meet(MATHS, 1, 'Tu1')],
    [[MATHS, 2]],
  ],
  [
    'PreferTimes of one duration does not look at meets of another',
    { ...common(), kind: 'PreferTimes', events: [MATHS], preferred: [at('Tu1')], duration: 1 },
    [meet(MATHS, 2, 'Mo1'), meet(MATHS, 1, 'Mo3')],
    [[MATHS, 1]],
  ],
  [
    'SplitEvents counts parts too many or few, and each part that is too long or short',
    {
      ...common(),
      kind: 'SplitEvents',
      events: [MATHS, SPORT, MUSIC],
      minimumDuration: 1,
      maximumDuration: 1,
      minimumAmount: 2,
      maximumAmount: 2,
    },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 1, 'Mo3'), meet(MATHS, 1, 'Tu1'), meet(SPORT, 2, 'Mo1')],
    [
      [MATHS, 1],
      [SPORT, 2],
      [MUSIC, 1],
    ],
  ],
  [
    'SplitEvents counts a part that is too short',
    {
      ...common(),
      kind: 'SplitEvents',
      events: [MATHS, MUSIC],
      minimumDuration: 2,
      maximumDuration: 3,
      minimumAmount: 1,
      maximumAmount: 9,
    },
    [meet(MATHS, 2, 'Mo1'), meet(MATHS, 1, 'Tu1')],
    [
      [MATHS, 1],
      [MUSIC, 1],
    ],
  ],
  [
    'DistributeSplitEvents counts how many parts of the duration are wanting or too many',
    {
      ...common(),
      kind: 'DistributeSplitEvents',
      events: [MATHS, SPORT],
      duration: 1,
      minimum: 1,
      maximum: 2,
    },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 1, 'Mo3'), meet(MATHS, 1, 'Tu1'), meet(SPORT, 2, 'Mo1')],
    [
      [MATHS, 1],
      [SPORT, 1],
    ],
  ],
  [
    'AvoidSplitAssignments counts the resources of a role in a group of events but one',
    { ...common(), kind: 'AvoidSplitAssignments', role: 'Room', eventGroups: [0, 1] },
    [meet(MATHS, 2, 'Mo1', HALL), meet(MATHS, 1, 'Tu1', HALL), meet(SPORT, 2, 'Tu1', GYM)],
    [[1, 1]],
  ],
  [
    'SpreadEvents counts meets that start in a set of times over the maximum and short of the minimum',
    {
      ...common(),
      kind: 'SpreadEvents',
      eventGroups: [0],
      timeGroups: [
        { group: MO, minimum: 0, maximum: 1 },
        { group: TU, minimum: 1, maximum: 1 },
      ],
    },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 2, 'Mo2'), meet(MUSIC, 1, 'Mo3')],
    [[0, 3]],
  ],
  [
    'LinkEvents counts the times at which one of the events is held without the other',
    { ...common(), kind: 'LinkEvents', eventGroups: [1] },
    [meet(MATHS, 3, 'Mo1'), meet(SPORT, 2, 'Mo2')],
    [[1, 1]],
  ],
  [
    'OrderEvents counts how far the pause between two events is outside its limits',
    {
      ...common(),
      kind: 'OrderEvents',
      pairs: [
        { first: MATHS, second: SPORT, minimum: 0, maximum: 9 },
        { first: SPORT, second: MATHS, minimum: 2, maximum: 9 },
        { first: SPORT, second: MATHS, minimum: 0, maximum: 0 },
      ],
    },
    [meet(MATHS, 3, 'Tu1'), meet(SPORT, 2, 'Mo1')],
    [
      [0, 6],
      [1, 1],
      [2, 1],
    ],
  ],
  [
    'OrderEvents looks from the last end of the first event to the first beginning of the second',
    {
      ...common(),
      kind: 'OrderEvents',
      pairs: [{ first: MATHS, second: SPORT, minimum: 0, maximum: 9 }],
    },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 2, 'Tu1'), meet(SPORT, 1, 'Tu3'), meet(SPORT, 1, 'Tu2')],
    [[0, 1]],
  ],
  [
    'AvoidClashes counts at each time the meets of a resource but one',
    { ...common(), kind: 'AvoidClashes', resources: [ANN, BOB, CLASS, HALL] },
    [meet(MATHS, 3, 'Mo1', HALL), meet(MUSIC, 1, 'Mo2'), meet(SPORT, 2, 'Mo2', HALL)],
    [
      [ANN, 1],
      [CLASS, 1],
      [HALL, 2],
    ],
  ],
  [
    'AvoidClashes counts three meets at one time as two',
    { ...common(), kind: 'AvoidClashes', resources: [ANN] },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 2, 'Mo1'), meet(MUSIC, 1, 'Mo1')],
    [[ANN, 2]],
  ],
  [
    'AvoidUnavailableTimes counts the times a resource is busy though it should not be',
    { ...common(), kind: 'AvoidUnavailableTimes', resources: [ANN, BOB], times: [at('Mo2'), at('Mo3')] },
    [meet(MATHS, 3, 'Mo1'), meet(MUSIC, 1, 'Mo2')],
    [[ANN, 2]],
  ],
  [
    'LimitIdleTimes counts idle times between busy ones over all its sets of times',
    { ...common(), ...limits, ...bothDays, kind: 'LimitIdleTimes', resources: [ANN, BOB] },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 1, 'Mo3'), meet(MATHS, 1, 'Tu1'), meet(MUSIC, 1, 'Tu3')],
    [[ANN, 2]],
  ],
  [
    'LimitIdleTimes with a minimum counts what is short of it',
    { ...common(), ...bothDays, minimum: 2, maximum: 3, kind: 'LimitIdleTimes', resources: [ANN] },
    [meet(MATHS, 1, 'Mo1'), meet(MATHS, 1, 'Mo3'), meet(MATHS, 1, 'Tu1')],
    [[ANN, 1]],
  ],
  [
    'ClusterBusyTimes counts sets of times with something in them',
    {
      ...common(),
      ...bothDays,
      minimum: 1,
      maximum: 1,
      kind: 'ClusterBusyTimes',
      resources: [ANN, BOB, GYM],
    },
    [meet(MATHS, 3, 'Mo1'), meet(MUSIC, 1, 'Tu3'), meet(SPORT, 2, 'Mo1')],
    [
      [ANN, 1],
      [GYM, 1],
    ],
  ],
  [
    'LimitBusyTimes counts in each set of times, and leaves sets nobody is busy in alone',
    { ...common(), ...bothDays, minimum: 2, maximum: 2, kind: 'LimitBusyTimes', resources: [ANN, BOB] },
    [meet(MATHS, 3, 'Mo1'), meet(MUSIC, 1, 'Tu3'), meet(SPORT, 2, 'Mo1')],
    [[ANN, 2]],
  ],
  [
    'LimitWorkload counts work, whole units begun, by the workload of the events and placed or not',
    { ...common(), minimum: 3, maximum: 4, kind: 'LimitWorkload', resources: [ANN, BOB, HALL] },
    [meet(MATHS, 2, 'Mo1', HALL), meet(MATHS, 1, null), meet(SPORT, 2, null, HALL)],
    // Ann 4 + 1, Bob 2, the hall 2 + 2.
    [
      [ANN, 1],
      [BOB, 1],
    ],
  ],
]

describe('each kind of constraint', () => {
  test.each(ROWS)('%s', (_, constraint, meets, deviations) => {
    expect(costs(constraint, ...meets).at).toEqual(deviations)
  })

  test('a part of a unit of workload counts as a whole one, thirds that make a whole as the whole', () => {
    const workload = (minimum: number): XhsttConstraint => ({
      ...common(),
      kind: 'LimitWorkload',
      resources: [HALL],
      minimum,
      maximum: 9,
    })
    // Of maths, 4 for 3 times in the eyes of a room with that workload: here 3 for 3, so one time is 1.
    expect(costs(workload(2), meet(MATHS, 1, 'Mo1', HALL), meet(MATHS, 2, 'Tu1')).infeasibility).toBe(1)
    const halves = instanceWith(workload(2))
    const third = { ...halves, events: [{ ...(EVENTS[0] as XhsttEvent), resources: [room(1)] }] }
    const solution = (...meets: XhsttMeet[]) => ({ instance: 'small', group: 'own', meets, report: null })
    const one = solution(meet(MATHS, 1, 'Mo1', HALL), meet(MATHS, 2, 'Tu1'))
    expect(evaluateXhstt(third, one).infeasibility).toBe(2)
    const all = solution(
      meet(MATHS, 1, 'Mo1', HALL),
      meet(MATHS, 1, 'Mo2', HALL),
      meet(MATHS, 1, 'Mo3', HALL),
    )
    expect(evaluateXhstt(third, all).infeasibility).toBe(1)
    // Ten tenths are less than one to a machine.
    const tenth = { ...third, events: [{ ...(EVENTS[0] as XhsttEvent), duration: 10, resources: [room(1)] }] }
    const tenths = solution(...Array.from({ length: 10 }, () => meet(MATHS, 1, null, HALL)))
    const atLeastOne = { ...tenth, constraints: [workload(1)] }
    expect(evaluateXhstt(atLeastOne, tenths).infeasibility).toBe(0)
  })
})

describe('the cost of a deviation', () => {
  // Ann is busy 3 times on Monday and once on Tuesday: parts 3 and 1 over a maximum of nothing.
  const parts = (costFunction: XhsttCostFunction, weight = 1, required = false): XhsttConstraint => ({
    ...common(costFunction, weight, required),
    ...limits,
    ...bothDays,
    kind: 'LimitBusyTimes',
    resources: [ANN, BOB],
  })
  const meets = [meet(MATHS, 3, 'Mo1'), meet(MUSIC, 1, 'Tu3')]

  test.each<[XhsttCostFunction, number]>([
    ['Step', 1],
    ['Linear', 4],
    ['Quadratic', 16],
    ['Sum', 4],
    ['SumSteps', 2],
    ['StepSum', 1],
    ['SumSquares', 10],
    ['SquareSum', 16],
  ])('by %s is %d for parts of 3 and 1', (costFunction, cost) => {
    expect(costs(parts(costFunction), ...meets).objective).toBe(cost)
  })

  test('is multiplied by the weight and adds to the infeasibility when it is required', () => {
    expect(costs(parts('Quadratic', 5), ...meets)).toMatchObject({ infeasibility: 0, objective: 80 })
    expect(costs(parts('Quadratic', 5, true), ...meets)).toMatchObject({ infeasibility: 80, objective: 0 })
  })

  test('of two points is not the cost of their sum', () => {
    const both = costs(parts('Quadratic'), ...meets, meet(SPORT, 2, 'Mo1'))
    expect(both.objective).toBe(16 + 4)
  })
})

describe('a solution', () => {
  test('that leaves an event out has it as one part without a time, or at the time given for it', () => {
    const clash: XhsttConstraint = { ...common(), kind: 'AvoidClashes', resources: [CLASS] }
    expect(costs(clash, meet(MATHS, 3, 'Mo1')).at).toEqual([[CLASS, 1]])
    expect(costs(clash, meet(MATHS, 3, 'Tu1')).at).toEqual([])
  })

  test('that has not placed all of an event owes no order for it yet', () => {
    const order: XhsttConstraint = {
      ...common(),
      kind: 'OrderEvents',
      pairs: [{ first: MATHS, second: SPORT, minimum: 0, maximum: 9 }],
    }
    expect(costs(order, meet(MATHS, 2, 'Tu1'), meet(MATHS, 1, null), meet(SPORT, 2, 'Mo1')).at).toEqual([])
  })
})
