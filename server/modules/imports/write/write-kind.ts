import type { Tx } from '#platform/db.ts'
import { sha256 } from '#platform/secrets.ts'
import { goneKeys } from './gone.ts'
import type { IdOf, Keyed, Kind, RecordKind, Row, Source } from './records.ts'
import { type ImportKey, insertRows, readUnkeyed, saveKeys, updateRows } from './write-intake.sql.ts'

/** What became of the rows of one kind; `read` are all rows the spreadsheets have. */
export type KindSummary = { kind: Kind; read: number; created: number; changed: number; skipped: number }

/** Two rows that would be one record and do not say the same. */
export class RowsCollide extends Error {
  readonly kind: Kind
  readonly key: string
  constructor(kind: Kind, key: string) {
    super(`two rows of ${kind} are one record`)
    this.kind = kind
    this.key = key
  }
}

/** One import under way: the keys of earlier imports, and the ids given out in this one. */
export type Writing = {
  tx: Tx
  organizationId: string
  keys: Map<string, ImportKey>
  fresh: Map<string, string>
  idOf: IdOf
}

type Planned = { create: Row[]; change: Row[]; keys: ImportKey[] }

/** Writes the rows of one kind: new ones, those whose cells changed; says which keys the folder no longer has. */
export async function writeKind(
  writing: Writing,
  of: RecordKind,
  source: Source,
): Promise<KindSummary & { gone: { kind: Kind; key: string }[] }> {
  const { tx, organizationId, keys } = writing
  const { kind, table } = of
  const rows = of.rows(source)
  const list = distinct(kind, rows)
  const planned = await plan(writing, of, list)
  await insertRows(tx, table, planned.create)
  const changed = await updateRows(tx, table, planned.change)
  if (planned.keys.length > 0) await saveKeys(tx, organizationId, planned.keys)
  const gone = goneKeys(kind, { read: list.map(({ key }) => key), known: keys.values(), source })
  const created = planned.create.length
  return { kind, read: rows.length, created, changed, skipped: list.length - created - changed, gone }
}

// The same said twice is said once; of two different things nobody may choose in silence.
function distinct(kind: Kind, rows: Keyed[]): Keyed[] {
  const list = new Map<string, Keyed>()
  for (const one of rows) {
    const same = list.get(one.key)
    if (same !== undefined && JSON.stringify(same.row) !== JSON.stringify(one.row))
      throw new RowsCollide(kind, one.key)
    list.set(one.key, one)
  }
  return [...list.values()]
}

async function plan(writing: Writing, of: RecordKind, list: Keyed[]): Promise<Planned> {
  const planned: Planned = { create: [], change: [], keys: [] }
  const adopt = await handMade(writing, of, list)
  for (const one of list) planRow(planned, writing, { of, one, adopt })
  return planned
}

type OneRow = { of: RecordKind; one: Keyed; adopt: Adopt }

function planRow(planned: Planned, writing: Writing, { of, one, adopt }: OneRow): void {
  const { kind, once = [], otherwise = {} } = of
  const known = writing.keys.get(`${kind}|${one.key}`)
  const said = saidIn(without(one.row, ['id']))
  const whole = { ...otherwise, ...one.otherwise, ...said }
  const adopted = known ? null : adopt({ ...one.row, ...whole })
  if (adopted !== null) writing.fresh.set(`${kind}|${one.key}`, adopted)
  const id = typeof one.row.id === 'string' ? one.row.id : writing.idOf(kind, one.key)
  const base = { organization_id: writing.organizationId, id }
  const hashes = hashesOf(without(said, once))
  const before = known ? columnHashes(known.content_hash) : {}
  if (known) {
    const fresh = isWholeRow(known.content_hash, one.row, once) ? [] : newsIn(hashes, before)
    if (fresh.length === 0) return
    planned.change.push({ ...base, ...Object.fromEntries(fresh.map((name) => [name, said[name]])) })
  } else if (adopted === null) planned.create.push({ ...whole, ...base, version: 1 })
  const content_hash = JSON.stringify({ ...before, ...hashes })
  planned.keys.push({ kind, natural_key: one.key, record_id: id, content_hash })
}

const newsIn = (hashes: Record<string, string>, before: Record<string, string>): string[] =>
  Object.keys(hashes).filter((name) => before[name] !== hashes[name])

// An empty text is a word for «none».
function saidIn(row: Row): Row {
  const said = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(said.map(([name, value]) => [name, value === '' ? null : value]))
}

const hashOf = (value: unknown): string => sha256(JSON.stringify(value)).toString('base64url')

/** What each column said, so that what was changed in the journal since is not said anew by a cell that was not. */
const hashesOf = (row: Row): Record<string, string> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, hashOf(value ?? null).slice(0, 10)]))

function columnHashes(kept: string): Record<string, string> {
  return kept.startsWith('{') ? (JSON.parse(kept) as Record<string, string>) : {}
}

// Imports of the first release kept one hash of the whole row.
function isWholeRow(kept: string, row: Row, once: string[]): boolean {
  if (kept.startsWith('{')) return false
  const entries = Object.entries(without(row, once)).sort(([one], [other]) => (one < other ? -1 : 1))
  return hashOf(entries) === kept
}

type Adopt = (row: Row) => string | null

// A record somebody made by hand is taken as it is: the spreadsheets change it only when their row changes later.
async function handMade(
  { tx, organizationId, keys }: Writing,
  of: RecordKind,
  list: Keyed[],
): Promise<Adopt> {
  const { kind, sameBy } = of
  if (!sameBy || list.every(({ key }) => keys.has(`${kind}|${key}`))) return () => null
  const ids = new Map<string, string>()
  const same = (row: Row): string => JSON.stringify(sameBy.map((name) => textOf(row[name])))
  for (const row of await readUnkeyed(tx, organizationId, of)) ids.set(same(row), String(row.id))
  return (row) => {
    const at = same(row)
    const id = ids.get(at) ?? null
    ids.delete(at)
    return id
  }
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value)

const without = (row: Row, names: string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
