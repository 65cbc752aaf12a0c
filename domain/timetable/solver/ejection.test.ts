import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomProblem } from '#test/timetable/random-problem.ts'
import { smallProblem } from '#test/timetable/small-problem.ts'
import { type Constraint, type ConstraintKind, HARD } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import type { PlacedTimetable, TimetableProblem } from '../problem.ts'
import { compileProblem } from './compile/compile.ts'
import { Ejection } from './ejection.ts'
import { Random } from './random.ts'
import { openSearch, resumeSearch } from './search.ts'
import { Kernel } from './state/kernel.ts'
import { loadSnapshot, takeSnapshot, toTimetable } from './state/snapshot.ts'

/** What is looked after while cards are placed one by one; the rest is left to moves later. */
const LOOKED_AFTER: readonly ConstraintKind[] = [
  'gaps',
  'hours',
  'running',
  'days',
  'late-starts',
  'interval-days',
  'span',
  'ends-day',
  'building-changes',
  'building-gap',
  'same-room-if-consecutive',
  'different-rooms',
  'days-apart',
  'same-day',
]

/** Hard, and of whole weeks with lessons: the rest gives way where it cannot be kept at all. */
function asHard(constraint: Constraint): Constraint {
  const hard = { ...constraint, weight: HARD }
  if (hard.kind === 'building-changes') return { ...hard, per: 'day' }
  if (hard.kind === 'different-rooms') return { ...hard, atMost: Math.max(1, hard.atMost) }
  if (hard.kind !== 'hours' && hard.kind !== 'running') return hard
  const { only: _, ...whole } = hard
  return whole.kind === 'hours' ? { ...whole, emptyDaysToo: false } : whole
}

/** Whether nobody is asked for more days than they have lessons that have a place at all, or than they may have. */
function canBeKept(
  { constraints, activities, studentSets }: TimetableProblem,
  { start }: PlacedTimetable,
): boolean {
  const [asked] = constraints
  if (asked?.kind !== 'days') return true
  const least = asked.atLeast ?? 0
  if (least > (asked.atMost ?? least)) return false
  const lessons = (who: number, of: 'teachers' | 'atoms') =>
    activities.filter(
      (one, index) =>
        (start[index] ?? -1) >= 0 &&
        (of === 'teachers'
          ? one.teachers.includes(who)
          : one.students.some((set) => studentSets[set]?.atoms.includes(who))),
    ).length
  return (['teachers', 'atoms'] as const).every((of) =>
    asked.people[of].every((who) => lessons(who, of) >= least),
  )
}

function placedAll(problem: TimetableProblem, seed: number) {
  const kernel = new Kernel(compileProblem(problem, {}), new Random(seed))
  const ejection = new Ejection(kernel)
  ejection.open()
  for (let step = 0; step < 400 && ejection.waiting > 0; step++) ejection.step()
  return { kernel, ejection }
}

describe('ejection', () => {
  it.each(LOOKED_AFTER)('breaks nothing of %s in what it has placed to the last', (kind) => {
    let placed = 0
    fc.assert(
      fc.property(randomProblem([kind, 'rooms']), fc.nat(1000), (asked, seed) => {
        const problem = { ...asked, constraints: asked.constraints.map(asHard) }
        const { kernel, ejection } = placedAll(problem, seed)
        if (ejection.waiting > 0) return
        const timetable = toTimetable(kernel.tables, takeSnapshot(kernel))
        fc.pre(canBeKept(problem, timetable))
        placed++
        expect(costOf(problem, timetable).hard).toBe(0)
      }),
    )
    expect(placed).toBeGreaterThan(10)
  })
})

describe('cards that nothing is found for', () => {
  /** Of eight lessons that a week has room for, the first teacher has nine; the second has four, that all could have a place. */
  const ninth = smallProblem(
    Array.from({ length: 13 }, (_, index) => ({ teachers: [index < 9 ? 0 : 1] })),
    [],
  )

  function stalled() {
    const kernel = new Kernel(compileProblem(ninth, {}), new Random(1))
    const ejection = new Ejection(kernel)
    ejection.open()
    for (let step = 0; step < 8; step++) ejection.step()
    ejection.markNext()
    const fewest = takeSnapshot(kernel)
    for (let step = 0; step < 500; step++) ejection.step()
    return { kernel, ejection, fewest }
  }

  it('come after all others once they are postponed, and only once', () => {
    const { kernel, ejection, fewest } = stalled()
    expect(ejection.waiting).toBe(5)
    loadSnapshot(kernel, fewest)
    expect([ejection.postpone(), ejection.setAside, ejection.waiting]).toEqual([true, 1, 5])
    for (let step = 0; step < 4; step++) ejection.step()
    expect(ejection.waiting).toBe(1)
    expect(takeSnapshot(kernel).start.filter((slot) => slot >= 0)).toHaveLength(12)
    ejection.markNext()
    expect(ejection.postpone()).toBe(false)
  })

  it('are remembered by a search that stops and goes on', () => {
    const whole = openSearch(ninth, { seed: 1 })
    let parts = openSearch(ninth, { seed: 1 })
    for (let part = 0; part < 40; part++) {
      whole.run(2500)
      parts.run(2500)
      expect(parts.save()).toEqual(whole.save())
      parts = resumeSearch(ninth, parts.save())
    }
    expect(whole.run(0).placed).toBe(12)
  })
})
