import { type Constraint, HARD } from '#domain/timetable/constraint.ts'
import { dayConditions, type OfDays } from './day-conditions.ts'
import type { XhsttConstraint } from './instance.ts'
import {
  cardsOf,
  cardsOfResource,
  type Laid,
  peopleOf,
  slotsOf,
  weightOf,
  wholeDay,
  type XhsttGap,
  type XhsttUnseen,
} from './laid.ts'
import { roomConditions } from './room-conditions.ts'
import { askedOf } from './room-plan.ts'

/** The constraints of the instance as conditions of ours, and those that cannot be said in them. */
export function conditionsOf(laid: Laid): { constraints: Constraint[]; unseen: XhsttUnseen[] } {
  const said = laid.instance.constraints.map((constraint) => ({ constraint, as: sayOne(constraint, laid) }))
  const unseen = said.flatMap(({ constraint: { id, kind, line }, as }): XhsttUnseen[] =>
    typeof as === 'string' ? [{ constraint: id, kind, line, why: as }] : [],
  )
  const ofDays = dayConditions(
    laid,
    laid.instance.constraints.filter((one): one is OfDays => DAYS.has(one.kind)),
  )
  return {
    constraints: [
      ...gridConditions(laid),
      ...said.flatMap(({ as }) => (typeof as === 'string' ? [] : as)),
      ...ofDays.constraints,
      ...roomConditions(laid),
    ],
    unseen: [...unseen, ...ofDays.unseen],
  }
}

const DAYS: ReadonlySet<string> = new Set(['LimitIdleTimes', 'ClusterBusyTimes', 'LimitBusyTimes'])

// A short day of the instance ends where its times do.
function gridConditions(laid: Laid): Constraint[] {
  const slots = laid.grid.timeOfSlot.flatMap((time, slot) => (time === null ? [] : [slot]))
  const activities = laid.cards.map((_, card) => card)
  const given = laid.instance.events.flatMap(({ time }, event): Constraint[] =>
    time === null
      ? []
      : [{ kind: 'starts', weight: HARD, activities: cardsOf(laid, [event]), slots: slotsOf(laid, [time]) }],
  )
  if (slots.length === laid.grid.timeOfSlot.length) return given
  return [{ kind: 'slots', weight: HARD, activities, slots }, ...given]
}

function sayOne(constraint: XhsttConstraint, laid: Laid): Constraint[] | XhsttGap {
  switch (constraint.kind) {
    case 'PreferTimes':
      return preferTimes(constraint, laid)
    case 'SpreadEvents':
      return spreadEvents(constraint, laid)
    case 'LinkEvents':
      return linkEvents(constraint, laid)
    case 'OrderEvents':
      return orderEvents(constraint, laid)
    case 'AvoidUnavailableTimes':
      return avoidTimes(constraint, laid)
    case 'AssignResource':
    case 'PreferResources': {
      const elsewhere = constraint.events.some((event) => isLeftOut(laid, event, constraint.role))
      return elsewhere ? 'roles' : []
    }
    case 'AvoidSplitAssignments':
      return avoidSplit(constraint, laid)
    case 'LimitWorkload':
      return constraint.resources.some((resource) => laid.parts.room[resource] !== null) ? 'roles' : []
    default:
      // Placing, clashes and splitting are what every problem of ours owes; days are said together.
      return []
  }
}

// An open role of the event that no room of its cards fills, though somebody is to be found for it.
function isLeftOut({ instance, plan }: Laid, event: number, role: string): boolean {
  const isOpen = instance.events[event]?.resources.some((one) => one.resource === null && one.role === role)
  const isSought = askedOf(instance, 'AssignResource', event, role).length > 0
  return isOpen === true && isSought && !plan.needs[event]?.some((need) => need.role === role)
}

type OfKind<Kind> = Extract<XhsttConstraint, { kind: Kind }>

function preferTimes(constraint: OfKind<'PreferTimes'>, laid: Laid): Constraint[] {
  const { duration, preferred, id: source } = constraint
  const events = constraint.events.filter((event) => laid.instance.events[event]?.time === null)
  const slots = slotsOf(laid, preferred)
  const lengths = new Map<number, number[]>()
  for (const card of cardsOf(laid, events)) {
    const length = laid.cards[card]?.duration ?? 0
    if (duration === null || duration === length) lengths.set(length, [...(lengths.get(length) ?? []), card])
  }
  return [...lengths].map(([length, activities]) => ({
    kind: 'starts',
    weight: weightOf(constraint) * length,
    source,
    activities,
    slots,
  }))
}

