import type { ControlList, ControlQuery, ControlRow, ControlSpan, ControlSummary } from '#contract/control.ts'
import { countShown } from '#domain/control/counts.ts'
import { gapsOf, isShown, keepingState } from '#domain/control/keeping.ts'
import type { Call } from '#platform/call.ts'
import { type KeptLesson, readKeptLessons } from './control.sql.ts'

const ROWS_AT_ONCE = 500

/** Lessons the filters ask for, with what each lacks, and how many there are of every kind (6.2–6.4). */
export async function readControl(call: Call, query: ControlQuery): Promise<ControlList> {
  const { from, to, show, teacherId, classId } = query
  const all = await readKeptLessons(call, { from, to })
  const ofTeacher = all.filter((lesson) => teacherId === undefined || lesson.teacherId === teacherId)
  const ofClass = all.filter((lesson) => classId === undefined || lesson.classId === classId)
  const chosen = ofTeacher.filter((lesson) => classId === undefined || lesson.classId === classId)
  const shown = chosen.filter((lesson) => isShown(lesson, show))
  return {
    today: call.today,
    from,
    to,
    total: shown.length,
    rows: shown.slice(0, ROWS_AT_ONCE).map(rowOf),
    counts: countShown(chosen),
    teachers: groupsOf(ofClass, teacherOf).map(counted),
    classes: groupsOf(ofTeacher, classOf).map(counted),
  }
}

/** The director's page: the same lessons by the same rule, as figures. */
export async function readControlSummary(call: Call, { from, to }: ControlSpan): Promise<ControlSummary> {
  const lessons = await readKeptLessons(call, { from, to })
  const figures = (group: Group) => ({ ...counted(group), ...attendanceOf(group.lessons) })
  return {
    today: call.today,
    from,
    to,
    counts: countShown(lessons),
    ...attendanceOf(lessons),
    teachers: groupsOf(lessons, teacherOf).map(figures),
    classes: groupsOf(lessons, classOf).map(figures),
  }
}

function rowOf(lesson: KeptLesson): ControlRow {
  const { lateReason, lateBy, lateOn } = lesson
  return {
    lessonId: lesson.lessonId,
    day: lesson.day,
    period: lesson.period,
    startsAt: lesson.startsAt,
    subject: lesson.subject,
    group: lesson.group,
    classId: lesson.classId,
    className: lesson.className,
    teacherId: lesson.teacherId,
    teacher: lesson.teacher,
    insteadOf: lesson.insteadOf,
    substitutionReason: lesson.substitutionReason,
    merged: lesson.merged,
    state: keepingState(lesson),
    gaps: gapsOf(lesson),
    late: lesson.late ? { reason: lateReason, by: lateBy, enteredOn: lateOn } : null,
    correction: lesson.correction,
    marked: lesson.attended,
    missed: lesson.missed,
  }
}

type Named = { id: string; name: string; key: string }
type Group = Named & { lessons: KeptLesson[] }
const teacherOf = ({ teacherId, teacher, teacherKey }: KeptLesson): Named => ({
  id: teacherId,
  name: teacher,
  key: teacherKey,
})
const classOf = ({ classId, className, classKey }: KeptLesson): Named => ({
  id: classId,
  name: className,
  key: classKey,
})

/** Lessons by whom or what they belong to, in the order of the database's keys, code by code. */
function groupsOf(lessons: KeptLesson[], by: (lesson: KeptLesson) => Named): Group[] {
  const groups = new Map<string, Group>()
  for (const lesson of lessons) {
    const named = by(lesson)
    const group = groups.get(named.id) ?? { ...named, lessons: [] }
    group.lessons.push(lesson)
    groups.set(named.id, group)
  }
  return [...groups.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
}

const counted = ({ id, name, lessons }: Group) => ({ id, name, counts: countShown(lessons) })

function attendanceOf(lessons: KeptLesson[]): { marked: number; missed: number } {
  const sum = (of: (lesson: KeptLesson) => number) => lessons.reduce((total, lesson) => total + of(lesson), 0)
  return { marked: sum(({ attended }) => attended), missed: sum(({ missed }) => missed) }
}
