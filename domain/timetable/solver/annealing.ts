import { COOL_EVERY, type Cooling, factorOf } from './cooling.ts'
import { changeRoom } from './room-move.ts'
import type { Kernel } from './state/kernel.ts'
import { canMove, troubledCards } from './violations.ts'

const MAX_CHAIN = 14
const MAX_SWAP = 7
const LOOK_EVERY = 4000

export type SavedAnnealing = {
  cooling: Cooling
  done: number
  temperature: number
  troubled: number[]
  best: number
}

/**
 * Simulated annealing by moving a card, changing places, and Kempe chains: the cards in the way go where the first came
 * from, those in their way go on, rooms included. Most moves are turned down by a bound before anything is touched.
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
  private readonly chain = new Int32Array(MAX_CHAIN + 1)
  private readonly from = new Int32Array(MAX_CHAIN + 1)
  private readonly to = new Int32Array(MAX_CHAIN + 1)
  private readonly heldAt = new Int32Array(MAX_CHAIN + 1)
  private readonly held: Int32Array
  private readonly inChain: Int32Array
  private readonly lineSeen: Int32Array
  private move = 0
  private length = 0

  constructor(kernel: Kernel, cooling: Cooling, onBetter: () => void) {
    const { cards, domainFrom, roomedFrom, lines } = kernel.tables
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
    this.held = new Int32Array((MAX_CHAIN + 1) * rooms)
    this.inChain = new Int32Array(cards)
    this.lineSeen = new Int32Array(lines)
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
        if (this.done % LOOK_EVERY === 0) this.troubled = troubledCards(this.kernel, this.kernel.hard === 0)
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
    const threshold = -this.temperature * Math.log(random.unit() + 1e-300)
    if (slot === kernel.start[card])
      return changeRoom(kernel, card, this.held, cooling, threshold) && this.noteBetter()
    if (!this.plan(card, slot) || !this.mayBeTaken(threshold)) return false
    return this.decide(threshold) && this.noteBetter()
  }

  /** Finds the cards that move together: one, those who change places with it, or a Kempe chain. */
  private plan(card: number, slot: number): boolean {
    const { kernel, chain, from, to } = this
    const { slots, inDomain } = kernel.tables
    const kind = kernel.random.unit()
    this.move++
    this.length = 1
    chain[0] = card
    from[0] = kernel.start[card]!
    to[0] = slot
    this.inChain[card] = this.move
    if (kind <= 0.1) return true
    const limit = kind > 0.5 ? MAX_CHAIN : MAX_SWAP
    for (let p = 0; p < this.length; p++) {
      if (p > 0 && kind <= 0.5) break
      const base = this.length
      if (!this.takePeopleAlong(chain[p]!, to[p]!, limit)) return false
      if (p < 6 && !this.takeRoomAlong(chain[p]!, to[p]!)) return false
      for (let q = base; q < this.length; q++) {
        const other = chain[q]!
        const now = kernel.start[other]!
        const next = from[p]! + now - to[p]!
        if (next < 0 || next >= slots || !inDomain[other * slots + next]) return false
        from[q] = now
        to[q] = next
      }
    }
    return true
  }

  private takePeopleAlong(card: number, slot: number, limit: number): boolean {
    const { slots, useFrom, useLine, useLength, clash } = this.kernel.tables
    const { count, occupant } = this.kernel
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      if (!clash[line]) continue
      const at = line * slots + slot
      for (let k = 0; k < useLength[use]!; k++) {
        if (count[at + k] !== 1) continue
        const other = occupant[at + k]! - 1
        if (this.inChain[other] === this.move) continue
        if (this.length >= limit) return false
        this.inChain[other] = this.move
        this.chain[this.length++] = other
      }
    }
    return true
  }

  /** Where all rooms are taken, one of those who take them comes along. */
  private takeRoomAlong(card: number, slot: number): boolean {
    const { roomedFrom, roomed } = this.kernel.tables
    for (let k = roomedFrom[card]!, end = roomedFrom[card + 1]!; k < end; k++) {
      const other = this.roomTaker(roomed[k]!, slot)
      if (other < 0) continue
      if (this.length >= MAX_CHAIN) return false
      this.inChain[other] = this.move
      this.chain[this.length++] = other
    }
    return true
  }

  /** A card whose move would free a room, or -1 when there is a free one or nobody to move. */
  private roomTaker(activity: number, slot: number): number {
    const { optionFrom, takesFrom, takes, slots, activityLength } = this.kernel.tables
    const { roomCount, roomOccupant, random } = this.kernel
    let pick = -1
    let seen = 0
    for (let option = optionFrom[activity]!, end = optionFrom[activity + 1]!; option < end; option++) {
      let taken = 0
      let taker = -1
      for (let take = takesFrom[option]!; take < takesFrom[option + 1]!; take++)
        for (let k = 0; k < activityLength[activity]!; k++) {
          const at = takes[take]! * slots + slot + k
          if (roomCount[at] === 0) continue
          const one = roomCount[at] === 1 ? roomOccupant[at]! - 1 : -1
          if (one >= 0 && this.inChain[one] === this.move) continue
          taken++
          taker = one
        }
      if (taken === 0) return -1
      if (taker >= 0 && random.below(++seen) === 0) pick = taker
    }
    return pick
  }

  /** Whether the move could pass the threshold: people in the way for certain against all it could mend. */
  private mayBeTaken(threshold: number): boolean {
    const { kernel, chain, from, to, length } = this
    const { slots, useFrom, useLine, useLength, clash } = kernel.tables
    const { count, occupant, lineWeight, lineHard, lineSoft } = kernel
    const { hardWorth } = this.cooling
    const softWorth = this.cooling.softWorth / hardWorth
    const limit = threshold / hardWorth
    let worse = 0
    let better = 0
    for (let p = 0; p < length; p++) {
      const card = chain[p]!
      const target = to[p]!
      const source = from[p]!
      for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
        const line = useLine[use]!
        if (this.lineSeen[line] !== this.move) {
          this.lineSeen[line] = this.move
          better += lineWeight[line]! * lineHard[line]! + softWorth * lineSoft[line]!
        }
        if (!clash[line]) continue
        const base = line * slots
        for (let k = useLength[use]! - 1; k >= 0; k--) {
          const there = count[base + target + k]!
          if (there === 1) {
            if (this.inChain[occupant[base + target + k]! - 1] !== this.move) worse += lineWeight[line]!
          } else if (there >= length) worse += lineWeight[line]!
          if (count[base + source + k]! > 1) better += lineWeight[line]!
        }
      }
    }
    if (worse <= better || worse - better <= limit) return true
    return worse - better - this.mendable() <= limit
  }

  /** What the cards of the chain cost by themselves, all of which might be mended. */
  private mendable(): number {
    const { kernel, chain, from, length } = this
    const { slots, startCost, roomedFrom, roomed, activityLength, takesFrom, takes, optionCost } =
      kernel.tables
    const { keeps, keepFrom, keepRule } = kernel.tables
    const softWorth = this.cooling.softWorth / this.cooling.hardWorth
    let sum = 0
    for (let p = 0; p < length; p++) {
      const card = chain[p]!
      kernel.costOfEdges(card, from[p]!)
      sum += kernel.foundWeighted + softWorth * (kernel.foundSoft + startCost[card * slots + from[p]!]!)
      if (keeps > 0)
        for (let k = keepFrom[card]!; k < keepFrom[card + 1]!; k++) sum += kernel.keepWeight[keepRule[k]!]!
      for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++) {
        const option = kernel.option[roomed[k]!]!
        if (option < 0) continue
        sum += softWorth * optionCost[option]!
        for (let take = takesFrom[option]!; take < takesFrom[option + 1]!; take++)
          sum += kernel.roomWeight[takes[take]!]! * activityLength[roomed[k]!]!
      }
    }
    return sum
  }

  /** Makes the move; takes it back when it costs more than the threshold. */
  private decide(threshold: number): boolean {
    const { kernel, chain, from, to, held, heldAt, length } = this
    const { roomedFrom, roomed } = kernel.tables
    const { hard, weighted, soft } = kernel
    kernel.begin()
    let rooms = 0
    for (let p = 0; p < length; p++) {
      const card = chain[p]!
      heldAt[p] = rooms
      for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++)
        held[rooms++] = kernel.option[roomed[k]!]!
      kernel.remove(card)
    }
    for (let p = 0; p < length; p++) kernel.add(chain[p]!, to[p]!, held, -1)
    kernel.settle()
    const { hardWorth, softWorth } = this.cooling
    if (hardWorth * (kernel.weighted - weighted) + softWorth * (kernel.soft - soft) <= threshold) return true
    for (let p = 0; p < length; p++) kernel.remove(chain[p]!)
    for (let p = 0; p < length; p++) kernel.add(chain[p]!, from[p]!, held, heldAt[p]!)
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
