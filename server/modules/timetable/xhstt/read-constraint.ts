import type { XmlElement } from '../xml.ts'
import type { Fields, InstanceIds } from './fields.ts'
import {
  COST_FUNCTIONS,
  type XhsttConstraint,
  type XhsttConstraintKind,
  type XhsttCostFunction,
  type XhsttEventPair,
  type XhsttGroup,
} from './instance.ts'

type Context = {
  readonly fields: Fields
  readonly ids: InstanceIds
  readonly timeGroups: readonly XhsttGroup[]
  readonly resourceGroups: readonly XhsttGroup[]
  readonly eventGroups: readonly XhsttGroup[]
}

type OfKind<Kind> = Extract<XhsttConstraint, { kind: Kind }>
type Common = Pick<XhsttConstraint, 'id' | 'name' | 'line' | 'required' | 'weight' | 'costFunction'>
type Own<Kind> = Omit<OfKind<Kind>, keyof Common>
type Reader<Kind> = (element: XmlElement, context: Context) => Own<Kind>
type Readers = { readonly [Kind in XhsttConstraintKind]: Reader<Kind> }

/** A constraint, or `null` when its kind is not one of the specification. */
export function readConstraint(element: XmlElement, context: Context): XhsttConstraint | null {
  const kind = element.name.replace(/Constraint$/, '')
  const reader = READERS[kind as XhsttConstraintKind] as Reader<XhsttConstraintKind> | undefined
  if (reader && element.name !== kind)
    return { ...commonOf(element, context.fields), ...reader(element, context) } as XhsttConstraint
  const why = Object.keys(READERS).join(', ')
  context.fields.report.fault(element.line, 'value-unknown', element.name, { element: 'Constraints', why })
  return null
}

function commonOf(element: XmlElement, fields: Fields): Common {
  const costFunction = fields.text(element, 'CostFunction')
  const isKnown = (COST_FUNCTIONS as readonly string[]).includes(costFunction)
  if (!isKnown && costFunction !== '')
    fields.report.fault(element.line, 'value-unknown', costFunction, {
      element: 'CostFunction',
      why: COST_FUNCTIONS.join(', '),
    })
  return {
    id: fields.attribute(element, 'Id'),
    name: fields.text(element, 'Name'),
    line: element.line,
    required: fields.truth(element, 'Required'),
    weight: fields.count(element, 'Weight'),
    costFunction: (isKnown ? costFunction : 'Linear') as XhsttCostFunction,
  }
}

const ascending = (indices: readonly number[]): number[] => [...new Set(indices)].sort((a, b) => a - b)

const membersOf = (groups: readonly XhsttGroup[], indices: readonly number[]): number[] =>
  indices.flatMap((index) => groups[index]?.members ?? [])

function appliesTo(element: XmlElement, { fields }: Context): XmlElement | null {
  return fields.child(element, 'AppliesTo')
}

function eventsOf(element: XmlElement, context: Context): number[] {
  const { fields, ids } = context
  const to = appliesTo(element, context)
  const groups = fields.references(to, 'EventGroups', 'EventGroup', ids.eventGroups)
  return ascending([
    ...membersOf(context.eventGroups, groups),
    ...fields.references(to, 'Events', 'Event', ids.events),
  ])
}

function eventGroupsOf(element: XmlElement, context: Context): number[] {
  const to = appliesTo(element, context)
  return context.fields.references(to, 'EventGroups', 'EventGroup', context.ids.eventGroups)
}

function resourcesIn(parent: XmlElement | null, { fields, ids, resourceGroups }: Context): number[] {
  const groups = fields.references(parent, 'ResourceGroups', 'ResourceGroup', ids.resourceGroups)
  return ascending([
    ...membersOf(resourceGroups, groups),
    ...fields.references(parent, 'Resources', 'Resource', ids.resources),
  ])
}

function timesIn(parent: XmlElement, { fields, ids, timeGroups }: Context): number[] {
  const groups = fields.references(parent, 'TimeGroups', 'TimeGroup', ids.timeGroups)
  return ascending([
    ...membersOf(timeGroups, groups),
    ...fields.references(parent, 'Times', 'Time', ids.times),
  ])
}

function limitsOf(element: XmlElement, { fields }: Context): { minimum: number; maximum: number } {
  return { minimum: fields.count(element, 'Minimum'), maximum: fields.count(element, 'Maximum') }
}

