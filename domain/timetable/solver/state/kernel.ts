import { NOWHERE } from '../../problem.ts'
import type { Random } from '../random.ts'
import type { Tables } from '../tables.ts'
import { evaluateLine } from './line-rules.ts'
import { RoomedState } from './roomed-state.ts'

/**
 * Where the cards are, and what that breaks, kept up to date by `add` and `remove`. Three sums: `hard` units,
 * `weighted` (strain, which is hard units and the way to the next one less, times the weights that the search raises
 * where it is stuck) and `soft` cost.
 * Lines are evaluated by `settle`, once for all cards moved since `begin`; `unsettle` takes that back.
 */
export class Kernel extends RoomedState {
  private readonly stamp: Int32Array
  private readonly dirty: Int32Array
  private readonly savedHard: Float64Array
  private readonly savedStrain: Float64Array
  private readonly savedSoft: Float64Array
  private dirtyCount = 0
  private settled = 0
  private move = 0

  constructor(tables: Tables, random: Random) {
    super(tables, random)
    const { lines } = tables
    this.stamp = new Int32Array(lines)
    this.dirty = new Int32Array(lines)
    this.savedHard = new Float64Array(lines)
    this.savedStrain = new Float64Array(lines)
    this.savedSoft = new Float64Array(lines)
    for (let line = 0; line < lines; line++) {
      if (!tables.ruled[line]) continue
      evaluateLine(this, line)
      this.lineHard[line] = this.foundHard
      this.lineStrain[line] = this.foundStrain
      this.lineSoft[line] = this.foundSoft
      this.hard += tables.lineShare[line]! * this.foundHard
      this.weighted += this.foundStrain
      this.soft += this.foundSoft
    }
  }

  /** Begins a move: nothing is dirty. */
  begin(): void {
    this.move++
    this.dirtyCount = 0
    this.settled = 0
  }

