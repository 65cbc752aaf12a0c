import type { Tx } from '#platform/db.ts'
import { sha256 } from '#platform/secrets.ts'
import type { IdOf, Keyed, Kind, RecordKind, Row, Source } from './records.ts'
import { type ImportKey, insertRows, readUnkeyed, saveKeys, updateRows } from './write-intake.sql.ts'

/** What became of the rows of one kind. */
export type KindSummary = { kind: Kind; created: number; changed: number; skipped: number }

/** One import under way: the keys of earlier imports, and the ids given out in this one. */
export type Writing = {
  tx: Tx
  organizationId: string
  keys: Map<string, ImportKey>
  fresh: Map<string, string>
  idOf: IdOf
}

type Planned = { create: Row[]; change: Row[]; keys: ImportKey[]; skipped: number }

/** Writes the rows of one kind: new ones, those whose cells changed; says which keys the folder no longer has. */
export async function writeKind(
  writing: Writing,
  of: RecordKind,
  source: Source,
): Promise<KindSummary & { gone: { kind: Kind; key: string }[] }> {
  const { tx, organizationId, keys } = writing
  const { kind, table } = of
  const list = [...new Map(of.rows(source).map((one) => [one.key, one])).values()]
  const planned = await plan(writing, of, list)
  if (planned.create.length > 0) await insertRows(tx, table, planned.create)
  if (planned.change.length > 0) await updateRows(tx, table, planned.change)
  if (planned.keys.length > 0) await saveKeys(tx, organizationId, planned.keys)
  const read = new Set(list.map(({ key }) => key))
  const gone = [...keys.values()]
    .filter((one) => one.kind === kind && !read.has(one.natural_key))
    .map(({ natural_key }) => ({ kind, key: natural_key }))
  const { create, change, skipped } = planned
  return { kind, created: create.length, changed: change.length, skipped, gone }
}

async function plan(writing: Writing, of: RecordKind, list: Keyed[]): Promise<Planned> {
  const planned: Planned = { create: [], change: [], keys: [], skipped: 0 }
  const adopt = await handMade(writing, of, list)
  for (const one of list) planRow(planned, writing, { of, one, adopt })
  return planned
}

function planRow(
  planned: Planned,
  writing: Writing,
  { of, one, adopt }: { of: RecordKind; one: Keyed; adopt: Adopt },
): void {
  const { kind, once = [] } = of
  const known = writing.keys.get(`${kind}|${one.key}`)
  const hash = hashOf(one.row, once)
  if (known?.content_hash === hash) {
    planned.skipped += 1
    return
  }
  const adopted = known ? null : adopt(one.row)
  if (adopted !== null) writing.fresh.set(`${kind}|${one.key}`, adopted)
  const whole = wholeRow(writing, of, one)
  if (adopted !== null) planned.skipped += 1
  else if (known) planned.change.push(without(whole, [...once, 'version']))
  else planned.create.push(whole)
  planned.keys.push({ kind, natural_key: one.key, record_id: whole.id, content_hash: hash })
}

function wholeRow({ organizationId, idOf }: Writing, { kind }: RecordKind, { key, row }: Keyed) {
  const id = typeof row.id === 'string' ? row.id : idOf(kind, key)
  return { ...row, organization_id: organizationId, id, version: 1 }
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

function hashOf(row: Row, once: string[]): string {
  const entries = Object.entries(without(row, once)).sort(([one], [other]) => (one < other ? -1 : 1))
  return sha256(JSON.stringify(entries)).toString('base64url')
}
