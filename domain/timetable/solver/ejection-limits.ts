import { bitCount, bitsBetween, highestBit, lowestBit } from './bits.ts'
import { runningOver } from './state/line-rules.ts'
import { RULE, type Tables } from './tables.ts'

const NONE = 1 << 20

/** Hard limits of one line, the strictest of each kind; `NONE` or -1 where there is none. */
class LineLimits {
  gapsOfWeek = -1
  gapsOfDay = -1
  hoursAtMost = NONE
  hoursAtLeast = 0
  emptyDaysToo = false
  running = NONE
  daysAtMost = NONE
  daysAtLeast = 0
  lateStarts = -1
  span = NONE
  readonly intervals: { readonly periods: number; readonly atMost: number }[] = []
  readonly slotsAtMost: { readonly masks: number; readonly atMost: number }[] = []

  take(kind: number, a: number, b: number): boolean {
    const tighter = (known: number) => (known < 0 ? a : Math.min(known, a))
    switch (kind) {
      case RULE.gapsOfWeek:
        this.gapsOfWeek = tighter(this.gapsOfWeek)
        return true
      case RULE.gapsOfDay:
        this.gapsOfDay = tighter(this.gapsOfDay)
        return true
      case RULE.hoursAtMost:
        this.hoursAtMost = Math.min(this.hoursAtMost, a)
        return true
      case RULE.hoursAtLeast:
        this.hoursAtLeast = Math.max(this.hoursAtLeast, a)
        this.emptyDaysToo ||= b === 1
        return true
      case RULE.running:
        this.running = Math.min(this.running, a)
        return true
      case RULE.daysAtMost:
        this.daysAtMost = Math.min(this.daysAtMost, a)
        return true
      case RULE.daysAtLeast:
        this.daysAtLeast = Math.max(this.daysAtLeast, a)
        return true
      case RULE.lateStarts:
        this.lateStarts = tighter(this.lateStarts)
        return true
      case RULE.span:
        this.span = Math.min(this.span, a)
        return true
      case RULE.intervalDays:
        this.intervals.push({ periods: b, atMost: a })
        return true
      case RULE.slotsAtMost:
        this.slotsAtMost.push({ masks: b, atMost: a })
        return true
    }
    return false
  }
}

/**
 * What is certain to be broken by a week that is only partly filled: limits that more lessons cannot mend, and
 * lessons needed to fill windows, late mornings and short days that the line does not have.
 */
export class EjectionLimits {
  private readonly tables: Tables
  private readonly limits: (LineLimits | null)[]

  constructor(tables: Tables) {
    this.tables = tables
    this.limits = Array.from({ length: tables.lines }, (_, line) => {
      const limits = new LineLimits()
      let any = false
      for (let rule = tables.ruleFrom[line]!; rule < tables.ruleFrom[line + 1]!; rule++)
        if (tables.ruleWeight[rule] === Number.POSITIVE_INFINITY)
          any = limits.take(tables.ruleKind[rule]!, tables.ruleA[rule]!, tables.ruleB[rule]!) || any
      return any ? limits : null
    })
  }

  /** Whether the line has limits to be looked at. */
  has(line: number): boolean {
    return this.limits[line] !== null
  }

  /** Units that are certainly broken when the days of the line are as the masks say. */
  broken(line: number, masks: Int32Array): number {
    const limits = this.limits[line]
    if (!limits) return 0
    const { days, open, lineTotal } = this.tables
    const { gapsOfWeek, gapsOfDay, hoursAtLeast, lateStarts } = limits
    let broken = 0
    let need = 0
    let forced = 0
    let wanted = 0
    let taken = 0
    let lateForced = 0
    let lateWanted = 0
    for (let day = 0; day < days; day++) {
      const lessons = masks[day]!
      if (lessons === 0) {
        if (limits.emptyDaysToo) need += hoursAtLeast
        continue
      }
      taken++
      const hours = bitCount(lessons)
      const low = lowestBit(lessons)
      const high = highestBit(lessons)
      broken += overOfDay(limits, lessons, hours, high - low + 1)
      const least = Math.max(hours, hoursAtLeast)
      need += least
      const windows = bitCount(bitsBetween(low, high) & ~lessons & open[line * days + day]!)
      const before = lateStarts < 0 ? 0 : bitCount(open[line * days + day]! & ((1 << low) - 1))
      // Lessons that a short day needs anyway fill its windows and its morning.
      const toFill = before - (least - hours) + (gapsOfDay < 0 ? 0 : Math.max(0, windows - gapsOfDay))
      const atBest = before - (least - hours) + windows
      forced += Math.max(0, toFill)
      if (toFill > 0 && before > 0) lateForced++
      wanted += Math.max(0, atBest)
      if (atBest > 0 && before > 0) lateWanted++
    }
    forced -= Math.min(lateForced, Math.max(0, lateStarts))
    wanted -= Math.min(lateWanted, Math.max(0, lateStarts))
    need += gapsOfWeek < 0 ? forced : Math.max(forced, wanted - gapsOfWeek)
    if (taken < limits.daysAtLeast && !limits.emptyDaysToo)
      need += (limits.daysAtLeast - taken) * Math.max(1, hoursAtLeast)
    if (need > lineTotal[line]!) broken += need - lineTotal[line]!
    if (taken > limits.daysAtMost) broken += taken - limits.daysAtMost
    return broken + this.overOfChosen(limits, masks)
  }

  private overOfChosen({ intervals, slotsAtMost }: LineLimits, masks: Int32Array): number {
    const { days, lists } = this.tables
    let over = 0
    for (const { periods, atMost } of intervals) {
      let met = 0
      for (let day = 0; day < days; day++) if (masks[day]! & periods) met++
      if (met > atMost) over += met - atMost
    }
    for (const { masks: chosen, atMost } of slotsAtMost) {
      let met = 0
      for (let day = 0; day < days; day++) met += bitCount(masks[day]! & lists[chosen + day]!)
      if (met > atMost) over += met - atMost
    }
    return over
  }
}

function overOfDay(
  { hoursAtMost, span, running }: LineLimits,
  lessons: number,
  hours: number,
  length: number,
): number {
  let over = 0
  if (hours > hoursAtMost) over += hours - hoursAtMost
  if (length > span) over += length - span
  if (running < NONE) over += runningOver(lessons, running)
  return over
}
