import { describe, expect, it } from 'vitest'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import { type Constraint, HARD } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import { NOWHERE } from '../problem.ts'
import { compileProblem } from './compile/compile.ts'
import { Random } from './random.ts'
import { fill } from './repair.ts'
import { Kernel } from './state/kernel.ts'
import { loadTimetable, takeSnapshot, toTimetable } from './state/snapshot.ts'

const wish: Constraint = { kind: 'rooms', activities: [0, 1], rooms: [0, 2], weight: 0.5 }

/** What is filled in where two lessons of one teacher, at 0 and 1, have these rooms. */
function filled(rooms: readonly number[], more: readonly Constraint[] = []) {
  const held = [0, 1].map(
    (card): Constraint => ({ kind: 'starts', activities: [card], slots: [card], weight: HARD }),
  )
  const problem = smallProblem([{ teachers: [0] }, { teachers: [0] }], [wish, ...held, ...more])
  const kernel = new Kernel(compileProblem(problem, {}), new Random(1))
  loadTimetable(kernel, timetableOf(problem, [0, 1], rooms))
  fill(kernel)
  const timetable = toTimetable(kernel.tables, takeSnapshot(kernel))
  expect(kernel.soft).toBeCloseTo(costOf(problem, timetable).soft, 6)
  expect(kernel.hard).toBeCloseTo(costOf(problem, timetable).hard, 6)
  return { soft: kernel.soft, room: [...timetable.room] }
}

describe('filling in', () => {
  it('gives a lesson without a room one that it wishes for and nobody has', () => {
    expect(filled([2, NOWHERE])).toMatchObject({ soft: 0 })
  })

  it('leaves it without where the room would cost more than the wish', () => {
    const stay: Constraint = {
      kind: 'building-changes',
      people: { teachers: [0], atoms: [] },
      per: 'day',
      atMost: 0,
      weight: 2,
    }
    const first: Constraint = { kind: 'rooms', activities: [0], rooms: [0], weight: HARD }
    const second: Constraint = { kind: 'rooms', activities: [1], rooms: [2], weight: 0.1 }
    const apart = filled([0, NOWHERE], [stay, first, second])
    expect(apart.room[0]).toBe(0)
    expect(apart.soft).toBeLessThan(2)
  })

  it('leaves it without where the room would break what is hard', () => {
    const stay: Constraint = {
      kind: 'building-changes',
      people: { teachers: [0], atoms: [] },
      per: 'day',
      atMost: 0,
      weight: HARD,
    }
    const first: Constraint = { kind: 'rooms', activities: [0], rooms: [0], weight: HARD }
    const only: Constraint = { kind: 'rooms', activities: [1], rooms: [2], weight: 0.5 }
    const away: Constraint = { kind: 'room-away', room: 0, slots: [1], weight: HARD }
    expect(filled([0, NOWHERE], [stay, first, only, away]).room).toEqual([0, NOWHERE])
  })
})
