import type { Report } from '../faults.ts'
import { type ExplainedName, type IntakeData, type StaffRecord, taughtRoles } from '../intake-data.ts'
import type { RawTables } from '../readers/tables.ts'
import { fold } from '../values/text.ts'
import { assembleCorrectiveGroups, assembleProcedures } from './care.ts'
import {
  assembleBells,
  assembleCalendar,
  assembleClasses,
  assembleCurriculum,
  assembleGradingPeriods,
  assembleIntake,
  learnClassesAndSubjects,
} from './centre.ts'
import { assembleClubs } from './clubs.ts'
import { assembleLoad, assembleSubgroups, checkGroupsTaught, withKnown } from './load.ts'
import { checkClashes, checkLoad } from './load-checks.ts'
import { assembleMarks } from './marks.ts'
import { assembleStudents } from './people.ts'
import { assemblePlans } from './plans.ts'
import type { Given, Registry } from './registry.ts'
import { labelOf, makeRegistry } from './registry.ts'
import { assembleStaff } from './staff.ts'
import { assembleTimetable } from './timetable.ts'

/**
 * Puts the tables of a folder together into one centre: every mention resolved to one record, what does
 * not resolve reported and left out, and the files compared with each other.
 */
export function assemble(raw: RawTables, report: Report, given: Given = {}): IntakeData {
  const registry = makeRegistry(report, given)
  learnClassesAndSubjects(raw, registry)
  const people = assemblePeople(raw, registry)
  const teaching = assembleTeaching(raw, registry)
  const { activityGroups, joinedGroups } = assembleClubs(raw.clubs, raw.clubMembers, registry)
  const data: IntakeData = {
    organizationName: raw.titles.find(({ organization }) => organization !== null)?.organization ?? null,
    ...people,
    ...teaching,
    activityGroups,
    joinedGroups,
    staff: withTaughtRoles(people.staff, teaching.assignments, activityGroups),
    lessonPlans: assemblePlans(raw.lessonPlans, teaching.curriculum, registry),
    procedures: assembleProcedures(raw.procedures, { slots: teaching.timetable, ...teaching }, registry),
    incomingMarks: assembleMarks(raw.marks, people, registry),
    classes: assembleClasses(raw, registry),
    subjects: [...registry.subjects].map(([key, name]) => ({ key, name })),
    rooms: [...registry.rooms].map(([key, name]) => ({ key, name })),
    explained: explainedNames(registry),
  }
  checkLoad(data, registry)
  checkClashes({ ...data, assignments: withKnown(data.assignments, registry.known.assignments) }, registry)
  return data
}

// The names with what the centre calls it.
function explainedNames(registry: Registry): IntakeData['explained'] {
  const { subjects, known, staff } = registry
  const nameOf: Record<ExplainedName['kind'], (key: string) => string | undefined> = {
    class: (key) => labelOf(registry, key),
    staff: (key) => staff.byKey.get(key)?.name.full,
    subject: (key) => known.subjects.find((one) => one.key === key)?.name ?? subjects.get(key),
  }
  return [...registry.explained.values()].map((one) => ({
    ...one,
    means: nameOf[one.kind](one.key) ?? one.key,
  }))
}

function assemblePeople(raw: RawTables, registry: Registry) {
  const intake = assembleIntake(raw, registry)
  const [firstChild] = raw.students
  if (intake === null && firstChild !== undefined) {
    registry.report({ ...firstChild.at, cell: null }, 'intake-unknown')
  }
  return {
    intake,
    calendar: assembleCalendar(raw.events, intake, registry),
    gradingPeriods: assembleGradingPeriods(raw.periods, registry),
    staff: assembleStaff(raw.staff, registry),
    ...assembleStudents(raw.students, intake, registry),
  }
}

// What a table refers to stands in another table of the folder, or in the journal already.
function assembleTeaching(raw: RawTables, registry: Registry) {
  const { known } = registry
  const curriculum = assembleCurriculum(raw, registry)
  const bells = assembleBells(raw.bells, registry)
  const subgroups = assembleSubgroups(raw.subgroups, registry)
  const correctiveGroups = assembleCorrectiveGroups(raw.correctiveGroups, registry)
  const allSubgroups = [...subgroups, ...known.subgroups]
  const groupKeys = new Set([...correctiveGroups, ...known.correctiveGroups].map(({ key }) => key))
  checkGroupHours(raw, groupKeys, registry)
  const assignments = assembleLoad(raw.load, { subgroups: allSubgroups, groupKeys }, registry)
  const taught = { assignments: withKnown(assignments, known.assignments), subgroups: allSubgroups }
  checkGroupsTaught(raw.correctiveGroups, taught.assignments, registry)
  const timetable = assembleTimetable(raw.lessons, { ...taught, bells: [...bells, ...known.bells] }, registry)
  return { curriculum, bells, subgroups, correctiveGroups, assignments, timetable }
}

function checkGroupHours({ curriculum }: RawTables, groupKeys: Set<string>, { report }: Registry): void {
  if (groupKeys.size === 0) return
  for (const { name } of curriculum.groups) {
    if (!groupKeys.has(fold(name.text))) report(name.at, 'group-unknown', name.text)
  }
}

function withTaughtRoles(
  staff: StaffRecord[],
  assignments: IntakeData['assignments'],
  clubs: IntakeData['activityGroups'],
): StaffRecord[] {
  return staff.map((person) => ({
    ...person,
    roles: [...person.roles, ...taughtRoles(person, { assignments, activityGroups: clubs })],
  }))
}
