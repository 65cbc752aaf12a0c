import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KINDS, randomProblem } from '#test/timetable/random-problem.ts'
import type { ConstraintKind } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import { isMade, type TimetableProblem } from '../problem.ts'
import { Annealing } from './annealing.ts'
import { compileProblem } from './compile/compile.ts'
import type { Cooling } from './cooling.ts'
import { Ejection } from './ejection.ts'
import { Random } from './random.ts'
import { fill, takeOutBroken } from './repair.ts'
import { Kernel } from './state/kernel.ts'
import { loadSnapshot, takeSnapshot, toTimetable } from './state/snapshot.ts'
import { raiseWeights, weightedSum } from './weights.ts'

const HOT: Cooling = {
  from: 5,
  to: 5,
  moves: 4000,
  hardWorth: 1,
  softWorth: 0.5,
  nearTrouble: 0.4,
  rising: null,
  untilFeasible: false,
}

function recounted(kernel: Kernel) {
  const fresh = new Kernel(kernel.tables, new Random(1))
  loadSnapshot(fresh, takeSnapshot(kernel))
  return { hard: fresh.hard, soft: fresh.soft }
}

function expectExact(kernel: Kernel, problem: TimetableProblem) {
  const scratch = recounted(kernel)
  expect(kernel.hard).toBeCloseTo(scratch.hard, 6)
  expect(kernel.soft).toBeCloseTo(scratch.soft, 6)
  expect(kernel.weighted).toBeCloseTo(weightedSum(kernel), 6)
  const slow = costOf(problem, toTimetable(kernel.tables, takeSnapshot(kernel)))
  expect(kernel.soft).toBeCloseTo(slow.soft, 6)
  // Of the ways to make up rooms of others the kernel holds one; the count takes the best.
  if (problem.rooms.some(isMade)) expect(kernel.hard).toBeGreaterThanOrEqual(slow.hard - 1e-6)
  else expect(kernel.hard).toBeCloseTo(slow.hard, 6)
}

function withoutParts(problem: TimetableProblem): TimetableProblem {
  return { ...problem, rooms: problem.rooms.map(({ parts: _, ...room }) => room) }
}

function kernelOf(problem: TimetableProblem, seed: number) {
  return new Kernel(compileProblem(problem, {}), new Random(seed))
}

const someKinds = fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 })
const schools = someKinds.chain((kinds) => fc.tuple(randomProblem(kinds), fc.nat(1000)))

describe('the counts that moves keep up to date', () => {
  it.each(KINDS)('equal a recount and the slow count after moves of every sort, under %s', (kind) => {
    fc.assert(
      fc.property(
        randomProblem([kind as ConstraintKind, 'rooms']),
        fc.nat(1000),
        fc.boolean(),
        (random, seed, parts) => {
          const problem = parts ? random : withoutParts(random)
          const kernel = kernelOf(problem, seed)
          fill(kernel)
          expectExact(kernel, problem)
          const annealing = new Annealing(kernel, HOT, () => {})
          for (let stretch = 0; stretch < 4; stretch++) {
            annealing.run(60)
            raiseWeights(kernel, { step: 0.5, fall: 0.9, most: 20 })
            expectExact(kernel, problem)
          }
        },
      ),
      { seed: 77, numRuns: 40 },
    )
  })

  it('equal a recount when cards without a place are among those that move', () => {
    fc.assert(
      fc.property(schools, ([problem, seed]) => {
        const kernel = kernelOf(problem, seed)
        fill(kernel)
        takeOutBroken(kernel)
        const annealing = new Annealing(kernel, HOT, () => {})
        for (let stretch = 0; stretch < 4; stretch++) {
          annealing.run(60)
          expectExact(kernel, problem)
        }
      }),
      { seed: 10, numRuns: 40 },
    )
  })

  it('equal a recount while cards are thrown out and placed', () => {
    fc.assert(
      fc.property(schools, ([problem, seed]) => {
        const kernel = kernelOf(problem, seed)
        const ejection = new Ejection(kernel)
        ejection.open()
        for (let step = 0; step < 30; step++) {
          ejection.step()
          expectExact(kernel, problem)
        }
      }),
      { seed: 8, numRuns: 40 },
    )
  })

  it('show nothing hard after what is broken has been taken out', () => {
    fc.assert(
      fc.property(schools, ([problem, seed]) => {
        const kernel = kernelOf(problem, seed)
        const empty = kernel.hard
        fill(kernel)
        takeOutBroken(kernel)
        expectExact(kernel, problem)
        expect(kernel.hard).toBeLessThanOrEqual(empty + 1e-6)
      }),
      { seed: 9, numRuns: 60 },
    )
  })
})
