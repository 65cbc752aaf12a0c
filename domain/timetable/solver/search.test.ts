import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KINDS, randomProblem } from '#test/timetable/random-problem.ts'
import { type Constraint, HARD } from '../constraint.ts'
import { costOf } from '../constraints/cost.ts'
import { emptyTimetable, NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { openSearch, resumeSearch } from './search.ts'

const DAYS = 5
const PERIODS = 6
const SLOTS = DAYS * PERIODS
const CLASSES = 3
const names = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`)

type Planted = { problem: TimetableProblem; solution: PlacedTimetable; seed: number }

/** A school built around a timetable that keeps all of its conditions: classes halved in two, teachers, rooms. */
const planted: fc.Arbitrary<Planted> = fc
  .record({
    halved: fc.array(fc.boolean(), { minLength: CLASSES * SLOTS, maxLength: CLASSES * SLOTS }),
    taught: fc.array(fc.nat(9), { minLength: CLASSES * SLOTS, maxLength: CLASSES * SLOTS }),
    lengthOfDay: fc.array(fc.integer({ min: 3, max: PERIODS }), { minLength: 15, maxLength: 15 }),
    seed: fc.nat(10_000),
  })
  .map(({ halved, taught, lengthOfDay, seed }) => {
    const activities: TimetableProblem['activities'][number][] = []
    const start: number[] = []
    const room: number[] = []
    const together: number[][] = []
    for (let slot = 0; slot < SLOTS; slot++) {
      const free = names(7).map((_, index) => index)
      const put = (students: number[], pick: number) => {
        const teacher = free.splice(pick % free.length, 1)[0] ?? 0
        activities.push({
          id: `${activities.length + 1}`,
          group: null,
          part: 1,
          subject: 0,
          tags: [],
          teachers: [teacher],
          students,
          length: 1,
          size: 10,
        })
        start.push(slot)
        room.push(teacher)
        return activities.length - 1
      }
      for (let one = 0; one < CLASSES; one++) {
        const length = lengthOfDay[one * DAYS + Math.floor(slot / PERIODS)] ?? PERIODS
        if (slot % PERIODS >= length) continue
        const at = one * SLOTS + slot
        const pick = taught[at] ?? 0
        if (halved[at])
          together.push([put([CLASSES + 2 * one], pick), put([CLASSES + 2 * one + 1], pick + 1)])
        else put([one], pick)
      }
    }
    const solution = { start: Int32Array.from(start), room: Int32Array.from(room) }
    const constraints = [...together.map(sameStart), ...keptBy(activities, solution)]
    return { problem: school(activities, constraints), solution, seed }
  })

function sameStart(activities: number[]): Constraint {
  return { kind: 'same-start', weight: HARD, activities }
}

/** Conditions that the planted timetable happens to keep. */
function keptBy(activities: TimetableProblem['activities'], { start }: PlacedTimetable): Constraint[] {
  const everybody = { teachers: names(7).map((_, index) => index), atoms: names(6).map((_, index) => index) }
  const atoms = { teachers: [], atoms: everybody.atoms }
  const conditions: Constraint[] = [
    { kind: 'gaps', weight: HARD, people: atoms, per: 'week', atMost: 0 },
    { kind: 'late-starts', weight: HARD, people: atoms, atMost: 0 },
    { kind: 'hours', weight: HARD, people: atoms, atLeast: 3, atMost: PERIODS },
  ]
  for (const teacher of everybody.teachers) {
    const own = [...activities.keys()].filter((index) => activities[index]?.teachers.includes(teacher))
    conditions.push({ kind: 'rooms', weight: HARD, activities: own, rooms: [teacher, 7] })
    const busy = new Set(own.map((index) => start[index]))
    const slots = names(SLOTS)
      .map((_, slot) => slot)
      .filter((slot) => slot % 4 === 0 && !busy.has(slot))
    conditions.push({ kind: 'away', weight: HARD, people: { teachers: [teacher], atoms: [] }, slots })
  }
  return conditions
}

function school(activities: TimetableProblem['activities'], constraints: Constraint[]): TimetableProblem {
  const halves = names(CLASSES * 2).map((_, atom) => ({ name: `half ${atom}`, size: 10, atoms: [atom] }))
  const whole = names(CLASSES).map((name, one) => ({ name, size: 20, atoms: [2 * one, 2 * one + 1] }))
  return {
    name: 'planted',
    days: names(DAYS),
    periods: names(PERIODS),
    teachers: names(7).map((name) => ({ name })),
    atoms: names(CLASSES * 2).map((name, index) => ({ name, set: CLASSES + index })),
    studentSets: [...whole, ...halves],
    subjects: ['subject'],
    tags: [],
    buildings: [],
    rooms: names(8).map((name) => ({ name, capacity: 30, building: null })),
    activities,
    constraints,
  }
}

const plain = ({ start, room }: PlacedTimetable) => ({ start: [...start], room: [...room] })

const OPEN: ReadonlySet<string> = new Set(['same-start', 'rooms', 'away'])

describe('a search', () => {
  it('solves what has a solution planted in it', () => {
    fc.assert(
      fc.property(planted, ({ problem, solution, seed }) => {
        expect(costOf(problem, solution).hard).toBe(0)
        const search = openSearch(problem, { seed })
        let progress = search.run(0)
        while (!progress.complete && progress.steps < 3_000_000) progress = search.run(50_000)
        expect(progress).toMatchObject({ complete: true, broken: 0, placed: problem.activities.length })
        expect(costOf(problem, search.best())).toMatchObject({ hard: 0, unplaced: 0 })
      }),
      { seed: 1, numRuns: 8, endOnFailure: true },
    )
  })

  it('tells of a first timetable only when its wishes have been descended upon', () => {
    const everybody = { teachers: [0, 1, 2, 3, 4, 5, 6], atoms: [] }
    const gaps: Constraint = { kind: 'gaps', weight: 1, people: everybody, per: 'week', atMost: 0 }
    const lessons = names(20).map((id, index) => ({
      id,
      group: null,
      part: 1,
      subject: 0,
      tags: [],
      teachers: [index % 7],
      students: [index % CLASSES],
      length: 1,
      size: 10,
    }))
    for (const seed of [1, 2, 3, 4]) {
      const search = openSearch(school(lessons, [gaps]), { seed })
      let progress = search.run(0)
      while (!progress.complete) progress = search.run(1)
      expect(progress.softCost).toBe(0)
    }
  })

  it('finds the same with the same seed and steps, however they are dealt out', () => {
    fc.assert(
      fc.property(planted, ({ problem, seed }) => {
        const whole = openSearch(problem, { seed })
        const parts = openSearch(problem, { seed })
        whole.run(30_000)
        for (let k = 0; k < 30; k++) parts.run(1000)
        expect(plain(parts.best())).toEqual(plain(whole.best()))
        expect(parts.save()).toEqual(whole.save())
      }),
      { seed: 2, numRuns: 4, endOnFailure: true },
    )
  })

  it('goes on after a stop as if there had been none, in every phase', () => {
    const schools = fc.oneof(
      planted,
      fc.record({ problem: randomProblem(KINDS), seed: fc.nat(1000), solution: fc.constant(null) }),
    )
    fc.assert(
      fc.property(schools, fc.constantFrom(50, 2000, 60_000), ({ problem, seed }, steps) => {
        const through = openSearch(problem, { seed })
        through.run(steps)
        const resumed = resumeSearch(problem, through.save())
        through.run(20_000)
        resumed.run(20_000)
        expect(resumed.save()).toEqual(through.save())
        expect(plain(resumed.best())).toEqual(plain(through.best()))
      }),
      { seed: 3, numRuns: 8, endOnFailure: true },
    )
  })

  it('shows the most that was placed while it still places card after card', () => {
    fc.assert(
      fc.property(planted, ({ problem, seed }) => {
        const search = openSearch(problem, { seed })
        const nothing = costOf(problem, emptyTimetable(problem)).hard
        for (const steps of [200, 200, 400, 800, 1600, 3200, 6400]) {
          search.run(steps)
          const now = search.run(0)
          const cost = costOf(problem, search.best())
          expect(cost.hard).toBeLessThanOrEqual(nothing)
          expect(problem.activities.length - cost.unplaced).toBe(now.placed)
          expect(cost.soft).toBeCloseTo(now.softCost, 6)
        }
        // Where no day has to be filled to its end, every card that was placed stays.
        const open = problem.constraints.filter(({ kind }) => OPEN.has(kind))
        const early = openSearch({ ...problem, constraints: open }, { seed })
        early.run(400)
        const now = early.run(0)
        expect(now.placed).toBeGreaterThan(10)
        expect(now.placed).toBeLessThan(problem.activities.length)
        expect(early.best().start.filter((slot) => slot !== NOWHERE)).toHaveLength(now.placed)
      }),
      { seed: 8, numRuns: 6, endOnFailure: true },
    )
  })

  it('is not changed by being asked for its best, and has the same best whenever it is asked', () => {
    const most = planted.map((one) => {
      const kept = one.problem.constraints.filter(({ kind }) => OPEN.has(kind) || kind === 'hours')
      return { ...one, problem: { ...one.problem, constraints: kept } }
    })
    const random = fc.record({ problem: randomProblem(KINDS), seed: fc.nat(1000) })
    fc.assert(
      fc.property(fc.oneof(most, planted, random), ({ problem, seed }) => {
        const silent = openSearch(problem, { seed })
        const asked = openSearch(problem, { seed })
        for (const hundreds of [3, 3, 3, 3, 10, 40, 90, 600]) {
          silent.run(100 * hundreds)
          for (let k = 0; k < hundreds; k++) {
            asked.run(100)
            asked.run(0)
            asked.best()
          }
          const saved = silent.save()
          expect(asked.save()).toEqual(saved)
          const resumed = resumeSearch(problem, saved)
          expect(plain(resumed.best())).toEqual(plain(asked.best()))
          expect(resumed.run(0)).toEqual(asked.run(0))
        }
      }),
      { seed: 9, numRuns: 20, endOnFailure: true },
    )
  }, 60_000)

  it('never moves a locked card, and fills in the others', () => {
    fc.assert(
      fc.property(planted, fc.nat(), ({ problem, solution, seed }, salt) => {
        const locked = [...problem.activities.keys()].filter((index) => (index * 7 + salt) % 3 === 0)
        const from = emptyTimetable(problem)
        for (const index of locked) {
          from.start[index] = solution.start[index] ?? NOWHERE
          from.room[index] = solution.room[index] ?? NOWHERE
        }
        const search = openSearch(problem, { seed, from, locked })
        let progress = search.run(1)
        for (let k = 0; k < 100 && !progress.complete; k++) {
          const best = search.best()
          for (const index of locked) expect(best.start[index]).toBe(solution.start[index])
          progress = search.run(20_000)
        }
        const best = search.best()
        for (const index of locked)
          expect([best.start[index], best.room[index]]).toEqual([from.start[index], from.room[index]])
        expect(progress.complete).toBe(true)
      }),
      { seed: 4, numRuns: 6, endOnFailure: true },
    )
  })

  it('moves at most so many cards as may be moved', () => {
    fc.assert(
      fc.property(planted, fc.integer({ min: 0, max: 6 }), ({ problem, solution, seed }, maxMoves) => {
        const atoms = { teachers: [], atoms: [0, 1, 2, 3, 4, 5] }
        const wish: Constraint = { kind: 'days', weight: 2, people: atoms, atMost: 4 }
        const early: Constraint = { kind: 'span', weight: 0.5, people: atoms, atMost: 4 }
        const wished = { ...problem, constraints: [...problem.constraints, wish, early] }
        const search = openSearch(wished, { seed, from: solution, maxMoves })
        const progress = search.run(60_000)
        const { start } = search.best()
        const moved = start.filter((slot, index) => slot !== solution.start[index]).length
        expect(progress.complete).toBe(true)
        expect(moved).toBeLessThanOrEqual(maxMoves)
        expect(progress.softCost).toBeLessThanOrEqual(costOf(wished, solution).soft)
      }),
      { seed: 5, numRuns: 6, endOnFailure: true },
    )
  })

  it('shows nothing that breaks a hard condition when not everything fits, and counts as the slow count', () => {
    const kinds = fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(kinds.chain(randomProblem), fc.nat(1000), (problem, seed) => {
        const search = openSearch(problem, { seed })
        const nothing = costOf(problem, emptyTimetable(problem)).hard
        for (const steps of [20, 2000, 20_000]) {
          search.run(steps)
          const progress = search.run(0)
          const cost = costOf(problem, search.best())
          expect(cost.hard).toBeLessThanOrEqual(nothing)
          expect(problem.activities.length - cost.unplaced).toBe(progress.placed)
          expect(cost.soft).toBeCloseTo(progress.softCost, 6)
          expect(progress.complete).toBe(cost.unplaced === 0 && cost.hard === 0)
        }
      }),
      { seed: 6, numRuns: 40, endOnFailure: true },
    )
  })

  it('takes over what another search found when that is better', () => {
    fc.assert(
      fc.property(planted, ({ problem, solution, seed }) => {
        const search = openSearch(problem, { seed })
        search.run(1)
        search.adopt(solution)
        expect(search.run(0).complete).toBe(true)
        search.adopt(emptyTimetable(problem))
        expect(search.run(0).complete).toBe(true)
      }),
      { seed: 7, numRuns: 3, endOnFailure: true },
    )
  })

  it('has an answer for nothing to do, for one slot and for a card that fits nowhere', () => {
    const nothing = openSearch(school([], []), { seed: 1 })
    expect(nothing.run(10)).toMatchObject({ placed: 0, total: 0, complete: true, finished: true })
    const card = {
      group: null,
      part: 1,
      subject: 0,
      tags: [],
      teachers: [0],
      students: [0],
      length: 1,
      size: 1,
    }
    const cards = [
      { ...card, id: '1' },
      { ...card, id: '2' },
      { ...card, id: '3', length: 9 },
    ]
    const small = { ...school(cards, []), days: ['1'], periods: ['1'] }
    const search = openSearch(small, { seed: 1 })
    expect(search.run(5000)).toMatchObject({ placed: 1, total: 3, broken: 0, complete: false })
    expect([...search.best().start].sort()).toEqual([NOWHERE, NOWHERE, 0])
  })

  it('refuses to go on with a search of another edition or of another problem', () => {
    const problem = school([], [])
    const saved = openSearch(problem, { seed: 1 }).save()
    expect(() => resumeSearch(problem, saved)).not.toThrow()
    expect(() => resumeSearch(problem, { ...saved, version: saved.version - 1 })).toThrow(RangeError)
    expect(() => resumeSearch({ ...problem, days: ['1'] }, saved)).toThrow(RangeError)
  })

  it('refuses days longer than it knows', () => {
    const long = { ...school([], []), periods: names(31) }
    expect(() => openSearch(long, { seed: 1 })).toThrow(RangeError)
  })
})
