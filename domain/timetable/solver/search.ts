import type { PlacedTimetable, TimetableProblem } from '../problem.ts'
import { Annealing } from './annealing.ts'
import { Best } from './best.ts'
import { compileProblem } from './compile/compile.ts'
import { Placing } from './placing.ts'
import {
  BREAK,
  BREAK_ROUNDS,
  COOL,
  COOLING,
  doublingsOf,
  KEEPS_AT_FIRST,
  LOW,
  lengthFor,
  risingOf,
  WARM,
  wayOf,
} from './plan.ts'
import { Polishing } from './polishing.ts'
import { Random } from './random.ts'
import { fill, takeOutAll, takeOutBroken } from './repair.ts'
import { type Counters, optionsFromPlain, type Phase, plainOptions, type SavedState } from './saved-state.ts'
import {
  printOf,
  SAVED_VERSION,
  type SavedSearch,
  type SearchOptions,
  type SearchProgress,
  type TimetableSearch,
  whyNotResumed,
} from './search-api.ts'
import { Kernel } from './state/kernel.ts'
import {
  aside,
  fromPlain,
  loadSnapshot,
  loadTimetable,
  NOTHING,
  plain,
  type Snapshot,
  takeSnapshot,
  toTimetable,
} from './state/snapshot.ts'
import type { Tables } from './tables.ts'
import { raiseWeights, resetWeights, weightsOf } from './weights.ts'

/**
 * Opens a search. It has a place for all cards after a while, or the most it could place, and then lowers the cost of
 * what is wished. Cards that can start nowhere are never placed. Refuses, with a `RangeError`, more periods a day than
 * `MAX_PERIODS`.
 */
export function openSearch(problem: TimetableProblem, options: SearchOptions): TimetableSearch {
  return new Search(problem, options)
}

/** Goes on with a saved search as if it had never stopped. Refuses, with a `RangeError`, what `whyNotResumed` names. */
export function resumeSearch(problem: TimetableProblem, saved: SavedSearch): TimetableSearch {
  const why = whyNotResumed(problem, saved)
  if (why) throw new RangeError(why)
  const state = JSON.parse(saved.state) as SavedState
  const search = new Search(problem, optionsFromPlain(state.options))
  search.load(state)
  return search
}

class Search implements TimetableSearch {
  private readonly options: SearchOptions
  private readonly problem: TimetableProblem
  private readonly tables: Tables
  private readonly random: Random
  private readonly kernel: Kernel
  private readonly placing: Placing
  private readonly annealing: Annealing
  private readonly polishing: Polishing
  /** Activities that could have a place at all. */
  private readonly placeable: number
  private readonly found: Best
  private phase: Phase = 'ejection'
  private counters: Counters = { steps: 0, credit: 0, rounds: 0, restarts: 0 }

