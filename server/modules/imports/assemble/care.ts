import type {
  CorrectiveGroupRecord,
  ProcedureRecord,
  TeachingAssignmentRecord,
  TimetableSlotRecord,
} from '../intake-data.ts'
import type { CorrectiveGroupRow, ProcedureRow } from '../readers/procedures.ts'
import { fold } from '../values/text.ts'
import { subjectCalled } from './explained.ts'
import type { Registry } from './registry.ts'
import { findChild, findStaff, findSubject, learnRoom, saidAt } from './registry.ts'
import { slotSubjects } from './timetable.ts'

type Known = { slots: TimetableSlotRecord[]; assignments: TeachingAssignmentRecord[] }

/** Procedures of children of this intake; the lesson a procedure takes must be the one in the timetable. */
export function assembleProcedures(
  rows: ProcedureRow[],
  known: Known,
  registry: Registry,
): ProcedureRecord[] {
  const procedures = new Map<string, ProcedureRecord>()
  const lessons = slotSubjects(known.slots, known.assignments)
  for (const row of rows) {
    const studentKey = findChild(registry, row.child, row.classUnit)
    if (studentKey === null) continue
    const { name, place, weekdays, period, note, time } = row
    const key = [studentKey, fold(name), weekdays.join(','), time.startsAt].join('|')
    if (procedures.has(key)) {
      registry.report(row.at, 'row-duplicated', row.child.text, saidAt(registry.places.get(key), row.at))
      continue
    }
    registry.places.set(key, row.at)
    checkOneAtAnHour(row, studentKey, registry)
    const missedSubjectKey = row.missed === null ? null : findSubject(registry, row.missed)
    const record = { key, studentKey, name, place, weekdays, period, missedSubjectKey, note, ...time }
    checkMissedLesson(record, row, lessons, registry)
    procedures.set(key, record)
  }
  return [...procedures.values()]
}

// A child has one procedure at an hour of the week.
function checkOneAtAnHour(
  { at, child, weekdays, time }: ProcedureRow,
  studentKey: string,
  registry: Registry,
): void {
  for (const weekday of weekdays) {
    const place = `procedure|${studentKey}|${weekday}|${time.startsAt}`
    const before = registry.places.get(place)
    if (before) registry.report(at, 'rows-differ', child.text, saidAt(before, at))
    registry.places.set(place, at)
  }
}

/** Corrective groups with members resolved from surname, initials and class. */
export function assembleCorrectiveGroups(
  rows: CorrectiveGroupRow[],
  registry: Registry,
): CorrectiveGroupRecord[] {
  const groups = new Map<string, CorrectiveGroupRecord>()
  for (const row of rows) {
    const key = fold(row.name)
    const specialistKey = findStaff(registry, row.specialist)
    const found = row.members.map(({ child, classUnit }) => findChild(registry, child, classUnit))
    const memberKeys = found.filter((member) => member !== null)
    if (row.size !== null && row.size.stated !== row.members.length) {
      registry.report(row.size.at, 'size-differs', row.size.stated, { counted: String(row.members.length) })
    }
    if (specialistKey === null) continue
    if (groups.has(key)) {
      registry.report(row.at, 'row-duplicated', row.name, saidAt(registry.places.get(`group|${key}`), row.at))
      continue
    }
    registry.places.set(`group|${key}`, row.at)
    const roomKey = learnRoom(registry, row.room)
    const slots = row.slots.map((slot) => ({ ...slot, roomKey }))
    groups.set(key, { key, name: row.name, specialistKey, slots, memberKeys })
  }
  return [...groups.values()]
}

function checkMissedLesson(
  { weekdays, period, missedSubjectKey, studentKey }: ProcedureRecord,
  row: ProcedureRow,
  lessons: Map<string, Set<string>>,
  registry: Registry,
): void {
  const classKey = registry.children.byKey.get(studentKey)?.classKey
  if (missedSubjectKey === null || period === null || classKey === undefined || lessons.size === 0) return
  for (const weekday of weekdays) {
    const planned = lessons.get(fold(`${classKey}|${weekday}|${period}`)) ?? new Set()
    if (planned.has(missedSubjectKey)) continue
    const there = [...planned].map((key) => registry.subjects.get(key) ?? key).join(', ')
    const missed = subjectCalled(registry, row.missed?.text ?? '').name
    registry.report(row.missed?.at ?? row.at, 'missed-lesson-differs', missed, { planned: there })
  }
}
