import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { saysDiskIsFull } from '../disk.ts'
import { CarryRefused } from './fault.ts'

/** How far it is, in hundredths of the bytes of all tables. */
export type CarryProgress = (percent: number) => void

type Table = { name: string; columns: string; bytes: string }

/** What is computed from the rest is computed anew. */
const TABLES = `
select format('%I.%I', n.nspname, c.relname) as name, pg_table_size(c.oid)::text as bytes,
  (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
order by pg_table_size(c.oid) desc, 1`

/** Texts of dates, fractions and bytes as every major reads them back; what is in the tables decides nothing here. */
const TEXTS = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
set local extra_float_digits = 1; set local bytea_output = 'hex'; set local row_security = off;
set local statement_timeout = 0; set local lock_timeout = 0`

/**
 * Brings every row and every number of one database to another of the same shape, which is emptied first: migrations
 * put rows there too. No trigger adds to history, and references, which were kept there, are not looked up again.
 */
export async function carryContents(
  from: pg.ClientBase,
  to: pg.ClientBase,
  progress: CarryProgress,
): Promise<void> {
  await from.query(`begin isolation level repeatable read, read only; ${TEXTS}`)
  await to.query(`begin; ${TEXTS}; set local session_replication_role = replica`)
  const { rows: tables } = await from.query<Table>(TABLES)
  if (tables.length > 0) await to.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  const total = tables.reduce((sum, { bytes }) => sum + Number(bytes), 0)
  let done = 0
  for (const table of tables) {
    await carryTable(from, to, table).catch((error: unknown) => {
      throw saysDiskIsFull(error) ? error : new CarryRefused('table-refused', reasonOf(table, error))
    })
    done += Number(table.bytes)
    progress(Math.floor((100 * done) / Math.max(1, total)))
  }
  for (const { name, last, given } of await numbersOf(from))
    await to.query('select setval($1::regclass, $2::bigint, $3)', [name, last, given])
  await to.query('commit')
  await from.query('commit')
  await to.query('analyze')
}

async function carryTable(from: pg.ClientBase, to: pg.ClientBase, { name, columns }: Table): Promise<void> {
  await pipeline(
    from.query(copyTo(`copy ${name} (${columns}) to stdout`)),
    // The table was emptied in this very transaction, so that its rows need not be looked at again by and by.
    to.query(copyFrom(`copy ${name} (${columns}) from stdin with (freeze)`)),
  )
}

/** A message of PostgreSQL may tell values. */
function reasonOf({ name }: Table, error: unknown): string {
  const { code, constraint, column } = error as { code?: string; constraint?: string; column?: string }
  return [name, code, constraint, column].filter(Boolean).join(', ')
}

type Numbered = { name: string; last: string; given: boolean }

/** Each sequence, those that hold the key of the seal too: nothing of this may be told to anybody. */
async function numbersOf(client: pg.ClientBase): Promise<Numbered[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences order by 1`,
  )
  const numbers: Numbered[] = []
  for (const { name } of rows) {
    const [row] = (
      await client.query<Omit<Numbered, 'name'>>(
        `select last_value::text as last, is_called as given from ${name}`,
      )
    ).rows
    if (row) numbers.push({ name, ...row })
  }
  return numbers
}

/** The names of sequences that do not go on from the same number in both. */
export async function otherNumbers(from: pg.ClientBase, to: pg.ClientBase): Promise<string[]> {
  const [were, are] = [await numbersOf(from), await numbersOf(to)]
  const found = new Map(are.map((one) => [one.name, one]))
  return were.flatMap((was) => {
    const is = found.get(was.name)
    return is && is.last === was.last && is.given === was.given ? [] : [was.name]
  })
}
