import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomProblem, randomTimetable } from '#test/timetable/random-problem.ts'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import { type Constraint, HARD } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import { NOWHERE } from '../problem.ts'
import { openSearch } from './search.ts'

const together = (...activities: number[]): Constraint => ({ kind: 'same-start', activities, weight: HARD })

describe('cards locked at different times that must start together', () => {
  it('stay where they are, and the condition is told to be broken', () => {
    const problem = smallProblem([{ teachers: [0] }, { teachers: [1] }], [together(0, 1)])
    for (const from of [timetableOf(problem, [1, 6]), timetableOf(problem, [6, 1])]) {
      const search = openSearch(problem, { seed: 1, from, locked: [0, 1] })
      for (const steps of [0, 1, 30_000]) {
        expect(search.run(steps)).toMatchObject({ placed: 2, broken: 1, complete: false })
        expect([...search.best().start]).toEqual([...from.start])
      }
      expect(costOf(problem, search.best())).toMatchObject({ hard: 1, byConstraint: [1] })
    }
  })

  it('let others that must start with both have no place rather than break more', () => {
    const cards = [{ teachers: [0] }, { teachers: [1] }, { teachers: [2] }]
    for (const lists of [[together(0, 1, 2)], [together(0, 1), together(1, 2)]])
      for (const locked of [
        [0, 2],
        [2, 0],
      ]) {
        const problem = smallProblem(cards, lists)
        const from = timetableOf(problem, [3, NOWHERE, 4])
        const search = openSearch(problem, { seed: 2, from, locked })
        search.run(30_000)
        expect([...search.best().start]).toEqual([3, NOWHERE, 4])
      }
  })

  it('never move, whatever else is asked', () => {
    const locking = randomProblem(['same-start', 'same-start', 'rooms', 'away', 'hours']).chain((problem) => {
      const hard = problem.constraints.map((one) => ({ ...one, weight: HARD }))
      const all = [...problem.activities.keys()]
      return fc.tuple(
        fc.constant({ ...problem, constraints: hard }),
        randomTimetable(problem),
        fc.subarray(all),
      )
    })
    fc.assert(
      fc.property(locking, fc.nat(1000), ([problem, from, some], seed) => {
        const fits = (index: number) => {
          const start = from.start[index] ?? NOWHERE
          return start >= 0 && (start % 5) + (problem.activities[index]?.length ?? 1) <= 5
        }
        const locked = some.filter(fits)
        const search = openSearch(problem, { seed, from, locked })
        for (const steps of [0, 50, 5000]) {
          search.run(steps)
          const { start } = search.best()
          expect(locked.map((index) => start[index])).toEqual(locked.map((index) => from.start[index]))
        }
      }),
      { seed: 5, numRuns: 100 },
    )
  })
})

it('a card that must start with a locked one has no place when it may not be there', () => {
  const away: Constraint = { kind: 'away', people: { teachers: [1], atoms: [] }, slots: [3], weight: HARD }
  const problem = smallProblem([{ teachers: [0] }, { teachers: [1] }], [together(0, 1), away])
  const from = timetableOf(problem, [3, NOWHERE])
  const search = openSearch(problem, { seed: 3, from, locked: [0] })
  expect(search.run(5000)).toMatchObject({ placed: 1, broken: 0, complete: false })
  expect([...search.best().start]).toEqual([3, NOWHERE])
})

it('a locked card keeps the room it has, though it asks for none', () => {
  const problem = smallProblem(
    [{ teachers: [0] }, { teachers: [1] }],
    [
      { kind: 'rooms', activities: [1], rooms: [2], weight: HARD },
      { kind: 'starts', activities: [1], slots: [3, 4], weight: HARD },
    ],
  )
  const from = timetableOf(problem, [3, NOWHERE], [2, NOWHERE])
  const search = openSearch(problem, { seed: 3, from, locked: [0] })
  expect(search.run(5000)).toMatchObject({ complete: true })
  const { start, room } = search.best()
  expect([[...start], [...room]]).toEqual([
    [3, 4],
    [2, 2],
  ])
})
