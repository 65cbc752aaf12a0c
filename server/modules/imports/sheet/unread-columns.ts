import { ALL_CLASSES_COLUMN } from '../values/terms.words.ts'
import { fold, foldWords, lineOf } from '../values/text.ts'
import type { Sheet } from '../workbook.ts'
import { cellName } from '../workbook.ts'
import type { Recognised } from './recognise.ts'
import { COUNTING, WITHOUT_HEADING } from './unread-columns.words.ts'

/** Columns with something in them that a table is not read from, by heading or, without one, by letter. */
export function unreadHeadings(sheet: Sheet, { headingRow, columns, open }: Recognised): string[] {
  const read = new Set([...columns.values(), ...open.map(({ column }) => column)])
  const body = sheet.rows.slice(headingRow + 1)
  const width = Math.max(0, ...body.map((row) => row.length))
  return Array.from({ length: width }, (_, column) => column).flatMap((column) => {
    const heading = lineOf(sheet.rows[headingRow]?.[column] ?? null)
    const isFilled = body.some((row) => lineOf(row[column] ?? null) !== null)
    if (read.has(column) || !isFilled || isAside(heading)) return []
    return [heading ?? `${cellName(0, column).slice(0, -1)} ${WITHOUT_HEADING}`]
  })
}

// Numbers of rows and sums by row say nothing of their own.
function isAside(heading: string | null): boolean {
  return heading !== null && (COUNTING.test(foldWords(heading)) || ALL_CLASSES_COLUMN.test(fold(heading)))
}
