import type { Place, Report } from '../faults.ts'
import { needText, readTextAt } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import { gradeRange } from '../values/class-labels.ts'
import { BELL_START, EXTRACURRICULAR_BELL } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { timeOf } from '../values/times.ts'

export type BellRow = {
  at: Place
  grades: number[]
  period: number
  extracurricular: boolean
  startsAt: string
  endsAt: string
}

/** Lesson times per range of grades; a range without times in a row has no such lesson. */
export function readBells(table: Table, report: Report): BellRow[] {
  const ranges = gradeColumns(table)
  return recordLines(table).flatMap((line) => {
    const text = needText(line, 'period', report)
    const period = Number(/^\d{1,2}/.exec(text ?? '')?.[0] ?? 0)
    if (text === null) return []
    if (period < 1 || period > 15) {
      report(line.at('period'), 'number-invalid', text)
      return []
    }
    const extracurricular = EXTRACURRICULAR_BELL.test(fold(text))
    return ranges.flatMap((range) =>
      readRange(line, range, report).map((span) => ({ ...span, period, extracurricular })),
    )
  })
}

type GradeColumns = { grades: number[]; start: number | null; end: number | null }

function gradeColumns(table: Table): GradeColumns[] {
  const ranges = new Map<string, GradeColumns>()
  for (const { column, heading } of table.open) {
    const grades = gradeRange(heading) ?? []
    const range = ranges.get(grades.join()) ?? { grades, start: null, end: null }
    if (BELL_START.test(fold(heading))) range.start = column
    else range.end = column
    ranges.set(grades.join(), range)
  }
  return [...ranges.values()]
}

function readRange(
  line: Line,
  { grades, start, end }: GradeColumns,
  report: Report,
): { at: Place; grades: number[]; startsAt: string; endsAt: string }[] {
  if (start === null || end === null) return []
  const startsAt = readTime(line, start, report)
  const endsAt = readTime(line, end, report)
  if (startsAt === null && endsAt === null) return []
  if (startsAt === null || endsAt === null || startsAt >= endsAt) {
    report(line.placeAt(startsAt === null ? start : end), 'time-invalid', endsAt)
    return []
  }
  return [{ at: line.placeAt(start), grades, startsAt, endsAt }]
}

function readTime(line: Line, column: number, report: Report): string | null {
  const text = readTextAt(line, column, report)
  const time = text === null ? null : timeOf(line.valueAt(column))
  if (text !== null && time === null) report(line.placeAt(column), 'time-invalid', text)
  return time
}
