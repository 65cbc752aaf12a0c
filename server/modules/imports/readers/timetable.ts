import type { Place, Report } from '../faults.ts'
import type { Mention } from '../sheet/cells.ts'
import { readNumber, readTextAt } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import { isSubject } from '../values/subjects.ts'
import { GROUP_LABEL } from '../values/terms.words.ts'
import { fold, lineOf, splitBrackets, textOf } from '../values/text.ts'
import type { TimeSpan, Weekday } from '../values/times.ts'
import { timeSpanOf, weekdaysOf } from '../values/times.ts'

export type LessonRow = {
  at: Place
  weekday: Weekday
  period: number
  time: TimeSpan | null
  classUnit: Mention
  subject: string
  subgroup: string | null
  teacher: string
  room: string | null
}

type Slot = { weekday: Weekday; period: number; time: TimeSpan | null }

/** Lessons of the week, one per line of a cell: «Subject (group), teacher, room». */
export function readTimetable(table: Table, report: Report): LessonRow[] {
  let weekday: Weekday | null = null
  const rows: LessonRow[] = []
  for (const line of recordLines(table)) {
    // A day's name stands once, at the first lesson of the day.
    weekday = readWeekday(line, report) ?? weekday
    const period = readNumber(line, 'period', report, { min: 0, max: 15, step: 1 })
    if (weekday !== null && period !== null) {
      const slot = { weekday, period, time: readTime(line, report) }
      for (const row of readCells(line, slot, report)) rows.push(row)
    } else if (hasLessons(line)) reportMissing(line, weekday, report)
  }
  return rows
}

function readWeekday(line: Line, report: Report): Weekday | null {
  const text = lineOf(line.value('weekday'))
  const days = text === null ? null : weekdaysOf(text)
  if (text !== null && days === null) report(line.at('weekday'), 'value-unknown', text, { field: 'weekday' })
  return days?.[0] ?? null
}

function readTime(line: Line, report: Report): TimeSpan | null {
  const span = timeSpanOf(line.value('time'))
  if (span === null && lineOf(line.value('time')) !== null) {
    report(line.at('time'), 'time-invalid', line.value('time'))
  }
  return span
}

function hasLessons(line: Line): boolean {
  return line.table.open.some(({ column }) => lineOf(line.valueAt(column)) !== null)
}

function reportMissing(line: Line, weekday: Weekday | null, report: Report): void {
  const field = weekday === null ? 'weekday' : 'period'
  if (lineOf(line.value(field)) === null) report(line.at(field), 'value-missing', null, { field })
}

function readCells(line: Line, slot: Slot, report: Report): LessonRow[] {
  return line.table.open.flatMap(({ column, heading }) => {
    const at = line.placeAt(column)
    if (readTextAt(line, column, report) === null) return []
    const lessons = textOf(line.valueAt(column))
      .split(/\r?\n/)
      .map((text) => lineOf(text))
    return lessons.flatMap((text) => {
      if (text === null) return []
      const lesson = readLesson(text)
      if (lesson === null) report(at, 'lesson-unreadable', text)
      return lesson === null ? [] : [{ at, ...slot, classUnit: { text: heading, at }, ...lesson }]
    })
  })
}

type Lesson = { subject: string; subgroup: string | null; teacher: string; room: string | null }

function readLesson(text: string): Lesson | null {
  const parts = text.split(',').map((part) => part.trim())
  const teacherIndex = parts.findLastIndex((part, index) => index > 0 && /\p{L} \p{L}\./u.test(part))
  const teacher = parts[teacherIndex]
  if (teacherIndex < 1 || teacher === undefined) return null
  const { subject, subgroup } = splitSubgroup(parts.slice(0, teacherIndex).join(', '))
  const room = parts.slice(teacherIndex + 1).join(', ')
  return subject === '' ? null : { subject, subgroup, teacher, room: room === '' ? null : room }
}

// Brackets also belong to names of subjects, as in «Труд (технология)».
function splitSubgroup(text: string): { subject: string; subgroup: string | null } {
  const { bare, inside } = splitBrackets(text)
  if (inside === null || isSubject(text) || !GROUP_LABEL.test(fold(inside)))
    return { subject: text, subgroup: null }
  return { subject: bare, subgroup: inside }
}
