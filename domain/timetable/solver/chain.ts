import type { Kernel } from './state/kernel.ts'
import { findTwins } from './twins.ts'

const MAX_CHAIN = 14
const MAX_SWAP = 7
/** Shares of moves of a card alone, and of those that go no further than those who change places with it. */
const ALONE = 0.1
const SWAP = 0.5
/** Only the first cards of a chain see to it that there is a room. */
const ROOMS_FOR = 6

/**
 * Cards that move together: one, those who change places with it, or a Kempe chain, in which the cards in the way go
 * where the first came from and those in their way go on, rooms included.
 */
export class Chain {
  readonly kernel: Kernel
  readonly cards = new Int32Array(MAX_CHAIN + 1)
  readonly from = new Int32Array(MAX_CHAIN + 1)
  readonly to = new Int32Array(MAX_CHAIN + 1)
  length = 0
  private readonly stamp: Int32Array
  private readonly places: Int32Array
  private readonly twin: Int32Array
  private move = 0

  constructor(kernel: Kernel) {
    this.kernel = kernel
    this.stamp = new Int32Array(kernel.tables.cards)
    this.places = new Int32Array(kernel.tables.cards)
    this.twin = findTwins(kernel.tables)
  }

  has(card: number): boolean {
    return this.stamp[card] === this.move
  }

  /** At which place of the chain a card of it is. */
  placeOf(card: number): number {
    return this.places[card]!
  }

  /** Finds who moves when the card goes to the slot; `false` when they cannot, or nothing would be different. */
  plan(card: number, slot: number): boolean {
    const { kernel, cards, from, to } = this
    const { slots, inDomain } = kernel.tables
    const kind = kernel.random.unit()
    this.move++
    this.length = 0
    this.take(card)
    from[0] = kernel.start[card]!
    to[0] = slot
    if (kind <= ALONE) return true
    const limit = kind > SWAP ? MAX_CHAIN : MAX_SWAP
    for (let p = 0; p < this.length; p++) {
      if (p > 0 && kind <= SWAP) break
      const base = this.length
      if (!this.takePeople(cards[p]!, to[p]!, limit)) return false
      if (p === 0 && this.swapsTwins()) return false
      if (p < ROOMS_FOR && !this.takeRoom(cards[p]!, to[p]!)) return false
      for (let q = base; q < this.length; q++) {
        const other = cards[q]!
        const now = kernel.start[other]!
        const next = from[p]! + now - to[p]!
        if (next < 0 || next >= slots || !inDomain[other * slots + next]) return false
        from[q] = now
        to[q] = next
      }
    }
    return true
  }

  private take(card: number): void {
    this.stamp[card] = this.move
    this.places[card] = this.length
    this.cards[this.length++] = card
  }

  private swapsTwins(): boolean {
    const { cards, twin, kernel } = this
    return this.length === 2 && twin[cards[0]!] === twin[cards[1]!] && kernel.start[cards[1]!] === this.to[0]
  }

  private takePeople(card: number, slot: number, limit: number): boolean {
    const { slots, useFrom, useLine, useLength, clash } = this.kernel.tables
    const { count, occupant } = this.kernel
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      if (!clash[line]) continue
      const at = line * slots + slot
      for (let k = 0; k < useLength[use]!; k++) {
        if (count[at + k] !== 1) continue
        const other = occupant[at + k]! - 1
        if (this.stamp[other] === this.move) continue
        if (this.length >= limit) return false
        this.take(other)
      }
    }
    return true
  }

  /** Where all rooms are taken, one of those who take them comes along. */
  private takeRoom(card: number, slot: number): boolean {
    const { roomedFrom, roomed } = this.kernel.tables
    for (let k = roomedFrom[card]!, end = roomedFrom[card + 1]!; k < end; k++) {
      const other = this.roomTaker(roomed[k]!, slot)
      if (other < 0) continue
      if (this.length >= MAX_CHAIN) return false
      this.take(other)
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
          if (one >= 0 && this.stamp[one] === this.move) continue
          taken++
          taker = one
        }
      if (taken === 0) return -1
      if (taker >= 0 && random.below(++seen) === 0) pick = taker
    }
    return pick
  }
}
