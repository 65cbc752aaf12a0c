import { DayEnds } from './ejection-ends.ts'
import { EjectionMemory, type SavedMemory } from './ejection-memory.ts'
import { LimitMender } from './ejection-mend.ts'
import { ThrownOut } from './ejection-out.ts'
import { RoomsForCard } from './ejection-rooms.ts'
import { RETHROW } from './plan.ts'
import type { Kernel } from './state/kernel.ts'

/** What a wish of cost 1 weighs against throwing a card out. */
const SOFT_SHARE = 0.3

export type SavedEjection = {
  queue: number[]
  memory: SavedMemory
  stuck: number
  next: number
  postponed: number[]
  softShare: number
}

/**
 * Places card after card, the hardest first, into the slot where the cards in the way weigh least, and throws those
 * out; a card that threw others out becomes heavier. The placed cards never break a hard condition on time.
 */
export class Ejection {
  private readonly kernel: Kernel
  private readonly memory: EjectionMemory
  private readonly out: ThrownOut
  private readonly mender: LimitMender
  private readonly ends: DayEnds
  private readonly rooms: RoomsForCard
  /** The next card is the last one. */
  private queue: number[] = []
  private stuck = 0
  /** The card that was next when fewest waited, or -1. */
  private next = -1
  /** Cards that come after all others. */
  private postponed: number[] = []
  private softShare = SOFT_SHARE
  private readonly bestOut: Int32Array
  private readonly bestHeld: Int32Array

  constructor(kernel: Kernel) {
    this.kernel = kernel
    this.memory = new EjectionMemory(kernel.tables)
    this.out = new ThrownOut(kernel.tables, this.memory)
    this.mender = new LimitMender(kernel, kernel.random, this.out)
    this.ends = new DayEnds(kernel, this.out)
    this.rooms = new RoomsForCard(kernel, this.out)
    this.bestOut = this.out.cards.slice()
    this.bestHeld = this.rooms.held.slice()
  }

  /** Queues all cards that have no place yet and could have one. */
  open(): void {
    this.next = -1
    this.postponed = []
    this.softShare = SOFT_SHARE
    this.memory.clear()
    this.enqueue()
  }

  /** What was learnt while all cards were placed says nothing of what keeps wishes broken. */
  forget(): void {
    this.memory.clear()
  }

  /** Takes out one card of a complete timetable, which is not to come back where it was, and queues it. */
  throwOut(card: number): void {
    this.softShare = RETHROW.softShare
    this.memory.isNotWanted(card, this.kernel.start[card]!, RETHROW.leftShare)
    this.takeOut(card)
    this.queue = [card]
    this.stuck = 0
  }

  /** Nobody waits any longer. */
  dropQueue(): void {
    this.queue = []
  }

  /** Fewer wait than ever: if it gets no further, the card that is next now is the one to be postponed. */
  markNext(): void {
    this.next = this.queue.at(-1) ?? -1
  }

  /** Begins again from where fewest waited, with the card that was next there after all others; `false` if there is none. */
  postpone(): boolean {
    if (this.next < 0 || this.postponed.includes(this.next)) return false
    this.postponed.push(this.next)
    this.enqueue()
    this.markNext()
    return true
  }

  /** How many cards come after all others because nothing was found for them. */
  get setAside(): number {
    return this.postponed.length
  }

  private enqueue(): void {
    const { cards, domainFrom } = this.kernel.tables
    const difficulty = this.difficulties()
    for (const card of this.postponed) difficulty[card] = -1
    this.queue = []
    this.stuck = 0
    for (let card = 0; card < cards; card++)
      if (this.kernel.start[card]! < 0 && domainFrom[card + 1]! > domainFrom[card]!) this.queue.push(card)
    this.queue.sort((a, b) => difficulty[a]! - difficulty[b]! || b - a)
  }

  /** Takes out the cards that break what more cards cannot mend; windows that they could fill stay open. */
  takeOutBroken(): void {
    const { cards, lines, locked } = this.kernel.tables
    this.memory.clear()
    for (let card = 0; card < cards; card++)
      if (this.kernel.start[card]! >= 0 && !locked[card]) this.takeOutIfBroken(card)
    for (let line = 0; line < lines; line++) {
      if (!this.mender.clearLine(line)) continue
      for (let k = 0; k < this.out.count; k++) this.takeOut(this.out.cards[k]!)
    }
  }

  private takeOutIfBroken(card: number): void {
    const { kernel } = this
    const { roomedFrom, roomed } = kernel.tables
    const slot = kernel.start[card]!
    const held = roomed.slice(roomedFrom[card]!, roomedFrom[card + 1]!).map((one) => kernel.option[one]!)
    this.takeOut(card)
    this.out.begin(card)
    kernel.costOfEdges(card, slot)
    if (!this.clearTimes(card, slot, Number.POSITIVE_INFINITY) || this.out.count > 0) return
    kernel.begin()
    kernel.add(card, slot, held, 0)
    kernel.settle()
  }

  private takeOut(card: number): void {
    this.kernel.begin()
    this.kernel.remove(card)
    this.kernel.settle()
  }

  /** Cards still waiting for a place. */
  get waiting(): number {
    return this.queue.length
  }

