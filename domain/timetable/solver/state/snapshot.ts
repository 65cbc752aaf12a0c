import { NOWHERE, type PlacedTimetable } from '../../problem.ts'
import type { Tables } from '../tables.ts'
import type { Kernel } from './kernel.ts'

/** Where all cards were at some moment, and how good that was. */
export type Snapshot = {
  readonly start: Int32Array
  readonly option: Int32Array
  /** Activities placed. */
  readonly placed: number
  readonly hard: number
  readonly soft: number
}

/** With plain lists, as JSON. */
export type Plain<T> = { [K in keyof T]: T[K] extends Int32Array ? number[] : T[K] }

/** Below this a cost is rounding. */
export const NOTHING = 1e-7

export function takeSnapshot({ start, option, hard, soft, tables }: Kernel): Snapshot {
  let placed = 0
  for (let activity = 0; activity < tables.activities; activity++)
    if (start[tables.cardOf[activity]!]! >= 0) placed++
  return { start: start.slice(), option: option.slice(), placed, hard, soft }
}

/** Moves all cards to where they were. */
export function loadSnapshot(kernel: Kernel, { start, option }: Pick<Snapshot, 'start' | 'option'>): void {
  const { cards, roomedFrom, roomed } = kernel.tables
  kernel.begin()
  for (let card = 0; card < cards; card++) if (kernel.start[card]! >= 0) kernel.remove(card)
  for (let card = 0; card < cards; card++) {
    if (start[card]! < 0) continue
    const held = roomed.slice(roomedFrom[card]!, roomedFrom[card + 1]!).map((activity) => option[activity]!)
    kernel.add(card, start[card]!, held, 0)
  }
  kernel.settle()
}

/** As `loadSnapshot`, sums and all, where few cards have moved since. */
export function returnTo(kernel: Kernel, { start, option, hard, soft }: Snapshot): void {
  const { cards, roomedFrom, roomed } = kernel.tables
  const heldBy = (card: number) =>
    roomed.slice(roomedFrom[card]!, roomedFrom[card + 1]!).map((activity) => option[activity]!)
  const moved: number[] = []
  for (let card = 0; card < cards; card++) {
    let same = kernel.start[card] === start[card]
    for (let k = roomedFrom[card]!; same && k < roomedFrom[card + 1]!; k++)
      same = kernel.option[roomed[k]!] === option[roomed[k]!]
    if (!same) moved.push(card)
  }
  kernel.begin()
  for (const card of moved) kernel.remove(card)
  for (const card of moved) kernel.add(card, start[card]!, heldBy(card), 0)
  kernel.settle()
  Object.assign(kernel, { hard, soft })
}

/** Does something to the cards and puts everything back as it was, to the last bit of the sums. */
export function aside<T>(kernel: Kernel, work: () => T): T {
  const { hard, weighted, soft } = kernel
  const before = takeSnapshot(kernel)
  const random = kernel.random.save()
  const result = work()
  loadSnapshot(kernel, before)
  kernel.random.load(random)
  Object.assign(kernel, { hard, weighted, soft })
  return result
}

/** More cards placed, then fewer units broken, then cheaper. */
export function isBetter(a: Snapshot, b: Snapshot): boolean {
  if (a.placed !== b.placed) return a.placed > b.placed
  if (Math.abs(a.hard - b.hard) > NOTHING) return a.hard < b.hard
  return a.soft < b.soft - NOTHING
}

/** As others see it: slot and room of each activity. */
export function toTimetable(tables: Tables, { start, option }: Snapshot): PlacedTimetable {
  return {
    start: Int32Array.from(tables.cardOf, (card) => start[card] ?? NOWHERE),
    room: Int32Array.from(option, (one) => (one < 0 ? NOWHERE : tables.optionRoom[one]!)),
  }
}

/** Puts the cards where a timetable has them, as far as they may be there. */
export function loadTimetable(kernel: Kernel, timetable: PlacedTimetable): void {
  const { tables } = kernel
  const start = new Int32Array(tables.cards).fill(NOWHERE)
  const option = new Int32Array(tables.activities).fill(NOWHERE)
  tables.cardOf.forEach((card, activity) => {
    const slot = timetable.start[activity] ?? NOWHERE
    if (slot >= 0 && tables.inDomain[card * tables.slots + slot]) start[card] = slot
  })
  loadSnapshot(kernel, { start, option })
  kernel.begin()
  for (let card = 0; card < tables.cards; card++) {
    if (start[card]! < 0) continue
    const own = tables.roomed.slice(tables.roomedFrom[card]!, tables.roomedFrom[card + 1]!)
    kernel.remove(card)
    const held = own.map((activity) =>
      optionIn(kernel, activity, timetable.room[activity] ?? NOWHERE, start[card]!),
    )
    kernel.add(card, start[card]!, held, 0)
  }
  kernel.settle()
}

/** The freest option with the room, or, where there is none, any. */
function optionIn(kernel: Kernel, activity: number, room: number, slot: number): number {
  const { optionFrom, optionRoom, takesFrom, takes, slots, roomAway, activityLength } = kernel.tables
  let best = NOWHERE
  let leastTaken = Number.POSITIVE_INFINITY
  for (let option = optionFrom[activity]!; option < optionFrom[activity + 1]!; option++) {
    if (optionRoom[option] !== room) continue
    let taken = 0
    for (let take = takesFrom[option]!; take < takesFrom[option + 1]!; take++)
      for (let k = 0; k < activityLength[activity]!; k++) {
        const at = takes[take]! * slots + slot + k
        taken += roomAway[at] ? Number.POSITIVE_INFINITY : kernel.roomCount[at]!
      }
    if (taken >= leastTaken) continue
    leastTaken = taken
    best = option
  }
  return best < 0 ? kernel.chooseRoom(activity, slot) : best
}

/** As JSON. */
export function plain({ start, option, ...sums }: Snapshot): Plain<Snapshot> {
  return { ...sums, start: [...start], option: [...option] }
}

/** From JSON. */
export function fromPlain({ start, option, ...sums }: Plain<Snapshot>): Snapshot {
  return { ...sums, start: Int32Array.from(start), option: Int32Array.from(option) }
}
