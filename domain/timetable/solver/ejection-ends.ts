import { lowestBit } from './bits.ts'
import type { ThrownOut } from './ejection-out.ts'
import type { State } from './state/state.ts'
import { RULE } from './tables.ts'

/** Finds who has to leave so that nothing stands after a lesson that ends the day of its people. */
export class DayEnds {
  private readonly state: State
  private readonly out: ThrownOut
  /** The mark that ends the days of a line, or -1. */
  private readonly markOf: Int32Array

  constructor(state: State, out: ThrownOut) {
    const { lines, ruleFrom, ruleKind, ruleA, ruleWeight } = state.tables
    this.state = state
    this.out = out
    this.markOf = new Int32Array(lines).fill(-1)
    for (let line = 0; line < lines; line++)
      for (let rule = ruleFrom[line]!; rule < ruleFrom[line + 1]!; rule++)
        if (ruleKind[rule] === RULE.endsDay && ruleWeight[rule] === Number.POSITIVE_INFINITY)
          this.markOf[line] = ruleA[rule]!
  }

  /** Throws out what the card would stand after, and what would stand after it; `false` when that cannot be. */
  clear(card: number, slot: number): boolean {
    const { useFrom, useLine, useLength, periods, days } = this.state.tables
    const day = (slot / periods) | 0
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      const mark = this.markOf[line]!
      if (mark < 0) continue
      const last = slot - day * periods + useLength[use]! - 1
      const ending = this.state.markMask[mark * days + day]! & ((1 << last) - 1)
      if (!this.throwOut(line, day, ending)) return false
      const later = this.state.mask[line * days + day]! & ~((2 << last) - 1)
      if (later !== 0 && this.carries(card, mark) && !this.throwOut(line, day, later)) return false
    }
    return true
  }

  private carries(card: number, mark: number): boolean {
    const { markFrom, markIndex } = this.state.tables
    for (let k = markFrom[card]!; k < markFrom[card + 1]!; k++) if (markIndex[k] === mark) return true
    return false
  }

  private throwOut(line: number, day: number, at: number): boolean {
    const { periods, slots } = this.state.tables
    for (let left = at; left !== 0; left &= left - 1) {
      const lesson = line * slots + day * periods + lowestBit(left)
      if (this.state.count[lesson] !== 1 || !this.out.add(this.state.occupant[lesson]! - 1)) return false
    }
    return true
  }
}
