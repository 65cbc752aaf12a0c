import { type Constraint, HARD, type Weight } from '#domain/timetable/constraint.ts'
import type { XhsttConstraint } from './instance.ts'
import { type Laid, weightOf } from './laid.ts'

type OfRole = Extract<XhsttConstraint, { kind: 'AssignResource' | 'PreferResources' }>

/** Which rooms each card may have: the one given for its event, or what its role asks and prefers. */
export function roomConditions(laid: Laid): Constraint[] {
  const byKey = new Map<string, { weight: Weight; rooms: number[]; activities: number[] }>()
  for (const [card, { event }] of laid.cards.entries())
    for (const { weight, rooms } of wantedRooms(laid, card, event)) {
      const key = `${weight} ${rooms.join()}`
      const same = byKey.get(key) ?? { weight, rooms, activities: [] }
      same.activities.push(card)
      byKey.set(key, same)
    }
  return [...byKey.values()].map((one) => ({ kind: 'rooms', ...one }))
}

function wantedRooms(laid: Laid, card: number, event: number): { weight: Weight; rooms: number[] }[] {
  const resources = laid.instance.events[event]?.resources ?? []
  const given = resources.flatMap(({ resource }) =>
    resource === null ? [] : (laid.parts.room[resource] ?? []),
  )
  if (given.length > 0) return [{ weight: HARD, rooms: given.slice(0, 1) }]
  const role = laid.cards[card]?.role
  if (role === null || role === undefined) return []
  const asked = laid.instance.constraints.filter(
    (one): one is OfRole =>
      (one.kind === 'AssignResource' || one.kind === 'PreferResources') &&
      one.role === role &&
      one.events.includes(event),
  )
  const type = resources.find((one) => one.role === role)?.type
  const some = laid.instance.resources.flatMap((one, index) =>
    one.type === type ? (laid.parts.room[index] ?? []) : [],
  )
  return asked.map((one) => ({
    weight: weightOf(one),
    rooms:
      one.kind === 'AssignResource' ? some : one.preferred.flatMap((index) => laid.parts.room[index] ?? []),
  }))
}
