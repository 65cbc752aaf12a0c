import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { namedClient, type Statement, type StatementCounter } from './named-client.ts'
import type { Tables } from './tables.ts'
import { together } from './together.ts'

export type { Statement } from './named-client.ts'
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

/** A read whose rows have a known shape. */
export type Reading<Row> = Statement & { row?: Row }

/** A statement that travels with the commit; `lost` says what to throw when it calls `refuse_lost_update()`. */
export type Write = Statement & { lost?: () => Error }

/** What a transaction ends with: its value, and the last statements, which travel together with the commit. */
export type Ended<T> = { value: T; last?: readonly Write[] }

const BEGIN: Statement = { text: 'begin' }
const COMMIT: Statement = { text: 'commit' }
const LOST_UPDATE = 'ZH001'

/**
 * Runs work in one transaction whose first statements, if any are given, travel together with `begin`, each as new
 * as what ran before it; without them the work's own first statement follows `begin` at once. Rolled back when
 * anything throws; a commit that PostgreSQL turned into a rollback throws too.
 */
export async function transact<T>(
  { pool }: Database,
  first: readonly Statement[],
  work: (tx: Tx, opened: unknown[][]) => Promise<Ended<T>>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begun = together(client, [BEGIN, ...first])
    // What fails here fails the statement behind it too.
    begun.catch(() => undefined)
    const opened = first.length > 0 ? (await begun).slice(1).map(({ rows }) => rows) : []
    const { value, last = [] } = await work(transactionOn(client), opened)
    await begun
    await commit(client, last)
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

async function commit(client: pg.PoolClient, last: readonly Write[]): Promise<void> {
  try {
    const results = await together(client, [...last, COMMIT])
    if (results.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back')
  } catch (error) {
    throw lossOr(error, last)
  }
}

/** Runs at once a write that was left for the commit; throws what is `lost` when somebody was faster. */
export async function runNow(tx: Tx, write: Write): Promise<void> {
  try {
    await rows(tx, write.text, write.values)
  } catch (error) {
    throw lossOr(error, [write])
  }
}

function lossOr(error: unknown, writes: readonly Write[]): unknown {
  const lost = writes.find((write) => write.lost)?.lost
  return lost && (error as { code?: string }).code === LOST_UPDATE ? lost() : error
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
