import type { XhsttEvent, XhsttInstance, XhsttMeet, XhsttSolution } from './instance.ts'

/** A solution laid out for counting. */
export type Occupancy = {
  readonly instance: XhsttInstance
  /** Meets of each event; at least one. */
  readonly meets: readonly (readonly XhsttMeet[])[]
  /** How many meets each resource attends at each time. */
  readonly attended: readonly Int32Array[]
  /** How much work each resource has, by the workloads of the events. */
  readonly workload: Float64Array
}

/** Who takes a role in a meet: given by the event, or found by the solution, or nobody. */
export function resourceIn(event: XhsttEvent, meet: XhsttMeet, role: string): number | null {
  const given = event.resources.find((one) => one.role === role)?.resource
  return given ?? meet.assigned.find((one) => one.role === role)?.resource ?? null
}

export function occupancyOf(instance: XhsttInstance, solution: XhsttSolution): Occupancy {
  const meets = instance.events.map((): XhsttMeet[] => [])
  for (const meet of solution.meets) meets[meet.event]?.push(meet)
  const attended = instance.resources.map(() => new Int32Array(instance.times.length))
  const workload = new Float64Array(instance.resources.length)
  for (const [index, event] of instance.events.entries()) {
    const own = meets[index] ?? []
    if (own.length === 0) own.push({ event: index, duration: event.duration, time: event.time, assigned: [] })
    for (const meet of own) attend(event, meet, attended, workload)
  }
  return { instance, meets, attended, workload }
}

function attend(event: XhsttEvent, meet: XhsttMeet, attended: Int32Array[], workload: Float64Array): void {
  const there = new Set<number>()
  for (const one of event.resources) {
    const resource = one.resource ?? (one.role === null ? null : resourceIn(event, meet, one.role))
    if (resource === null) continue
    there.add(resource)
    workload[resource] = (workload[resource] ?? 0) + (one.workload * meet.duration) / event.duration
  }
  for (const time of timesOf(meet)) for (const resource of there) countIn(attended[resource], time)
}

/** Times a meet takes; none while it has no time. */
export function timesOf(meet: XhsttMeet): number[] {
  const { time } = meet
  return time === null ? [] : Array.from({ length: meet.duration }, (_, offset) => time + offset)
}

function countIn(row: Int32Array | undefined, time: number): void {
  if (row) row[time] = (row[time] ?? 0) + 1
}
