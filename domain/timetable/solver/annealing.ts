import { Chain } from './chain.ts'
import { ChainBound } from './chain-bound.ts'
import { COOL_EVERY, type Cooling, factorOf } from './cooling.ts'
import { changeRoom } from './room-move.ts'
import type { Kernel } from './state/kernel.ts'
import { canMove, troubledCards } from './violations.ts'
import { raiseWeights } from './weights.ts'

const LOOK_EVERY = 4000

export type SavedAnnealing = {
  cooling: Cooling
  done: number
  temperature: number
  troubled: number[]
  best: number
}

/**
 * Simulated annealing by moving chains of cards and changing rooms. Most moves are turned down by a bound before
 * anything is touched.
 */
export class Annealing {
  private readonly kernel: Kernel
  private readonly onBetter: () => void
  private readonly movable: Int32Array
  private cooling: Cooling
  private done = 0
  private temperature = 0
  private factor = 1
  private troubled: number[] = []
  private best = Number.POSITIVE_INFINITY
  private readonly chain: Chain
  private readonly bound: ChainBound
  /** The options that the cards of a chain had, and where those of each begin. */
  private readonly held: Int32Array
  private readonly heldAt: Int32Array

  constructor(kernel: Kernel, cooling: Cooling, onBetter: () => void) {
    const { cards, domainFrom, roomedFrom } = kernel.tables
    this.kernel = kernel
    this.onBetter = onBetter
    this.cooling = cooling
    const movable: number[] = []
    let rooms = 1
    for (let card = 0; card < cards; card++) {
      if (domainFrom[card + 1]! > domainFrom[card]! && canMove(kernel.tables, card)) movable.push(card)
      rooms = Math.max(rooms, roomedFrom[card + 1]! - roomedFrom[card]!)
    }
    this.movable = Int32Array.from(movable)
    this.chain = new Chain(kernel)
    this.bound = new ChainBound(this.chain)
    this.heldAt = new Int32Array(this.chain.cards.length)
    this.held = new Int32Array(this.chain.cards.length * rooms)
    this.start(cooling)
  }

  start(cooling: Cooling): void {
    this.cooling = cooling
    this.done = 0
    this.temperature = cooling.from
    this.factor = factorOf(cooling)
    this.troubled = []
    this.best = Number.POSITIVE_INFINITY
  }

  /** Whether no card can move at all. */
  get stuck(): boolean {
    return this.movable.length === 0
  }

  get finished(): boolean {
    return this.done >= this.cooling.moves
  }

  save(): SavedAnnealing {
    const { cooling, done, temperature, troubled, best } = this
    return { cooling, done, temperature, troubled, best: best === Number.POSITIVE_INFINITY ? -1 : best }
  }

  load({ cooling, done, temperature, troubled, best }: SavedAnnealing): void {
    this.start(cooling)
    this.done = done
    this.temperature = temperature
    this.troubled = troubled
    this.best = best < 0 ? Number.POSITIVE_INFINITY : best
  }

  /** Tries at most `steps` moves and says how many it tried. */
  run(steps: number): number {
    const end = Math.min(this.done + steps, this.cooling.moves)
    const from = this.done
    while (this.done < end) {
      if (this.done % COOL_EVERY === 0) {
        this.temperature *= this.factor
        if (this.done % LOOK_EVERY === 0) this.look()
      }
      this.done++
      if (this.tryMove()) {
        const tried = this.done - from
        this.done = this.cooling.moves
        return tried
      }
    }
    return this.done - from
  }

  private look(): void {
    const { kernel, cooling } = this
    this.troubled = troubledCards(kernel, kernel.hard === 0)
    if (cooling.rising) raiseWeights(kernel, cooling.rising)
  }

  /** Tries one move; `true` ends the annealing. */
  private tryMove(): boolean {
    const { kernel, cooling } = this
    const { random } = kernel
    const near = this.troubled.length > 0 && random.unit() < cooling.nearTrouble
    const card = near
      ? this.troubled[random.below(this.troubled.length)]!
      : this.movable[random.below(this.movable.length)]!
    const { domainFrom, domain } = kernel.tables
    const slot = domain[domainFrom[card]! + random.below(domainFrom[card + 1]! - domainFrom[card]!)]!
    if (slot === kernel.start[card])
      return changeRoom(kernel, card, this.held, cooling, this.threshold()) && this.noteBetter()
    if (!this.chain.plan(card, slot)) return false
    const threshold = this.threshold()
    return this.bound.leastCost(cooling) <= threshold && this.decide(threshold) && this.noteBetter()
  }

  /** What a move may cost this time. */
  private threshold(): number {
    return -this.temperature * Math.log(this.kernel.random.unit() + 1e-300)
  }

  /** Makes the move; takes it back when it costs more than the threshold. */
  private decide(threshold: number): boolean {
    const { kernel, held, heldAt } = this
    const { cards, from, to, length } = this.chain
    const { roomedFrom, roomed } = kernel.tables
    const { hard, weighted, soft } = kernel
    kernel.begin()
    let rooms = 0
    for (let p = 0; p < length; p++) {
      const card = cards[p]!
      heldAt[p] = rooms
      for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++)
        held[rooms++] = kernel.option[roomed[k]!]!
      kernel.remove(card)
    }
    for (let p = 0; p < length; p++) kernel.add(cards[p]!, to[p]!, held, -1)
    const { hardWorth, softWorth } = this.cooling
    const own = hardWorth * (kernel.weighted - weighted) + softWorth * (kernel.soft - soft)
    if (kernel.settleWithin(threshold - own, hardWorth, softWorth)) return true
    for (let p = 0; p < length; p++) kernel.remove(cards[p]!)
    for (let p = 0; p < length; p++) kernel.add(cards[p]!, from[p]!, held, heldAt[p]!)
    kernel.unsettle()
    kernel.hard = hard
    kernel.weighted = weighted
    kernel.soft = soft
    return false
  }

  /** Tells of a timetable better than all of this stretch; `true` when that is what was looked for. */
  private noteBetter(): boolean {
    const { kernel, cooling } = this
    const cost = cooling.hardWorth * kernel.hard + cooling.softWorth * kernel.soft
    if (cost >= this.best - 1e-9) return false
    this.best = cost
    this.onBetter()
    return kernel.hard === 0 && (cooling.untilFeasible || kernel.soft < 1e-9)
  }
}
