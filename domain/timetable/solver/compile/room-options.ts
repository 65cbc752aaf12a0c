import { HARD } from '../../constraint.ts'
import { isMade, NOWHERE } from '../../problem.ts'
import type { Draft, RoomWish } from './draft.ts'

/** A way to give an activity a room: the room it is said to be in, the rooms it takes, and its cost. */
export type RoomOption = { readonly room: number; readonly takes: readonly number[]; readonly cost: number }

/** A room made of others could be made up in very many ways; so many are looked at. */
const MAX_MAKE_UPS = 64

/** The options of each activity; `null` for one that needs no room. */
export function findRoomOptions(draft: Draft): (readonly RoomOption[] | null)[] {
  const waysOf = draft.problem.rooms.map((_, room) => waysToTake(draft, room))
  return draft.problem.activities.map(({ size }, activity) => {
    const own = draft.roomWishes[activity] ?? []
    const wishes = own.length > 0 ? own : (draft.homeWishes[activity] ?? [])
    if (wishes.length === 0) return null
    const big = (room: number) => (draft.problem.rooms[room]?.capacity ?? 0) >= size
    return optionsOf(wishes, big).flatMap(({ room, cost }) =>
      room === NOWHERE ? [{ room, takes: [], cost }] : behindDoor(draft, room, waysOf[room] ?? [], cost),
    )
  })
}

/** Every way for an activity to be in a room, whatever it asks for. */
export function optionsInto(draft: Draft, room: number): RoomOption[] {
  const ways = waysToTake(draft, room)
  const parts = draft.problem.rooms[room]?.parts ?? []
  // One that cannot be made up still takes what it can, so that it is seen to be broken.
  return behindDoor(draft, room, ways.length > 0 ? ways : [parts.flatMap(([one]) => one ?? [])], 0)
}

function behindDoor(
  draft: Draft,
  room: number,
  ways: readonly (readonly number[])[],
  cost: number,
): RoomOption[] {
  const door = isMade(draft.problem.rooms[room]) ? draft.addDoor(room) : null
  return ways.map((takes) => ({ room, takes: door === null ? takes : [...takes, door], cost }))
}

function optionsOf(
  wishes: readonly RoomWish[],
  big: (room: number) => boolean,
): { room: number; cost: number }[] {
  const hard = wishes.filter(({ weight }) => weight === HARD)
  const soft = wishes.filter(({ weight }) => weight !== HARD)
  const named = (hard.length > 0 ? hard : soft).flatMap(({ rooms }) => rooms)
  const rooms = [...new Set(named)].filter(
    (room) => big(room) && hard.every((wish) => wish.rooms.includes(room)),
  )
  const costOf = (room: number) =>
    soft.reduce((sum, wish) => sum + (wish.rooms.includes(room) ? 0 : wish.weight), 0)
  if (hard.length === 0) rooms.push(NOWHERE)
  return rooms.map((room) => ({ room, cost: costOf(room) }))
}

/** Lists of real rooms: the room itself or, where it is made of others, one of each of its parts, all different. */
function waysToTake(draft: Draft, room: number): number[][] {
  const found = draft.problem.rooms[room]
  if (!isMade(found)) return [[room]]
  let ways: number[][] = [[]]
  for (const part of found?.parts ?? []) {
    const next: number[][] = []
    // Begin elsewhere for each way, so that a cut list still names all rooms.
    ways.forEach((way, index) => {
      for (let k = 0; k < part.length; k++) {
        const real = part[(k + index) % part.length]
        if (real !== undefined && !way.includes(real)) next.push([...way, real])
      }
    })
    ways = next.slice(0, MAX_MAKE_UPS)
  }
  return ways
}
