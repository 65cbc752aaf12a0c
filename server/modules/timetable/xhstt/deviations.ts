import type { XhsttConstraint, XhsttEvent, XhsttMeet } from './instance.ts'
import { type Occupancy, resourceIn, timesOf } from './occupancy.ts'

/** Where a constraint is looked at, by index. */
export type XhsttPointOf = 'event' | 'event-group' | 'pair' | 'resource'

/** How far a solution is from what a constraint asks at one point; the parts add up to its deviation. */
export type Deviating = {
  readonly of: XhsttPointOf
  readonly index: number
  readonly parts: readonly number[]
}

type Limits = { readonly minimum: number; readonly maximum: number }

const outside = (count: number, { minimum, maximum }: Limits): number =>
  Math.max(0, minimum - count, count - maximum)

const durationOf = (meet: XhsttMeet, counts: boolean): number => (counts ? meet.duration : 0)

/** Deviations at every point of application of the constraint, zeroes included. */
export function deviationsOf(constraint: XhsttConstraint, occupancy: Occupancy): Deviating[] {
  switch (constraint.kind) {
    case 'AssignResource':
    case 'AssignTime':
    case 'SplitEvents':
    case 'DistributeSplitEvents':
    case 'PreferResources':
    case 'PreferTimes':
      return constraint.events.flatMap((index) => {
        const event = occupancy.instance.events[index]
        const parts = event && partsOfEvent(constraint, event, occupancy.meets[index] ?? [])
        return parts ? [{ of: 'event', index, parts }] : []
      })
    case 'AvoidSplitAssignments':
    case 'SpreadEvents':
    case 'LinkEvents':
      return constraint.eventGroups.map((index) => {
        const events = occupancy.instance.eventGroups[index]?.members ?? []
        return { of: 'event-group', index, parts: partsOfGroup(constraint, events, occupancy) }
      })
    case 'OrderEvents':
      return constraint.pairs.map((pair, index) => {
        const [first, second] = [occupancy.meets[pair.first] ?? [], occupancy.meets[pair.second] ?? []]
        return { of: 'pair', index, parts: [separationOutside(first, second, pair)] }
      })
    default:
      return constraint.resources.map((index) => ({
        of: 'resource',
        index,
        parts: partsOfResource(constraint, index, occupancy),
      }))
  }
}

type OfEvent = Extract<XhsttConstraint, { events: readonly number[] }>

// `null` where the constraint does not apply: what is given beforehand cannot be preferred or assigned.
function partsOfEvent(constraint: OfEvent, event: XhsttEvent, meets: readonly XhsttMeet[]): number[] | null {
  switch (constraint.kind) {
    case 'AssignTime':
      return event.time === null ? meets.map((meet) => durationOf(meet, meet.time === null)) : null
    case 'PreferTimes':
      return event.time === null ? meets.map((meet) => durationOf(meet, isDisliked(constraint, meet))) : null
    case 'SplitEvents':
      return [
        outside(meets.length, { minimum: constraint.minimumAmount, maximum: constraint.maximumAmount }),
        ...meets.map(({ duration }) =>
          Number(duration < constraint.minimumDuration || duration > constraint.maximumDuration),
        ),
      ]
    case 'DistributeSplitEvents':
      return [outside(meets.filter(({ duration }) => duration === constraint.duration).length, constraint)]
    case 'AssignResource':
    case 'PreferResources':
      return partsOfRole(constraint, event, meets)
  }
}

function isDisliked(constraint: Extract<XhsttConstraint, { kind: 'PreferTimes' }>, meet: XhsttMeet): boolean {
  const looksAtIt = constraint.duration === null || constraint.duration === meet.duration
  return looksAtIt && meet.time !== null && !constraint.preferred.includes(meet.time)
}

function partsOfRole(
  constraint: Extract<OfEvent, { role: string }>,
  event: XhsttEvent,
  meets: readonly XhsttMeet[],
): number[] | null {
  const asked = event.resources.find((one) => one.role === constraint.role)
  if (!asked || asked.resource !== null) return null
  return meets.map((meet) => {
    const found = resourceIn(event, meet, constraint.role)
    if (constraint.kind === 'AssignResource') return durationOf(meet, found === null)
    return durationOf(meet, found !== null && !constraint.preferred.includes(found))
  })
}

