import type { Writable } from 'node:stream'
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { namedClient, type StatementCounter } from './named-client.ts'
import type { Tables } from './tables.ts'

export type { Tables } from './tables.ts'

/** The database outside a transaction; row policies show nothing here until a transaction says who asks. */
export type Db = Kysely<Tables>

/** One transaction; what use cases and queries are given. */
export type Tx = Transaction<Tables>

/** Where PostgreSQL is: fields of a connection, or an address (`DATABASE_URL`; TLS by its parameters). */
export type Place =
  | { connection: { host: string; port: number; user: string; database: string; password?: string } }
  | { url: string }

export type Database = {
  /** As the connecting user, for migrations and upkeep; two connections. */
  owner: pg.Pool
  app: Db
  /** Under the role `zhuravl_app`, whoever connects, so that row policies always hold. */
  pool: pg.Pool
  /** Statements sent by `app` and `pool` so far. */
  statements: () => number
  close: () => Promise<void>
}

export type DatabaseOptions = {
  /** Connections of the application; the bundled server takes 60 in all. */
  size?: number
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  onError?: (error: Error) => void
}

export const APP_ROLE = 'zhuravl_app'

/** Opens both pools; connections are made at first use. */
export function openDatabase(
  place: Place,
  { size = 20, onError = () => undefined }: DatabaseOptions = {},
): Database {
  const counter: StatementCounter = { statements: 0 }
  const owner = new pg.Pool({ ...shared(place, ''), max: 2, allowExitOnIdle: true })
  const pool = new pg.Pool({
    ...shared(place, `-c role=${APP_ROLE} -c plan_cache_mode=force_generic_plan -c jit=off`),
    max: size,
    // Statements may follow each other without waiting, so that opening a transaction costs one trip, not two.
    pipeline: true,
    Client: namedClient(counter),
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  })
  for (const each of [owner, pool]) {
    each.on('error', onError)
    // A connection that breaks while it is lent out tells whoever waits for its answer. Nobody waits between two
    // statements of a transaction, and an error nobody hears would end the whole process.
    each.on('connect', (client) => client.on('error', () => undefined))
  }
  const app = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    owner,
    app,
    pool,
    statements: () => counter.statements,
    close: async () => {
      await Promise.all([app.destroy(), owner.end()])
    },
  }
}

export type Statement = { text: string; values?: readonly unknown[] }

/** What a transaction ends with: its value, and a last statement that travels together with the commit. */
export type Ended<T> = { value: T; last?: Statement }

const BEGIN: Statement = { text: 'begin' }
const COMMIT: Statement = { text: 'commit' }

/**
 * Runs work in one transaction whose first statement, if any is given, travels together with `begin`; without one
 * the work's own first statement follows `begin` at once. Rolled back when anything throws; a commit that PostgreSQL turned into a rollback throws too.
 */
export async function transact<R, T>(
  { pool }: Database,
  first: Statement | null,
  work: (tx: Tx, opened: R[]) => Promise<Ended<T>>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begun = together(client, first ? [BEGIN, first] : [BEGIN])
    // What fails here fails the statement behind it too.
    begun.catch(() => undefined)
    const opened = first ? (await begun)[1]?.rows : []
    const { value, last } = await work(transactionOn(client), opened as R[])
    await begun
    const results = await together(client, last ? [last, COMMIT] : [COMMIT])
    if (results.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back')
    return value
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Sends statements in one packet; all are awaited even when one fails, so that none answers into the next use. */
async function together(client: pg.PoolClient, statements: readonly Statement[]): Promise<pg.QueryResult[]> {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  const sent = statements.map(({ text, values }) => client.query(text, values && [...values]))
  stream.uncork()
  const settled = await Promise.allSettled(sent)
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

const builders = new WeakMap<pg.PoolClient, Tx>()
const clients = new WeakMap<object, pg.PoolClient>()

/** The builder bound to one connection, made once for each. */
function transactionOn(client: pg.PoolClient): Tx {
  const known = builders.get(client)
  if (known) return known
  const lent = { query: client.query.bind(client), release: () => undefined }
  const pool = { connect: async () => lent, end: async () => undefined } as unknown as pg.Pool
  // Begun and ended by `transact`, this builder is a transaction in all but its class.
  const tx = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) as unknown as Tx
  builders.set(client, tx)
  clients.set(tx, client)
  return tx
}

/** Rows of a hand-written query, for those too hot for the builder; prepared like every other. */
export async function rows<T>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<T[]> {
  const client = clients.get(tx)
  if (client) return (await client.query(text, [...values])).rows as T[]
  const result = await tx.executeQuery<T>(CompiledQuery.raw(text, [...values]))
  return result.rows
}

function shared(place: Place, options: string): pg.PoolConfig {
  const common = { types, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'zhuravl' }
  if ('connection' in place) return { ...place.connection, ...common, ...(options && { options }) }
  return { connectionString: withOptions(place.url, options), ...common }
}

/** An address may carry options of its own, and `pg` lets them replace ours: the role must not be lost so. */
function withOptions(address: string, options: string): string {
  if (!options) return address
  const url = new URL(address)
  url.searchParams.set('options', [url.searchParams.get('options'), options].filter(Boolean).join(' '))
  return url.href
}

// Days stay strings: a JS Date would drag the server's time zone into them. Counts fit a number.
const parsers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.DATE]: (text) => text,
  [pg.types.builtins.INT8]: Number,
}
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    (format === 'binary' ? undefined : parsers[id]) ?? pg.types.getTypeParser(id, format),
}
