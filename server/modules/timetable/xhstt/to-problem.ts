import type { Activity, TimetableProblem, TimetableRoom } from '#domain/timetable/problem.ts'
import { FileReport, type Unsupported } from '../faults.ts'
import { conditionsOf } from './conditions.ts'
import { gridOf, type XhsttGrid } from './grid.ts'
import type { XhsttInstance } from './instance.ts'
import type { Parts, XhsttCard, XhsttUnseen } from './laid.ts'
import { type RoomPlan, roomPlanOf } from './room-plan.ts'
import { type PassedOver, splitsOf } from './split.ts'

/** An instance as a problem of ours, with the way back. */
export type XhsttProblem = {
  readonly problem: TimetableProblem
  readonly grid: XhsttGrid
  readonly cards: readonly XhsttCard[]
  readonly plan: RoomPlan
  readonly unseen: readonly XhsttUnseen[]
  /** The same by kind, for telling. */
  readonly unsupported: readonly Unsupported[]
}

/**
 * The instance as a problem to be searched. Classes and students become sets of students, resources that are to be
 * found for a role become rooms, all others teachers; an event becomes the cards it is best split into, unless better
 * splits are to be passed over. `null` when its days are longer than ours can be.
 */
export function problemOfXhstt(
  instance: XhsttInstance,
  passedOver: PassedOver = new Map(),
): XhsttProblem | null {
  const grid = gridOf(instance)
  if (!grid) return null
  const parts = partsOf(instance)
  const splits = splitsOf(instance, grid.longestDay, passedOver)
  const cards = splits.flatMap((durations, event) =>
    durations.map((duration): XhsttCard => ({ event, duration })),
  )
  const plan = roomPlanOf(instance, (resource) => parts.room[resource] !== null)
  const { constraints, unseen } = conditionsOf({ instance, grid, parts, cards, plan })
  const named = (indices: readonly (number | null)[]) =>
    instance.resources.filter((_, resource) => indices[resource] !== null).map(({ name }) => name)
  const problem: TimetableProblem = {
    name: instance.name,
    days: grid.days,
    periods: grid.periods,
    teachers: named(parts.teacher).map((name) => ({ name })),
    atoms: named(parts.atom).map((name, set) => ({ name, set })),
    studentSets: named(parts.atom).map((name, atom) => ({ name, size: 0, atoms: [atom] })),
    subjects: instance.events.map(({ name }) => name),
    tags: [],
    buildings: [],
    rooms: roomsOf(instance, parts, plan),
    activities: activitiesOf(instance, parts, cards),
    constraints,
  }
  return { problem, grid, cards, plan, unseen, unsupported: byKind(unseen) }
}

function byKind(unseen: readonly XhsttUnseen[]): Unsupported[] {
  const report = new FileReport('')
  for (const { kind, line } of unseen) report.unsupported(`${kind}Constraint`, line)
  return report.notSupported
}

const STUDENTS = /class|student|form|group/i

function partsOf(instance: XhsttInstance): Parts {
  const sought = new Set(
    instance.events.flatMap(({ resources }) =>
      resources.flatMap(({ resource, type }) => (resource === null && type !== null ? [type] : [])),
    ),
  )
  const kinds = instance.resources.map(({ type }): keyof Parts => {
    if (sought.has(type)) return 'room'
    const { id = '', name = '' } = instance.resourceTypes[type] ?? {}
    return STUDENTS.test(id) || STUDENTS.test(name) ? 'atom' : 'teacher'
  })
  const numbered = (wanted: keyof Parts): (number | null)[] => {
    let count = 0
    return kinds.map((kind) => (kind === wanted ? count++ : null))
  }
  return { teacher: numbered('teacher'), atom: numbered('atom'), room: numbered('room') }
}

function roomsOf(instance: XhsttInstance, parts: Parts, plan: RoomPlan): TimetableRoom[] {
  return plan.rooms.map((resources) => {
    const name = resources.map((resource) => instance.resources[resource]?.name ?? '').join(' + ')
    const room = { name, capacity: 0, building: null }
    if (resources.length === 1) return room
    return { ...room, parts: resources.map((resource) => [parts.room[resource] ?? -1]) }
  })
}

function activitiesOf(instance: XhsttInstance, parts: Parts, cards: readonly XhsttCard[]): Activity[] {
  const count = new Map<number, number>()
  return cards.map(({ event: index, duration }) => {
    const event = instance.events[index]
    const part = (count.get(index) ?? 0) + 1
    count.set(index, part)
    const taking = (indices: readonly (number | null)[]): number[] => {
      const all = (event?.resources ?? []).map(({ resource }) =>
        resource === null ? null : (indices[resource] ?? null),
      )
      return [...new Set(all.filter((one) => one !== null))]
    }
    return {
      id: `${event?.id ?? index}/${part}`,
      group: event?.id ?? null,
      part,
      subject: index,
      tags: [],
      teachers: taking(parts.teacher),
      students: taking(parts.atom),
      length: duration,
      size: 0,
    }
  })
}
