import { NOWHERE } from '../../problem.ts'
import type { Tables } from '../tables.ts'

/** Where the cards are, as the counts and masks that rules are evaluated on, and the sums of what is broken. */
export class State {
  readonly tables: Tables
  readonly start: Int32Array
  /** Chosen option of an activity, or `NOWHERE`. */
  readonly option: Int32Array
  readonly count: Uint8Array
  /** Sum of `card + 1` of those there: where `count` is 1 it tells who it is. */
  readonly occupant: Int32Array
  readonly mask: Int32Array
  readonly roomCount: Uint8Array
  readonly roomOccupant: Int32Array
  readonly ledger: Float64Array
  /** `mark * slots + slot`: cards that have their last lesson there, and which periods of a day have any. */
  readonly markCount: Uint8Array
  readonly markMask: Int32Array
  readonly keepMoved: Int32Array
  readonly lineHard: Float64Array
  /** Hard units of a line and, on top, how much is yet to be moved until there is one less: what `weighted` sums. */
  readonly lineStrain: Float64Array
  readonly lineSoft: Float64Array
  readonly lineWeight: Float64Array
  readonly edgeWeight: Float64Array
  readonly roomWeight: Float64Array
  readonly keepWeight: Float64Array
  hard = 0
  weighted = 0
  soft = 0
  /** What the last evaluation found. */
  foundHard = 0
  foundStrain = 0
  foundWeighted = 0
  foundSoft = 0
  readonly lessonsOfDay: Int32Array
  readonly gapsOfDay: Int32Array
  /** Scratch for the lessons of some days. */
  readonly chosenOfDay: Int32Array

  constructor(tables: Tables) {
    const { cards, activities, lines, slots, days, rooms } = tables
    this.tables = tables
    this.start = new Int32Array(cards).fill(NOWHERE)
    this.option = new Int32Array(activities).fill(NOWHERE)
    this.count = new Uint8Array(lines * slots)
    this.occupant = new Int32Array(lines * slots)
    this.mask = new Int32Array(lines * days)
    this.roomCount = new Uint8Array(rooms * slots)
    this.roomOccupant = new Int32Array(rooms * slots)
    this.ledger = new Float64Array(tables.ledgers * days)
    this.markCount = new Uint8Array(tables.marks * slots)
    this.markMask = new Int32Array(tables.marks * days)
    this.keepMoved = new Int32Array(tables.keeps)
    this.lineHard = new Float64Array(lines)
    this.lineStrain = new Float64Array(lines)
    this.lineSoft = new Float64Array(lines)
    this.lineWeight = new Float64Array(lines).fill(1)
    this.edgeWeight = new Float64Array(tables.edges).fill(1)
    this.roomWeight = new Float64Array(rooms).fill(1)
    this.keepWeight = new Float64Array(tables.keeps).fill(1)
    this.lessonsOfDay = new Int32Array(days)
    this.gapsOfDay = new Int32Array(days)
    this.chosenOfDay = new Int32Array(days)
  }
}
