import { lineOf } from '../values/text.ts'
import { cellName, MAX_CELL_CHARS, type Sheet } from '../workbook.ts'
import { MAX_HEADING, type Recognised } from './recognise.ts'

/** A cell that is read and has too long a text, with how long it may be and is. */
type TooLong = { cell: string; hint: { max: string; length: string } }

/** Headings and cells of the columns a table is read from whose text is too long to be one. */
export function longTexts(sheet: Sheet, { headingRow, columns, open }: Recognised): TooLong[] {
  const read = new Set([...columns.values(), ...open.map(({ column }) => column)])
  const left = [...sheet.longTexts]
    .filter(([, { row, column }]) => row === headingRow || (row > headingRow && read.has(column)))
    .map(([cell, { length }]) => tooLong(cell, MAX_CELL_CHARS, length))
  const headings = (sheet.rows[headingRow] ?? []).flatMap((value, column) => {
    const length = lineOf(value)?.length ?? 0
    return length > MAX_HEADING ? [tooLong(cellName(headingRow, column), MAX_HEADING, length)] : []
  })
  return [...headings, ...left]
}

function tooLong(cell: string, max: number, length: number): TooLong {
  return { cell, hint: { max: String(max), length: String(length) } }
}
