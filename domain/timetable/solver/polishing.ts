import type { Annealing } from './annealing.ts'
import type { Best } from './best.ts'
import type { Ejection } from './ejection.ts'
import { DESCEND, DESCENT, lengthFor, POLISH, stretchOf } from './plan.ts'
import { takeFreeRooms } from './repair.ts'
import { Rethrow, type SavedRethrow } from './rethrow.ts'
import type { Kernel } from './state/kernel.ts'
import { loadSnapshot } from './state/snapshot.ts'
import { resetWeights } from './weights.ts'

export type SavedPolishing = { stretches: number; throwing: boolean; rethrow: SavedRethrow }

/**
 * Lowers the cost of a complete timetable: a descent, then bouts of throws and stretches of annealing in turns, each pair
 * from the best there is.
 */
export class Polishing {
  private readonly kernel: Kernel
  private readonly annealing: Annealing
  private readonly rethrow: Rethrow
  private readonly found: Best
  /** Begun so far, the descent too. */
  private stretches = 0
  private throwing = false

  constructor(kernel: Kernel, annealing: Annealing, ejection: Ejection, found: Best) {
    this.kernel = kernel
    this.annealing = annealing
    this.rethrow = new Rethrow(kernel, ejection, found)
    this.found = found
  }

  /** Goes on from the best there is. */
  open(): void {
    const { kernel, found } = this
    found.forget()
    loadSnapshot(kernel, found.kept)
    resetWeights(kernel)
    Object.assign(kernel, { hard: found.kept.hard, soft: found.kept.soft })
    if (this.stretches > 0) {
      this.throwing = true
      this.rethrow.open(stretchOf(this.stretches - 1).moves)
      return
    }
    takeFreeRooms(kernel)
    found.note()
    this.openStretch()
  }

  /**
   * Tries at most so many moves, or places one card; says how many steps that was. The descent is not parted: what is
   * complete is told only when its wishes have been descended upon, which takes a few hundredths of a second.
   */
  run(steps: number): number {
    const { annealing } = this
    const descends = this.stretches === 1 && !this.throwing
    if (this.throwing) {
      const { spent, ended } = this.rethrow.step()
      if (ended) this.openStretch()
      return spent
    }
    if (annealing.stuck) return steps
    const spent = annealing.run(descends ? Number.MAX_SAFE_INTEGER : steps)
    if (annealing.finished) {
      this.found.note()
      this.open()
    }
    return spent
  }

  save(): SavedPolishing {
    const { stretches, throwing, rethrow } = this
    return { stretches, throwing, rethrow: rethrow.save() }
  }

  load({ stretches, throwing, rethrow }: SavedPolishing): void {
    Object.assign(this, { stretches, throwing })
    this.rethrow.load(rethrow)
  }

  /** The descent; each stretch after it is longer and hotter than the one before. */
  private openStretch(): void {
    const { kernel, stretches } = this
    this.throwing = false
    resetWeights(kernel)
    this.annealing.start(
      stretches === 0
        ? { ...DESCENT, moves: lengthFor(kernel.tables.cards, DESCEND) }
        : { ...POLISH, ...stretchOf(stretches - 1) },
    )
    this.stretches++
  }
}
