import type { Tables } from './tables.ts'

/** Placements for each card after which what was learnt counts half against what is learnt now. */
const HALF_LIFE = 40
/** What is learnt now counts more and more; when it is this much, everything is scaled down. */
const TOO_LARGE = 1e9

export type SavedMemory = { unit: number; weight: number[]; left: [number, number][] }

/**
 * What ejection learns while it runs, and slowly forgets: which cards are hard to place, and from which slots each was
 * thrown out. Without the first it throws the same hard card out for ever, without the second few cards drive each
 * other in a circle through the same slots. Measured on FET's
 * examples: a school of subactivities is complete in 1.0 s and a secondary school in 2.7 s, both never without the
 * second; one that must have no windows in 0.95 s instead of 8.8 s.
 */
export class EjectionMemory {
  /** What throwing a card out weighs more than that it is thrown out. */
  readonly weight: Float64Array
  /** `card * slots + slot`: how much speaks against going back there. */
  readonly left: Float64Array
  /** What one event counts now: a card thrown out, a wish broken, a slot left. */
  unit = 1
  private readonly growth: number
  private readonly slots: number

  constructor({ cards, slots }: Tables) {
    this.weight = new Float64Array(cards)
    this.left = new Float64Array(cards * slots)
    this.slots = slots
    this.growth = 2 ** (1 / (HALF_LIFE * Math.max(1, cards)))
  }

  /** A card has driven others out, or found no slot at all. */
  isHard(card: number): void {
    this.unit *= this.growth
    if (this.unit > TOO_LARGE) this.scaleDown()
    this.weight[card]! += this.unit
  }

  /** A card was driven out of a slot. */
  hasLeft(card: number, slot: number): void {
    this.isNotWanted(card, slot, 1)
  }

  /** A card is not to come back to a slot, as if it had been driven out of it so many times. */
  isNotWanted(card: number, slot: number, times: number): void {
    this.left[card * this.slots + slot]! += times * this.unit
  }

  /** Forgets everything. */
  clear(): void {
    this.unit = 1
    this.weight.fill(0)
    this.left.fill(0)
  }

  save(): SavedMemory {
    const left = [...this.left.entries()].filter(([, value]) => value !== 0)
    return { unit: this.unit, weight: [...this.weight], left }
  }

  load({ unit, weight, left }: SavedMemory): void {
    this.unit = unit
    this.weight.set(weight)
    this.left.fill(0)
    for (const [at, value] of left) this.left[at] = value
  }

  private scaleDown(): void {
    for (let card = 0; card < this.weight.length; card++) this.weight[card]! /= this.unit
    for (let at = 0; at < this.left.length; at++) this.left[at]! /= this.unit
    this.unit = 1
  }
}
