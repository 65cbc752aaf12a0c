import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Login } from './logins.ts'
import { namedClient, type Statement, type StatementCounter } from './named-client.ts'
import type { Tables } from './tables.ts'
import { together } from './together.ts'

export { APP_ROLE } from './logins.ts'
export type { Statement } from './named-client.ts'
export type { Tables } from './tables.ts'

/** The database outside a transaction; row policies show nothing here until a transaction says who asks. */
export type Db = Kysely<Tables>

/** One transaction; what use cases and queries are given. */
export type Tx = Transaction<Tables>

/** Fields of a connection as the owner, and the login of the application on the same database. */
export type OwnerConnection = Login & { host: string; port: number; database: string; app: Login }

/** Where PostgreSQL is: fields of a connection, or addresses (`DATABASE_URL`; TLS by their parameters). */
export type Place = { connection: OwnerConnection } | { url: string; appUrl: string }

export type Database = {
  /** The login that owns the tables: for migrations, the console's commands and tests; two connections. */
  owner: pg.Pool
  app: Db
  /** The login `zhuravl_app`, which owns nothing, so that row policies always hold. */
  pool: pg.Pool
  /** One connection of the application's, apart from requests, that waits for nothing long: for looking after the rest. */
  probe: pg.Pool
  /** Statements sent by `app` and `pool` so far. */
  statements: () => number
  /** Ends the owner's connections: from then on nothing of this process can open one. */
  closeOwner: () => Promise<void>
  close: () => Promise<void>
}

export type DatabaseOptions = {
  /** Connections of the application; the bundled server takes 60 in all. */
  size?: number
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  onError?: (error: Error) => void
}

// Twice what the slowest page of a large school takes on a busy machine.
const STATEMENT_MS = 15_000
const PROBE_MS = 1_500

/** Opens the pools; connections are made at first use. */
export function openDatabase(
  place: Place,
  { size = 20, onError = () => undefined }: DatabaseOptions = {},
): Database {
  const counter: StatementCounter = { statements: 0 }
  const owner = new pg.Pool({
    ...shared(asOwner(place), ''),
    max: 2,
    allowExitOnIdle: true,
    // The console loads whole centres in one statement.
    query_timeout: 600_000,
  })
  const pool = new pg.Pool({
    ...shared(asApp(place), '-c plan_cache_mode=force_generic_plan -c jit=off'),
    max: size,
    // Statements may follow each other without waiting, so that opening a transaction costs one trip, not two.
    pipeline: true,
    Client: namedClient(counter),
    statement_timeout: STATEMENT_MS,
    // A database that answers nothing at all cannot end a statement itself: the connection is given up.
    query_timeout: STATEMENT_MS + 3_000,
    idle_in_transaction_session_timeout: 60_000,
  })
  const probe = new pg.Pool({
    ...shared(asApp(place), ''),
    max: 1,
    allowExitOnIdle: true,
    connectionTimeoutMillis: PROBE_MS,
    statement_timeout: PROBE_MS,
    query_timeout: PROBE_MS,
  })
  for (const each of [owner, pool, probe]) {
    each.on('error', onError)
    // A connection that breaks while it is lent out tells whoever waits for its answer. Nobody waits between two
    // statements of a transaction, and an error nobody hears would end the whole process.
    each.on('connect', (client) => client.on('error', () => undefined))
  }
  const app = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const closeOwner = () => (owner.ending ? Promise.resolve() : owner.end())
  return {
    owner,
    app,
    pool,
    probe,
    statements: () => counter.statements,
    closeOwner,
    close: async () => {
      await Promise.all([app.destroy(), probe.end(), closeOwner()])
    },
  }
}

/** The same database for work of the console, whose transactions the owner runs. */
export const ownersOwn = (database: Database): Database => ({ ...database, pool: database.owner })

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

function asOwner(place: Place): pg.PoolConfig {
  if ('url' in place) return { connectionString: place.url }
  const { app: _, ...connection } = place.connection
  return connection
}

function asApp(place: Place): pg.PoolConfig {
  if ('url' in place) return { connectionString: place.appUrl }
  const { app, host, port, database } = place.connection
  return { host, port, database, ...app }
}

function shared(login: pg.PoolConfig, options: string): pg.PoolConfig {
  const common = { types, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'zhuravl' }
  const { connectionString } = login
  if (connectionString === undefined) return { ...login, ...common, ...(options && { options }) }
  return { connectionString: withOptions(connectionString, options), ...common }
}

/** An address may carry options of its own, and `pg` lets them replace ours, which must not be lost so. */
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
