import type { XmlElement } from '../xml.ts'
import type { Fields, InstanceIds } from './fields.ts'
import type {
  XhsttEvent,
  XhsttEventResource,
  XhsttGroup,
  XhsttInstance,
  XhsttResource,
  XhsttTimeGroup,
} from './instance.ts'
import { readConstraint } from './read-constraint.ts'

/** The elements of an instance that have ids, in the order of their indices. */
type Elements = Record<keyof InstanceIds, readonly XmlElement[]>

/** An instance as far as it can be read; what is wrong is reported, and then it is not to be used. */
export function readInstance(
  element: XmlElement,
  fields: Fields,
): { instance: XhsttInstance; ids: InstanceIds } {
  const elements = elementsOf(element, fields)
  const ids: InstanceIds = {
    times: fields.ids('time', elements.times),
    timeGroups: fields.ids('time', elements.timeGroups),
    resourceTypes: fields.ids('resource', elements.resourceTypes),
    resourceGroups: fields.ids('resource', elements.resourceGroups),
    resources: fields.ids('resource', elements.resources),
    eventGroups: fields.ids('event', elements.eventGroups),
    events: fields.ids('event', elements.events),
  }
  const readNamed = (one: XmlElement) => named(one, fields)
  const resourceGroups = groups(elements.resourceGroups, elements.resources, fields, (resource) =>
    fields.references(resource, 'ResourceGroups', 'ResourceGroup', ids.resourceGroups),
  )
  const eventGroups = groups(elements.eventGroups, elements.events, fields, (event) => [
    ...fields.children(event, 'Course').flatMap((one) => fields.reference(one, ids.eventGroups) ?? []),
    ...fields.references(event, 'EventGroups', 'EventGroup', ids.eventGroups),
  ])
  const parts = {
    times: elements.times.map(readNamed),
    timeGroups: timeGroupsOf(elements, fields, ids),
    resourceTypes: elements.resourceTypes.map(readNamed),
    resourceGroups,
    resources: elements.resources.map((one) => readResource(one, fields, ids)),
    eventGroups,
    events: elements.events.map((one) => readEvent(one, fields, ids, resourceGroups)),
  }
  const context = { fields, ids, timeGroups: parts.timeGroups, resourceGroups, eventGroups }
  const constraints = (fields.child(element, 'Constraints')?.children ?? []).flatMap(
    (one) => readConstraint(one, context) ?? [],
  )
  const about = { id: fields.attribute(element, 'Id'), name: nameOf(element, fields) }
  return { instance: { ...about, ...parts, constraints }, ids }
}

function nameOf(element: XmlElement, fields: Fields): string {
  const about = fields.child(element, 'MetaData')
  return about ? fields.text(about, 'Name') : ''
}

function elementsOf(element: XmlElement, fields: Fields): Elements {
  const times = fields.child(element, 'Times')
  const resources = fields.child(element, 'Resources')
  const events = fields.child(element, 'Events')
  return {
    times: fields.children(times, 'Time'),
    timeGroups: fields.optional(times, 'TimeGroups')?.children ?? [],
    resourceTypes: fields.children(fields.optional(resources, 'ResourceTypes'), 'ResourceType'),
    resourceGroups: fields.children(fields.optional(resources, 'ResourceGroups'), 'ResourceGroup'),
    resources: fields.children(resources, 'Resource'),
    eventGroups: fields.optional(events, 'EventGroups')?.children ?? [],
    events: fields.children(events, 'Event'),
  }
}

function named(element: XmlElement, fields: Fields): { id: string; name: string } {
  return { id: element.attributes.Id ?? '', name: fields.text(element, 'Name') }
}

function groups(
  elements: readonly XmlElement[],
  memberElements: readonly XmlElement[],
  fields: Fields,
  groupsOf: (member: XmlElement) => readonly number[],
): XhsttGroup[] {
  const members = elements.map((): number[] => [])
  for (const [index, member] of memberElements.entries())
    for (const group of new Set(groupsOf(member))) members[group]?.push(index)
  return elements.map((element, index) => ({ ...named(element, fields), members: members[index] ?? [] }))
}

const GROUP_KINDS: Record<string, XhsttTimeGroup['kind']> = { Day: 'day', Week: 'week' }

function timeGroupsOf(elements: Elements, fields: Fields, ids: InstanceIds): XhsttTimeGroup[] {
  const inGroups = groups(elements.timeGroups, elements.times, fields, (time) => [
    ...[...fields.children(time, 'Day'), ...fields.children(time, 'Week')].flatMap(
      (one) => fields.reference(one, ids.timeGroups) ?? [],
    ),
    ...fields.references(time, 'TimeGroups', 'TimeGroup', ids.timeGroups),
  ])
  return inGroups.map((group, index) => ({
    ...group,
    kind: GROUP_KINDS[elements.timeGroups[index]?.name ?? ''] ?? 'group',
  }))
}

function readResource(element: XmlElement, fields: Fields, ids: InstanceIds): XhsttResource {
  const type = fields.child(element, 'ResourceType')
  return {
    ...named(element, fields),
    type: type ? (fields.reference(type, ids.resourceTypes) ?? 0) : 0,
  }
}

function readEvent(
  element: XmlElement,
  fields: Fields,
  ids: InstanceIds,
  resourceGroups: readonly XhsttGroup[],
): XhsttEvent {
  const duration = fields.count(element, 'Duration')
  const isEmpty = duration === 0 && fields.optional(element, 'Duration')?.text.trim() === '0'
  if (isEmpty)
    fields.report.fault(element.line, 'number-out-of-range', '0', { element: 'Duration', least: 1 })
  const workload = fields.count(element, 'Workload', duration)
  const given = fields.optional(element, 'Time')
  const inGroups = fields
    .references(element, 'ResourceGroups', 'ResourceGroup', ids.resourceGroups)
    .flatMap((group) => resourceGroups[group]?.members ?? [])
  const listed = fields
    .children(fields.optional(element, 'Resources'), 'Resource')
    .map((one) => readEventResource(one, fields, ids, workload))
  const known = new Set(listed.map(({ resource }) => resource))
  const grouped = [...new Set(inGroups)].filter((resource) => !known.has(resource))
  return {
    ...named(element, fields),
    duration,
    time: given ? fields.reference(given, ids.times) : null,
    resources: [...listed, ...grouped.map((resource) => ({ resource, role: null, type: null, workload }))],
  }
}

function readEventResource(
  element: XmlElement,
  fields: Fields,
  ids: InstanceIds,
  workload: number,
): XhsttEventResource {
  const isGiven = element.attributes.Reference !== undefined
  // Nobody could be found for a resource of no role and no type.
  const role = isGiven ? fields.optional(element, 'Role') : fields.child(element, 'Role')
  const type = isGiven ? fields.optional(element, 'ResourceType') : fields.child(element, 'ResourceType')
  return {
    resource: isGiven ? fields.reference(element, ids.resources) : null,
    role: role?.text.trim() ?? null,
    type: type ? fields.reference(type, ids.resourceTypes) : null,
    workload: fields.count(element, 'Workload', workload),
  }
}
