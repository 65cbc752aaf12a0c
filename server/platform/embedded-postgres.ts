import { spawnSync } from 'node:child_process'
import { rmdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { program } from './embedded/binaries.ts'
import { createCluster, type Launched, launch, USER } from './embedded/cluster.ts'
import { EmbeddedRefused } from './embedded/fault.ts'
import { portPassword, realFolder, socketFolder } from './embedded/folders.ts'
import { chooseIdentity, type Identity, own } from './embedded/identity.ts'
import { dropStalePidFile, readPidFile, serves } from './embedded/pid-file.ts'

/** Where a PostgreSQL is reached, as `pg` takes it. */
export type Connection = { host: string; port: number; user: string; database: string; password?: string }

export type EmbeddedOptions = {
  /** The cluster's own folder; created with everything above it. */
  folder: string
  /** Folder of the socket, short and the caller's own; by default one in the temporary folder. */
  sockets?: string
  /** Settings added to the command line, for tests. */
  conf?: Readonly<Record<string, string>>
  /** Whether a folder that another process serves may be joined (a command beside a running server). */
  join?: boolean
  /** Overrides the choice of user to run as, for tests. */
  identity?: Identity
}

/** The bundled PostgreSQL serving a folder; `joined` says that it belongs to another process. */
export type EmbeddedPostgres = { connection: Connection; joined: boolean; stop: () => Promise<void> }

const DATABASE = 'zhuravl'
// Crash recovery of a long write-ahead log is the slow case; a stop waits for the last checkpoint.
const START_SECONDS = 120
const STOP_SECONDS = 60
// «zhur» in ASCII: whoever holds this lock in the maintenance database serves the folder.
const OWNER_LOCK = 0x7a687572

type Holder = { folder: string; launch: () => Launched; stopping: boolean; owner: pg.Client | null }

/**
 * Serves the folder with the PostgreSQL that came with npm: starts it, or adopts the one a killed process
 * left running, and starts it again should it die. Refuses (`EmbeddedRefused`) a folder that another
 * process serves unless `join` is set.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = realFolder(options.folder)
  const identity = options.identity ?? chooseIdentity()
  createCluster(folder, identity)
  const holder: Holder = {
    folder,
    launch: () =>
      launch({
        folder,
        sockets: prepare(folder, identity, options.sockets),
        identity,
        conf: options.conf ?? {},
      }),
    stopping: false,
    owner: null,
  }
  const mine = await hold(holder)
  if (!mine && !options.join) throw new EmbeddedRefused('in-use', folder)
  const connection = connectionOf(folder, DATABASE)
  if (!connection) throw new EmbeddedRefused('start-failed', folder)
  return { connection, joined: !mine, stop: () => (mine ? stop(holder) : Promise.resolve()) }
}

/** Gives the identity what it serves from; the answer is the folder of the socket. */
function prepare(folder: string, identity: Identity, given?: string): string {
  own(identity, folder)
  if (process.platform === 'win32') return ''
  const sockets = given ?? socketFolder(folder)
  own(identity, sockets)
  return sockets
}

/** Attaches to the folder's PostgreSQL, starting it where needed; `false` when another process owns it. */
async function hold(holder: Holder): Promise<boolean> {
  const client = await attach(holder)
  const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [OWNER_LOCK])
  if (!rows[0].mine) {
    await client.end()
    return false
  }
  await createDatabase(client)
  holder.owner = client
  client.once('end', () => void recover(holder))
  return true
}

/** Brings a PostgreSQL that died under us back; the pools reconnect by themselves. */
async function recover(holder: Holder): Promise<void> {
  while (!holder.stopping) {
    try {
      if (await hold(holder)) return
    } catch {
      // Tried again below: the disk may have room, or the old children be gone, in a second.
    }
    await sleep(1000)
  }
}

async function attach(holder: Holder): Promise<pg.Client> {
  const deadline = performance.now() + START_SECONDS * 1000
  let launched: Launched | null = null
  let wait = 10
  while (performance.now() < deadline && !holder.stopping) {
    const client = await connect(holder.folder)
    if (client) return client
    if (canLaunch(holder.folder) && (launched === null || launched.failure() !== null)) {
      throwIfHopeless(launched?.failure() ?? null)
      launched = holder.launch()
    }
    await sleep(wait)
    wait = Math.min(wait * 1.5, 200)
  }
  throw new EmbeddedRefused('start-failed', launched?.failure() ?? '')
}

/** Whether nobody serves the folder, after clearing what a dead PostgreSQL left there. */
function canLaunch(folder: string): boolean {
  const file = readPidFile(folder)
  if (!file) return true
  if (serves(file.pid, folder) !== false) return false
  dropStalePidFile(folder, file)
  return true
}

/** A twin that was faster, or children of a killed PostgreSQL on their way out, are worth another try. */
function throwIfHopeless(failure: string | null): void {
  if (failure === null || /lock file|shared memory block|shutting down/.test(failure)) return
  throw new EmbeddedRefused('start-failed', failure)
}

async function connect(folder: string): Promise<pg.Client | null> {
  const config = connectionOf(folder, 'postgres')
  if (!config) return null
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000, keepAlive: true })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch {
    return null
  }
}

function connectionOf(folder: string, database: string): Connection | null {
  const file = readPidFile(folder)
  if (!file?.ready) return null
  const { port } = file
  if (process.platform !== 'win32') return { host: file.socketFolder, port, user: USER, database }
  return { host: '127.0.0.1', port, user: USER, database, password: portPassword(folder) }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`create database ${DATABASE}`)
}

async function stop(holder: Holder): Promise<void> {
  holder.stopping = true
  await holder.owner?.end().catch(() => undefined)
  const file = readPidFile(holder.folder)
  if (!file || serves(file.pid, holder.folder) === false) return
  // SIGINT asks for a «fast» shutdown with a last checkpoint, SIGQUIT for one that recovers at next start.
  const gone =
    (await ended(holder.folder, file.pid, 'SIGINT')) || (await ended(holder.folder, file.pid, 'SIGQUIT'))
  if (!gone) throw new EmbeddedRefused('stop-failed', holder.folder)
  tidy(file.socketFolder)
}

/** A start that has just made this folder anew and finds it gone makes it again. */
function tidy(sockets: string): void {
  try {
    if (sockets) rmdirSync(sockets)
  } catch {
    // Not empty: somebody serves from it already.
  }
}

async function ended(folder: string, pid: number, signal: NodeJS.Signals): Promise<boolean> {
  const deadline = performance.now() + STOP_SECONDS * 1000
  // A signal on Windows kills without a checkpoint, so PostgreSQL is asked by its own program.
  if (process.platform === 'win32') spawnSync(program('pg_ctl'), ['stop', '-D', folder, '-m', 'fast'])
  else process.kill(pid, signal)
  while (performance.now() < deadline) {
    if (serves(pid, folder) === false) return true
    await sleep(15)
  }
  return false
}
