import { bitCount, bitsBetween, highestBit, lowestBit } from '../bits.ts'
import { RULE } from '../tables.ts'
import { changesOfDay, distinctRooms, outsideRooms, partedRooms, shortOfGap } from './room-rules.ts'
import type { State } from './state.ts'

/**
 * Counts what a line breaks into `foundHard` and `foundSoft`. One long switch, because it is run for every line of every
 * tried move: as a table with a function for each kind the search takes 6 % more of the processor (three examples of
 * FET, three million steps, three times each).
 */
export function evaluateLine(state: State, line: number): void {
  const { days, periods, slots, open, ruleFrom, ruleKind, ruleWeight, ruleA, ruleB, lists } = state.tables
  const { mask, lessonsOfDay, gapsOfDay, chosenOfDay } = state
  const row = line * days
  let hard = 0
  let strain = 0
  let soft = 0
  let gaps = 0
  let daysTaken = 0
  for (let day = 0; day < days; day++) {
    const lessons = mask[row + day]!
    if (lessons === 0) {
      lessonsOfDay[day] = 0
      gapsOfDay[day] = 0
      continue
    }
    daysTaken++
    lessonsOfDay[day] = bitCount(lessons)
    const free = bitsBetween(lowestBit(lessons), highestBit(lessons)) & ~lessons & open[row + day]!
    const found = free === 0 ? 0 : bitCount(free)
    gapsOfDay[day] = found
    gaps += found
  }
  for (let rule = ruleFrom[line]!, end = ruleFrom[line + 1]!; rule < end; rule++) {
    const a = ruleA[rule]!
    const b = ruleB[rule]!
    let units = 0
    // What is to be moved until the units are gone, where that is more than there are of them.
    let moves = 0
    switch (ruleKind[rule]) {
      case RULE.gapsOfWeek:
        units = gaps - a
        break
      case RULE.gapsOfDay:
        for (let day = 0; day < days; day++) if (gapsOfDay[day]! > a) units += gapsOfDay[day]! - a
        break
      case RULE.hoursAtMost:
        for (let day = 0; day < days; day++)
          if (lessonsOfDay[day]! > a) units += b === 1 ? 1 : lessonsOfDay[day]! - a
        break
      case RULE.hoursAtLeast:
        for (let day = 0; day < days; day++) {
          const lessons = lessonsOfDay[day]!
          if (lessons < a && (lessons > 0 || b === 1)) units += a - lessons
        }
        break
      case RULE.running:
        for (let day = 0; day < days; day++) units += runningOver(mask[row + day]!, a, b === 1)
        break
      case RULE.daysAtMost:
        units = daysTaken - a
        if (units > 0) moves = ofEmptiest(lessonsOfDay, units)
        break
      case RULE.daysAtLeast:
        units = a - daysTaken
        break
      case RULE.lateStarts: {
        let late = 0
        for (let day = 0; day < days; day++) {
          const lessons = mask[row + day]!
          if (lessons === 0) continue
          const before = bitCount(open[row + day]! & ((1 << lowestBit(lessons)) - 1))
          if (before > 0) late++
          if (before > 1) units += before - 1
        }
        if (late > a) units += late - a
        break
      }
      case RULE.intervalDays:
        for (let day = 0; day < days; day++) {
          chosenOfDay[day] = bitCount(mask[row + day]! & b)
          if (chosenOfDay[day]! > 0) units++
        }
        units -= a
        if (units > 0) moves = ofEmptiest(chosenOfDay, units)
        break
      case RULE.span:
        for (let day = 0; day < days; day++) {
          const lessons = mask[row + day]!
          if (lessons !== 0) units += Math.max(0, highestBit(lessons) - lowestBit(lessons) + 1 - a)
        }
        break
      case RULE.rest:
        for (let day = 0; day + 1 < days; day++) {
          const today = mask[row + day]!
          const next = mask[row + day + 1]!
          if (today !== 0 && next !== 0)
            units += Math.max(0, a - (periods - 1 - highestBit(today)) - lowestBit(next))
        }
        break
      case RULE.points:
        for (let day = 0; day < days; day++)
          units += Math.max(0, state.ledger[a * days + day]! - lists[b + day]!) / 1000
        break
      case RULE.endsDay:
        for (let day = 0; day < days; day++) {
          let marks = state.markMask[a * days + day]!
          for (; marks !== 0; marks &= marks - 1)
            units +=
              bitCount(mask[row + day]! >>> (lowestBit(marks) + 1)) *
              state.markCount[a * slots + day * periods + lowestBit(marks)]!
        }
        break
      case RULE.notLast:
        for (let day = 0; day < days; day++) {
          const lessons = mask[row + day]!
          if (lessons !== 0 && (state.markMask[a * days + day]! >>> highestBit(lessons)) & 1) units++
        }
        break
      case RULE.slotsAtMost:
        for (let day = 0; day < days; day++) units += bitCount(mask[row + day]! & lists[b + day]!)
        units -= a
        break
      case RULE.slotsAtLeast:
        for (let day = 0; day < days; day++) units -= bitCount(mask[row + day]! & lists[b + day]!)
        units += a
        break
      case RULE.togetherAtMost:
      case RULE.togetherAtLeast: {
        const sign = ruleKind[rule] === RULE.togetherAtMost ? 1 : -1
        for (let day = 0; day < days; day++)
          for (let chosen = lists[b + day]!; chosen !== 0; chosen &= chosen - 1) {
            const over = sign * (state.count[line * slots + day * periods + lowestBit(chosen)]! - a)
            if (over > 0) units += over
          }
        break
      }
      case RULE.block:
        units = brokenBlock(state, line, daysTaken, a)
        break
      case RULE.sameRoom:
        units = partedRooms(state, a, b)
        break
      case RULE.differentRooms:
        units = distinctRooms(state, b) - a
        if (units > 0) moves = outsideRooms(state, b, a)
        break
      case RULE.changesOfDay:
        for (let day = 0; day < days; day++) units += Math.max(0, changesOfDay(state, line, day) - a)
        break
      case RULE.changesOfWeek:
        for (let day = 0; day < days; day++) units += changesOfDay(state, line, day)
        units -= a
        break
      case RULE.buildingGap:
        for (let day = 0; day < days; day++) units += shortOfGap(state, line, day, a)
        break
    }
    if (units > 0) {
      if (ruleWeight[rule] === Number.POSITIVE_INFINITY) {
        hard += units
        strain += Math.max(units, moves)
      } else soft += units * ruleWeight[rule]!
    }
  }
  state.foundHard = hard
  state.foundStrain = strain
  state.foundSoft = soft * state.tables.lineShare[line]!
}

