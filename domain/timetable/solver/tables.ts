/**
 * A problem as numbers in flat arrays, the only thing the search reads. Words used here and nowhere else:
 * a *card* is what moves as one (activities that must start together are one card), a *line* is a week that
 * is looked at as a whole (of a teacher, of an atom, or of some of their activities), an *edge* is a
 * condition on the starts of two cards, an *option* is a way to give an activity a room.
 * Lists of lists are kept as one array and the array of their beginnings: entries of `i` are at
 * `xFrom[i]` up to `xFrom[i + 1]`.
 */
export type Tables = {
  readonly days: number
  readonly periods: number
  readonly slots: number
  readonly activities: number
  readonly cards: number
  /** Card of each activity, and the activities of each card. */
  readonly cardOf: Int32Array
  readonly memberFrom: Int32Array
  readonly members: Int32Array
  /** Cards that may not be taken out. */
  readonly locked: Uint8Array
  /** The longest of its activities. */
  readonly cardLength: Uint8Array

  /** Slots where a card may start; none for a card that never fits. */
  readonly domainFrom: Int32Array
  readonly domain: Int32Array
  /** `card * slots + slot`: whether it may start there, and what it costs. */
  readonly inDomain: Uint8Array
  readonly startCost: Float64Array

  readonly lines: number
  /** Whether two at once are a clash; other lines only count. */
  readonly clash: Uint8Array
  /** How many people have exactly this week. */
  readonly lineShare: Int32Array
  readonly useFrom: Int32Array
  readonly useLine: Int32Array
  readonly useLength: Uint8Array
  readonly useActivity: Int32Array
  /** `line * days + day`: periods in which there can be lessons. */
  readonly open: Int32Array
  /** Lessons a line must get in all. */
  readonly lineTotal: Int32Array

  readonly ruleFrom: Int32Array
  readonly ruleKind: Uint8Array
  readonly ruleWeight: Float64Array
  readonly ruleA: Int32Array
  readonly ruleB: Int32Array
  /** Lists that rules refer to by where they begin. */
  readonly lists: Int32Array
  /** Whether a line has rules at all. */
  readonly ruled: Uint8Array

  /** Thousandths of points a card adds to a ledger; a ledger has a sum for each day. */
  readonly ledgers: number
  readonly pointFrom: Int32Array
  readonly pointLedger: Int32Array
  readonly points: Float64Array
  /** Marks of the last lesson of a card. */
  readonly marks: number
  readonly markFrom: Int32Array
  readonly markIndex: Int32Array
  readonly markOffset: Uint8Array

  readonly edges: number
  readonly edgeFrom: Int32Array
  readonly edgeCard: Int32Array
  readonly edgeTable: Int32Array
  readonly edgeWeight: Float64Array
  readonly edgeId: Int32Array
  /** `edgeTable + start * slots + startOfOther`: hard units in the high byte, soft in the low. */
  readonly unitTables: Uint16Array

  readonly keeps: number
  readonly keepAtMost: Int32Array
  readonly keepWeight: Float64Array
  readonly keepFrom: Int32Array
  readonly keepRule: Int32Array
  readonly keepStart: Int32Array

  /** Rooms that can be taken, and after them doors: see `Draft.addDoor`. */
  readonly rooms: number
  /** `room * slots + slot`: the room is not to be had. */
  readonly roomAway: Uint8Array
  /** `room * slots + slot`: what a lesson said to be in the room costs; empty when it costs nothing anywhere. */
  readonly roomCost: Float64Array
  readonly roomBuilding: Int32Array
  /** Activities of a card that need a room, and how each can get one. */
  readonly roomedFrom: Int32Array
  readonly roomed: Int32Array
  readonly optionFrom: Int32Array
  readonly optionRoom: Int32Array
  readonly optionCost: Float64Array
  readonly takesFrom: Int32Array
  readonly takes: Int32Array
  readonly activityLength: Uint8Array
}

/** Of what kind a rule of a line is. */
export const RULE = {
  gapsOfWeek: 0,
  gapsOfDay: 1,
  hoursAtMost: 2,
  hoursAtLeast: 3,
  running: 4,
  daysAtMost: 5,
  daysAtLeast: 6,
  lateStarts: 7,
  intervalDays: 8,
  span: 9,
  rest: 10,
  points: 11,
  endsDay: 12,
  notLast: 13,
  slotsAtMost: 14,
  slotsAtLeast: 15,
  togetherAtMost: 16,
  togetherAtLeast: 17,
  block: 18,
  sameRoom: 19,
  differentRooms: 20,
  changesOfDay: 21,
  changesOfWeek: 22,
  buildingGap: 23,
} as const