function busyReader<Kind extends 'LimitIdleTimes' | 'ClusterBusyTimes' | 'LimitBusyTimes'>(kind: Kind) {
  return (element: XmlElement, context: Context) => ({
    kind,
    resources: resourcesIn(appliesTo(element, context), context),
    timeGroups: context.fields.references(element, 'TimeGroups', 'TimeGroup', context.ids.timeGroups),
    ...limitsOf(element, context),
  })
}

const READERS: Readers = {
  AssignResource: (element, context) => ({
    kind: 'AssignResource',
    events: eventsOf(element, context),
    role: context.fields.text(element, 'Role'),
  }),
  AssignTime: (element, context) => ({ kind: 'AssignTime', events: eventsOf(element, context) }),
  SplitEvents: (element, context) => ({
    kind: 'SplitEvents',
    events: eventsOf(element, context),
    minimumDuration: context.fields.count(element, 'MinimumDuration'),
    maximumDuration: context.fields.count(element, 'MaximumDuration'),
    minimumAmount: context.fields.count(element, 'MinimumAmount'),
    maximumAmount: context.fields.count(element, 'MaximumAmount'),
  }),
  DistributeSplitEvents: (element, context) => ({
    kind: 'DistributeSplitEvents',
    events: eventsOf(element, context),
    duration: context.fields.count(element, 'Duration'),
    ...limitsOf(element, context),
  }),
  PreferResources: (element, context) => ({
    kind: 'PreferResources',
    events: eventsOf(element, context),
    role: context.fields.text(element, 'Role'),
    preferred: resourcesIn(element, context),
  }),
  PreferTimes: (element, context) => ({
    kind: 'PreferTimes',
    events: eventsOf(element, context),
    preferred: timesIn(element, context),
    duration: context.fields.optional(element, 'Duration') ? context.fields.count(element, 'Duration') : null,
  }),
  AvoidSplitAssignments: (element, context) => ({
    kind: 'AvoidSplitAssignments',
    eventGroups: eventGroupsOf(element, context),
    role: context.fields.text(element, 'Role'),
  }),
  SpreadEvents: (element, context) => ({
    kind: 'SpreadEvents',
    eventGroups: eventGroupsOf(element, context),
    timeGroups: context.fields
      .children(context.fields.child(element, 'TimeGroups'), 'TimeGroup')
      .map((one) => ({
        group: context.fields.reference(one, context.ids.timeGroups) ?? 0,
        ...limitsOf(one, context),
      })),
  }),
  LinkEvents: (element, context) => ({ kind: 'LinkEvents', eventGroups: eventGroupsOf(element, context) }),
  OrderEvents: (element, context) => ({ kind: 'OrderEvents', pairs: pairsOf(element, context) }),
  AvoidClashes: (element, context) => ({
    kind: 'AvoidClashes',
    resources: resourcesIn(appliesTo(element, context), context),
  }),
  AvoidUnavailableTimes: (element, context) => ({
    kind: 'AvoidUnavailableTimes',
    resources: resourcesIn(appliesTo(element, context), context),
    times: timesIn(element, context),
  }),
  LimitIdleTimes: busyReader('LimitIdleTimes'),
  ClusterBusyTimes: busyReader('ClusterBusyTimes'),
  LimitBusyTimes: busyReader('LimitBusyTimes'),
  LimitWorkload: (element, context) => ({
    kind: 'LimitWorkload',
    resources: resourcesIn(appliesTo(element, context), context),
    ...limitsOf(element, context),
  }),
}

function pairsOf(element: XmlElement, context: Context): XhsttEventPair[] {
  const { fields, ids } = context
  const to = appliesTo(element, context)
  const event = (parent: XmlElement, name: string): number => {
    const one = fields.child(parent, name)
    return one ? (fields.reference(one, ids.events) ?? 0) : 0
  }
  const pairs = fields.children(to && fields.child(to, 'EventPairs'), 'EventPair')
  return pairs.map((pair) => ({
    first: event(pair, 'FirstEvent'),
    second: event(pair, 'SecondEvent'),
    minimum: fields.count(pair, 'MinSeparation', 0),
    maximum: fields.count(pair, 'MaxSeparation', ids.times.byId.size),
  }))
}
