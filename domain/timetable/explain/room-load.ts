import { NOWHERE } from '../problem.ts'
import type { Finding, Placeable } from './finding.ts'
import type { Ground } from './ground.ts'
import { tightest } from './tightest.ts'

/** Sets of rooms asked for by more lessons than they have; looked at are the sets that cards name. */
export function roomsOverfull({ problem, roomAways }: Ground, placeable: readonly Placeable[]): Finding[] {
  const roomed = placeable.filter(({ rooms }) => !rooms.includes(NOWHERE))
  const sets = new Map(roomed.map(({ rooms }) => [rooms.join(), rooms]))
  const closed = problem.rooms.map(() => new Set<number>())
  for (const { asked } of roomAways) for (const slot of asked.slots) closed[asked.room]?.add(slot)
  return [...sets.values()].flatMap((rooms): Finding[] => {
    const inside = new Set(rooms)
    const cards = roomed.filter((card) => card.rooms.every((room) => inside.has(room)))
    const places = (slots: readonly number[]) =>
      slots.reduce((sum, slot) => sum + rooms.filter((room) => !closed[room]?.has(slot)).length, 0)
    const found = tightest(cards, places)
    return found ? [{ kind: 'rooms-overfull', rooms, ...found }] : []
  })
}
