import type { EjectionMemory } from './ejection-memory.ts'
import type { Tables } from './tables.ts'

/** So many cards at most are thrown out for one. */
const MAX_OUT = 14

/** The cards that would be thrown out for one card in one slot. */
export class ThrownOut {
  readonly memory: EjectionMemory
  /** Cards with one slot only are never thrown out. */
  readonly fixed: Uint8Array
  readonly cards = new Int32Array(MAX_OUT)
  count = 0
  sum = 0
  private readonly marks: Int32Array
  private mark = 0
  private card = -1

  constructor({ cards, domainFrom }: Tables, memory: EjectionMemory) {
    this.memory = memory
    this.marks = new Int32Array(cards)
    this.fixed = Uint8Array.from({ length: cards }, (_, card) =>
      Number(domainFrom[card + 1]! - domainFrom[card]! < 2),
    )
  }

  /** Nobody yet, for this card. */
  begin(card: number): void {
    this.card = card
    this.mark++
    this.count = 0
    this.sum = 0
  }

  /** Whether a card needs no more thought: it goes, or it is the card itself. */
  has(card: number): boolean {
    return card === this.card || this.marks[card] === this.mark
  }

  /** What throwing a card out costs. */
  priceOf(card: number): number {
    return this.memory.unit + this.memory.weight[card]!
  }

  /** Throws a card out; `false` when it cannot be, or they are too many. */
  add(card: number): boolean {
    if (this.has(card)) return true
    if (this.fixed[card] || this.count === MAX_OUT) return false
    this.marks[card] = this.mark
    this.cards[this.count++] = card
    this.sum += this.priceOf(card)
    return true
  }
}
