import { isMade, NOWHERE, type TimetableRoom } from '../problem.ts'
import type { Finding, Placeable } from './finding.ts'
import type { Ground } from './ground.ts'
import { tightest } from './tightest.ts'

/** Sets of rooms asked for by more lessons than they have; looked at are the sets that cards name. */
export function roomsOverfull({ problem, roomAways }: Ground, placeable: readonly Placeable[]): Finding[] {
  const roomed = placeable.filter(({ rooms }) => !rooms.includes(NOWHERE))
  const sets = new Map(roomed.map(({ rooms }) => [rooms.join(), rooms]))
  const closed = problem.rooms.map(() => new Set<number>())
  for (const { asked } of roomAways) for (const slot of asked.slots) closed[asked.room]?.add(slot)
  const isOpen = (room: number, slot: number) => !closed[room]?.has(slot)
  return [...sets.values()].flatMap((rooms): Finding[] => {
    const inside = new Set(rooms)
    const cards = roomed.filter((card) => card.rooms.every((room) => inside.has(room)))
    const places = (slots: readonly number[]) =>
      slots.reduce((sum, slot) => {
        const open = rooms.filter((room) => isOpen(room, slot))
        return open.reduce(
          (all, room) => all + mostAtOnce(problem.rooms[room], (one) => isOpen(one, slot)),
          sum,
        )
      }, 0)
    const found = tightest(cards, places)
    return found ? [{ kind: 'rooms-overfull', rooms, ...found }] : []
  })
}

/** No more lessons than this can be in a room at once; in one made of others its real rooms set the limit. */
function mostAtOnce(room: TimetableRoom | undefined, isOpen: (room: number) => boolean): number {
  if (!isMade(room)) return 1
  const parts = (room?.parts ?? []).map((part) => part.filter(isOpen))
  const all = new Set(parts.flat()).size
  return Math.min(...parts.map(({ length }) => length), Math.floor(all / parts.length))
}
