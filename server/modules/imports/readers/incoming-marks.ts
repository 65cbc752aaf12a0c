import type { Day } from '#domain/calendar/day.ts'
import type { Place, Report } from '../faults.ts'
import type { IncomingMark } from '../intake-data.ts'
import type { Mention } from '../sheet/cells.ts'
import { needMention, readNumber, readText, readTextAt } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { lineAt, recordLines } from '../sheet/table.ts'
import { PERIOD_COLUMN } from '../values/terms.words.ts'
import { fold, lineOf } from '../values/text.ts'
import { ambiguousDay, dayOf } from '../values/times.ts'
import { markOf } from './mark-words.ts'
import type { MarksTitle } from './marks-title.ts'
import { readMarksTitle } from './marks-title.ts'

export type IncomingSubjectRow = {
  subject: Mention
  marks: IncomingMark[]
  average: { stated: number; at: Place } | null
  plannedHours: number | null
  taughtHours: number | null
  missedLessons: number | null
}

export type IncomingMarksRow = MarksTitle & { form: 1 | 2 | 3 | 4; subjects: IncomingSubjectRow[] }

const COUNT = { min: 0, max: 1_000, step: 1 }

/** One sheet of marks of one child from the home school, in any of the four forms met. */
export function readIncomingMarks(table: Table, form: 1 | 2 | 3 | 4, report: Report): IncomingMarksRow[] {
  const title = readMarksTitle(table, report)
  const subjects = recordLines(table).flatMap((line) => readSubject(line, form, report))
  return title === null ? [] : [{ ...title, form, subjects }]
}

function readSubject(line: Line, form: 1 | 2 | 3 | 4, report: Report): IncomingSubjectRow[] {
  const subject = needMention(line, 'subject', report)
  if (subject === null) return []
  return [
    {
      subject,
      marks: form === 2 ? marksInLine(line, report) : marksInColumns(line, report),
      average: readAverage(line, report),
      plannedHours: readNumber(line, 'planned', report, COUNT),
      taughtHours: readNumber(line, 'taught', report, COUNT),
      missedLessons: readNumber(line, 'missed', report, COUNT),
    },
  ]
}

function marksInLine(line: Line, report: Report): IncomingMark[] {
  const text = readText(line, 'marks', report, 1_000) ?? ''
  return splitMarks(text).flatMap((value) =>
    take(value, line.at('marks'), { day: null, column: null }, report),
  )
}

// A column is a day, a month or a period; «Итог» and «четверть» columns hold period marks.
function marksInColumns(line: Line, report: Report): IncomingMark[] {
  return line.table.open.flatMap(({ column, heading }) => {
    const text = readTextAt(line, column, report)
    if (text === null) return []
    const day: Day | null = dayOf(heading)
    const unclear = ambiguousDay(heading)
    const headingAt = lineAt(line.table, line.table.headingRow).placeAt(column)
    if (unclear !== null) report(headingAt, 'date-ambiguous', heading, unclear)
    const named = day === null ? heading : null
    return splitMarks(text).flatMap((value) =>
      take(value, line.placeAt(column), { day, column: named }, report),
    )
  })
}

// «4/5» is two marks of one lesson, «н/а» is one note.
function splitMarks(text: string): string[] {
  if (markOf(text) !== null) return [text]
  return text
    .replace(/(?<=\d)\s*\/\s*(?=\d)/g, ' ')
    .split(/[,;\s]+/)
    .filter((value) => value !== '')
}

function take(
  value: string,
  at: Place,
  { day, column }: { day: Day | null; column: string | null },
  report: Report,
): IncomingMark[] {
  const mark = markOf(value)
  if (mark === null) {
    report(at, 'mark-unknown', value)
    return []
  }
  return [{ ...mark, day, column, isPeriodMark: column !== null && PERIOD_COLUMN.test(fold(column)) }]
}

function readAverage(line: Line, report: Report): { stated: number; at: Place } | null {
  if (lineOf(line.value('average')) === null) return null
  const stated = readNumber(line, 'average', report, { min: 1, max: 5, step: 0.01 })
  return stated === null ? null : { stated, at: line.at('average') }
}
