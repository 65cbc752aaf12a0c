import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KINDS, randomProblem } from '#test/timetable/random-problem.ts'
import { costOf } from '../constraints/cost.ts'
import { Chain } from './chain.ts'
import { ChainBound } from './chain-bound.ts'
import { compileProblem } from './compile/compile.ts'
import { Random } from './random.ts'
import { fill } from './repair.ts'
import { Kernel } from './state/kernel.ts'
import { loadSnapshot, takeSnapshot, toTimetable } from './state/snapshot.ts'
import { findTwins } from './twins.ts'
import { raiseWeights } from './weights.ts'

const WORTH = { hardWorth: 3, softWorth: 0.7 }
const someKinds = fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 })
const schools = someKinds.chain((kinds) => fc.tuple(randomProblem(kinds), fc.nat(1000)))
const roomed = fc.tuple(randomProblem(['rooms', 'rooms', 'room-away', 'room-away']), fc.nat(1000))

function filled(problem: Parameters<typeof compileProblem>[0], seed: number): Kernel {
  const kernel = new Kernel(compileProblem(problem, {}), new Random(seed))
  fill(kernel)
  return kernel
}

/** Tries chains of all sorts and tells of each before it is made and after. */
function moveChains(kernel: Kernel, tell: (least: number, cost: number, fits: boolean) => void) {
  const { cards, domainFrom, domain } = kernel.tables
  const chain = new Chain(kernel)
  const bound = new ChainBound(chain)
  for (let tried = 0; tried < 200; tried++) {
    const card = kernel.random.below(cards)
    const starts = domainFrom[card + 1]! - domainFrom[card]!
    if (starts === 0) continue
    const slot = domain[domainFrom[card]! + kernel.random.below(starts)]!
    if (slot === kernel.start[card] || !chain.plan(card, slot)) continue
    const least = bound.leastCost(WORTH)
    const { weighted, soft } = kernel
    kernel.begin()
    for (let p = 0; p < chain.length; p++) kernel.remove(chain.cards[p]!)
    for (let p = 0; p < chain.length; p++) kernel.add(chain.cards[p]!, chain.to[p]!, new Int32Array(0), -1)
    const own = WORTH.hardWorth * (kernel.weighted - weighted) + WORTH.softWorth * (kernel.soft - soft)
    // Between two costs, where rounding decides nothing.
    const limit = kernel.random.below(12) - 4.01234
    const fits = kernel.settleWithin(limit - own, WORTH.hardWorth, WORTH.softWorth)
    kernel.settle()
    const cost = WORTH.hardWorth * (kernel.weighted - weighted) + WORTH.softWorth * (kernel.soft - soft)
    tell(least, cost, fits === cost <= limit)
    if (tried % 20 === 0) raiseWeights(kernel, { step: 0.5, fall: 0.9, most: 20 })
  }
}

describe('a chain of cards', () => {
  it.each([
    ['under conditions of all kinds', schools],
    ['in rooms that are better left alone at times', roomed],
  ])(
    'never costs less than its bound, and is settled within a limit when it costs no more, %s',
    (_, asked) => {
      fc.assert(
        fc.property(asked, ([problem, seed]) => {
          moveChains(filled(problem, seed), (least, cost, fits) => {
            expect(least).toBeLessThanOrEqual(cost + 1e-6)
            expect(fits).toBe(true)
          })
        }),
        { seed: 11, numRuns: 60 },
      )
    },
  )
})

describe('twins', () => {
  it('change places and nothing is different', () => {
    let pairs = 0
    fc.assert(
      fc.property(schools, ([problem, seed]) => {
        const kernel = filled(problem, seed)
        const { tables } = kernel
        const before = takeSnapshot(kernel)
        const cost = costOf(problem, toTimetable(tables, before))
        findTwins(tables).forEach((twin, card) => {
          if (twin === card || before.start[card]! < 0) return
          const [start, option] = [before.start.slice(), before.option.slice()]
          start[card] = before.start[twin]!
          start[twin] = before.start[card]!
          for (let k = tables.roomedFrom[card]!; k < tables.roomedFrom[card + 1]!; k++) {
            const mine = tables.roomed[k]!
            const theirs = tables.roomed[tables.roomedFrom[twin]! + k - tables.roomedFrom[card]!]!
            const shift = tables.optionFrom[theirs]! - tables.optionFrom[mine]!
            option[mine] = before.option[theirs]! - shift
            option[theirs] = before.option[mine]! + shift
          }
          loadSnapshot(kernel, { start, option })
          const swapped = costOf(problem, toTimetable(tables, takeSnapshot(kernel)))
          expect(swapped.hard).toBe(cost.hard)
          expect(swapped.soft).toBeCloseTo(cost.soft, 6)
          pairs++
        })
      }),
      { seed: 12, numRuns: 300 },
    )
    expect(pairs).toBeGreaterThan(20)
  })
})
