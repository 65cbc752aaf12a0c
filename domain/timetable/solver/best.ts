import { Annealing } from './annealing.ts'
import { lengthFor, MEND, MENDING } from './plan.ts'
import { Random } from './random.ts'
import { takeOutBroken } from './repair.ts'
import type { Kernel } from './state/kernel.ts'
import {
  aside,
  fromPlain,
  isBetter,
  loadSnapshot,
  NOTHING,
  type Plain,
  plain,
  type Snapshot,
  takeSnapshot,
} from './state/snapshot.ts'
import { resetWeights, weightsOf } from './weights.ts'

/** Steps for each card after which the most that was placed is first looked at: most problems are solved before. */
const FIRST_LOOK = 100

export type SavedBest = {
  kept: Plain<Snapshot>
  record: Plain<Snapshot> | null
  fewest: Plain<Snapshot> | null
}

/** The best that a search has found, whatever it does now. */
export class Best {
  /** The best that breaks nothing. */
  kept: Snapshot
  /**
   * The most that ejection has placed, windows not yet filled and all, or the fewest units broken since; made good, which
   * takes long, when the phase ends or somebody looks.
   */
  record: Snapshot | null = null
  /** The records of breakout since the cards were last placed from nothing: the one that breaks fewest units. */
  fewest: Snapshot | null = null
  private readonly kernel: Kernel
  private readonly seed: number
  private readonly mending: Annealing
  /** A record and what it is when made good. */
  private mended: { readonly of: Snapshot; readonly good: Snapshot } | null = null
  /** Looked at seldom, making good a record costs next to nothing. */
  private nextLook: number

  constructor(kernel: Kernel, seed: number) {
    this.kernel = kernel
    this.seed = seed
    this.mending = new Annealing(kernel, MENDING, () => {})
    this.nextLook = FIRST_LOOK * kernel.tables.cards
    // What was given is not moved about.
    this.kept = this.cleaned(takeSnapshot(kernel), 0)
  }

  /** Keeps the cards as they stand when that is better, unless they break something. */
  note(): void {
    if (this.kernel.hard >= NOTHING) return
    const found = takeSnapshot(this.kernel)
    if (isBetter(found, this.kept)) this.kept = found
  }

  /** Makes the cards as they stand the record when they break fewer units than it. */
  noteFewest(): boolean {
    if (this.record && this.kernel.hard >= this.record.hard) return false
    this.record = takeSnapshot(this.kernel)
    if (!this.fewest || this.record.hard < this.fewest.hard) this.fewest = this.record
    return true
  }

  /** What is complete needs no records. */
  forget(): void {
    this.record = null
    this.fewest = null
  }

  /** Takes what another search has found, when it is better than all that was found here. */
  adopt(theirs: Snapshot): boolean {
    if (!isBetter(theirs, this.shown())) return false
    this.kept = theirs
    this.record = null
    return true
  }

  /** Keeps the record, made good. */
  settleRecord(): void {
    this.kept = this.shown()
    this.record = null
  }

  /** The best there is. It follows from the state alone, so that whether anybody looks changes nothing. */
  shown(): Snapshot {
    if (!this.record) return this.kept
    if (this.mended?.of !== this.record) this.mended = { of: this.record, good: this.cleaned(this.record) }
    return isBetter(this.mended.good, this.kept) ? this.mended.good : this.kept
  }

  /** As `shown` when asked for exactly, or what was shown at the last look. */
  seen(steps: number, exactly: boolean): Snapshot {
    const { record, mended, kept } = this
    if (exactly || (record && steps >= this.nextLook)) {
      this.nextLook = Math.max(this.nextLook, 2 * steps)
      return this.shown()
    }
    return record && mended && isBetter(mended.good, kept) ? mended.good : kept
  }

  save(): SavedBest {
    const { kept, record, fewest } = this
    return { kept: plain(kept), record: record && plain(record), fewest: fewest && plain(fewest) }
  }

  load({ kept, record, fewest }: SavedBest): void {
    this.kept = fromPlain(kept)
    this.record = record && fromPlain(record)
    this.fewest = fewest && fromPlain(fewest)
  }

  /** With the cards moved or taken out that break something; the same whenever it is done. */
  private cleaned(found: Snapshot, moves = lengthFor(this.kernel.tables.cards, MEND)): Snapshot {
    if (found.hard < NOTHING || found.placed === 0) return found
    const { kernel } = this
    const weights = weightsOf(kernel).map((one) => one.slice())
    const good = aside(kernel, () => {
      loadSnapshot(kernel, found)
      Object.assign(kernel, { hard: found.hard, soft: found.soft })
      // Weights are those of the moment, and a record may be looked at later.
      resetWeights(kernel)
      kernel.random.load(new Random(this.seed).save())
      this.mending.start({ ...MENDING, moves })
      while (!this.mending.stuck && !this.mending.finished) this.mending.run(MEND.most)
      takeOutBroken(kernel)
      return takeSnapshot(kernel)
    })
    for (const [index, one] of weightsOf(kernel).entries()) one.set(weights[index] ?? [])
    return good
  }
}
