import type { XmlElement } from '../xml.ts'
import type { Fields, InstanceIds } from './fields.ts'
import type { XhsttEvent, XhsttInstance, XhsttMeet, XhsttReport, XhsttSolution } from './instance.ts'

type Context = { readonly fields: Fields; readonly instance: XhsttInstance; readonly ids: InstanceIds }

/** A solution of the instance; a part that cannot be held as it says is reported. */
export function readSolution(element: XmlElement, group: string, context: Context): XhsttSolution {
  const { fields, instance } = context
  const elements = fields.children(fields.child(element, 'Events'), 'Event')
  const meets = elements.flatMap((one) => readMeet(one, context) ?? [])
  checkDurations(elements, meets, context)
  return { instance: instance.id, group, meets, report: readReport(element, fields) }
}

function readMeet(element: XmlElement, context: Context): XhsttMeet | null {
  const { fields, instance, ids } = context
  const index = fields.reference(element, ids.events)
  const event = index === null ? null : instance.events[index]
  if (index === null || !event) return null
  const duration = fields.count(element, 'Duration', event.duration)
  const at = fields.optional(element, 'Time')
  const time = at ? fields.reference(at, ids.times) : event.time
  checkTime(element, { event, time, duration }, context)
  return { event: index, duration, time, assigned: readAssigned(element, index, context) }
}

function checkTime(
  element: XmlElement,
  { event, time, duration }: { event: XhsttEvent; time: number | null; duration: number },
  { fields, instance }: Context,
): void {
  if (time === null) return
  const { times } = instance
  const most = times.length - time
  if (duration > most)
    fields.report.fault(element.line, 'number-out-of-range', String(duration), { element: 'Duration', most })
  if (event.time !== null && time !== event.time) {
    const why = times[event.time]?.id ?? ''
    fields.report.fault(element.line, 'value-unknown', times[time]?.id ?? '', { element: 'Time', why })
  }
}

function readAssigned(element: XmlElement, event: number, { fields, instance, ids }: Context) {
  const asked = instance.events[event]?.resources ?? []
  const found = fields.children(fields.optional(element, 'Resources'), 'Resource')
  return found.flatMap((one) => {
    const resource = fields.reference(one, ids.resources)
    const role = fields.optional(one, 'Role')?.text.trim() ?? null
    const open = asked.find((askedOne) => askedOne.role === role && askedOne.resource === null)
    // Who is given beforehand may be said once more.
    if (resource === null || asked.some((askedOne) => askedOne.resource === resource)) return []
    const fits =
      open !== undefined && (open.type === null || instance.resources[resource]?.type === open.type)
    if (!fits || role === null) {
      const why = asked.flatMap((askedOne) => (askedOne.resource === null ? [askedOne.role] : [])).join(', ')
      fields.report.fault(one.line, 'value-unknown', role ?? '', { element: 'Role', why })
      return []
    }
    return [{ role, resource }]
  })
}

function checkDurations(
  elements: readonly XmlElement[],
  meets: readonly XhsttMeet[],
  context: Context,
): void {
  const { instance, fields } = context
  const total = new Map<number, number>()
  for (const { event, duration } of meets) total.set(event, (total.get(event) ?? 0) + duration)
  for (const [index, sum] of total) {
    const event = instance.events[index]
    if (!event || event.duration === sum) continue
    const line = elements.find((one) => one.attributes.Reference === event.id)?.line ?? null
    fields.report.fault(line, 'sum-differs', event.id, {
      element: 'Duration',
      least: sum,
      most: event.duration,
    })
  }
}

function readReport(element: XmlElement, fields: Fields): XhsttReport | null {
  const report = fields.optional(element, 'Report')
  if (!report) return null
  const lists = ['Resources', 'Events', 'EventGroups'].flatMap(
    (name) => fields.optional(report, name)?.children ?? [],
  )
  return {
    infeasibility: fields.count(report, 'InfeasibilityValue'),
    objective: fields.count(report, 'ObjectiveValue'),
    costs: lists.flatMap((one) =>
      fields.children(one, 'Constraint').map((constraint) => ({
        on: fields.attribute(one, 'Reference'),
        constraint: fields.attribute(constraint, 'Reference'),
        cost: fields.count(constraint, 'Cost'),
      })),
    ),
  }
}
