import type { Constraint } from '#domain/timetable/constraint.ts'
import type { XhsttConstraint } from './instance.ts'
import {
  cardsOfResource,
  type Laid,
  peopleOf,
  slotsOf,
  weightOf,
  wholeDay,
  type XhsttGap,
  type XhsttUnseen,
} from './laid.ts'

/** Constraints on how resources are busy in sets of times, which are mostly days. */
export type OfDays = Extract<
  XhsttConstraint,
  { kind: 'LimitIdleTimes' | 'ClusterBusyTimes' | 'LimitBusyTimes' }
>

/** Constraints that say the same of different days, as one. */
type Bundle = { readonly first: OfDays; readonly resources: readonly number[]; groups: number[][] }

/**
 * Limits on windows, days and hours. An instance may ask for each day by itself and may leave out days on which a
 * resource is away; ours are for the whole week, so the days are put together first.
 */
export function dayConditions(
  laid: Laid,
  asked: readonly OfDays[],
): { constraints: Constraint[]; unseen: XhsttUnseen[] } {
  const said = bundled(laid, asked).map((bundle) => ({ bundle, as: sayBundle(bundle, laid) }))
  return {
    constraints: said.flatMap(({ as }) => (typeof as === 'string' ? [] : as)),
    unseen: said.flatMap(({ bundle: { first }, as }): XhsttUnseen[] =>
      typeof as === 'string' ? [{ constraint: first.id, kind: first.kind, line: first.line, why: as }] : [],
    ),
  }
}

function bundled(laid: Laid, asked: readonly OfDays[]): Bundle[] {
  const bundles = new Map<string, Bundle>()
  for (const one of asked) {
    const { kind, required, weight, costFunction, minimum, maximum, resources } = one
    const groups = one.timeGroups.map((group) => [...(laid.instance.timeGroups[group]?.members ?? [])])
    // Only what is counted day by day adds up over days.
    const addsUp = kind === 'LimitBusyTimes' || (kind === 'LimitIdleTimes' && maximum === 0 && minimum === 0)
    const what = addsUp ? [kind, required, weight, costFunction, minimum, maximum] : [one.id]
    const key = [...what, ...resources].join(' ')
    const bundle = bundles.get(key)
    if (bundle) bundle.groups.push(...groups)
    else bundles.set(key, { first: one, resources, groups })
  }
  return [...bundles.values()]
}

function sayBundle(bundle: Bundle, laid: Laid): Constraint[] | XhsttGap {
  const { first, groups } = bundle
  const idle = first.kind === 'LimitIdleTimes'
  if (isVacuous(bundle)) return []
  const whole = isWholeWeek(bundle, laid)
  if (whole) return [ofWeek(bundle, laid)].flat()
  if (idle) return 'time-groups'
  if (first.kind === 'ClusterBusyTimes')
    return groups.every((times) => times.length === 1) ? busyAt(bundle, laid, [groups.flat()]) : 'time-groups'
  return first.minimum <= 1 ? busyAt(bundle, laid, groups) : 'time-groups'
}

// A day without lessons is never short of them, so at least one is nothing asked.
function isVacuous({ first, groups }: Bundle): boolean {
  const longest = Math.max(0, ...groups.map((times) => times.length))
  return first.kind === 'LimitBusyTimes' && first.minimum <= 1 && first.maximum >= longest
}

function isWholeWeek({ first, resources, groups }: Bundle, laid: Laid): boolean {
  const days = new Set(groups.map((times) => wholeDay(laid, times)))
  if (days.has(null) || days.size !== groups.length) return false
  if (first.kind === 'LimitIdleTimes' && first.minimum > 0) return false
  return laid.grid.days.every(
    (_, day) => days.has(day) || resources.every((resource) => isAwayOn(laid, resource, day)),
  )
}

function isAwayOn({ instance, grid }: Laid, resource: number, day: number): boolean {
  const away = new Set(
    instance.constraints.flatMap((one) =>
      one.kind === 'AvoidUnavailableTimes' && one.required && one.resources.includes(resource)
        ? one.times
        : [],
    ),
  )
  return grid.dayOfTime.every((of, time) => of !== day || away.has(time))
}

function ofWeek({ first, resources, groups }: Bundle, laid: Laid): Constraint {
  const common = { weight: weightOf(first), source: first.id, people: peopleOf(laid, resources) }
  if (first.kind === 'LimitIdleTimes') return { ...common, kind: 'gaps', per: 'week', atMost: first.maximum }
  if (first.kind === 'ClusterBusyTimes')
    return {
      ...common,
      kind: 'days',
      ...(first.maximum < groups.length && { atMost: first.maximum }),
      ...(first.minimum > 0 && { atLeast: first.minimum }),
    }
  return {
    ...common,
    kind: 'hours',
    ...(first.maximum < laid.grid.longestDay && { atMost: first.maximum }),
    ...(first.minimum > 1 && { atLeast: first.minimum }),
  }
}

// Without clashes a resource is busy as often as its cards take slots.
function busyAt({ first, resources }: Bundle, laid: Laid, groups: readonly number[][]): Constraint[] {
  return resources.flatMap((resource) =>
    groups.map(
      (times): Constraint => ({
        kind: 'slots-taken',
        weight: weightOf(first),
        source: first.id,
        activities: cardsOfResource(laid, resource),
        slots: slotsOf(laid, times),
        ...(first.maximum < times.length && { atMost: first.maximum }),
        ...(first.kind === 'ClusterBusyTimes' && first.minimum > 0 && { atLeast: first.minimum }),
      }),
    ),
  )
}
