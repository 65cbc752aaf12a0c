import { MAX_PERIODS, type TimetableProblem } from '#domain/timetable/problem.ts'
import { type FileFault, FileReport, type Unsupported } from '../faults.ts'
import { childOf, readXml, textOf, type XmlElement } from '../xml.ts'
import { readActivities } from './activities.ts'
import { readConstraints } from './constraints.ts'
import { readNames } from './names.ts'
import { readRooms } from './rooms.ts'
import { readStudents } from './students.ts'

/** A file of FET as it was read, so that a timetable can be written into it. */
export type FetDocument = {
  readonly text: string
  readonly problem: TimetableProblem
  readonly root: XmlElement
  /** Rooms of the problem that are a virtual room of the file with its real rooms chosen, and which that is. */
  readonly virtualOf: ReadonlyMap<number, number>
}

/** What a file of FET says; with a fault there is nothing to work with. */
export type FetReading = {
  readonly problem: TimetableProblem | null
  readonly document: FetDocument | null
  readonly faults: readonly FileFault[]
  readonly unsupported: readonly Unsupported[]
}

const LISTS = ['Days_List', 'Hours_List', 'Subjects_List', 'Activities_List'] as const
const MAX_DAYS = 366

/**
 * Reads a file of FET (https://lalescu.ro/liviu/fet/), of versions 5 and 6, in its mode «Official». Whatever is wrong
 * is told with its line, whatever is not supported is named; inactive activities and constraints are left out, as
 * FET does.
 */
export function readFet(text: string, file: string): FetReading {
  const report = new FileReport(file)
  const xml = readXml(text, file)
  if ('fault' in xml) return reading(null, report, [xml.fault])
  const { root } = xml
  if (root.name.toLowerCase() !== 'fet') {
    report.fault(root.line, 'other-format', root.name, { element: 'fet' })
    return reading(null, report)
  }
  for (const list of LISTS)
    if (!childOf(root, list)) report.fault(root.line, 'element-missing', list, { element: root.name })
  const mode = textOf(root, 'Mode')?.trim() ?? 'Official'
  if (mode !== 'Official') report.unsupported(`Mode ${mode}`, childOf(root, 'Mode')?.line ?? root.line)
  if (report.faults.length > 0) return reading(null, report)
  const read = readProblem(root, report)
  return reading(report.faults.length > 0 ? null : { text, root, ...read }, report)
}

function reading(
  document: FetDocument | null,
  report: FileReport,
  faults: readonly FileFault[] = report.faults,
): FetReading {
  const { notSupported: unsupported } = report
  return { problem: document?.problem ?? null, document, faults, unsupported }
}

function readProblem(root: XmlElement, report: FileReport): Pick<FetDocument, 'problem' | 'virtualOf'> {
  const days = readNames(root, 'Days_List', { element: 'Day', thing: 'day' }, report)
  const periods = readNames(root, 'Hours_List', { element: 'Hour', thing: 'period' }, report)
  checkLength(root, 'Days_List', days.list.length, MAX_DAYS, report)
  checkLength(root, 'Hours_List', periods.list.length, MAX_PERIODS, report)
  const subjects = readNames(root, 'Subjects_List', { element: 'Subject', thing: 'subject' }, report)
  const tags = readNames(root, 'Activity_Tags_List', { element: 'Activity_Tag', thing: 'tag' }, report)
  const teachers = readNames(root, 'Teachers_List', { element: 'Teacher', thing: 'teacher' }, report)
  const students = readStudents(root, report)
  const { rooms, names: roomNames, buildings } = readRooms(root, report)
  const names = { subjects, tags, teachers, students, periods: periods.list.length }
  const activities = readActivities(root, names, report)
  const problem = {
    name: textOf(root, 'Institution_Name') ?? '',
    ...{ days: days.list, periods: periods.list, subjects: subjects.list, tags: tags.list },
    teachers: teachers.list.map((name) => ({ name })),
    ...{ atoms: students.atoms, studentSets: students.sets },
    ...{ buildings, rooms, activities: activities.list },
  }
  const lists = ['Time_Constraints_List', 'Space_Constraints_List'].flatMap(
    (list) => childOf(root, list) ?? [],
  )
  const scope = {
    ...{ report, problem, activities, days, periods, teachers, subjects, tags },
    ...{ students: students.names, rooms: roomNames },
  }
  const { constraints, realRooms } = readConstraints(lists, scope)
  return {
    problem: { ...problem, rooms: [...rooms, ...realRooms.added], constraints },
    virtualOf: realRooms.virtualOf,
  }
}

function checkLength(root: XmlElement, list: string, length: number, most: number, report: FileReport): void {
  const line = childOf(root, list)?.line ?? root.line
  if (length === 0) report.fault(line, 'list-empty', null, { element: list })
  if (length > most) report.fault(line, 'list-too-long', String(length), { element: list, most })
}