  constructor(problem: TimetableProblem, options: SearchOptions) {
    this.options = options
    this.problem = problem
    this.tables = compileProblem(problem, options)
    this.random = new Random(options.seed)
    this.kernel = new Kernel(this.tables, this.random)
    this.annealing = new Annealing(this.kernel, COOLING, () => this.found.note())
    const { cardOf, domainFrom } = this.tables
    this.placeable = cardOf.reduce((sum, card) => sum + Number(domainFrom[card + 1]! > domainFrom[card]!), 0)
    if (options.from) loadTimetable(this.kernel, options.from)
    this.found = new Best(this.kernel, options.seed)
    this.placing = new Placing(this.kernel, this.found)
    this.polishing = new Polishing(this.kernel, this.annealing, this.placing.ejection, this.found)
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
    const state: SavedState = {
      options: plainOptions(this.options),
      phase: this.phase,
      counters: this.counters,
      random: this.random.save(),
      now: plain(takeSnapshot(kernel)),
      weighted: kernel.weighted,
      found: this.found.save(),
      placing: this.placing.save(),
      annealing: this.annealing.save(),
      polishing: this.polishing.save(),
      weights: weightsOf(kernel).map((weights) => [...weights]),
    }
    return { version: SAVED_VERSION, problem: printOf(this.problem), state: JSON.stringify(state) }
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
    this.found.load(state.found)
    this.placing.load(state.placing)
    this.annealing.load(state.annealing)
    this.polishing.load(state.polishing)
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

  /** Works on the phase for at most so many steps, or one card; says how many steps that was. */
  private advance(steps: number): number {
    let spent = 0
    if (this.phase === 'ejection') spent = this.eject()
    else if (this.phase !== 'polish') spent = this.anneal(steps)
    return this.phase === 'polish' ? spent + this.polishing.run(steps) : spent
  }

  private anneal(steps: number): number {
    if (this.annealing.stuck) return steps
    const spent = this.annealing.run(steps)
    if (this.annealing.finished) this.nextPhase()
    return spent
  }

  private eject(): number {
    const { placing, counters, kernel } = this
    const { spent, ended } = placing.step(counters.restarts >> 1)
    if (!ended) return spent
    this.found.settleRecord()
    fill(kernel)
    const keeps = placing.done || (placing.nearlyDone && counters.restarts < KEEPS_AT_FIRST)
    this.afterConstruction(keeps ? WARM : COOLING.from)
    return spent
  }

  private openPhase(): void {
    const { kernel } = this
    if (this.options.from && this.options.maxMoves !== undefined) {
      fill(kernel)
      this.afterConstruction(WARM)
      return
    }
    loadSnapshot(kernel, this.found.kept)
    this.placing.open()
    if (this.placing.done) this.afterConstruction(WARM)
  }

  private afterConstruction(from: number): void {
    if (this.kernel.hard < NOTHING) {
      this.found.note()
      this.openPolish()
    } else this.openCooling(from)
  }

  private nextPhase(): void {
    const { kernel, counters } = this
    if (kernel.hard < NOTHING) {
      this.found.note()
      this.openPolish()
      return
    }
    const better = this.found.noteFewest()
    counters.rounds = better || this.phase === 'cooling' ? 0 : counters.rounds + 1
    if (counters.rounds > BREAK_ROUNDS << doublingsOf(counters.restarts)) this.restart()
    else this.openBreakout()
  }

  private openBreakout(): void {
    this.phase = 'breakout'
    raiseWeights(this.kernel, risingOf(this.counters.restarts))
    this.annealing.start({
      ...COOLING,
      from: LOW,
      to: LOW,
      moves: lengthFor(this.tables.cards, BREAK),
    })
  }

  private restart(): void {
    const { kernel, counters, found } = this
    const own = found.record
    found.settleRecord()
    counters.restarts++
    counters.rounds = 0
    resetWeights(kernel)
    if (this.options.maxMoves !== undefined) {
      this.openCooling(COOLING.from)
      return
    }
    const way = wayOf(counters.restarts)
    const from = way === 'little' ? own : found.fewest
    if (from) loadSnapshot(kernel, from)
    if (way === 'longer') {
      found.record = from
      this.openBreakout()
      return
    }
    if (way === 'little') this.placing.ejection.takeOutBroken()
    else if (way === 'all-broken') takeOutBroken(kernel)
    else {
      takeOutAll(kernel)
      found.fewest = null
    }
    this.phase = 'ejection'
    this.placing.open()
  }

  private openCooling(from: number): void {
    this.phase = 'cooling'
    const moves = lengthFor(this.tables.cards, COOL) << doublingsOf(this.counters.restarts)
    this.annealing.start({ ...COOLING, from, moves })
  }

  private openPolish(): void {
    this.phase = 'polish'
    this.polishing.open()
  }

  private isFull({ placed, hard }: Snapshot): boolean {
    return placed === this.placeable && hard < NOTHING
  }

  private finished(): boolean {
    return this.isFull(this.found.kept) && this.found.kept.soft < NOTHING
  }
}
