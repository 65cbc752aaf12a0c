import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KINDS, randomProblem } from '#test/timetable/random-problem.ts'
import { slowCost } from '#test/timetable/slow-checker.ts'
import type { ConstraintKind } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { openSearch } from '../solver/search.ts'

/** Steps of runs one after another: while cards are thrown out, and while the cost is lowered. */
const RUNS = [1, 7, 200, 5000]

function reportsWhatIs(problem: TimetableProblem, seed: number): void {
  const search = openSearch(problem, { seed })
  for (const steps of RUNS) {
    const progress = search.run(steps)
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
      { seed: 29, numRuns: 15 },
    )
  })
})
