import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import {
  type Answers,
  type Fault,
  type GivenFile,
  type ImportSummary,
  importable,
  knownCentre,
  readFiles,
  writeIntake,
} from '#modules/imports/index.ts'
import type { Database } from '#platform/db.ts'

const FOLDER = join(import.meta.dirname, '../demo/first-intake')

/** The day on which folders are read, inside the first intake. */
export const READ_AT = new Date('2026-11-20T05:00:00Z')

/** The workbooks of the centre that the project holds; what comes out of them stands in its page of totals. */
export const firstIntake = (): GivenFile[] =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xlsx'))
    .sort()
    .map((name): GivenFile => ({ name, bytes: readFileSync(join(FOLDER, name)) }))

export type CellSheet = { name: string; rows: unknown[][] }

export async function sheetsOf({ bytes }: GivenFile): Promise<CellSheet[]> {
  const { sheets } = await readXlsx(bytes as Uint8Array)
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) }))
}

export async function book(name: string, sheets: CellSheet[]): Promise<GivenFile> {
  return { name, bytes: await writeXlsx({ sheets } as Parameters<typeof writeXlsx>[0]) }
}

/** The same workbooks with each cell as `edit` has it. */
export async function edited(
  files: GivenFile[],
  edit: (value: unknown, file: string, row: unknown[]) => unknown,
): Promise<GivenFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const sheets = await sheetsOf(file)
      for (const sheet of sheets)
        sheet.rows = sheet.rows.map((row) => row.map((value) => edit(value, file.name, row)))
      return book(file.name, sheets)
    }),
  )
}

export type Importing = {
  answers?: Partial<Answers>
  accept?: string[]
  allQuestions?: boolean
  dryRun?: boolean
  now?: Date
}
export type Imported = { faults: Fault[]; held: string[]; summary: ImportSummary | null }

/** What the command does with a folder: reads it, compares it with the journal, writes what is sound. */
export async function imported(
  database: Database,
  given: GivenFile[],
  { answers = {}, accept = [], allQuestions = true, dryRun, now = READ_AT }: Importing = {},
): Promise<Imported> {
  const said = { same: new Set<string>(), other: new Set<string>(), ...answers }
  const reading = await readFiles(given, { ask: (about) => knownCentre(database, about, now), answers: said })
  const { known } = reading
  const { data, held, ready } = importable(reading, {
    ...{ faultIds: accept, allQuestions, answers: said },
    ...(known ? { known } : {}),
  })
  const faults = reading.files.flatMap((file) => file.faults)
  const options = { now, known, ...(dryRun ? { dryRun } : {}) }
  const summary = ready.length === 0 ? null : await writeIntake(database, data, options)
  return { faults, held: held.map(({ name }) => name), summary }
}

const TABLES = `select table_name as name from information_schema.tables where table_schema = 'public'
  and table_type = 'BASE TABLE' and table_name not in ('import_key', 'import_run', 'audit_event') order by 1`

/** Every table as one sum of its rows, versions included; what an import keeps of itself is left out. */
export async function sums({ owner }: Database): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ name: string }>(TABLES)
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const text = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`
    found[name] = (await owner.query<{ sum: string }>(text)).rows[0]?.sum ?? ''
  }
  return found
}

/** Every record by table and id, as text. */
export async function everyRow({ owner }: Database): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ name: string }>(TABLES)
  const found = new Map<string, string>()
  for (const { name } of rows) {
    const { rows: list } = await owner.query<{ at: string; text: string }>(
      `select coalesce(to_jsonb(t) ->> 'id', '') as at, to_jsonb(t)::text as text from "${name}" t`,
    )
    for (const { at, text } of list) found.set(at === '' ? `${name} ${text}` : `${name} ${at}`, text)
  }
  return found
}
