import type { PlacedTimetable, TimetableProblem } from '../problem.ts'
import { Annealing } from './annealing.ts'
import { Best } from './best.ts'
import { compileProblem } from './compile/compile.ts'
import { Ejection } from './ejection.ts'
import {
  BREAK,
  BREAK_ROUNDS,
  COOL,
  COOLING,
  DESCEND,
  DESCENT,
  FALL,
  LESS_PATIENCE,
  type Length,
  LOW,
  lengthFor,
  MANY_WAIT,
  MOST_DOUBLINGS,
  PATIENCE,
  POLISH,
  RAISE,
  stretchOf,
  WARM,
} from './plan.ts'
import { Random } from './random.ts'
import { fill, takeFreeRooms, takeOutAll, takeOutBroken } from './repair.ts'
import { type Counters, fromPlain, type Phase, plain, type SavedState, weightsOf } from './saved-state.ts'
import type { SavedSearch, SearchOptions, SearchProgress, TimetableSearch } from './search-api.ts'
import { Kernel } from './state/kernel.ts'
import {
  aside,
  loadSnapshot,
  loadTimetable,
  NOTHING,
  type Snapshot,
  takeSnapshot,
  toTimetable,
} from './state/snapshot.ts'
import type { Tables } from './tables.ts'
import { raiseWeights, resetWeights } from './weights.ts'

/**
 * Opens a search. It has a place for all cards after a while, or the most it could place, and then lowers the cost of
 * what is wished. Cards that can start nowhere are never placed. Refuses, with a `RangeError`, more periods a day than
 * `MAX_PERIODS`.
 */
export function openSearch(problem: TimetableProblem, options: SearchOptions): TimetableSearch {
  return new Search(problem, options)
}

/** Goes on with a saved search of the same problem as if it had never stopped. */
export function resumeSearch(problem: TimetableProblem, saved: SavedSearch): TimetableSearch {
  const state = JSON.parse(saved.state) as SavedState
  const from = state.options.from && {
    start: Int32Array.from(state.options.from.start),
    room: Int32Array.from(state.options.from.room),
  }
  const { from: _, ...options } = state.options
  const search = new Search(problem, { ...options, ...(from ? { from } : {}) })
  search.load(state)
  return search
}

class Search implements TimetableSearch {
  private readonly options: SearchOptions
  private readonly tables: Tables
  private readonly random: Random
  private readonly kernel: Kernel
  private readonly ejection: Ejection
  private readonly annealing: Annealing
  /** Activities that could have a place at all. */
  private readonly placeable: number
  private readonly found: Best
  private phase: Phase = 'ejection'
  private counters: Counters = {
    steps: 0,
    credit: 0,
    ejected: 0,
    rounds: 0,
    restarts: 0,
    cycles: 0,
    leastWaiting: Number.MAX_SAFE_INTEGER,
  }

  constructor(problem: TimetableProblem, options: SearchOptions) {
    this.options = options
    this.tables = compileProblem(problem, options)
    this.random = new Random(options.seed)
    this.kernel = new Kernel(this.tables, this.random)
    this.ejection = new Ejection(this.kernel)
    this.annealing = new Annealing(this.kernel, COOLING, () => this.found.note())
    const { cardOf, domainFrom } = this.tables
    this.placeable = cardOf.reduce((sum, card) => sum + Number(domainFrom[card + 1]! > domainFrom[card]!), 0)
    if (options.from) loadTimetable(this.kernel, options.from)
    this.found = new Best(this.kernel, options.seed)
    this.openPhase()
  }

  run(count: number): SearchProgress {
    this.counters.credit += count
    while (this.counters.credit > 0 && !this.finished()) {
      const spent = Math.max(1, this.advance(this.counters.credit))
      this.counters.credit -= spent
      this.counters.steps += spent
    }
    const { placed, hard, soft } = this.found.seen(this.counters.steps, count === 0)
    return {
      steps: this.counters.steps,
      placed,
      total: this.tables.activities,
      broken: hard,
      softCost: soft < NOTHING ? 0 : soft,
      complete: placed === this.tables.activities && hard < NOTHING,
      finished: this.finished(),
    }
  }

