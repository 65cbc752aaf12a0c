import { deviationsOf } from './deviations.ts'
import { costOf } from './evaluate.ts'
import type { XhsttConstraint, XhsttInstance, XhsttMeet } from './instance.ts'

const SPLITTING: ReadonlySet<string> = new Set(['SplitEvents', 'DistributeSplitEvents'])
/** A hard unit outweighs all soft ones an instance can ask for. */
const HARD_COST = 1e9

/** For some events, how many better splits to pass over. */
export type PassedOver = ReadonlyMap<number, number>

/**
 * Into which durations each event is best split, by what its constraints say of splitting alone; as small as they
 * allow, and no part longer than `longest`. What is best alone need not fit, so better splits can be passed over.
 */
export function splitsOf(instance: XhsttInstance, longest: number, passedOver: PassedOver): number[][] {
  const splitting = instance.constraints.filter(({ kind }) => SPLITTING.has(kind))
  return instance.events.map(({ duration }, event) => {
    const asked = splitting.filter((one) => 'events' in one && one.events.includes(event))
    const ones = Array.from({ length: duration }, () => 1)
    if (asked.length === 0) return ones
    const splits = [...partitions(duration, Math.min(duration, longest))].map((parts) => ({
      parts,
      cost: costOfSplit(instance, asked, event, parts),
    }))
    splits.sort((a, b) => a.cost - b.cost || b.parts.length - a.parts.length)
    return splits[Math.min(passedOver.get(event) ?? 0, splits.length - 1)]?.parts ?? ones
  })
}

function costOfSplit(
  instance: XhsttInstance,
  asked: readonly XhsttConstraint[],
  event: number,
  parts: readonly number[],
): number {
  const meets: XhsttMeet[][] = []
  meets[event] = parts.map((duration) => ({ event, duration, time: null, assigned: [] }))
  const occupancy = { instance, meets, attended: [], workload: new Float64Array() }
  let cost = 0
  for (const constraint of asked)
    for (const point of deviationsOf({ ...constraint, events: [event] } as XhsttConstraint, occupancy))
      cost += costOf(constraint, point.parts) * (constraint.required ? HARD_COST : 1)
  return cost
}

function* partitions(total: number, largest: number): Generator<number[]> {
  if (total === 0) yield []
  for (let part = Math.min(total, largest); part > 0; part -= 1)
    for (const rest of partitions(total - part, part)) yield [part, ...rest]
}
