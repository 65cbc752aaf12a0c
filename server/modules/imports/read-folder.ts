import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { assemble } from './assemble/assemble.ts'
import type { Fault, Report } from './faults.ts'
import { makeFaultList } from './faults.ts'
import type { IntakeData } from './intake-data.ts'
import type { UnreadFile } from './other-files.ts'
import { unreadReason } from './other-files.ts'
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
export type FolderReading = {
  files: FileReading[]
  data: IntakeData
  totals: Totals
  /** Files of the folder that are not workbooks of a kind that is read. */
  unread: UnreadFile[]
}

/** One file given by name and bytes, as a folder or an upload has it; `bytes` is null when it is too big to load. */
export type GivenFile = { name: string; bytes: Uint8Array | null }

const MAX_FILES = 500

/**
 * Reads every workbook under a folder, subfolders included, and names the files it does not read; names are relative to
 * the folder with «/» on every system.
 */
export async function readFolder(dir: string): Promise<FolderReading> {
  const { books, unread } = await listFolder(dir)
  const files: GivenFile[] = []
  for (const name of books.slice(0, MAX_FILES)) {
    const path = join(dir, name)
    const { size } = await stat(path)
    files.push({ name: shownName(name), bytes: size > MAX_FILE_BYTES ? null : await readFile(path) })
  }
  const left = books.slice(MAX_FILES).map((name): UnreadFile => ({ name, reason: 'too-many' }))
  const others = [...unread, ...left].map(({ name, reason }) => ({ name: shownName(name), reason }))
  return { ...(await readFiles(files)), unread: others }
}

const shownName = (name: string): string => name.split(sep).join('/').normalize('NFC')

type Listing = { books: string[]; unread: UnreadFile[] }

async function listFolder(dir: string, inside = ''): Promise<Listing> {
  const entries = await readdir(join(dir, inside), { withFileTypes: true })
  const lists: Listing[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(inside, entry.name)
    lists.push(isEntered(entry) ? await listFolder(dir, name) : listed(entry, name))
  }
  return { books: lists.flatMap(({ books }) => books), unread: lists.flatMap(({ unread }) => unread) }
}

// A hidden folder is named and not entered: thousands of files of other programs may be in it.
const isEntered = (entry: Dirent): boolean => entry.isDirectory() && !/^\.|^__MACOSX$/.test(entry.name)

function listed(entry: Dirent, name: string): Listing {
  const reason = reasonOf(entry)
  if (reason === null) return { books: [name], unread: [] }
  return { books: [], unread: [{ name: entry.isDirectory() ? join(name, sep) : name, reason }] }
}

function reasonOf(entry: Dirent): UnreadFile['reason'] | null {
  if (entry.isDirectory()) return 'hidden'
  const reason = unreadReason(entry.name)
  if (entry.isFile()) return reason
  return reason === 'lock' || reason === 'hidden' ? reason : 'link'
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
    unread: [],
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
