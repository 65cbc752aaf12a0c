import type { Gradebook, GradebookLesson, GradebookStudent, GradebookWork } from '#contract/gradebook.ts'
import { addDays, type Day, mondayOf } from '#domain/calendar/day.ts'
import { shortNames } from '#domain/people/short-names.ts'

/** One column: a work of a lesson; a lesson kept without marks has one column without a work. */
export type Column = {
  lesson: GradebookLesson
  work: GradebookWork | null
  /** The first column of its lesson also shows attendance. */
  first: boolean
}

export type Range = 'week' | 'two-weeks' | 'intake'

/** The grid as it stands on the screen. Rows are children, columns are works of lessons in order of time. */
export type GridModel = {
  gradebook: Gradebook
  students: GradebookStudent[]
  /** What each of them is called in this list. */
  names: string[]
  columns: Column[]
}

/** Which record of the journal a typed value goes to. */
export type Address = { lessonId: string; studentId: string; workId?: string | undefined }

export type Position = { row: number; column: number }

export type ClosedReason = 'not-arrived' | 'left' | 'lesson-ahead' | 'window-closed' | 'read-only'

export function gridModel(gradebook: Gradebook, range: Range): GridModel {
  const span = spanOf(gradebook, range)
  const lessons = gradebook.lessons.filter(({ day }) => span.from <= day && day <= span.to)
  const { students } = gradebook
  const names = shortNames(students.map(({ name }) => name))
  return { gradebook, students, names, columns: lessons.flatMap(columnsOf) }
}

function columnsOf(lesson: GradebookLesson): Column[] {
  if (lesson.works.length === 0) return [{ lesson, work: null, first: true }]
  return lesson.works.map((work, index) => ({ lesson, work, first: index === 0 }))
}

function spanOf({ journal, today }: Gradebook, range: Range): { from: string; to: string } {
  if (range === 'intake') return { from: '', to: '9999' }
  // Before the first and after the last day of an intake its nearest week is shown.
  const near = [journal.from, today, journal.to].sort()[1] ?? today
  const monday = mondayOf(near as Day)
  return { from: range === 'week' ? monday : addDays(monday, -7), to: addDays(monday, 6) }
}

/** Why nothing can be typed into a cell, or null when it is open. */
export function closedReason(model: GridModel, { row, column }: Position): ClosedReason | null {
  const lesson = model.columns[column]?.lesson
  const student = model.students[row]
  if (!lesson || !student) return 'read-only'
  if (lesson.day < student.from) return 'not-arrived'
  if (student.to !== null && lesson.day > student.to) return 'left'
  return lessonClosedReason(model.gradebook, lesson)
}

/** Why a whole lesson takes no entries, or null when it does. */
export function lessonClosedReason({ journal }: Gradebook, lesson: GradebookLesson): ClosedReason | null {
  if (lesson.state === 'ahead') return 'lesson-ahead'
  // Whoever may not write here at all is not told about windows.
  if (!journal.writable && !lesson.writable) return 'read-only'
  if (lesson.state === 'closed') return 'window-closed'
  return lesson.writable ? null : 'read-only'
}

/** Where a mark typed into this cell goes; null in a journal or lesson without works. */
export function markAddress(model: GridModel, { row, column }: Position): Address | null {
  const place = model.columns[column]
  const student = model.students[row]
  if (!place?.work || !student) return null
  return { lessonId: place.lesson.id, studentId: student.id, workId: place.work.id }
}

/** Where an attendance code typed into this cell goes: the lesson, whichever of its columns it was typed in. */
export function attendanceAddress(model: GridModel, { row, column }: Position): Address | null {
  const place = model.columns[column]
  const student = model.students[row]
  return place && student ? { lessonId: place.lesson.id, studentId: student.id } : null
}

/**
 * Where the page opens: at the lesson of today, else at the last that takes entries, else at the last that was held;
 * at the first child who can be entered there.
 */
export function openingPlace(model: GridModel): Position {
  const { columns, gradebook } = model
  const openAt = (column: number) =>
    model.students.findIndex((_, row) => closedReason(model, { row, column }) === null)
  const starts = columns.flatMap(({ first }, column) => (first ? [column] : []))
  const open = starts.filter((column) => openAt(column) !== -1)
  const held = starts.filter((column) => columns[column]?.lesson.state !== 'ahead')
  const today = open.find((column) => columns[column]?.lesson.day === gradebook.today)
  const column = today ?? open.at(-1) ?? held.at(-1) ?? 0
  return { row: Math.max(0, openAt(column)), column }
}
