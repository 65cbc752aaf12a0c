import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KINDS, randomProblem } from '#test/timetable/random-problem.ts'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import type { Constraint } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import type { PlacedTimetable, TimetableProblem } from '../problem.ts'
import { Best } from './best.ts'
import { compileProblem } from './compile/compile.ts'
import { Ejection } from './ejection.ts'
import { Random } from './random.ts'
import { Rethrow } from './rethrow.ts'
import type { SavedState } from './saved-state.ts'
import { openSearch, resumeSearch } from './search.ts'
import { Kernel } from './state/kernel.ts'
import { loadTimetable, takeSnapshot, toTimetable } from './state/snapshot.ts'

const apart = (...activities: number[]): Constraint => ({
  kind: 'days-apart',
  activities,
  weight: 1,
  days: 1,
  adjacent: false,
})

/** What a bout of throws makes of a timetable, and the best it found; how many wait after each card placed is told. */
function thrown(
  problem: TimetableProblem,
  from: PlacedTimetable,
  { seed = 1, locked = [] as number[], look = (_: number): void => {} } = {},
) {
  const kernel = new Kernel(compileProblem(problem, { from, locked }), new Random(seed))
  loadTimetable(kernel, from)
  const ejection = new Ejection(kernel)
  const found = new Best(kernel, seed)
  const timetable = () => toTimetable(kernel.tables, takeSnapshot(kernel))
  const begun = { hard: kernel.hard, timetable: timetable() }
  const rethrow = new Rethrow(kernel, ejection, found)
  rethrow.open(0)
  while (!rethrow.step().ended) look(ejection.waiting)
  return { begun, ended: timetable(), best: toTimetable(kernel.tables, found.kept) }
}

describe('throwing cards whose wishes are broken', () => {
  it('brings two lessons of a full week to different days, through a lesson that changes its day', () => {
    const week = smallProblem(
      Array.from({ length: 8 }, (_, index) => ({ students: [0], teachers: [index % 3] })),
      [apart(0, 1), apart(2, 4)],
    )
    const from = timetableOf(week, [0, 1, 2, 3, 4, 5, 6, 7])
    expect(costOf(week, from)).toMatchObject({ hard: 0, soft: 1 })
    const { ended, best } = thrown(week, from)
    expect(costOf(week, ended)).toMatchObject({ hard: 0, soft: 0, unplaced: 0 })
    expect(best).toEqual(ended)
  })

  it('never moves what is locked', () => {
    const week = smallProblem([{ students: [0] }, { students: [0] }], [apart(0, 1)])
    const from = timetableOf(week, [0, 1])
    expect(thrown(week, from, { locked: [0, 1] }).ended.start).toEqual(from.start)
    const { start } = thrown(week, from, { locked: [0] }).ended
    expect([start[0], Math.floor((start[1] ?? 0) / 4)]).toEqual([0, 1])
  })

  it('never leaves a card without a place, breaks nothing and costs no more, whatever is asked', () => {
    let thrownOut = 0
    let cheaper = 0
    const kinds = fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(kinds.chain(randomProblem), fc.nat(1000), (problem, seed) => {
        const search = openSearch(problem, { seed })
        for (let k = 0; k < 40 && !search.run(100).complete; k++);
        fc.pre(search.run(0).complete)
        const look = (waiting: number) => {
          if (waiting > 0) thrownOut++
        }
        const { begun, ended, best } = thrown(problem, search.best(), { seed, look })
        // A room made of others may have been put together otherwise before.
        fc.pre(begun.hard === 0)
        const { soft } = costOf(problem, begun.timetable)
        for (const one of [ended, best]) {
          const cost = costOf(problem, one)
          expect(cost).toMatchObject({ hard: 0, unplaced: 0 })
          expect(cost.soft).toBeLessThanOrEqual(soft + 1e-6)
          if (cost.soft < soft - 1e-6) cheaper++
        }
      }),
      { seed: 1, numRuns: 60, endOnFailure: true },
    )
    expect(thrownOut).toBeGreaterThan(100)
    expect(cheaper).toBeGreaterThan(0)
  })

  it('goes on after a stop in the middle of a throw as if there had been none', () => {
    // Three lessons cannot be on different days of two, so that there is always somebody to throw.
    const cards = Array.from({ length: 7 }, (_, index) => ({ students: [0], teachers: [index % 3] }))
    const problem = smallProblem(cards, [apart(0, 1, 2), apart(3, 4)])
    const whole = openSearch(problem, { seed: 1 })
    while (!whole.run(1).complete);
    whole.run(60_000)
    let parts = resumeSearch(problem, whole.save())
    let stops = 0
    for (let k = 0; k < 400; k++) {
      whole.run(7)
      parts.run(7)
      const saved = parts.save()
      expect(saved).toEqual(whole.save())
      const { polishing } = JSON.parse(saved.state) as SavedState
      if (polishing.throwing && polishing.rethrow.placed > 0) stops++
      parts = resumeSearch(problem, saved)
    }
    expect(stops).toBeGreaterThan(20)
  })
})