type OfGroup = Extract<XhsttConstraint, { eventGroups: readonly number[] }>

function partsOfGroup(constraint: OfGroup, events: readonly number[], occupancy: Occupancy): number[] {
  const meets = events.map((event) => occupancy.meets[event] ?? [])
  switch (constraint.kind) {
    case 'AvoidSplitAssignments': {
      const found = events.flatMap((index) => {
        const event = occupancy.instance.events[index]
        return (occupancy.meets[index] ?? []).flatMap((meet) => {
          const resource = event ? resourceIn(event, meet, constraint.role) : null
          return resource === null ? [] : [resource]
        })
      })
      return [Math.max(0, new Set(found).size - 1)]
    }
    case 'SpreadEvents':
      return constraint.timeGroups.map((limits) => {
        const times = occupancy.instance.timeGroups[limits.group]?.members ?? []
        const starting = meets.flat().filter(({ time }) => time !== null && times.includes(time))
        return outside(starting.length, limits)
      })
    case 'LinkEvents':
      return [timesNotShared(meets)]
  }
}

// Times at which some of the events are held but not all.
function timesNotShared(meetsOfEvents: readonly (readonly XhsttMeet[])[]): number {
  const held = new Map<number, number>()
  for (const meets of meetsOfEvents)
    for (const time of new Set(meets.flatMap(timesOf))) held.set(time, (held.get(time) ?? 0) + 1)
  return [...held.values()].filter((events) => events < meetsOfEvents.length).length
}

// An event that is not placed altogether has no beginning or end yet.
function separationOutside(
  first: readonly XhsttMeet[],
  second: readonly XhsttMeet[],
  limits: Limits,
): number {
  if ([...first, ...second].some(({ time }) => time === null)) return 0
  const ended = Math.max(...first.map(({ time, duration }) => (time ?? 0) + duration))
  const begun = Math.min(...second.map(({ time }) => time ?? 0))
  return outside(begun - ended, limits)
}

type OfResource = Extract<XhsttConstraint, { resources: readonly number[] }>

function partsOfResource(constraint: OfResource, resource: number, occupancy: Occupancy): number[] {
  const attended = occupancy.attended[resource] ?? new Int32Array()
  const busyIn = (times: readonly number[]): number[] => times.filter((time) => (attended[time] ?? 0) > 0)
  switch (constraint.kind) {
    case 'AvoidClashes':
      return Array.from(attended, (meets) => Math.max(0, meets - 1))
    case 'AvoidUnavailableTimes':
      return [busyIn(constraint.times).length]
    case 'LimitWorkload':
      // A third of a workload and two more are one again, whatever the last binary digit says.
      return [Math.ceil(outside(occupancy.workload[resource] ?? 0, constraint) - 1e-6)]
  }
  const groups = constraint.timeGroups.map((group) => occupancy.instance.timeGroups[group]?.members ?? [])
  switch (constraint.kind) {
    case 'LimitIdleTimes': {
      const idle = groups.map((times) => idleIn(times, busyIn(times)))
      return [
        outside(
          idle.reduce((sum, one) => sum + one, 0),
          constraint,
        ),
      ]
    }
    case 'ClusterBusyTimes':
      return [outside(groups.filter((times) => busyIn(times).length > 0).length, constraint)]
    case 'LimitBusyTimes':
      // A group nobody is busy in is never too empty.
      return groups.map((times) => {
        const busy = busyIn(times).length
        return busy === 0 ? 0 : outside(busy, constraint)
      })
  }
}

function idleIn(times: readonly number[], busy: readonly number[]): number {
  const [first, last] = [busy[0], busy.at(-1)]
  if (first === undefined || last === undefined) return 0
  return times.filter((time) => time > first && time < last).length - (busy.length - (first === last ? 1 : 2))
}