  /** Whether it goes round in circles without finding any slot. */
  get hopeless(): boolean {
    return this.stuck > 50 * this.kernel.tables.cards
  }

  /** Places the next card and says how many slots it tried. */
  step(): number {
    const card = this.queue.pop()
    if (card === undefined) return 0
    const { domainFrom, domain } = this.kernel.tables
    let bestKey = Number.POSITIVE_INFINITY
    let bestSlot = -1
    let bestCount = 0
    let ties = 0
    const end = domainFrom[card + 1]!
    for (let k = domainFrom[card]!; k < end; k++) {
      const slot = domain[k]!
      const key = this.keyOf(card, slot, bestKey)
      if (key === Number.POSITIVE_INFINITY || key > bestKey) continue
      if (key === bestKey && this.kernel.random.below(++ties) !== 0) continue
      if (key < bestKey) ties = 1
      bestKey = key
      bestSlot = slot
      bestCount = this.out.count
      this.bestOut.set(this.out.cards)
      this.bestHeld.set(this.rooms.held)
    }
    if (bestSlot < 0) {
      this.stuck++
      this.memory.isHard(card)
      this.queue.unshift(card)
    } else this.place(card, bestSlot, bestCount)
    return end - domainFrom[card]!
  }

  save(): SavedEjection {
    const { queue, memory, stuck, next, postponed, softShare } = this
    return { queue, memory: memory.save(), stuck, next, postponed, softShare }
  }

  load({ queue, memory, stuck, next, postponed, softShare }: SavedEjection): void {
    this.queue = [...queue]
    this.memory.load(memory)
    Object.assign(this, { stuck, next, postponed: [...postponed], softShare })
  }

  private place(card: number, slot: number, outCount: number): void {
    const { kernel, bestOut } = this
    if (outCount > 0) this.memory.isHard(card)
    kernel.begin()
    for (let k = outCount - 1; k >= 0; k--) {
      this.memory.hasLeft(bestOut[k]!, kernel.start[bestOut[k]!]!)
      kernel.remove(bestOut[k]!)
      this.queue.push(bestOut[k]!)
    }
    kernel.add(card, slot, this.bestHeld, 0)
    kernel.settle()
  }

  /** Fewer slots, busier people and longer lessons are harder. */
  private difficulties(): Float64Array {
    const { cards, useFrom, useLine, useLength, clash, lineTotal, cardLength, domainFrom } =
      this.kernel.tables
    return Float64Array.from({ length: cards }, (_, card) => {
      let load = 0
      for (let use = useFrom[card]!; use < useFrom[card + 1]!; use++)
        if (clash[useLine[use]!]) load += lineTotal[useLine[use]!]! * useLength[use]!
      return (load * cardLength[card]!) / Math.max(1, domainFrom[card + 1]! - domainFrom[card]!)
    })
  }

  /** What it would cost to put the card there, or infinity; the cards thrown out are left in `out`. */
  private keyOf(card: number, slot: number, bestKey: number): number {
    const { kernel } = this
    this.out.begin(card)
    kernel.costOfEdges(card, slot)
    const at = card * kernel.tables.slots + slot
    const soft = this.softShare * (kernel.foundSoft + kernel.tables.startCost[at]!)
    const own = soft * this.memory.unit + this.memory.left[at]!
    const most = bestKey - own
    if (most < 0) return Number.POSITIVE_INFINITY
    const fits =
      this.clearTimes(card, slot, most) && this.out.sum <= most && this.mender.clear(card, slot, most)
    return fits
      ? this.out.sum + own + this.softShare * this.memory.unit * this.rooms.soft
      : Number.POSITIVE_INFINITY
  }

  /** Throws out who stands in the way by themselves, whatever the limits of weeks say. */
  private clearTimes(card: number, slot: number, most: number): boolean {
    const { kernel } = this
    return (
      this.clearPeople(card, slot, most) &&
      (kernel.foundHard === 0 || this.clearEdges(card, slot)) &&
      (kernel.tables.marks === 0 || this.ends.clear(card, slot)) &&
      this.rooms.clear(card, slot)
    )
  }

  private clearPeople(card: number, slot: number, most: number): boolean {
    const { slots, useFrom, useLine, useLength, clash } = this.kernel.tables
    const { count, occupant } = this.kernel
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      if (!clash[line]) continue
      const at = line * slots + slot
      for (let k = useLength[use]! - 1; k >= 0; k--) {
        const there = count[at + k]!
        if (there === 0) continue
        if (there > 1 || !this.out.add(occupant[at + k]! - 1)) return false
        if (this.out.sum > most) return false
      }
    }
    return true
  }

  private clearEdges(card: number, slot: number): boolean {
    const { slots, edgeFrom, edgeCard, edgeTable, unitTables } = this.kernel.tables
    const { start } = this.kernel
    for (let k = edgeFrom[card]!, end = edgeFrom[card + 1]!; k < end; k++) {
      const other = start[edgeCard[k]!]!
      if (other >= 0 && unitTables[edgeTable[k]! + slot * slots + other]! >> 8 > 0)
        if (!this.out.add(edgeCard[k]!)) return false
    }
    return true
  }
}
