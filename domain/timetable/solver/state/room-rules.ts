import { NOWHERE } from '../../problem.ts'
import { lowestBit } from '../bits.ts'
import type { State } from './state.ts'

/** The room an activity is said to be in, or `NOWHERE`. */
export function roomOf(state: State, activity: number): number {
  const option = state.option[activity]!
  return option < 0 ? NOWHERE : state.tables.optionRoom[option]!
}

/** Pairs of a list's activities that follow each other in different rooms; the list tells its length first. */
export function partedRooms(state: State, pauses: number, list: number): number {
  const { lists, cardOf, activityLength } = state.tables
  const end = list + 1 + lists[list]!
  let parted = 0
  for (let i = list + 1; i < end; i++) {
    const first = lists[i]!
    const from = state.start[cardOf[first]!]!
    const room = roomOf(state, first)
    if (from < 0 || room < 0) continue
    const next = from + activityLength[first]!
    for (let j = list + 1; j < end; j++) {
      const second = lists[j]!
      const other = roomOf(state, second)
      if (other < 0 || other === room || j === i) continue
      if (followsAt(state, pauses, from, next, state.start[cardOf[second]!]!)) parted++
    }
  }
  return parted
}

/** Whether what starts at `to` follows what starts at `from` and ends before `next`, with nothing but pauses between. */
export function followsAt(
  { tables }: State,
  pauses: number,
  from: number,
  next: number,
  to: number,
): boolean {
  const { lists, periods } = tables
  if (((to / periods) | 0) !== ((from / periods) | 0)) return false
  let slot = next
  while (slot < to && (lists[pauses + ((slot / periods) | 0)]! >>> (slot % periods)) & 1) slot++
  return slot === to
}

/** In how many different rooms the activities of a list are. */
export function distinctRooms(state: State, list: number): number {
  const { lists } = state.tables
  const end = list + 1 + lists[list]!
  let distinct = 0
  for (let i = list + 1; i < end; i++) {
    const room = roomOf(state, lists[i]!)
    if (room < 0) continue
    let seen = false
    for (let j = list + 1; j < i && !seen; j++) seen = roomOf(state, lists[j]!) === room
    if (!seen) distinct++
  }
  return distinct
}

/** Activities of a list that are not in its `atMost` fullest rooms. */
export function outsideRooms(state: State, list: number, atMost: number): number {
  const { lists } = state.tables
  const inRoom = new Map<number, number>()
  let outside = 0
  for (let k = list + 1; k <= list + lists[list]!; k++) {
    const room = roomOf(state, lists[k]!)
    if (room < 0) continue
    inRoom.set(room, (inRoom.get(room) ?? 0) + 1)
    outside++
  }
  const fullest = [...inRoom.values()].sort((a, b) => b - a).slice(0, atMost)
  return fullest.reduce((left, members) => left - members, outside)
}

/** The building where a line is, or `NOWHERE`: no room, a room without building, or two places at once. */
export function buildingAt(state: State, line: number, slot: number): number {
  const { slots, useFrom, useLine, useActivity, roomBuilding } = state.tables
  const at = line * slots + slot
  if (state.count[at] !== 1) return NOWHERE
  const card = state.occupant[at]! - 1
  for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
    if (useLine[use] !== line) continue
    const room = roomOf(state, useActivity[use]!)
    return room < 0 ? NOWHERE : roomBuilding[room]!
  }
  return NOWHERE
}

/** Moves from building to building on a day. */
export function changesOfDay(state: State, line: number, day: number): number {
  const { days, periods } = state.tables
  let changes = 0
  let last = NOWHERE
  for (let lessons = state.mask[line * days + day]!; lessons !== 0; lessons &= lessons - 1) {
    const building = buildingAt(state, line, day * periods + lowestBit(lessons))
    if (building < 0) continue
    if (last >= 0 && building !== last) changes++
    last = building
  }
  return changes
}

/** Periods that are missing between lessons in different buildings on a day. */
export function shortOfGap(state: State, line: number, day: number, atLeast: number): number {
  const { days, periods } = state.tables
  let short = 0
  let last = NOWHERE
  let lastPeriod = NOWHERE
  for (let lessons = state.mask[line * days + day]!; lessons !== 0; lessons &= lessons - 1) {
    const period = lowestBit(lessons)
    const building = buildingAt(state, line, day * periods + period)
    if (building < 0) continue
    if (last >= 0 && building !== last) short += Math.max(0, atLeast - (period - lastPeriod - 1))
    last = building
    lastPeriod = period
  }
  return short
}