  best(): PlacedTimetable {
    return toTimetable(this.tables, this.found.shown())
  }

  save(): SavedSearch {
    const { kernel } = this
    const { from, ...options } = this.options
    const state: SavedState = {
      options: { ...options, ...(from ? { from: { start: [...from.start], room: [...from.room] } } : {}) },
      phase: this.phase,
      counters: this.counters,
      random: this.random.save(),
      now: plain(takeSnapshot(kernel)),
      weighted: kernel.weighted,
      kept: plain(this.found.kept),
      record: this.found.record && plain(this.found.record),
      ejection: this.ejection.save(),
      annealing: this.annealing.save(),
      weights: weightsOf(kernel).map((weights) => [...weights]),
    }
    return { version: 1, state: JSON.stringify(state) }
  }

  load(state: SavedState): void {
    const { kernel } = this
    const now = fromPlain(state.now)
    loadSnapshot(kernel, now)
    weightsOf(kernel).forEach((weights, index) => {
      weights.set(state.weights[index] ?? [])
    })
    Object.assign(kernel, { hard: now.hard, soft: now.soft, weighted: state.weighted })
    this.phase = state.phase
    this.counters = { ...state.counters }
    this.found.kept = fromPlain(state.kept)
    this.found.record = state.record && fromPlain(state.record)
    this.ejection.load(state.ejection)
    this.annealing.load(state.annealing)
    this.random.load(state.random)
  }

  adopt(timetable: PlacedTimetable): void {
    const theirs = aside(this.kernel, () => {
      loadTimetable(this.kernel, timetable)
      takeOutBroken(this.kernel)
      return takeSnapshot(this.kernel)
    })
    if (!this.found.adopt(theirs)) return
    if (this.phase !== 'polish' && this.isFull(theirs)) this.openPolish()
  }

  /**
   * Works on the phase for at most so many steps, or one card; says how many steps that was. What is complete is told
   * only when its wishes have been descended upon, which takes a few hundredths of a second.
   */
  private advance(steps: number): number {
    const spent = this.phase === 'ejection' ? this.eject() : this.anneal(steps)
    const descends = this.phase === 'polish' && this.counters.cycles === 1 && !this.annealing.stuck
    return descends ? spent + this.anneal(Number.MAX_SAFE_INTEGER) : spent
  }

  private anneal(steps: number): number {
    if (this.annealing.stuck) return steps
    const spent = this.annealing.run(steps)
    if (this.annealing.finished) this.nextPhase()
    return spent
  }

  private eject(): number {
    const { ejection, counters, found } = this
    const spent = ejection.step()
    counters.ejected += spent
    if (ejection.waiting < counters.leastWaiting) {
      counters.leastWaiting = ejection.waiting
      counters.ejected = 0
      found.record = takeSnapshot(this.kernel)
      ejection.markNext()
    }
    const { waiting } = ejection
    const stalled = ejection.hopeless || counters.ejected > this.patience()
    if (waiting > 0 && !stalled) return spent
    if (waiting > 0 && found.record) loadSnapshot(this.kernel, found.record)
    if (stalled && this.goesOnWithOthers()) return spent
    found.settleRecord()
    fill(this.kernel)
    this.afterConstruction(waiting === 0 ? WARM : COOLING.from)
    return spent
  }

  private patience(): number {
    const whole = this.lengthOf(PATIENCE)
    return this.ejection.setAside > 0 ? whole >> LESS_PATIENCE : whole
  }

  private goesOnWithOthers(): boolean {
    if (this.counters.leastWaiting <= this.tables.cards * MANY_WAIT || !this.ejection.postpone()) return false
    this.counters.ejected = 0
    return true
  }

