import { type Constraint, HARD, type Weight } from '#domain/timetable/constraint.ts'
import { type Laid, weightOf } from './laid.ts'
import { askedOf } from './room-plan.ts'

type Wanted = { readonly weight: Weight; readonly rooms: readonly number[] }

/** Which rooms each card may have: those given for its event, and what its roles ask and prefer. */
export function roomConditions(laid: Laid): Constraint[] {
  const byKey = new Map<string, Wanted & { activities: number[] }>()
  for (const [card, { event }] of laid.cards.entries())
    for (const wanted of wantedRooms(laid, event)) {
      const key = `${wanted.weight} ${wanted.rooms.join()}`
      const same = byKey.get(key) ?? { ...wanted, activities: [] }
      same.activities.push(card)
      byKey.set(key, same)
    }
  return [...byKey.values()].map((one) => ({ kind: 'rooms', ...one }))
}

function wantedRooms({ instance, plan }: Laid, event: number): Wanted[] {
  const needs = plan.needs[event] ?? []
  const rooms = plan.roomsOfEvent[event] ?? []
  if (needs.length === 0) return []
  const wished = needs.flatMap(({ role }, place) =>
    askedOf(instance, 'PreferResources', event, role)
      .filter(({ required }) => !required)
      .map((one) => ({
        weight: weightOf(one),
        rooms: rooms.filter((room) => one.preferred.includes(plan.rooms[room]?.[place] ?? -1)),
      })),
  )
  const weight = Math.max(...needs.map((need) => need.weight))
  return [{ weight: weight === Number.POSITIVE_INFINITY ? HARD : weight, rooms }, ...wished]
}
