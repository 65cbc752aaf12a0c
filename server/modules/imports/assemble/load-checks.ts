import type { Place } from '../faults.ts'
import type {
  ClassRecord,
  CurriculumLineRecord,
  IntakeData,
  SubgroupRecord,
  TeachingAssignmentRecord,
  TimetableSlotRecord,
} from '../intake-data.ts'
import { labelOf, type Registry } from './registry.ts'

// Hours a week above which a teacher's load needs the deputy's word: one and a half full positions of 18.
const TEACHER_LIMIT = 27

/** Compares load, curriculum and timetable with each other and with the weekly limits. */
export function checkLoad(data: IntakeData, registry: Registry): void {
  checkClassLimits(data.classes, data.curriculum, registry)
  checkTeacherLimits(data.assignments, registry)
  if (data.assignments.length > 0) {
    for (const line of data.curriculum) checkCurriculumLine(line, data, registry)
  }
  if (data.timetable.length > 0) checkHours(data.assignments, data.timetable, registry)
}

/** Finds lessons that cannot be held at once: a class, a teacher or a room in two places. */
export function checkClashes(data: IntakeData, registry: Registry): void {
  const byKey = new Map(data.assignments.map((assignment) => [assignment.key, assignment]))
  const met: Met = { teachers: new Map(), rooms: new Map(), classes: new Map() }
  for (const slot of data.timetable) {
    const assignment = byKey.get(slot.assignmentKey)
    const at = registry.places.get(`slot|${slot.key}`)
    if (assignment === undefined || at === undefined) continue
    checkTwice(met, { slot, assignment, at }, registry)
    checkMethodDay(data, assignment, { weekday: slot.weekday, at, registry })
  }
}

type Met = {
  teachers: Map<string, Place>
  rooms: Map<string, Place>
  classes: Map<string, { at: Place; isWhole: boolean }>
}

type PlacedSlot = { slot: TimetableSlotRecord; assignment: TeachingAssignmentRecord; at: Place }

function checkTwice(met: Met, placed: PlacedSlot, registry: Registry): void {
  const { slot, assignment, at } = placed
  const when = `${slot.weekday}|${slot.period}`
  const takenBy = (map: Map<string, Place>, key: string): string | null => {
    const before = map.get(`${when}|${key}`)
    if (before === undefined) map.set(`${when}|${key}`, at)
    return before === undefined ? null : (before.cell ?? '')
  }
  const teaching = takenBy(met.teachers, assignment.teacherKey)
  const teacher = registry.staff.byKey.get(assignment.teacherKey)?.name.full ?? null
  if (teaching !== null) registry.report(at, 'teacher-twice', teacher, { cell: teaching })
  const taken = slot.roomKey === null ? null : takenBy(met.rooms, slot.roomKey)
  const room = registry.rooms.get(slot.roomKey ?? '') ?? null
  if (taken !== null) registry.report(at, 'room-twice', room, { cell: taken })
  checkClass(met, placed, registry)
}

// Subgroups may part and meet other subjects at once, a lesson of the whole class may not.
function checkClass({ classes }: Met, { slot, assignment, at }: PlacedSlot, registry: Registry): void {
  const key = `${slot.weekday}|${slot.period}|${slot.classKey}`
  const isWhole = assignment.subgroupKey === null
  const held = classes.get(key)
  if (held === undefined) classes.set(key, { at, isWhole })
  else if (held.isWhole || isWhole) registry.report(at, 'lesson-twice', labelOf(registry, slot.classKey))
}

function checkMethodDay(
  { staff }: IntakeData,
  { teacherKey }: TeachingAssignmentRecord,
  { weekday, at, registry }: { weekday: number; at: Place; registry: Registry },
): void {
  const teacher = staff.find(({ key }) => key === teacherKey)
  if (teacher?.methodDay === weekday) registry.report(at, 'method-day', teacher.name.full)
}

function checkClassLimits(
  classes: ClassRecord[],
  curriculum: CurriculumLineRecord[],
  registry: Registry,
): void {
  for (const { key, label, weeklyLimit } of classes) {
    const lessons = curriculum.filter(
      ({ classKey, part }) => classKey === key && (part === 'mandatory' || part === 'formed'),
    )
    const hours = lessons.reduce((sum, line) => sum + line.hours, 0)
    const at = registry.places.get(`limit|${key}`)
    if (weeklyLimit !== null && at !== undefined && hours > weeklyLimit) {
      registry.report(at, 'load-over-limit', hours, { limit: String(weeklyLimit), who: label })
    }
  }
}

function checkTeacherLimits(assignments: TeachingAssignmentRecord[], registry: Registry): void {
  const hours = new Map<string, number>()
  for (const { teacherKey, hours: more } of assignments)
    hours.set(teacherKey, (hours.get(teacherKey) ?? 0) + more)
  for (const [teacherKey, sum] of hours) {
    const at = registry.places.get(`teacher|${teacherKey}`)
    const who = registry.staff.byKey.get(teacherKey)?.name.full ?? teacherKey
    if (at !== undefined && sum > TEACHER_LIMIT) {
      registry.report(at, 'load-over-limit', sum, { limit: String(TEACHER_LIMIT), who })
    }
  }
}

// Each subgroup has the hours of the curriculum once; the class as a whole may have some of them together.
function checkCurriculumLine(line: CurriculumLineRecord, data: IntakeData, registry: Registry): void {
  const taught = data.assignments.filter(
    ({ classKey, subjectKey }) => classKey === line.classKey && subjectKey === line.subjectKey,
  )
  const sumOf = (list: TeachingAssignmentRecord[]): number => list.reduce((sum, { hours }) => sum + hours, 0)
  const whole = sumOf(taught.filter(({ subgroupKey }) => subgroupKey === null))
  const groups = groupsOf(taught, data.subgroups)
  const totals =
    groups.length === 0
      ? [whole]
      : groups.map((key) => whole + sumOf(taught.filter((one) => one.subgroupKey === key)))
  const wrong = totals.find((total) => total !== line.hours)
  const at = registry.places.get(`curriculum|${line.key}`)
  if (wrong === undefined || at === undefined) return
  registry.report(at, 'load-differs-from-curriculum', line.hours, { taught: String(wrong) })
}

function groupsOf(taught: TeachingAssignmentRecord[], subgroups: SubgroupRecord[]): string[] {
  const first = subgroups.find(({ key }) => taught.some(({ subgroupKey }) => subgroupKey === key))
  if (first === undefined) return []
  return subgroups
    .filter(({ classKey, division }) => classKey === first.classKey && division === first.division)
    .map(({ key }) => key)
}

function checkHours(
  assignments: TeachingAssignmentRecord[],
  slots: TimetableSlotRecord[],
  { report, places }: Registry,
): void {
  const planned = new Map<string, number>()
  for (const { assignmentKey } of slots) planned.set(assignmentKey, (planned.get(assignmentKey) ?? 0) + 1)
  for (const { key, hours, correctiveGroupKey } of assignments) {
    const at = places.get(`load|${key}`)
    const lessons = planned.get(key) ?? 0
    // Corrective groups meet outside the timetable of lessons.
    if (correctiveGroupKey !== null || at === undefined || lessons === hours) continue
    report(at, 'hours-differ', hours, { expected: String(lessons) })
  }
}