  private openPhase(): void {
    const { kernel } = this
    if (this.options.from && this.options.maxMoves !== undefined) {
      fill(kernel)
      this.afterConstruction(WARM)
      return
    }
    loadSnapshot(kernel, this.found.kept)
    this.ejection.open()
    this.counters.leastWaiting = this.ejection.waiting + 1
    if (this.ejection.waiting === 0) this.afterConstruction(WARM)
  }

  private afterConstruction(from: number): void {
    if (this.kernel.hard < NOTHING) {
      this.found.note()
      this.openPolish()
    } else this.openCooling(from)
  }

  private nextPhase(): void {
    const { kernel, counters } = this
    if (this.phase === 'polish' || kernel.hard < NOTHING) {
      this.found.note()
      this.openPolish()
      return
    }
    const { record } = this.found
    if (!record || kernel.hard < record.hard) this.found.record = takeSnapshot(kernel)
    counters.rounds = this.phase === 'cooling' ? 0 : counters.rounds + 1
    if (counters.rounds > BREAK_ROUNDS << Math.min(counters.restarts >> 1, MOST_DOUBLINGS)) {
      this.restart()
      return
    }
    this.phase = 'breakout'
    raiseWeights(kernel, RAISE, FALL)
    this.annealing.start({
      ...COOLING,
      from: LOW,
      to: LOW,
      moves: lengthFor(this.tables.cards, BREAK),
    })
  }

  /**
   * What did not work is tried otherwise and longer. Ejection goes on from where the fewest units were broken, in turns:
   * with as little taken out as must be, from the far less that breaks nothing at all, and from nothing. Measured on
   * twelve examples of FET that are hard, 20 s each: 16 of 24 runs end complete so, 14 without beginning from nothing;
   * with the second way alone, in 15 s, 3 of 11.
   */
  private restart(): void {
    const { kernel, counters } = this
    const { record } = this.found
    this.found.settleRecord()
    counters.restarts++
    counters.rounds = 0
    resetWeights(kernel)
    if (this.options.maxMoves !== undefined) {
      this.openCooling(COOLING.from)
      return
    }
    if (record) loadSnapshot(kernel, record)
    if (counters.restarts % 4 === 0) takeOutAll(kernel)
    else if (counters.restarts % 4 === 2) takeOutBroken(kernel)
    else this.ejection.takeOutBroken()
    this.phase = 'ejection'
    this.ejection.open()
    counters.ejected = 0
    counters.leastWaiting = this.ejection.waiting + 1
  }

  /** Steps of a phase, longer after every second restart. */
  private lengthOf(length: Length): number {
    return lengthFor(this.tables.cards, length) << Math.min(this.counters.restarts >> 1, MOST_DOUBLINGS)
  }

  private openCooling(from: number): void {
    this.phase = 'cooling'
    this.annealing.start({ ...COOLING, from, moves: this.lengthOf(COOL) })
  }

  /** First a descent; then each stretch begins with the best and is longer and hotter than the one before. */
  private openPolish(): void {
    const { kernel, counters } = this
    this.phase = 'polish'
    this.found.record = null
    loadSnapshot(kernel, this.found.kept)
    resetWeights(kernel)
    Object.assign(kernel, { hard: this.found.kept.hard, soft: this.found.kept.soft })
    if (counters.cycles === 0) {
      takeFreeRooms(kernel)
      this.found.note()
    }
    this.annealing.start(
      counters.cycles === 0
        ? { ...DESCENT, moves: lengthFor(this.tables.cards, DESCEND) }
        : { ...POLISH, ...stretchOf(counters.cycles - 1) },
    )
    counters.cycles++
  }

  private isFull({ placed, hard }: Snapshot): boolean {
    return placed === this.placeable && hard < NOTHING
  }

  private finished(): boolean {
    return this.isFull(this.found.kept) && this.found.kept.soft < NOTHING
  }
}
