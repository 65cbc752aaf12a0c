import type { Weight } from '#domain/timetable/constraint.ts'
import { HARD } from '#domain/timetable/constraint.ts'
import type { XhsttConstraint, XhsttInstance } from './instance.ts'

/** What a card needs of rooms: for each role, or for a resource given beforehand, who may take it. */
export type RoomNeed = {
  readonly role: string | null
  readonly candidates: readonly number[]
  readonly weight: Weight
}

/**
 * Rooms of the problem by the resources they take: each resource that is sought by itself, then those that some event
 * needs together, as rooms made of others.
 */
export type RoomPlan = {
  readonly rooms: readonly (readonly number[])[]
  /** What each event needs; roles beyond what can be combined are left out. */
  readonly needs: readonly (readonly RoomNeed[])[]
  /** Rooms each event may have, by index; none when it needs none. */
  readonly roomsOfEvent: readonly (readonly number[])[]
}

const MOST_TOGETHER = 64

export function roomPlanOf(instance: XhsttInstance, isRoom: (resource: number) => boolean): RoomPlan {
  const rooms: number[][] = instance.resources.flatMap((_, resource) =>
    isRoom(resource) ? [[resource]] : [],
  )
  const indexOf = new Map(rooms.map((room, index) => [room.join(), index]))
  const needs = instance.events.map((_, event) => needsOf(instance, event, isRoom))
  const roomsOfEvent = needs.map((all) =>
    productOf(all).map((room) => {
      const known = indexOf.get(room.join()) ?? rooms.push(room) - 1
      indexOf.set(room.join(), known)
      return known
    }),
  )
  return { rooms, needs, roomsOfEvent }
}

function needsOf(instance: XhsttInstance, event: number, isRoom: (resource: number) => boolean): RoomNeed[] {
  const resources = instance.events[event]?.resources ?? []
  const needs = resources.flatMap(({ resource, role, type }): RoomNeed[] => {
    if (resource !== null)
      return isRoom(resource) ? [{ role: null, candidates: [resource], weight: HARD }] : []
    const assign = askedOf(instance, 'AssignResource', event, role)[0]
    if (role === null || !assign) return []
    const some = instance.resources.flatMap((one, index) => (one.type === type ? [index] : []))
    const hard = askedOf(instance, 'PreferResources', event, role).filter(({ required }) => required)
    const candidates = some.filter((one) => hard.every(({ preferred }) => preferred.includes(one)))
    return [{ role, candidates, weight: assign.required ? HARD : assign.weight }]
  })
  while (
    needs.reduce((ways, { candidates }) => ways * candidates.length, 1) > MOST_TOGETHER &&
    needs.length > 1
  )
    needs.pop()
  return needs
}

/** Constraints of the kind on a role of an event. */
export function askedOf<Kind extends 'AssignResource' | 'PreferResources'>(
  instance: XhsttInstance,
  kind: Kind,
  event: number,
  role: string | null,
): Extract<XhsttConstraint, { kind: Kind }>[] {
  return instance.constraints.filter(
    (one): one is Extract<XhsttConstraint, { kind: Kind }> =>
      one.kind === kind &&
      'role' in one &&
      one.role === role &&
      'events' in one &&
      one.events.includes(event),
  )
}

function productOf(needs: readonly RoomNeed[]): number[][] {
  if (needs.length === 0) return []
  let ways: number[][] = [[]]
  for (const { candidates } of needs)
    ways = ways.flatMap((way) => candidates.flatMap((one) => (way.includes(one) ? [] : [[...way, one]])))
  return ways
}
