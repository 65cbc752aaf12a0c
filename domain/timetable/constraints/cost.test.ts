import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KINDS, randomProblem, randomTimetable } from '#test/timetable/random-problem.ts'
import { slowCost, slowCount } from '#test/timetable/slow-checker.ts'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import type { Clash, ConstraintKind } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { brokenPlaces, costOf } from './cost.ts'

const composed = (kinds: readonly ConstraintKind[]) =>
  randomProblem(kinds).chain((problem) => fc.tuple(fc.constant(problem), randomTimetable(problem)))

const CLASHES: readonly Clash[] = ['teacher-clash', 'student-clash', 'room-clash', 'unplaced', 'capacity']

function namesOnlyWhatIs(problem: TimetableProblem, places: ReturnType<typeof brokenPlaces>): void {
  const slots = problem.days.length * problem.periods.length
  for (const place of places) {
    expect(place.amount).toBeGreaterThan(0)
    for (const slot of place.slots) expect(slot >= 0 && slot < slots).toBe(true)
    for (const activity of place.activities) expect(problem.activities[activity]).toBeDefined()
  }
}

describe('the slow checker of the tests counts as the product does', () => {
  test.each(KINDS)('%s', (kind) => {
    let broken = 0
    fc.assert(
      fc.property(composed([kind, kind, 'pause', 'away']), ([problem, timetable]) => {
        const { units, hardAside } = slowCount(problem, timetable)
        const cost = costOf(problem, timetable)
        expect(cost.byConstraint).toEqual(units.map((one, index) => one + (hardAside[index] ?? 0)))
        broken += units[0] ?? 0
      }),
      { seed: 17, numRuns: 150 },
    )
    expect(broken).toBeGreaterThan(0)
  })

  test('all kinds at once, clashes, hard and soft sums', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(composed(KINDS), ([problem, timetable]) => {
        const { clashes } = slowCount(problem, timetable)
        const places = brokenPlaces(problem, timetable)
        for (const clash of CLASHES) {
          const amounts = places.filter(({ constraint }) => constraint === clash).map(({ amount }) => amount)
          expect([clash, amounts.reduce((a, b) => a + b, 0)]).toEqual([clash, clashes[clash]])
          if (amounts.length > 0) seen.add(clash)
        }
        const { hard, soft, unplaced } = costOf(problem, timetable)
        const slow = slowCost(problem, timetable)
        expect({ hard, unplaced }).toEqual({ hard: slow.hard, unplaced: slow.unplaced })
        expect(soft).toBeCloseTo(slow.soft, 6)
        namesOnlyWhatIs(problem, places)
      }),
      { seed: 23, numRuns: 150 },
    )
    expect([...seen].sort()).toEqual([...CLASHES].sort())
  })
})

test('a room made of others is made up whenever its parts can be shared out', () => {
  const room = (name: string) => ({ name, capacity: 30, building: null })
  const rooms = [room('left'), room('right'), { ...room('hall'), parts: [[0, 1], [0]] }]
  const problem = smallProblem([{}, {}], [], { rooms })
  expect(costOf(problem, timetableOf(problem, [0], [2])).hard).toBe(0)
  expect(costOf(problem, timetableOf(problem, [0, 0], [2, 1])).hard).toBe(1)
})

test('lessons share a room made of others as long as real rooms go round', () => {
  const room = (name: string) => ({ name, capacity: 30, building: null })
  const missing = (parts: number[][], lessons: number, direct: readonly number[] = []) => {
    const rooms = [room('first'), room('second'), room('third'), { ...room('sport'), parts }]
    const taken = [...new Array<number>(lessons).fill(3), ...direct]
    const cards = taken.map(() => ({}))
    const problem = smallProblem(cards, [], { rooms })
    return costOf(problem, timetableOf(problem, new Array<number>(cards.length).fill(0), taken)).hard
  }
  expect(missing([[0, 1, 2]], 3)).toBe(0)
  expect(missing([[0, 1, 2]], 4)).toBe(1)
  expect(missing([[0, 1, 2]], 2, [1])).toBe(0)
  expect(missing([[0, 1, 2]], 3, [1])).toBe(1)
  expect(missing([[0], [1, 2]], 2)).toBe(1)
  expect(
    missing(
      [
        [0, 1],
        [1, 2],
      ],
      2,
    ),
  ).toBe(1)
})
