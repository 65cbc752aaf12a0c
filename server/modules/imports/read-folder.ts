import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { assemble } from './assemble/assemble.ts'
import type { Fault, Report } from './faults.ts'
import { makeFaultList } from './faults.ts'
import type { IntakeData } from './intake-data.ts'
import type { RawTables } from './readers/tables.ts'
import { joinTables, noTables, readTable } from './readers/tables.ts'
import type { TableKind } from './sheet/headings.words.ts'
import { recognise } from './sheet/recognise.ts'
import type { Sheet, Workbook } from './workbook.ts'
import { cellName, MAX_FILE_BYTES, readWorkbook } from './workbook.ts'

/** One file of the folder: which tables it holds and what is wrong with it. */
export type FileReading = { name: string; kinds: TableKind[]; tables: RawTables; faults: Fault[] }

/** How many records of each list were read, for the summary shown to the user. */
export type Totals = Record<keyof Omit<IntakeData, 'organizationName' | 'intake'>, number>

/** A whole folder read and compared: its files with their faults, and the centre they describe. */
export type FolderReading = { files: FileReading[]; data: IntakeData; totals: Totals }

/** One file given by name and bytes, as a folder or an upload has it; `bytes` is null when it is too big to load. */
export type GivenFile = { name: string; bytes: Uint8Array | null }

const MAX_FILES = 500

/** Reads every XLSX file under a folder; names are relative to it with «/» on every system. */
export async function readFolder(dir: string): Promise<FolderReading> {
  const paths = (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.xlsx$/i.test(entry.name) && !/^[~.]/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, MAX_FILES)
  const files: GivenFile[] = []
  for (const path of paths) {
    const { size } = await stat(path)
    const name = relative(dir, path).split(sep).join('/').normalize('NFC')
    files.push({ name, bytes: size > MAX_FILE_BYTES ? null : await readFile(path) })
  }
  return readFiles(files)
}

/** Reads files given as bytes; the order of the files does not matter. */
export async function readFiles(given: GivenFile[]): Promise<FolderReading> {
  const { report, faults } = makeFaultList()
  const files: Omit<FileReading, 'faults'>[] = []
  for (const file of given) files.push(await readOne(file, report))
  const data = assemble(joinTables(files.map(({ tables }) => tables)), report)
  return {
    files: files.map((file) => ({ ...file, faults: faults.filter((fault) => fault.file === file.name) })),
    data,
    totals: totalsOf(data),
  }
}

/** Counts the records of every list. */
export function totalsOf(data: IntakeData): Totals {
  const { organizationName: _, intake: __, ...lists } = data
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length])) as Totals
}

async function readOne({ name, bytes }: GivenFile, report: Report): Promise<Omit<FileReading, 'faults'>> {
  const tables = noTables()
  const reading = bytes === null ? { refusal: 'file-too-big' as const } : await readWorkbook(bytes)
  if ('workbook' in reading)
    return { name, kinds: readSheets(name, reading.workbook, { tables, report }), tables }
  report({ file: name, sheet: null, cell: null }, `workbook-${reading.refusal}`)
  return { name, kinds: [], tables }
}

type Target = { tables: RawTables; report: Report }

function readSheets(name: string, { sheets }: Workbook, target: Target): TableKind[] {
  const read = sheets.map((sheet) => ({ sheet: sheet.name, kind: readSheet(name, sheet, target) }))
  const kinds = read.map(({ kind }) => kind).filter((kind) => kind !== null && kind !== 'unknown')
  if (kinds.length === 0) target.report({ file: name, sheet: null, cell: null }, 'file-unknown')
  for (const { sheet, kind } of kinds.length === 0 ? [] : read) {
    if (kind === 'unknown') target.report({ file: name, sheet, cell: null }, 'sheet-unknown')
  }
  return kinds
}

// Null means the sheet is empty; a sheet with a wrong heading still tells what it was meant to be.
function readSheet(file: string, sheet: Sheet, { tables, report }: Target): TableKind | 'unknown' | null {
  if (sheet.rows.every((row) => row.every((value) => value === null))) return null
  const found = recognise(sheet)
  if (found === null) return 'unknown'
  if ('problem' in found) {
    const { headingRow, column, kind, field } = found
    const place = { file, sheet: sheet.name, cell: cellName(headingRow, column) }
    const value = sheet.rows[headingRow]?.[column] ?? null
    report(place, found.problem === 'missing' ? 'heading-missing' : 'heading-repeated', value, {
      kind,
      field,
    })
    return kind
  }
  readTable(tables, { ...found, file, sheet }, report)
  return found.kind
}
