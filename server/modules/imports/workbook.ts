import { readXlsx } from 'hucre/xlsx'
import { readArchive } from './archive.ts'
import { inspectEntries } from './inspect-archive.ts'
import { repacked } from './repack.ts'
import { workbookParts } from './workbook-parts.ts'
import type { WorkbookRefusal } from './workbook-refusal.ts'

/** What a cell holds: days come as «YYYY-MM-DD» and times of day as «HH:MM», empty cells as null. */
export type CellValue = string | number | boolean | null

export type Merge = { top: number; left: number; bottom: number; right: number }

/** A cell whose text is longer than any that is read, with its length in characters; its value is null. */
export type LongText = { row: number; column: number; length: number }

/**
 * One sheet, dense and counted from zero; `formulas` names the cells («B7») that are computed, `longTexts` those whose
 * text was left out.
 */
export type Sheet = {
  name: string
  rows: CellValue[][]
  merges: Merge[]
  formulas: ReadonlySet<string>
  longTexts: ReadonlyMap<string, LongText>
}

export type Workbook = { sheets: Sheet[] }

/** A workbook, or the reason why the bytes are not taken as one. */
export type WorkbookReading = { workbook: Workbook } | { refusal: WorkbookRefusal }

/** Takes the bytes of a file for a workbook, or says why not. */
export type ReadWorkbook = (bytes: Uint8Array) => Promise<WorkbookReading>

/** The largest file that is looked at, in bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024

const MAX_MERGES = 10_000

/** The longest text of a cell that any table has a use for, spaces counted: every reader may rely on it. */
export const MAX_CELL_CHARS = 5_000

/**
 * Reads an XLSX file, one with macros or a template as well. Oversized, encrypted, broken, expanding and entity-laden
 * files are refused before the parser sees a byte of them, and it sees no more than the parts with tables.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookReading> {
  if (bytes.byteLength > MAX_FILE_BYTES) return { refusal: 'file-too-big' }
  const archive = readArchive(bytes)
  if ('refusal' in archive) return archive
  const inspected = await inspectEntries(archive.entries)
  if ('refusal' in inspected) return inspected
  const parts = await workbookParts(inspected.entries)
  if (parts === null) return { refusal: 'not-a-workbook' }
  try {
    const read = await readXlsx(await repacked(parts, inspected.withEmptyCells))
    return { workbook: { sheets: read.sheets.map(toSheet) } }
  } catch {
    return { refusal: 'broken' }
  }
}

/** Name of a cell as the spreadsheet shows it, from row and column counted from zero: «B7». */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return `${letters}${row + 1}`
}

type ReadSheet = Awaited<ReturnType<typeof readXlsx>>['sheets'][number]

function toSheet(sheet: ReadSheet): Sheet {
  const longTexts = new Map<string, LongText>()
  const rows = sheet.rows.map((cells, row) =>
    cells.map((cell, column) => {
      const value = toValue(cell)
      if (typeof value !== 'string' || value.length <= MAX_CELL_CHARS) return value
      longTexts.set(cellName(row, column), { row, column, length: value.length })
      return null
    }),
  )
  const merges = (sheet.merges ?? []).slice(0, MAX_MERGES).map(({ startRow, startCol, endRow, endCol }) => ({
    top: startRow,
    left: startCol,
    bottom: Math.min(endRow, rows.length - 1),
    right: endCol,
  }))
  fillMerged(rows, merges)
  return { name: sheet.name, rows, merges, formulas: formulaCells(sheet), longTexts }
}

function formulaCells(sheet: ReadSheet): Set<string> {
  const names = new Set<string>()
  for (const [position, cell] of sheet.cells ?? []) {
    const [row, column] = position.split(',').map(Number)
    if (cell.type === 'formula' && row !== undefined && column !== undefined) names.add(cellName(row, column))
  }
  return names
}

// One value merged over several rows belongs to each of them; merged titles across columns stay single.
function fillMerged(rows: CellValue[][], merges: readonly Merge[]): void {
  const filled = new Map<number, number>()
  for (const merge of merges.filter(({ left, right }) => left === right).sort((a, b) => a.top - b.top)) {
    // A spreadsheet merges no cell twice: one that is merged again is not gone over again.
    const from = Math.max(merge.top, filled.get(merge.left) ?? -1) + 1
    fillDown(rows, merge, from)
    filled.set(merge.left, Math.max(merge.bottom, from - 1))
  }
}

function fillDown(rows: CellValue[][], { top, left, bottom }: Merge, from: number): void {
  const value = rows[top]?.[left] ?? null
  for (let row = from; row <= bottom; row += 1) {
    const cells = rows[row]
    if (cells !== undefined && left < cells.length) cells[left] = value
  }
}

function toValue(value: unknown): CellValue {
  if (value instanceof Date) return toDayOrTime(value)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return null
}

// A bare time of day is stored as a fraction of the day zero of the spreadsheet, in 1899 or 1904.
function toDayOrTime(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null
  const text = date.toISOString()
  return date.getUTCFullYear() < 1905 ? text.slice(11, 16) : text.slice(0, 10)
}
