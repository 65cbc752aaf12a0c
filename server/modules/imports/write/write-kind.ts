import type { Tx } from '#platform/db.ts'
import { goneKeys } from './gone.ts'
import {
  BELONGS_TO,
  type IdOf,
  type Keyed,
  type Kind,
  type RecordKind,
  type Row,
  type Source,
} from './records.ts'
import { hashesOf, isWholeRow, keptAfter, newsIn, saidBefore } from './said-before.ts'
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
  /** Null until the intake itself is written. */
  intakeId: string | null
  /** Of the centre and of this intake, by kind and key. */
  keys: Map<string, ImportKey>
  fresh: Map<string, string>
  /** Of these the journal has a record, whether or not an import has made it. */
  made: ReadonlyMap<string, string>
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
  if (isWholeRow(known?.content_hash, without(one.row, once))) return
  const said = saidIn(without(one.row, ['id']))
  const whole = { ...otherwise, ...one.otherwise, ...said }
  const adopted = known ? null : adopt({ ...one.row, ...whole })
  if (adopted !== null) writing.fresh.set(`${kind}|${one.key}`, adopted)
  const id = typeof one.row.id === 'string' ? one.row.id : writing.idOf(kind, one.key)
  const base = { organization_id: writing.organizationId, id }
  const { news, content_hash } = heard(writing, { of, known, said: without(said, once) })
  if (isStanding(writing, { key: `${kind}|${one.key}`, adopted }))
    planned.change.push({ ...base, ...Object.fromEntries(news.map((name) => [name, said[name]])) })
  else if (adopted === null) planned.create.push({ ...whole, ...base, version: 1 })
  const intake_id = BELONGS_TO[kind] === 'intake' ? writing.intakeId : null
  if (content_hash !== known?.content_hash)
    planned.keys.push({ kind, intake_id, natural_key: one.key, record_id: id, content_hash })
}

// A record that was made by hand and is meant, though it does not say the same, has been corrected.
function isStanding(
  { keys, made }: Writing,
  { key, adopted }: { key: string; adopted: string | null },
): boolean {
  return keys.has(key) || (adopted === null && made.has(key))
}

type Heard = { of: RecordKind; known: ImportKey | undefined; said: Row }

// What was changed in the journal since is not said anew by a cell that was not.
function heard({ intakeId }: Writing, { of, known, said }: Heard): { news: string[]; content_hash: string } {
  const hashes = hashesOf(said)
  const before = saidBefore(known?.content_hash)
  const by = BELONGS_TO[of.kind] === 'intake' ? null : intakeId
  const news = newsIn(before, hashes, by)
  return { news, content_hash: keptAfter(before, { hashes, news, intakeId: by }) }
}

// An empty text is a word for «none».
function saidIn(row: Row): Row {
  const said = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(said.map(([name, value]) => [name, value === '' ? null : value]))
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
