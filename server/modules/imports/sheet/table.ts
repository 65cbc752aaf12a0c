import type { Place } from '../faults.ts'
import { SIGNATURE_ROW, TOTAL_ROW } from '../values/terms.words.ts'
import { fold, lineOf } from '../values/text.ts'
import type { CellValue, Sheet } from '../workbook.ts'
import { cellName } from '../workbook.ts'
import type { Recognised } from './recognise.ts'

/** A recognised sheet together with the name of its file. */
export type Table = Recognised & { file: string; sheet: Sheet }

/** One row of a table, read by the names of its columns. */
export type Line = {
  row: number
  table: Table
  has(field: string): boolean
  value(field: string): CellValue
  at(field: string): Place
  valueAt(column: number): CellValue
  placeAt(column: number): Place
}

// Longer texts are no titles, and patterns must not run over a megabyte in one cell.
const MAX_TITLE = 500

/** Rows that hold records: not empty, no subtotal, no signature and no legend below the table. */
export function recordLines(table: Table): Line[] {
  const lines: Line[] = []
  let afterGap = false
  for (let row = table.headingRow + 1; row < table.sheet.rows.length; row += 1) {
    const cells = (table.sheet.rows[row] ?? []).map((value) => lineOf(value)).filter((text) => text !== null)
    if (cells.length === 0) afterGap = true
    else if (!isAside(cells, afterGap)) {
      afterGap = false
      lines.push(lineAt(table, row))
    }
  }
  return lines
}

/** One row whatever it holds. */
export function lineAt(table: Table, row: number): Line {
  const cells = table.sheet.rows[row] ?? []
  const placeAt = (column: number): Place => ({
    file: table.file,
    sheet: table.sheet.name,
    cell: cellName(row, column),
  })
  // A column that is not there is blamed on the first cell of its row.
  const column = (field: string): number => table.columns.get(field) ?? 0
  return {
    row,
    table,
    has: (field) => table.columns.has(field),
    value: (field) => (table.columns.has(field) ? (cells[column(field)] ?? null) : null),
    at: (field) => placeAt(column(field)),
    valueAt: (index) => cells[index] ?? null,
    placeAt,
  }
}

/** Place of the sheet's heading row, for what concerns the table as a whole. */
export function tablePlace(table: Table): Place {
  return { file: table.file, sheet: table.sheet.name, cell: cellName(table.headingRow, 0) }
}

/** Texts above the headings with their places, row by row. */
export function titlesOf(table: Table): { text: string; at: Place }[] {
  return table.sheet.rows.slice(0, table.headingRow).flatMap((cells, row) =>
    cells.flatMap((value, column) => {
      const text = lineOf(value)
      return text === null || text.length > MAX_TITLE
        ? []
        : [{ text, at: lineAt(table, row).placeAt(column) }]
    }),
  )
}

function isAside(cells: string[], afterGap: boolean): boolean {
  const first = fold(cells[0] ?? '')
  if (TOTAL_ROW.test(first)) return true
  // «Директор» also is a position in the first column of a list.
  return afterGap && (cells.length === 1 || (cells.length === 2 && SIGNATURE_ROW.test(first)))
}
