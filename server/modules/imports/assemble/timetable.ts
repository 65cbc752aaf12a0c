import type { BellRecord, TeachingAssignmentRecord, TimetableSlotRecord } from '../intake-data.ts'
import type { KnownTeaching } from '../known-centre.ts'
import type { LessonRow } from '../readers/timetable.ts'
import { fold } from '../values/text.ts'
import type { TimeSpan } from '../values/times.ts'
import { subjectCalled } from './explained.ts'
import { assignmentKey, subgroupKeyOf } from './load.ts'
import type { Registry } from './registry.ts'
import { findClass, findStaff, findSubject, learnRoom, saidAt } from './registry.ts'

type Known = {
  assignments: TeachingAssignmentRecord[]
  subgroups: KnownTeaching['subgroups']
  bells: BellRecord[]
}

/** Weekly lessons, each of an assignment of the load. */
export function assembleTimetable(
  rows: LessonRow[],
  known: Known,
  registry: Registry,
): TimetableSlotRecord[] {
  const slots = new Map<string, TimetableSlotRecord>()
  // By what each is now: the teacher of a journal may have changed since its row was read.
  const assigned = new Map(known.assignments.map((one) => [assignmentKey(one), one.key]))
  for (const row of rows) {
    const found = findAssignment(row, known, registry)
    if (found === null) continue
    const journalKey = assigned.get(found.assignmentKey)
    if (journalKey === undefined) {
      registry.report(row.at, 'lesson-not-in-load', `${row.subject}, ${row.teacher}`, {
        classUnit: row.classUnit.text,
      })
      continue
    }
    found.assignmentKey = journalKey
    const key = `${row.weekday}|${row.period}|${journalKey}`
    if (slots.has(key))
      registry.report(
        row.at,
        'lesson-twice',
        `${row.subject}, ${row.teacher}`,
        saidAt(registry.places.get(`slot|${key}`), row.at),
      )
    else addSlot(slots, key, { row, found, bells: known.bells, registry })
  }
  return [...slots.values()]
}

type Found = { assignmentKey: string; classKey: string }
type NewSlot = { row: LessonRow; found: Found; bells: BellRecord[]; registry: Registry }

function addSlot(
  slots: Map<string, TimetableSlotRecord>,
  key: string,
  { row, found, bells, registry }: NewSlot,
): void {
  const classes = [...registry.classes.values(), ...registry.known.classes]
  const grade = classes.find(({ key: one }) => one === found.classKey)?.grades[0] ?? 0
  const bell = bells.find(({ grades, period }) => period === row.period && grades.includes(grade))
  // Extracurricular lessons of the youngest have no bell of their own and follow the sheet's time.
  const time: TimeSpan | null = bell ?? row.time
  if (time === null) {
    registry.report(row.at, 'time-invalid', null)
    return
  }
  const { weekday, period } = row
  const roomKey = learnRoom(registry, row.room)
  slots.set(key, { key, ...found, weekday, period, roomKey, startsAt: time.startsAt, endsAt: time.endsAt })
  registry.places.set(`slot|${key}`, row.at)
}

function findAssignment(row: LessonRow, { subgroups }: Known, registry: Registry): Found | null {
  const classKey = findClass(registry, row.classUnit)
  const subjectKey = findSubject(registry, { text: row.subject, at: row.at })
  const teacherKey = findStaff(registry, { text: row.teacher, at: row.at })
  if (classKey === null || subjectKey === null || teacherKey === null) return null
  const subgroupKey =
    row.subgroup === null
      ? null
      : subgroupKeyOf(subgroups, classKey, subjectCalled(registry, row.subject).name, row.subgroup)
  if (row.subgroup !== null && subgroupKey === null) {
    registry.report(row.at, 'subgroup-unknown', row.subgroup, {
      subject: row.subject,
      classUnit: row.classUnit.text,
    })
    return null
  }
  return {
    assignmentKey: assignmentKey({ teacherKey, subjectKey, classKey, subgroupKey, correctiveGroupKey: null }),
    classKey,
  }
}

/** Key under which the subject of a class is looked for in the timetable: «5а|monday's 3rd». */
export function slotSubjects(
  slots: TimetableSlotRecord[],
  assignments: TeachingAssignmentRecord[],
): Map<string, Set<string>> {
  const subjectOf = new Map(assignments.map(({ key, subjectKey }) => [key, subjectKey]))
  const subjects = new Map<string, Set<string>>()
  for (const { classKey, weekday, period, assignmentKey: key } of slots) {
    const place = fold(`${classKey}|${weekday}|${period}`)
    const set = subjects.get(place) ?? new Set<string>()
    set.add(subjectOf.get(key) ?? '')
    subjects.set(place, set)
  }
  return subjects
}
