import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { assemble } from './assemble/assemble.ts'
import { intakeSaid } from './assemble/centre.ts'
import type { Answers, Fault, Report } from './faults.ts'
import { makeFaultList } from './faults.ts'
import type { IntakeData } from './intake-data.ts'
import type { KnownCentre } from './known-centre.ts'
import type { UnreadFile } from './other-files.ts'
import { unreadReason } from './other-files.ts'
import type { RawTables } from './readers/tables.ts'
import { joinTables, noTables, readTable } from './readers/tables.ts'
import type { TableKind } from './sheet/headings.words.ts'
import { longTexts } from './sheet/long-texts.ts'
import { recognise } from './sheet/recognise.ts'
import { unreadHeadings } from './sheet/unread-columns.ts'
import type { ReadWorkbook, Sheet, Workbook } from './workbook.ts'
import { cellName, MAX_FILE_BYTES, readWorkbook } from './workbook.ts'

/** One file of the folder: which tables it holds and what is wrong with it. */
export type FileReading = {
  name: string
  kinds: TableKind[]
  tables: RawTables
  faults: Fault[]
  /** Columns of its tables that nothing was read from, by sheet. */
  unreadColumns: UnreadColumns[]
}

/** Headings of one sheet that are not known, or the letter of a column that has none. */
export type UnreadColumns = { sheet: string; headings: string[] }

/** Asks what the journal has of the centre and intake the files name. */
export type AskKnown = (said: Pick<IntakeData, 'organizationName' | 'intake'>) => Promise<KnownCentre>

/**
 * What files are compared with: the journal, and what somebody has answered about earlier readings; `read` takes their
 * bytes for workbooks, in this thread unless it is given.
 */
export type Compared = {
  ask?: AskKnown | undefined
  answers?: Answers | undefined
  read?: ReadWorkbook | undefined
}

/** How many records of each list were read, for the summary shown to the user. */
export type Totals = Record<keyof Omit<IntakeData, 'organizationName' | 'intake' | 'explained'>, number>

/** A whole folder read and compared: its files with their faults, and the centre they describe. */
export type FolderReading = {
  files: FileReading[]
  data: IntakeData
  totals: Totals
  /** What the journal had when the files were read. */
  known?: KnownCentre | undefined
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
export async function readFolder(dir: string, compared: Compared = {}): Promise<FolderReading> {
  const { books, unread } = await listFolder(dir)
  const files: GivenFile[] = []
  for (const name of books.slice(0, MAX_FILES)) {
    const path = join(dir, name)
    const { size } = await stat(path)
    files.push({ name: shownName(name), bytes: size > MAX_FILE_BYTES ? null : await readFile(path) })
  }
  const left = books.slice(MAX_FILES).map((name): UnreadFile => ({ name, reason: 'too-many' }))
  const others = [...unread, ...left].map(({ name, reason }) => ({ name: shownName(name), reason }))
  return { ...(await readFiles(files, compared)), unread: others }
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
export async function readFiles(
  given: GivenFile[],
  { ask, answers, read = readWorkbook }: Compared = {},
): Promise<FolderReading> {
  const { report, faults } = makeFaultList()
  const files: Omit<FileReading, 'faults'>[] = []
  for (const file of given) files.push(await readOne(file, { report, read }))
  const raw = joinTables(files.map(({ tables }) => tables))
  const known = await ask?.(saidOf(raw))
  if (known?.isOver) askOfPast(files, known, report)
  const data = assemble(raw, report, { known, answers })
  return {
    known,
    files: files.map((file) => ({ ...file, faults: faults.filter((fault) => fault.file === file.name) })),
    data,
    totals: totalsOf(data),
    unread: [],
  }
}

function askOfPast(files: Omit<FileReading, 'faults'>[], { intake }: KnownCentre, report: Report): void {
  const hint = { number: String(intake?.number), end: intake?.endsOn ?? '' }
  for (const { name, kinds } of files)
    if (kinds.length > 0) report({ file: name, sheet: null, cell: null }, 'intake-over', null, hint)
}

function saidOf(raw: RawTables): Parameters<AskKnown>[0] {
  return {
    organizationName: raw.titles.find(({ organization }) => organization !== null)?.organization ?? null,
    intake: intakeSaid(raw),
  }
}

/** Counts the records of every list. */
export function totalsOf(data: IntakeData): Totals {
  const { organizationName: _, intake: __, explained: ___, ...lists } = data
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length])) as Totals
}

type Reading = { report: Report; read: ReadWorkbook }

async function readOne(
  { name, bytes }: GivenFile,
  { report, read }: Reading,
): Promise<Omit<FileReading, 'faults'>> {
  const tables = noTables()
  const unreadColumns: UnreadColumns[] = []
  const reading = bytes === null ? { refusal: 'file-too-big' as const } : await read(bytes)
  if ('workbook' in reading)
    return {
      name,
      kinds: readSheets(name, reading.workbook, { tables, unreadColumns, report }),
      tables,
      unreadColumns,
    }
  report({ file: name, sheet: null, cell: null }, `workbook-${reading.refusal}`)
  return { name, kinds: [], tables, unreadColumns }
}

type Target = { tables: RawTables; unreadColumns: UnreadColumns[]; report: Report }

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
function readSheet(
  file: string,
  sheet: Sheet,
  { tables, unreadColumns, report }: Target,
): TableKind | 'unknown' | null {
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
  for (const fault of longTexts(sheet, found))
    report({ file, sheet: sheet.name, cell: fault.cell }, 'value-too-long', null, fault.hint)
  readTable(tables, { ...found, file, sheet }, report)
  const headings = unreadHeadings(sheet, found)
  if (headings.length > 0) unreadColumns.push({ sheet: sheet.name, headings })
  return found.kind
}
