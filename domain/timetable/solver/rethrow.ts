import type { Best } from './best.ts'
import type { Ejection } from './ejection.ts'
import { RETHROW } from './plan.ts'
import type { Kernel } from './state/kernel.ts'
import {
  fromPlain,
  NOTHING,
  type Plain,
  plain,
  returnTo,
  type Snapshot,
  takeSnapshot,
} from './state/snapshot.ts'
import { wishingCards } from './violations.ts'

export type SavedRethrow = Omit<Bout, 'before'> & { readonly before: Plain<Snapshot> | null }

type Bout = {
  /** Slots that this bout may still try, and those that it began with. */
  left: number
  slots: number
  /** The cost that it began with. */
  soft: number
  /** Cards placed since the card was thrown out, or -1 when none is. */
  placed: number
  /** Where the cards are when nothing came of a throw. */
  before: Snapshot | null
}

/**
 * Polishes by ejection: a card whose own wish is broken is thrown out and goes elsewhere, who stands in the way goes on,
 * and wishes weigh more than being thrown out. What becomes cheaper is kept, what costs the same too, so that the next
 * throw begins elsewhere; all else is taken back. Annealing goes through neighbours that cost more, and in a full week
 * with hundreds of wishes all of them do.
 */
export class Rethrow {
  private readonly kernel: Kernel
  private readonly ejection: Ejection
  private readonly found: Best
  private bout: Bout = { left: 0, slots: RETHROW.slots, soft: 0, placed: -1, before: null }

  constructor(kernel: Kernel, ejection: Ejection, found: Best) {
    this.kernel = kernel
    this.ejection = ejection
    this.found = found
  }

  /** Begins a bout of throws, before a stretch of so many moves, from a timetable that breaks nothing. */
  open(moves: number): void {
    const { bout, kernel } = this
    const { slots, leastShare } = RETHROW
    bout.slots = Math.round(Math.min(Math.max(bout.slots, moves * leastShare), slots + moves))
    bout.left = bout.slots
    bout.soft = kernel.soft
    bout.placed = -1
    bout.before = takeSnapshot(kernel)
    this.ejection.forget()
  }

  /** Places one card and says how many slots it tried; `ended` when the bout has. */
  step(): { spent: number; ended: boolean } {
    const { bout, ejection } = this
    if (bout.placed < 0 && !this.throwOne()) {
      this.close()
      return { spent: 1, ended: true }
    }
    const spent = ejection.step()
    bout.placed++
    bout.left -= spent
    const { waiting } = ejection
    if (waiting === 0 || waiting > RETHROW.mostWaiting || bout.placed === RETHROW.mostPlaced) this.settle()
    return { spent, ended: false }
  }

  save(): SavedRethrow {
    const { before } = this.bout
    return { ...this.bout, before: before && plain(before) }
  }

  load({ before, ...bout }: SavedRethrow): void {
    this.bout = { ...bout, before: before && fromPlain(before) }
  }

  /** Throws out a card with a broken wish; `false` when there is none, or the bout is over. */
  private throwOne(): boolean {
    const { bout, kernel } = this
    if (bout.left <= 0) return false
    const cards = wishingCards(kernel)
    if (cards.length === 0) return false
    bout.placed = 0
    this.ejection.throwOut(cards[kernel.random.below(cards.length)]!)
    return true
  }

  private settle(): void {
    const { bout, kernel, ejection } = this
    const { before } = bout
    const complete = ejection.waiting === 0 && kernel.hard < NOTHING
    bout.placed = -1
    ejection.dropQueue()
    if (before && (!complete || kernel.soft > before.soft + NOTHING)) {
      returnTo(kernel, before)
      return
    }
    bout.before = takeSnapshot(kernel)
    this.found.note()
  }

  /** A bout that made the timetable cheaper is followed by a longer one, another by a shorter. */
  private close(): void {
    const { bout, kernel } = this
    const helped = kernel.soft < bout.soft - NOTHING
    bout.slots = helped ? 2 * bout.slots : bout.slots / 2
    bout.before = null
  }
}
