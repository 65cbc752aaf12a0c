import { EjectionLimits } from './ejection-limits.ts'
import type { ThrownOut } from './ejection-out.ts'
import type { Random } from './random.ts'
import type { State } from './state/state.ts'

const MAX_MENDS = 12
/** Of what a card weighs less for each unit that throwing it out mends. */
const MEND_SHARE = 0.25

/** Finds who has to leave so that the weeks of a card's people are not certain to break a limit. */
export class LimitMender {
  private readonly state: State
  private readonly random: Random
  private readonly out: ThrownOut
  private readonly limits: EjectionLimits
  private readonly masks: Int32Array

  constructor(state: State, random: Random, out: ThrownOut) {
    this.state = state
    this.random = random
    this.out = out
    this.limits = new EjectionLimits(state.tables)
    this.masks = new Int32Array(state.tables.days)
  }

  /** Throws out what is needed for the limits of the card's lines, as long as all weigh at most `most`. */
  clear(card: number, slot: number, most: number): boolean {
    const { useFrom, useLine, useLength, days, periods, clash } = this.state.tables
    const day = (slot / periods) | 0
    const period = slot - day * periods
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      if (!this.limits.has(line)) continue
      for (let d = 0; d < days; d++) this.masks[d] = this.state.mask[line * days + d]!
      for (let k = 0; k < this.out.count; k++) this.strip(line, this.out.cards[k]!)
      this.masks[day]! |= ((1 << useLength[use]!) - 1) << period
      if (!this.mend(line, day, most) && clash[line]) return false
    }
    return this.out.sum <= most
  }

  /** Throws out what is needed for the limits of a line as it stands; `false` when nothing is. */
  clearLine(line: number): boolean {
    if (!this.limits.has(line)) return false
    const { days } = this.state.tables
    this.out.begin(-1)
    for (let d = 0; d < days; d++) this.masks[d] = this.state.mask[line * days + d]!
    return this.mend(line, -1, Number.POSITIVE_INFINITY) && this.out.count > 0
  }

  /** Throws out cards of the line until nothing is certain to be broken. */
  private mend(line: number, day: number, most: number): boolean {
    let broken = this.limits.broken(line, this.masks)
    for (let mends = 0; broken > 0; mends++) {
      if (mends === MAX_MENDS || this.out.sum > most) return false
      const other = this.bestMend(line, broken)
      if (other >= 0) {
        if (!this.out.add(other)) return false
        this.strip(line, other)
      } else if (!this.clearDay(line, day)) return false
      broken = this.limits.broken(line, this.masks)
    }
    return true
  }

  private strip(line: number, other: number): void {
    const { useFrom, useLine, useLength, periods, slots } = this.state.tables
    const slot = this.state.start[other]!
    const day = (slot / periods) | 0
    for (let use = useFrom[other]!, end = useFrom[other + 1]!; use < end; use++) {
      if (useLine[use] !== line) continue
      for (let k = useLength[use]! - 1; k >= 0; k--)
        if (this.state.count[line * slots + slot + k] === 1)
          this.masks[day]! &= ~(1 << (slot - day * periods + k))
    }
  }

  private bestMend(line: number, broken: number): number {
    const { days, periods, slots } = this.state.tables
    const { count, occupant } = this.state
    let best = -1
    let bestKey = Number.POSITIVE_INFINITY
    let ties = 0
    for (let day = 0; day < days; day++) {
      const lessons = this.masks[day]!
      let last = -1
      for (let period = 0; lessons >>> period !== 0; period++) {
        const at = line * slots + day * periods + period
        if (!((lessons >>> period) & 1) || count[at] !== 1) continue
        const other = occupant[at]! - 1
        if (other === last || this.out.fixed[other] || this.out.has(other)) continue
        last = other
        this.strip(line, other)
        const mended = broken - this.limits.broken(line, this.masks)
        this.masks[day] = lessons
        if (mended <= 0) continue
        const key = this.out.priceOf(other) - MEND_SHARE * this.out.memory.unit * mended
        if (key > bestKey || (key === bestKey && this.random.below(++ties) !== 0)) continue
        if (key < bestKey) ties = 1
        bestKey = key
        best = other
      }
    }
    return best
  }

  /** Where no single card helps: throws out the lightest other day. */
  private clearDay(line: number, but: number): boolean {
    const { days, periods, slots } = this.state.tables
    let best = -1
    let bestWeight = Number.POSITIVE_INFINITY
    for (let day = 0; day < days; day++) {
      if (day === but || this.masks[day] === 0) continue
      let weight = this.random.unit() * 0.9 * this.out.memory.unit
      for (let period = 0; period < periods; period++)
        if ((this.masks[day]! >>> period) & 1) {
          const at = line * slots + day * periods + period
          const movable = this.state.count[at] === 1 && !this.out.fixed[this.state.occupant[at]! - 1]
          weight += movable ? this.out.priceOf(this.state.occupant[at]! - 1) : Number.POSITIVE_INFINITY
        }
      if (weight >= bestWeight) continue
      bestWeight = weight
      best = day
    }
    if (best < 0) return false
    for (let period = 0; period < periods; period++)
      if ((this.masks[best]! >>> period) & 1)
        if (!this.out.add(this.state.occupant[line * slots + best * periods + period]! - 1)) return false
    this.masks[best] = 0
    return true
  }
}
