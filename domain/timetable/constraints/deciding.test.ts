import { describe, expect, test } from 'vitest'
import { DECIDING } from '#test/timetable/deciding-problems.ts'
import { timetableOf } from '#test/timetable/small-problem.ts'
import type { Constraint } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { openSearch } from '../solver/search.ts'
import { costOf } from './cost.ts'

const STEPS = 20_000
const SEEDS = [1, 2, 3, 4, 5, 6]

function solved(problem: TimetableProblem, seed: number) {
  const search = openSearch(problem, { seed })
  const { complete } = search.run(STEPS)
  const { start, room } = search.best()
  return { complete, start: [...start], room: [...room] }
}

describe.each(Object.entries(DECIDING))('%s decides', (_, { problem, decides, right, wrong, units }) => {
  const without = problem.constraints.filter((_, index) => index !== decides)

  test('counting: one timetable is right, the other breaks exactly this', () => {
    const kept = costOf(problem, timetableOf(problem, right.start, right.room))
    expect(kept).toMatchObject({ hard: 0, unplaced: 0, soft: 0 })
    const broken = costOf(problem, timetableOf(problem, wrong.start, wrong.room))
    expect(broken).toMatchObject({ hard: units, unplaced: 0, soft: 0 })
    expect(broken.byConstraint[decides]).toBe(units)
    const free = { ...problem, constraints: without }
    expect(costOf(free, timetableOf(problem, wrong.start, wrong.room)).hard).toBe(0)
  })

  test('search: with it the right timetable is found from every seed, without it another too', () => {
    const room = problem.activities.map((_, activity) => right.room?.[activity] ?? -1)
    for (const seed of SEEDS)
      expect(solved(problem, seed)).toEqual({ complete: true, start: right.start, room })
    const free: TimetableProblem = { ...problem, constraints: forced(without, problem, wrong) }
    const found = solved(free, 1)
    expect(found.complete).toBe(true)
    expect(found.start).toEqual(wrong.start)
  })
})

/** The same problem with its cards held at the wrong timetable, which only the missing constraint forbids. */
function forced(
  constraints: readonly Constraint[],
  { activities }: TimetableProblem,
  wrong: { readonly start: readonly number[]; readonly room?: readonly number[] },
): Constraint[] {
  const weight = Number.POSITIVE_INFINITY
  return [
    ...constraints,
    ...activities.map(
      (_, activity): Constraint => ({
        kind: 'starts',
        activities: [activity],
        slots: [wrong.start[activity] ?? 0],
        weight,
      }),
    ),
    ...activities.flatMap((_, activity): Constraint[] => {
      const room = wrong.room?.[activity] ?? -1
      return room < 0 ? [] : [{ kind: 'rooms', activities: [activity], rooms: [room], weight }]
    }),
  ]
}
