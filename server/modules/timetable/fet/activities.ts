import type { Activity } from '#domain/timetable/problem.ts'
import type { FileReport } from '../faults.ts'
import { childOf, childrenOf, textOf, type XmlElement } from '../xml.ts'
import { type Names, readFlag, readNumber } from './names.ts'
import type { FetStudents } from './students.ts'

/** Active activities, by the number FET gives them; inactive ones are known, so that naming them is no fault. */
export type FetActivities = {
  readonly list: Activity[]
  readonly index: ReadonlyMap<string, number>
  readonly inactive: ReadonlySet<string>
}

/** What an activity refers to. */
export type ActivityNames = {
  readonly subjects: Names
  readonly tags: Names
  readonly teachers: Names
  readonly students: FetStudents
  readonly periods: number
}

/** Reads the activities; unknown names, repeated numbers and lengths longer than a day are faults. */
export function readActivities(root: XmlElement, names: ActivityNames, report: FileReport): FetActivities {
  const list: Activity[] = []
  const index = new Map<string, number>()
  const inactive = new Set<string>()
  for (const element of activityElements(root)) {
    const number = readNumber(element, 'Id', { least: 0, most: 1e9 }, report)
    if (number === null) continue
    const id = String(number)
    if (index.has(id) || inactive.has(id)) repeated(element, id, report)
    const activity = readActivity(element, number, names, report)
    if (readFlag(element, 'Active', true, report)) index.set(id, list.push(activity) - 1)
    else inactive.add(id)
  }
  if (list.length === 0) report.fault(null, 'nothing-to-place')
  return { list, index, inactive }
}

function activityElements(root: XmlElement): XmlElement[] {
  const list = childOf(root, 'Activities_List')
  return list ? childrenOf(list, 'Activity') : []
}

function repeated(element: XmlElement, id: string, report: FileReport): void {
  const line = childOf(element, 'Id')?.line ?? element.line
  report.fault(line, 'name-repeated', id, { thing: 'activity' })
}

function readActivity(
  element: XmlElement,
  id: number,
  { subjects, tags, teachers, students, periods }: ActivityNames,
  report: FileReport,
): Activity {
  const group = readNumber(element, 'Activity_Group_Id', { least: 0, most: 1e9, otherwise: 0 }, report) ?? 0
  const length = readLength(element, periods, report)
  const sets = indices(element, 'Students', students.names, report)
  const subject = indices(element, 'Subject', subjects, report)[0]
  if (subject === undefined && !textOf(element, 'Subject'))
    report.fault(element.line, 'element-missing', 'Subject', { element: 'Activity' })
  const together = sets.reduce((sum, set) => sum + (students.sets[set]?.size ?? 0), 0)
  const size = readNumber(element, 'Number_Of_Students', { least: -1, most: 1e6, otherwise: -1 }, report)
  return {
    id: String(id),
    group: group > 0 ? String(group) : null,
    // FET numbers the parts of a divided activity one after the other, from the number of the group.
    part: group > 0 ? id - group + 1 : 1,
    subject: subject ?? 0,
    tags: indices(element, 'Activity_Tag', tags, report),
    teachers: indices(element, 'Teacher', teachers, report),
    students: sets,
    length,
    size: size === null || size < 0 ? together : size,
  }
}

function readLength(element: XmlElement, periods: number, report: FileReport): number {
  const length = readNumber(element, 'Duration', { least: 1, most: 1e6, otherwise: 1 }, report) ?? 1
  if (length > periods)
    report.fault(childOf(element, 'Duration')?.line ?? element.line, 'longer-than-day', String(length), {
      most: periods,
    })
  return length
}

function indices(parent: XmlElement, element: string, names: Names, report: FileReport): number[] {
  const found = childrenOf(parent, element).flatMap(({ text, line }) => {
    const index = names.index.get(text)
    if (text !== '' && index === undefined)
      report.fault(line, 'name-unknown', text, { thing: names.thing, element })
    return index ?? []
  })
  return [...new Set(found)]
}
