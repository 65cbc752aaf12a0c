import { describe, expect, it } from 'vitest'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import { type Constraint, HARD } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import type { TimetableProblem } from '../problem.ts'
import { compileProblem } from './compile/compile.ts'
import { Ejection } from './ejection.ts'
import { Random } from './random.ts'
import { fill } from './repair.ts'
import { openSearch } from './search.ts'
import { Kernel } from './state/kernel.ts'
import { loadTimetable } from './state/snapshot.ts'
import { troubledCards } from './violations.ts'

const SEEDS = [1, 2, 3, 4, 5, 6]
const ALL = [0, 1, 2, 3, 4, 5, 6, 7]

/** The room is better left alone in the slots. */
const spare = (room: number, slots: readonly number[], weight: number): Constraint => ({
  ...{ kind: 'room-away', room, slots, weight },
})
const at = (activity: number, slots: readonly number[]): Constraint => ({
  ...{ kind: 'starts', activities: [activity], slots, weight: HARD },
})
const inRooms = (activity: number, ...rooms: number[]): Constraint => ({
  ...{ kind: 'rooms', activities: [activity], rooms, weight: HARD },
})

const kernelOf = (problem: TimetableProblem, seed = 1) =>
  new Kernel(compileProblem(problem, {}), new Random(seed))

function searched(problem: TimetableProblem, seed: number) {
  const search = openSearch(problem, { seed })
  const { complete, softCost } = search.run(20_000)
  const { start, room } = search.best()
  expect(costOf(problem, search.best())).toMatchObject({ hard: 0, unplaced: 0 })
  expect(costOf(problem, search.best()).soft).toBeCloseTo(softCost, 6)
  return { complete, soft: softCost, start: [...start], room: [...room] }
}

describe('a room that is better left alone at a time', () => {
  it('is left alone where there is another time or another room', () => {
    const time = smallProblem([{}], [spare(0, [0], 0.9), at(0, [0, 5]), inRooms(0, 0)])
    const room = smallProblem([{}], [spare(0, [0], 0.9), at(0, [0]), inRooms(0, 0, 2)])
    for (const seed of SEEDS) {
      expect(searched(time, seed)).toMatchObject({ complete: true, soft: 0, start: [5], room: [0] })
      expect(searched(room, seed)).toMatchObject({ complete: true, soft: 0, start: [0], room: [2] })
    }
  })

  it('is taken where nothing else is left, and every lesson of it counts', () => {
    const problem = smallProblem(
      [{ length: 3 }],
      [spare(0, [1, 2, 3], 0.25), spare(0, [2, 2], 0.5), at(0, [0]), inRooms(0, 0)],
    )
    for (const seed of SEEDS) {
      const found = searched(problem, seed)
      expect(found).toMatchObject({ complete: true, start: [0], room: [0] })
      expect(found.soft).toBeCloseTo(1, 9)
    }
  })

  it('is weighed against other wishes', () => {
    const asked = (weight: number) =>
      smallProblem(
        [{}],
        [
          spare(0, [0], weight),
          at(0, [0, 5]),
          inRooms(0, 0),
          { kind: 'slots', activities: [0], slots: [0], weight: 0.5 },
        ],
      )
    for (const seed of SEEDS) {
      expect(searched(asked(0.25), seed)).toMatchObject({ soft: 0.25, start: [0] })
      expect(searched(asked(0.75), seed)).toMatchObject({ soft: 0.5, start: [5] })
    }
  })

  it('costs already those who are placed card after card', () => {
    const problem = smallProblem([{}, {}], [spare(0, ALL.slice(0, 6), 0.1), inRooms(0, 0), inRooms(1, 0)])
    for (const seed of SEEDS) {
      const kernel = kernelOf(problem, seed)
      const ejection = new Ejection(kernel)
      ejection.open()
      while (ejection.waiting > 0) ejection.step()
      expect([...kernel.start].sort()).toEqual([6, 7])
      expect(kernel.soft).toBe(0)
    }
  })

  it('is left for one that nobody has', () => {
    const problem = smallProblem([{}], [spare(0, [0], 0.1), at(0, [0]), inRooms(0, 0, 2)])
    const kernel = kernelOf(problem)
    loadTimetable(kernel, timetableOf(problem, [0], [0]))
    expect(kernel.soft).toBeCloseTo(0.1, 9)
    expect(troubledCards(kernel, true)).toEqual([0])
    fill(kernel)
    expect(kernel.soft).toBeCloseTo(0, 9)
    expect(troubledCards(kernel, true)).toEqual([])
  })

  it('is still open to lessons in rooms made of others, which count when they cannot do without it', () => {
    const { rooms } = smallProblem([], [])
    const made = [[[0, 1]], [[0], [1, 2]]].map((parts) => ({
      ...{ name: 'спорт', capacity: 30, building: null, parts },
    }))
    const asked = (lessons: number, room: number) =>
      smallProblem(
        Array.from({ length: lessons }, () => ({})),
        [
          spare(0, [0], 0.9),
          ...Array.from({ length: lessons }, (_, card) => [at(card, [0]), inRooms(card, room)]).flat(),
        ],
        { rooms: [...rooms, ...made] },
      )
    for (const seed of SEEDS) {
      expect(searched(asked(2, 4), seed)).toMatchObject({ complete: true, soft: 0 })
      expect(searched(asked(1, 5), seed)).toMatchObject({ complete: true, soft: 0.9 })
    }
  })

  it('takes no room in the tables of a problem without such wishes', () => {
    const hard = smallProblem([{}], [spare(0, [0], HARD), spare(1, [0], 0), inRooms(0, 0, 1)])
    expect(compileProblem(hard, {}).roomCost).toHaveLength(0)
  })
})
