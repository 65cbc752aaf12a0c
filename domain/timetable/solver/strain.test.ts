import { describe, expect, it } from 'vitest'
import { type SmallCard, smallProblem } from '#test/timetable/small-problem.ts'
import { type Constraint, HARD } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { compileProblem } from './compile/compile.ts'
import { Random } from './random.ts'
import { Kernel } from './state/kernel.ts'
import { loadTimetable } from './state/snapshot.ts'
import { resetWeights } from './weights.ts'

const OF_ONE_TEACHER: readonly SmallCard[] = Array.from({ length: 6 }, () => ({ teachers: [0] }))
const mine = { teachers: [0], atoms: [] }
const all = [0, 1, 2, 3, 4, 5]

function kernelWith(constraints: readonly Constraint[], start: readonly number[], room: readonly number[]) {
  const problem: TimetableProblem = smallProblem(OF_ONE_TEACHER, constraints, { days: ['пн', 'вт', 'ср'] })
  const kernel = new Kernel(compileProblem(problem, {}), new Random(1))
  loadTimetable(kernel, { start: Int32Array.from(start), room: Int32Array.from(room) })
  resetWeights(kernel)
  return kernel
}

/** Six cards in the slots, all of them in the first room unless told. */
function brokenBy(constraint: Constraint, start: readonly number[], room: readonly number[] = []) {
  const anywhere: Constraint = { kind: 'rooms', weight: HARD, activities: all, rooms: [0, 1, 2] }
  const { hard, weighted } = kernelWith(
    room.length > 0 ? [constraint, anywhere] : [constraint],
    start,
    room.length > 0 ? room : all.map(() => -1),
  )
  return { hard, strain: weighted }
}

// Four periods a day.
const threeTwoOne = [0, 1, 2, 5, 6, 9]
const threeThree = [0, 1, 2, 4, 5, 6]

describe('what is strained', () => {
  it.each([
    ['one day over, all its lessons to be moved', threeTwoOne, 2, { hard: 1, strain: 1 }],
    ['two days over, the emptiest ones', threeTwoOne, 1, { hard: 2, strain: 3 }],
    ['a day over that is as full as the other', threeThree, 1, { hard: 1, strain: 3 }],
    ['no day over', threeThree, 2, { hard: 0, strain: 0 }],
  ])('days of a week: %s', (_, start, atMost, expected) => {
    expect(brokenBy({ kind: 'days', weight: HARD, people: mine, atMost }, start)).toEqual(expected)
  })

  it('days that meet an interval: lessons inside it', () => {
    const late: Constraint = {
      kind: 'interval-days',
      weight: HARD,
      people: mine,
      from: 1,
      to: 4,
      atMost: 1,
    }
    expect(brokenBy(late, threeThree)).toEqual({ hard: 1, strain: 2 })
  })

  it.each([
    [1, { hard: 2, strain: 3 }],
    [2, { hard: 1, strain: 1 }],
    [3, { hard: 0, strain: 0 }],
  ])('rooms that are shared, %d of them: lessons outside of the fullest', (atMost, expected) => {
    const shared: Constraint = { kind: 'different-rooms', weight: HARD, activities: all, atMost }
    expect(brokenBy(shared, threeTwoOne, [0, 0, 1, 0, 1, 2])).toEqual(expected)
  })

  it('is nothing where it is only wished', () => {
    const wished: Constraint = { kind: 'days', weight: 2, people: mine, atMost: 1 }
    expect(brokenBy(wished, threeTwoOne)).toEqual({ hard: 0, strain: 0 })
  })
})