  /**
   * Puts a card; its rooms are the options in `held` from `heldAt` on, or chosen when that is negative. At `NOWHERE` it
   * stays without a place, so that a move of a card that has none can be taken back as any other.
   */
  add(card: number, slot: number, held: Int32Array, heldAt: number): void {
    if (slot < 0) return
    const { slots, days, periods, useFrom, useLine, useLength, clash, ruled, lineShare } = this.tables
    const { count, occupant, mask, stamp, move, lineWeight } = this
    const day = (slot / periods) | 0
    const period = slot - day * periods
    let clashes = 0
    let weighted = 0
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      const at = line * slots + slot
      for (let k = useLength[use]! - 1; k >= 0; k--) {
        occupant[at + k]! += card + 1
        if (count[at + k]!++ === 0) mask[line * days + day]! |= 1 << (period + k)
        else if (clash[line]) {
          clashes += lineShare[line]!
          weighted += lineWeight[line]!
        }
      }
      if (ruled[line] && stamp[line] !== move) {
        stamp[line] = move
        this.dirty[this.dirtyCount++] = line
      }
    }
    this.start[card] = slot
    this.hard += clashes
    this.weighted += weighted
    this.countOwn(card, slot, day, 1)
    const { roomedFrom, roomed } = this.tables
    for (let k = roomedFrom[card]!, end = roomedFrom[card + 1]!; k < end; k++) {
      const activity = roomed[k]!
      this.takeRoom(
        activity,
        slot,
        heldAt < 0 ? this.chooseRoom(activity, slot) : held[heldAt + k - roomedFrom[card]!]!,
      )
    }
  }

  /** Takes a card out, if it has a place. */
  remove(card: number): void {
    if (this.start[card]! < 0) return
    const { slots, days, periods, useFrom, useLine, useLength, clash, ruled, lineShare } = this.tables
    const { count, occupant, mask, stamp, move, lineWeight } = this
    const slot = this.start[card]!
    const day = (slot / periods) | 0
    const period = slot - day * periods
    let clashes = 0
    let weighted = 0
    for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
      const line = useLine[use]!
      const at = line * slots + slot
      for (let k = useLength[use]! - 1; k >= 0; k--) {
        occupant[at + k]! -= card + 1
        if (count[at + k]!-- === 1) mask[line * days + day]! &= ~(1 << (period + k))
        else if (clash[line]) {
          clashes += lineShare[line]!
          weighted += lineWeight[line]!
        }
      }
      if (ruled[line] && stamp[line] !== move) {
        stamp[line] = move
        this.dirty[this.dirtyCount++] = line
      }
    }
    this.hard -= clashes
    this.weighted -= weighted
    this.countOwn(card, slot, day, -1)
    const { roomedFrom, roomed } = this.tables
    for (let k = roomedFrom[card]!, end = roomedFrom[card + 1]!; k < end; k++)
      this.leaveRoom(roomed[k]!, slot)
    this.start[card] = NOWHERE
  }

  /** What a card adds by its own start, with its edges, points, marks and keeps; `sign` is -1 to take it back. */
  private countOwn(card: number, slot: number, day: number, sign: number): void {
    const { tables } = this
    this.costOfEdges(card, slot)
    this.hard += sign * this.foundHard
    this.weighted += sign * this.foundWeighted
    this.soft += sign * (this.foundSoft + tables.startCost[card * tables.slots + slot]!)
    if (tables.ledgers > 0)
      for (let k = tables.pointFrom[card]!, end = tables.pointFrom[card + 1]!; k < end; k++)
        this.ledger[tables.pointLedger[k]! * tables.days + day]! += sign * tables.points[k]!
    if (tables.marks > 0) this.countMarks(card, slot, day, sign)
    if (tables.keeps > 0) this.countKeeps(card, slot, sign)
  }

  private countMarks(card: number, slot: number, day: number, sign: number): void {
    const { markFrom, markIndex, markOffset, slots, periods, days } = this.tables
    const period = slot - day * periods
    for (let k = markFrom[card]!, end = markFrom[card + 1]!; k < end; k++) {
      const at = markIndex[k]! * slots + slot + markOffset[k]!
      const before = this.markCount[at]!
      this.markCount[at] = before + sign
      if (before === 0 || before + sign === 0)
        this.markMask[markIndex[k]! * days + day]! ^= 1 << (period + markOffset[k]!)
    }
  }

  private countKeeps(card: number, slot: number, sign: number): void {
    const { keepFrom, keepRule, keepStart, keepAtMost, keepWeight } = this.tables
    for (let k = keepFrom[card]!, end = keepFrom[card + 1]!; k < end; k++) {
      if (keepStart[k] === slot) continue
      const rule = keepRule[k]!
      const most = keepAtMost[rule]!
      const before = Math.max(0, this.keepMoved[rule]! - most)
      this.keepMoved[rule]! += sign
      const more = Math.max(0, this.keepMoved[rule]! - most) - before
      if (keepWeight[rule] === Number.POSITIVE_INFINITY) {
        this.hard += more
        this.weighted += more * this.keepWeight[rule]!
      } else this.soft += more * keepWeight[rule]!
    }
  }

  /** Finds what the edges of a card would break if it started at the slot. */
  costOfEdges(card: number, slot: number): void {
    const { slots, edgeFrom, edgeCard, edgeTable, edgeWeight, edgeId, unitTables } = this.tables
    const { start } = this
    let hard = 0
    let weighted = 0
    let soft = 0
    for (let k = edgeFrom[card]!, end = edgeFrom[card + 1]!; k < end; k++) {
      const other = start[edgeCard[k]!]!
      if (other < 0) continue
      const code = unitTables[edgeTable[k]! + slot * slots + other]!
      if (code === 0) continue
      const units = code >> 8
      if (units > 0) {
        hard += units
        weighted += units * this.edgeWeight[edgeId[k]!]!
      }
      soft += (code & 255) * edgeWeight[k]!
    }
    this.foundHard = hard
    this.foundWeighted = weighted
    this.foundSoft = soft
  }

  /** Evaluates the lines that the move touched. */
  settle(): void {
    this.settled = 0
    while (this.settled < this.dirtyCount) this.settleNext()
  }

  /**
   * As `settle`, but stops with `false` as soon as the lines cannot but cost more than the limit, even if all of those
   * not yet evaluated were mended. A hard unit of weight 1 costs `hardWorth`, a soft cost of 1 `softWorth`.
   */
  settleWithin(limit: number, hardWorth: number, softWorth: number): boolean {
    const { dirty, dirtyCount, lineStrain, lineSoft, lineWeight } = this
    let least = 0
    for (let k = 0; k < dirtyCount; k++) {
      const line = dirty[k]!
      least -= hardWorth * lineWeight[line]! * lineStrain[line]! + softWorth * lineSoft[line]!
    }
    while (least <= limit) {
      if (this.settled === dirtyCount) return true
      const line = dirty[this.settled]!
      this.settleNext()
      least += hardWorth * lineWeight[line]! * lineStrain[line]! + softWorth * lineSoft[line]!
    }
    return false
  }

  private settleNext(): void {
    const { dirty, settled, lineHard, lineStrain, lineSoft } = this
    const line = dirty[settled]!
    evaluateLine(this, line)
    const { foundHard, foundStrain, foundSoft } = this
    this.savedHard[settled] = lineHard[line]!
    this.savedStrain[settled] = lineStrain[line]!
    this.savedSoft[settled] = lineSoft[line]!
    this.hard += this.tables.lineShare[line]! * (foundHard - lineHard[line]!)
    this.weighted += this.lineWeight[line]! * (foundStrain - lineStrain[line]!)
    this.soft += foundSoft - lineSoft[line]!
    lineHard[line] = foundHard
    lineStrain[line] = foundStrain
    lineSoft[line] = foundSoft
    this.settled++
  }

  /** Takes back what was found about the lines; the caller has put the cards and sums back. */
  unsettle(): void {
    for (let k = 0; k < this.settled; k++) {
      const line = this.dirty[k]!
      this.lineHard[line] = this.savedHard[k]!
      this.lineStrain[line] = this.savedStrain[k]!
      this.lineSoft[line] = this.savedSoft[k]!
    }
  }
}
