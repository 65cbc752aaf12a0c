import type { Best } from './best.ts'
import { Ejection, type SavedEjection } from './ejection.ts'
import { FEW_WAIT, LESS_PATIENCE, lengthFor, MANY_WAIT, MORE_PATIENCE, PATIENCE } from './plan.ts'
import type { Kernel } from './state/kernel.ts'
import { loadSnapshot, takeSnapshot } from './state/snapshot.ts'

export type SavedPlacing = { ejected: number; leastWaiting: number; ejection: SavedEjection }

/** Ejection for as long as it gets somewhere; the most it has placed is the record. */
export class Placing {
  readonly ejection: Ejection
  private readonly kernel: Kernel
  private readonly found: Best
  /** Steps since fewer waited than ever. */
  private ejected = 0
  private leastWaiting = Number.MAX_SAFE_INTEGER

  constructor(kernel: Kernel, found: Best) {
    this.kernel = kernel
    this.found = found
    this.ejection = new Ejection(kernel)
  }

  /** Begins with the cards that have no place now. */
  open(): void {
    this.ejection.open()
    this.ejected = 0
    this.leastWaiting = this.ejection.waiting + 1
  }

  /** Whether all cards have a place. */
  get done(): boolean {
    return this.ejection.waiting === 0
  }

  /** Whether so few waited at best that what was placed is worth being kept together. */
  get nearlyDone(): boolean {
    return this.leastWaiting <= this.kernel.tables.cards * FEW_WAIT
  }

  /** Places one card and says how many slots it tried; `ended` when that leads no further, with the record on the table. */
  step(doublings: number): { spent: number; ended: boolean } {
    const spent = this.ejection.step()
    this.ejected += spent
    this.noteLeast()
    if (this.done) return { spent, ended: true }
    if (!this.ejection.hopeless && this.ejected <= this.patience(doublings)) return { spent, ended: false }
    if (this.found.record) loadSnapshot(this.kernel, this.found.record)
    return { spent, ended: !this.goesOnWithOthers() }
  }

  save(): SavedPlacing {
    const { ejected, leastWaiting, ejection } = this
    return { ejected, leastWaiting, ejection: ejection.save() }
  }

  load({ ejected, leastWaiting, ejection }: SavedPlacing): void {
    this.ejected = ejected
    this.leastWaiting = leastWaiting
    this.ejection.load(ejection)
  }

  private noteLeast(): void {
    if (this.ejection.waiting >= this.leastWaiting) return
    this.leastWaiting = this.ejection.waiting
    this.ejected = 0
    this.found.record = takeSnapshot(this.kernel)
    this.ejection.markNext()
  }

  private patience(doublings: number): number {
    const whole = lengthFor(this.kernel.tables.cards, PATIENCE) << Math.min(doublings, MORE_PATIENCE)
    return this.ejection.setAside > 0 ? whole >> LESS_PATIENCE : whole
  }

  private goesOnWithOthers(): boolean {
    if (this.leastWaiting <= this.kernel.tables.cards * MANY_WAIT || !this.ejection.postpone()) return false
    this.ejected = 0
    return true
  }
}
