import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KINDS, randomProblem } from '#test/timetable/random-problem.ts'
import { slowCost } from '#test/timetable/slow-checker.ts'
import { smallProblem } from '#test/timetable/small-problem.ts'
import { type ConstraintKind, HARD } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { openSearch } from '../solver/search.ts'

/** Steps of runs one after another: while cards are thrown out, and while the cost is lowered. */
const RUNS = [1, 7, 200, 2000]

function reportsWhatIs(problem: TimetableProblem, seed: number): void {
  const search = openSearch(problem, { seed })
  for (const steps of RUNS) {
    search.run(steps)
    const progress = search.run(0)
    const slow = slowCost(problem, search.best())
    expect({ placed: progress.placed, broken: progress.broken }).toEqual({
      placed: problem.activities.length - slow.unplaced,
      broken: slow.hard,
    })
    expect(progress.softCost).toBeCloseTo(slow.soft, 6)
    expect(progress.complete).toBe(slow.unplaced === 0 && slow.hard === 0)
  }
}

describe('what a search reports is what the slow checker counts in its best timetable', () => {
  const cases: [string, ConstraintKind[]][] = KINDS.map((kind) => [kind, [kind, kind, 'rooms', 'away']])

  test.each([...cases, ['all kinds at once', KINDS]] as typeof cases)('%s', (_, kinds) => {
    fc.assert(
      fc.property(randomProblem(kinds), fc.integer({ min: 1, max: 1000 }), (problem, seed) => {
        reportsWhatIs(problem, seed)
      }),
      { seed: 29, numRuns: 40 },
    )
  })

  test('people without lessons under one limit are counted each', () => {
    const people = { teachers: [0, 1], atoms: [] }
    reportsWhatIs(
      smallProblem(
        [{ students: [0] }],
        [{ kind: 'hours', people, atLeast: 1, emptyDaysToo: true, weight: HARD }],
      ),
      1,
    )
  })

  test('cards that must start together and cannot are counted each two', () => {
    const cards = [1, 2, 3].map((length) => ({ students: [0], length }))
    for (let seed = 1; seed <= 20; seed++)
      reportsWhatIs(smallProblem(cards, [{ kind: 'same-start', activities: [0, 1, 2], weight: HARD }]), seed)
  })
})