/** Lessons of the so many emptiest of the days that have any. */
function ofEmptiest(lessonsOfDay: Int32Array, days: number): number {
  let sum = 0
  let counted = 0
  for (let least = 1; counted < days; least++)
    for (let day = 0; day < lessonsOfDay.length && counted < days; day++)
      if (lessonsOfDay[day] === least) {
        sum += least
        counted++
      }
  return sum
}

/** Lessons over `atMost` in each run without a pause, or with `once` such runs. */
export function runningOver(lessons: number, atMost: number, once = false): number {
  let over = 0
  let run = 0
  for (let rest = lessons; rest !== 0; rest >>>= 1) {
    run = rest & 1 ? run + 1 : 0
    if (once ? run === atMost + 1 : run > atMost) over++
  }
  return over
}

/** 1 when the activities of the line are not one unbroken block, pauses aside; cards not placed yet may fill it. */
function brokenBlock(state: State, line: number, daysTaken: number, pauses: number): number {
  const { days, periods, slots, lineTotal, lists } = state.tables
  if (daysTaken === 0) return 0
  if (daysTaken > 1) return 1
  for (let day = 0; day < days; day++) {
    const lessons = state.mask[line * days + day]!
    if (lessons === 0) continue
    let placed = 0
    for (let period = 0; period < periods; period++)
      placed += state.count[line * slots + day * periods + period]!
    const taken = bitCount(lessons)
    const between = bitsBetween(lowestBit(lessons), highestBit(lessons)) & ~lessons & ~lists[pauses + day]!
    return placed > taken || bitCount(between) > lineTotal[line]! - taken ? 1 : 0
  }
  return 0
}