function spreadEvents(constraint: OfKind<'SpreadEvents'>, laid: Laid): Constraint[] | XhsttGap {
  const groups = constraint.timeGroups.map(({ group, ...limits }) => ({
    ...limits,
    times: laid.instance.timeGroups[group]?.members ?? [],
  }))
  const days = groups.map(({ times }) => wholeDay(laid, times))
  const onceADay = groups.every(({ minimum, maximum }) => minimum === 0 && maximum === 1)
  const everyDay = new Set(days).size === laid.grid.days.length && !days.includes(null)
  const [weight, source] = [weightOf(constraint), constraint.id]
  const said = constraint.eventGroups.map((group): Constraint[] | XhsttGap => {
    const activities = cardsOf(laid, laid.instance.eventGroups[group]?.members ?? [])
    if (onceADay && everyDay)
      return activities.length < 2
        ? []
        : [{ kind: 'days-apart', weight, source, activities, days: 1, adjacent: false }]
    const binding = groups.filter(({ minimum, maximum }) => minimum > 0 || maximum < activities.length)
    if (binding.length > 0 && activities.some((card) => laid.cards[card]?.duration !== 1))
      return 'time-groups'
    return binding.map(({ minimum, maximum, times }) => ({
      kind: times.length === 1 ? 'simultaneous' : 'slots-taken',
      weight,
      source,
      activities,
      slots: slotsOf(laid, times),
      ...(maximum < activities.length && { atMost: maximum }),
      ...(minimum > 0 && { atLeast: minimum }),
    }))
  })
  return (
    said.find((one) => typeof one === 'string') ?? said.flatMap((one) => (typeof one === 'string' ? [] : one))
  )
}

function linkEvents(constraint: OfKind<'LinkEvents'>, laid: Laid): Constraint[] | XhsttGap {
  const constraints: Constraint[] = []
  for (const group of constraint.eventGroups) {
    const events = laid.instance.eventGroups[group]?.members ?? []
    const rows = events.map((event) => cardsOf(laid, [event]))
    const durations = rows.map((cards) => cards.map((card) => laid.cards[card]?.duration).join())
    if (new Set(durations).size > 1) return 'parts-differ'
    for (const [index, card] of (rows[0] ?? []).entries())
      constraints.push({
        kind: 'same-start',
        weight: weightOf(constraint) * (laid.cards[card]?.duration ?? 1),
        source: constraint.id,
        activities: rows.flatMap((cards) => cards[index] ?? []),
      })
  }
  return constraints
}

function orderEvents(constraint: OfKind<'OrderEvents'>, laid: Laid): Constraint[] | XhsttGap {
  const apart = laid.instance.times.length
  if (constraint.pairs.some(({ minimum, maximum }) => minimum > 0 || maximum < apart - 1))
    return 'no-condition'
  return constraint.pairs.flatMap(({ first, second }) =>
    cardsOf(laid, [first]).flatMap((before) =>
      cardsOf(laid, [second]).map(
        (after): Constraint => ({
          kind: 'ordered',
          weight: weightOf(constraint),
          source: constraint.id,
          first: before,
          second: after,
          sameDay: false,
        }),
      ),
    ),
  )
}

function avoidTimes(constraint: OfKind<'AvoidUnavailableTimes'>, laid: Laid): Constraint[] {
  const { resources, times, id: source } = constraint
  if (times.length === 0) return []
  const slots = slotsOf(laid, times)
  const asked = { source, weight: weightOf(constraint), slots }
  const rooms = resources.flatMap((resource) => laid.parts.room[resource] ?? [])
  const away: Constraint[] = rooms.map((room) => ({ kind: 'room-away', ...asked, room }))
  if (constraint.required) {
    const people = peopleOf(laid, resources)
    return people.teachers.length + people.atoms.length > 0
      ? [...away, { kind: 'away', ...asked, people }]
      : away
  }
  const others = laid.grid.timeOfSlot.flatMap((_, slot) => (slots.includes(slot) ? [] : [slot]))
  const wished = resources
    .filter((resource) => laid.parts.room[resource] === null)
    .map(
      (resource): Constraint => ({
        ...{ kind: 'slots', ...asked },
        activities: cardsOfResource(laid, resource),
        slots: others,
      }),
    )
  return [...away, ...wished]
}

function avoidSplit(constraint: OfKind<'AvoidSplitAssignments'>, laid: Laid): Constraint[] | XhsttGap {
  const events = constraint.eventGroups.flatMap((group) => laid.instance.eventGroups[group]?.members ?? [])
  const isAlone = (event: number): boolean => {
    const needs = laid.plan.needs[event] ?? []
    return needs.length === 1 && needs[0]?.role === constraint.role
  }
  if (!events.every(isAlone)) return 'roles'
  const groups = constraint.eventGroups.map((group) =>
    cardsOf(laid, laid.instance.eventGroups[group]?.members ?? []),
  )
  return groups.map((activities) => ({
    kind: 'different-rooms',
    weight: weightOf(constraint),
    source: constraint.id,
    activities,
    atMost: 1,
  }))
}
