import { describe, expect, it } from 'vitest'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import { type Constraint, HARD } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import { openSearch } from './search.ts'

const SEEDS = [1, 2, 3, 4]
const SPORT = 4
const ALL = [0, 1, 2, 3, 4, 5, 6, 7]

/** Lessons of nobody that have one slot and one room made of others, of three. */
function sports(lessons: number, slots: readonly number[], more: readonly Constraint[] = []) {
  const activities = Array.from({ length: lessons }, (_, index) => index)
  const asked: Constraint[] = [
    { kind: 'starts', activities, slots, weight: HARD },
    { kind: 'rooms', activities, rooms: [SPORT], weight: HARD },
  ]
  const { rooms } = smallProblem([], [])
  const sport = { name: 'спорт', capacity: 30, building: null, parts: [[0, 1, 2]] }
  return smallProblem(
    activities.map(() => ({})),
    [...asked, ...more],
    { rooms: [...rooms, sport] },
  )
}

describe('a room made of others', () => {
  it('takes several lessons at once as long as real rooms go round', () => {
    for (const seed of SEEDS) {
      const problem = sports(3, [5])
      const search = openSearch(problem, { seed })
      expect(search.run(5000)).toMatchObject({ complete: true, placed: 3 })
      expect(costOf(problem, search.best())).toMatchObject({ hard: 0, unplaced: 0 })
      expect([...search.best().room]).toEqual([SPORT, SPORT, SPORT])
      expect(openSearch(sports(4, [5]), { seed }).run(5000)).toMatchObject({ placed: 3, broken: 0 })
    }
  })

  it('is shut when it is shut itself, though its real rooms are open', () => {
    const shut: Constraint = { kind: 'room-away', room: SPORT, slots: [0, 1, 2, 3, 5], weight: HARD }
    for (const seed of SEEDS) {
      const search = openSearch(sports(6, ALL.slice(0, 7), [shut]), { seed })
      expect(search.run(5000)).toMatchObject({ complete: true, placed: 6 })
      expect([...search.best().start].sort()).toEqual([4, 4, 4, 6, 6, 6])
      expect(openSearch(sports(1, [5], [shut]), { seed }).run(5000)).toMatchObject({ placed: 0 })
    }
  })

  it('leaves to lessons locked into it the choice of real rooms', () => {
    for (const seed of SEEDS) {
      const problem = sports(3, ALL)
      const from = timetableOf(problem, [2, 2, 2], [SPORT, SPORT, SPORT])
      const search = openSearch(problem, { seed, from, locked: [0, 1, 2] })
      expect(search.run(5000)).toMatchObject({ complete: true, broken: 0 })
      const elsewhere = smallProblem(
        [{}, {}],
        [{ kind: 'rooms', activities: [0, 1], rooms: [3], weight: HARD }],
        { rooms: problem.rooms },
      )
      const twice = timetableOf(elsewhere, [2, 2], [SPORT, SPORT])
      const locked = openSearch(elsewhere, { seed, from: twice, locked: [0, 1] })
      expect(locked.run(5000)).toMatchObject({ placed: 2, broken: 0 })
    }
  })
})
