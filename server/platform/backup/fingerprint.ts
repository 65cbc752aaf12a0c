import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'

const Total = z.strictObject({ rows: z.number().int().min(0), hash: z.string() })
const Numbering = z.strictObject({ last: z.string().nullable(), step: z.string() })

/**
 * What a database holds without any of it being told: for each table how many rows and a hash of them in no order, for
 * each sequence that numbers a column its last number.
 */
export const Contents = z.strictObject({
  tables: z.record(z.string(), Total),
  sequences: z.record(z.string(), Numbering),
})
export type Contents = z.infer<typeof Contents>

/** Contents as they were at a named restore point of the write-ahead log, kept beside the backup. */
export const Fingerprint = Contents.extend({ restorePoint: z.string(), at: z.iso.datetime() })
export type Fingerprint = z.infer<typeof Fingerprint>

/** A table or a sequence that is not as recorded: its rows or its last number on both sides, `null` where it is not. */
export type Difference =
  | { kind: 'table'; name: string; recorded: number | null; found: number | null }
  | { kind: 'sequence'; name: string; recorded: string | null; found: string | null }

/** Long transactions were writing to tables, or altering them, all the while; worth another try later. */
export class TablesBusy extends Error {}

/** How often the tables are asked for, and the pause between two tries in milliseconds. */
export type Patience = { tries: number; pauseMs: number }

// The longest a save may be held up, which a try takes at most. Below `deadlock_timeout` (1 s): a save that waits for a
// table we have, while we wait for one it has, must not be the one that is refused.
const LONGEST_STOP_MS = 500
// At these nobody is held up, since a table in use ends the try at once.
const QUICK_TRIES = 5
const BUSY = 'tables were in use all the while'
const PATIENCE: Patience = { tries: 15, pauseMs: 1000 }

/**
 * Text of a row depends on these settings and on nothing else that two servers with the same data may differ in: no
 * type we store asks the collation, the library of letters or the list of time zones for its text once zones are UTC.
 * What row security would hide is an error; all cores but one are left to the school.
 */
const SETTINGS = Object.entries({
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'iso_8601',
  extra_float_digits: '1',
  bytea_output: 'hex',
  lc_monetary: 'C',
  quote_all_identifiers: 'off',
  search_path: 'pg_catalog',
  row_security: 'off',
  statement_timeout: '0',
  lock_timeout: '0',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
})
  .map(([name, value]) => `set local ${name} = '${value}'`)
  .join('; ')

/**
 * Every table with rows of its own, parts of a partitioned one each by itself. Recovery empties unlogged tables and
 * temporary ones end with their session, so that neither is in a backup.
 */
const TABLES = `
select format('%I.%I', n.nspname, c.relname) as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
order by format('%I.%I', n.nspname, c.relname) collate "C"`

/** Only those that number a column: the key of the seal lies in two others, and must not lie beside a backup. */
const SEQUENCES = `
select coalesce(json_object_agg(format('%I.%I', n.nspname, c.relname),
  json_build_object('last', pg_sequence_last_value(c.oid)::text, 'step', s.seqincrement::text)), '{}')
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
where c.relpersistence = 'p' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass
  and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i'))`

// One statement is one snapshot. A name given twice would be restored to where it was given first, so it is given only
// once the list is known to be whole.
const RESTORE_POINT = `
select case when array(${TABLES}) = $2::text[] then pg_create_restore_point($1)::text end as "isAt",
  to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, (${SEQUENCES}) as sequences`

/**
 * Names a restore point and tells what the database holds at that very place of the log. `client` is a superuser's, in
 * no transaction and without a `query_timeout`: hashing takes as long as reading everything, and until then tables can
 * be neither altered nor emptied. Saves go on, but for a moment of at most half a second for each try. Throws
 * `TablesBusy`; the restore point reaches the archive with its segment (`pg_switch_wal`).
 */
export async function recordFingerprint(
  client: pg.ClientBase,
  restorePoint: string,
  patience: Patience = PATIENCE,
): Promise<Fingerprint> {
  for (let tries = 0; tries < patience.tries; tries++) {
    const tables = await inTransaction(client, 'read only', () => tablesOf(client))
    const recorded = await inTransaction(client, 'read write', async () => {
      const reached = await reachRestorePoint(client, { tables, restorePoint, patience })
      return reached && { restorePoint, ...reached, tables: await totalsOf(client, tables) }
    })
    if (recorded) return recorded
    await sleep(patience.pauseMs)
  }
  throw new TablesBusy(BUSY)
}

/** What the database of this client holds; one that is still being recovered (hot standby) is only read. */
export const fingerprintOf = (client: pg.ClientBase): Promise<Contents> =>
  inTransaction(client, 'read only', async () => {
    const tables = await totalsOf(client, await tablesOf(client))
    const { rows } = await client.query<{ sequences: Contents['sequences'] }>(
      `select (${SEQUENCES}) as sequences`,
    )
    return { tables, sequences: rows[0]?.sequences ?? {} }
  })

type Wanted = { tables: readonly string[]; restorePoint: string; patience: Patience }
type Reached = Pick<Fingerprint, 'at' | 'sequences'>

/**
 * Takes the snapshot of this transaction while nobody writes, and the restore point with it; `null` when the tables have
 * become others or are being altered. A writer keeps its lock until its commit is both in the log and seen by others, so that behind these
 * locks the two agree. `lock` takes no snapshot, and going back to a savepoint gives back what was locked after it.
 */
async function reachRestorePoint(
  client: pg.ClientBase,
  { tables, restorePoint, patience }: Wanted,
): Promise<Reached | null> {
  // Emptying and rewriting a table is seen by older snapshots too; this keeps both away until the end.
  await client.query(`set local lock_timeout = ${LONGEST_STOP_MS}`)
  if (!(await isLocked(lock(client, tables, 'access share mode')))) return null
  await client.query('savepoint writing')
  await stopWriters(client, tables, patience)
  const { rows } = await client.query<Reached & { isAt: string | null }>(RESTORE_POINT, [
    restorePoint,
    tables,
  ])
  await client.query('rollback to savepoint writing; set local lock_timeout = 0')
  const [reached] = rows
  return reached?.isAt ? { at: reached.at, sequences: reached.sequences } : null
}

/**
 * Locks every table against writing: first all at once if nobody writes to any; then one after another, beginning with
 * those that kept us waiting before, since whoever comes to write waits there with nothing of ours in hand yet.
 */
async function stopWriters(
  client: pg.ClientBase,
  tables: readonly string[],
  patience: Patience,
): Promise<void> {
  const order = [...tables]
  for (let tries = 1; ; tries++) {
    const busy = tries <= QUICK_TRIES ? await lockAtOnce(client, order) : await lockInTurn(client, order)
    if (busy === null) return
    await client.query('rollback to savepoint writing')
    if (tries >= patience.tries) throw new TablesBusy(BUSY)
    order.sort((one, other) => Number(other === busy) - Number(one === busy))
    await sleep(tries < QUICK_TRIES ? patience.pauseMs / 10 : patience.pauseMs)
  }
}

async function lockAtOnce(client: pg.ClientBase, tables: readonly string[]): Promise<'some' | null> {
  return (await isLocked(lock(client, tables, 'share mode nowait'))) ? null : 'some'
}

/** The table that was not to be had in time, `null` when all are locked. */
async function lockInTurn(client: pg.ClientBase, tables: readonly string[]): Promise<string | null> {
  const end = performance.now() + LONGEST_STOP_MS
  // Whoever cleans a table up by itself makes way as soon as we have looked for a deadlock.
  await client.query(`set local deadlock_timeout = '50ms'`)
  for (const table of tables) {
    const left = Math.max(1, Math.floor(end - performance.now()))
    await client.query(`set local lock_timeout = ${left}`)
    if (!(await isLocked(lock(client, [table], 'share mode')))) return table
  }
  return null
}

const lock = (client: pg.ClientBase, tables: readonly string[], mode: string): Promise<unknown> =>
  tables.length === 0
    ? Promise.resolve()
    : client.query(`lock table ${tables.map((name) => `only ${name}`).join(', ')} in ${mode}`)

/** 55P03: not to be had in time; 40P01: somebody waits for us in turn. */
async function isLocked(locking: Promise<unknown>): Promise<boolean> {
  try {
    await locking
    return true
  } catch (error) {
    if (['55P03', '40P01'].includes((error as { code?: string }).code ?? '')) return false
    throw error
  }
}

async function inTransaction<T>(
  client: pg.ClientBase,
  mode: 'read only' | 'read write',
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`begin isolation level repeatable read, ${mode}; ${SETTINGS}`)
  try {
    const done = await work()
    await client.query('commit')
    return done
  } catch (error) {
    // A connection that broke cannot be rolled back, and its own error tells more.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(TABLES)
  return rows.map(({ name }) => name)
}

async function totalsOf(client: pg.ClientBase, tables: readonly string[]): Promise<Contents['tables']> {
  const totals: Contents['tables'] = {}
  for (const table of tables) totals[table] = await totalOf(client, table)
  return totals
}

type Sums = { rows: string; one: string; other: string }

/**
 * A sum knows no order, and 128 bits of it leave no room for two changes that make up for each other. `whole.*` is the
 * row even where a column is called «whole»; `offset 0` keeps its text from being made twice.
 */
async function totalOf(client: pg.ClientBase, table: string): Promise<Contents['tables'][string]> {
  const { rows } = await client.query<Sums>(`
    select count(*)::text as rows, coalesce(sum(hashtextextended(told, 0)), 0)::text as one,
      coalesce(sum(hashtextextended(told, 1)), 0)::text as other
    from (select (whole.*)::text collate "C" as told from only ${table} as whole offset 0) as every`)
  const { rows: count = '0', one, other } = rows[0] ?? {}
  return { rows: Number(count), hash: `${one} ${other}` }
}

// How many numbers PostgreSQL takes ahead in its log (SEQ_LOG_VALS): after recovery they are passed over, never given twice.
const TAKEN_AHEAD = 32n

/** What is not as recorded, tables first, each in the order of names; empty when the restored database is the same. */
export function differencesBetween(recorded: Contents, found: Contents): Difference[] {
  const tables = namesOf(recorded.tables, found.tables).flatMap((name): Difference[] => {
    const [was, is] = [recorded.tables[name], found.tables[name]]
    if (was && is && was.rows === is.rows && was.hash === is.hash) return []
    return [{ kind: 'table', name, recorded: was?.rows ?? null, found: is?.rows ?? null }]
  })
  const sequences = namesOf(recorded.sequences, found.sequences).flatMap((name): Difference[] => {
    const [was, is] = [recorded.sequences[name], found.sequences[name]]
    if (was && is && follows(was, is)) return []
    return [{ kind: 'sequence', name, recorded: was?.last ?? null, found: is?.last ?? null }]
  })
  return [...tables, ...sequences]
}

function follows(recorded: z.infer<typeof Numbering>, found: z.infer<typeof Numbering>): boolean {
  if (recorded.step !== found.step) return false
  if (recorded.last === null || found.last === null) return recorded.last === found.last
  const step = BigInt(found.step)
  const ahead = (BigInt(found.last) - BigInt(recorded.last)) * (step < 0n ? -1n : 1n)
  return ahead >= 0n && ahead <= TAKEN_AHEAD * (step < 0n ? -step : step)
}

const namesOf = (one: object, other: object): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()
