import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { MAJOR } from './embedded/binaries.ts'
import { createCluster, type Launched, launch } from './embedded/cluster.ts'
import { endServer } from './embedded/ending.ts'
import { EmbeddedRefused } from './embedded/fault.ts'
import { identityOf, makeSocketFolder, realFolder, sameFolder, socketFolder } from './embedded/folders.ts'
import { takeOwnership } from './embedded/holding.ts'
import { chooseIdentity, type Identity, own } from './embedded/identity.ts'
import { createDatabase, DATABASE, type Letters } from './embedded/letters.ts'
import { loginOf, renewLostPassword, secureCluster } from './embedded/passwords.ts'
import { dropStalePidFile, readPidFile, serves, socketIsTaken } from './embedded/pid-file.ts'
import { type Connection, connectionOf, reach } from './embedded/reach.ts'
import { BACKUP_ROLE, type Login } from './logins.ts'

export type { Connection } from './embedded/reach.ts'

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
  /** The major version that makes the folder, or has made it; the current one unless told. */
  major?: number
}

/**
 * The bundled PostgreSQL serving a folder; `joined` says that it belongs to another process, `copied` that the folder
 * was copied from one that was being served, which no copy by hand takes whole for certain; `letters` whether Russian
 * letters are known to its searches. `major` is the one that serves it, `backup` is the login that may copy all of it.
 */
export type EmbeddedPostgres = {
  connection: Connection
  backup: Login
  major: number
  joined: boolean
  copied: boolean
  letters: Letters
  stop: () => Promise<void>
}

// Crash recovery of a long write-ahead log is the slow case.
const START_SECONDS = 120

type Holder = {
  folder: string
  /** The folder itself, whatever stands under its name later. */
  identity: string | null
  launch: () => Launched
  copied: boolean
  letters: Letters
  stopping: boolean
  owner: pg.Client | null
}

const MOST_SOCKET_FOLDERS = 20

/**
 * Serves the folder with the PostgreSQL that came with npm: starts it, or adopts the one a killed process
 * left running, and starts it again should it die. Refuses (`EmbeddedRefused`) a folder that another
 * process serves unless `join` is set.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = realFolder(options.folder)
  const identity = options.identity ?? chooseIdentity()
  const major = options.major ?? MAJOR
  createCluster(folder, identity, major)
  // Once chosen they stay: the pools look for their server there.
  let sockets: string | undefined
  const holder: Holder = {
    folder,
    identity: identityOf(folder),
    launch: () => {
      sockets ??= options.sockets ?? freeSocketFolder(folder)
      return launch({
        folder,
        sockets: prepare(folder, identity, sockets),
        identity,
        conf: options.conf ?? {},
      })
    },
    copied: false,
    letters: 'known',
    stopping: false,
    owner: null,
  }
  const mine = await hold(holder)
  if (!mine && !options.join) throw new EmbeddedRefused('in-use', folder)
  const connection = connectionOf(folder, DATABASE)
  if (!connection) throw new EmbeddedRefused('start-failed', folder)
  sockets ??= connection.host
  return {
    connection,
    backup: loginOf(folder, BACKUP_ROLE),
    major,
    joined: !mine,
    copied: holder.copied,
    letters: holder.letters,
    stop: () => (mine ? stop(holder) : Promise.resolve()),
  }
}

/** A number in a lock that a crash has left may be a stranger's by now, and PostgreSQL would wait for him. */
function freeSocketFolder(folder: string): string {
  if (process.platform === 'win32') return ''
  for (let another = 0; another < MOST_SOCKET_FOLDERS; another++) {
    const path = socketFolder(folder, another)
    if (!socketIsTaken(path, folder)) return path
  }
  throw new EmbeddedRefused('start-failed', folder)
}

/** Gives the identity what it serves from; the answer is the folder of the socket. */
function prepare(folder: string, identity: Identity, sockets: string): string {
  own(identity, folder)
  renewLostPassword(folder, identity)
  if (process.platform === 'win32') return ''
  // At each launch anew: a stop takes it away.
  makeSocketFolder(sockets)
  own(identity, sockets)
  return sockets
}

/**
 * Attaches to the folder's PostgreSQL, starting it where needed; `false` when another process owns it. Of two that start
 * at once, the one that has to leave may take with it the PostgreSQL it began, while the other makes its database there.
 */
async function hold(holder: Holder): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      return await holdOnce(holder)
    } catch (error) {
      if (tries === HOLD_TRIES || !isLost(error)) throw error
    }
  }
}

const HOLD_TRIES = 3

/** 57P01 to 57P03: the server is going or coming; without a code: it went without a word. */
function isLost(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (
    /^(57P0[123]|08...|ECONNRESET|EPIPE)$/.test(code ?? '') || /^Connection terminated/.test(message ?? '')
  )
}

async function holdOnce(holder: Holder): Promise<boolean> {
  const client = await attach(holder)
  const isMine = await take(holder, client).catch(async (error: unknown) => {
    await client.end().catch(() => undefined)
    throw error
  })
  if (!isMine) {
    await client.end()
    return false
  }
  holder.owner = client
  client.once('end', () => void recover(holder))
  return true
}

async function take(holder: Holder, client: pg.Client): Promise<boolean> {
  if (!(await takeOwnership(client))) return false
  holder.letters = await createDatabase(client)
  await secureCluster(holder.folder, client)
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
    const client = await connect(holder)
    if (client) return client
    if (canLaunch(holder) && (launched === null || launched.failure() !== null)) {
      throwIfHopeless(launched?.failure() ?? null)
      launched = holder.launch()
    }
    await sleep(wait)
    wait = Math.min(wait * 1.5, 200)
  }
  throw new EmbeddedRefused('start-failed', launched?.failure() ?? '')
}

/** The folder's own server, where one answers; a pid file that leads to the server of another folder is cleared. */
async function connect(holder: Holder): Promise<pg.Client | null> {
  refuseAnother(holder)
  const reached = await reach(holder.folder)
  if (reached === null || 'own' in reached) return reached?.own ?? null
  holder.copied = true
  dropStalePidFile(holder.folder, reached.foreign)
  return null
}

/** A folder moved away under us may have a copy in its place, which must not get what was meant for it. */
function refuseAnother({ folder, identity }: Holder): void {
  if (identityOf(folder) !== identity) throw new EmbeddedRefused('folder-gone', folder)
}

/** Whether nobody serves the folder, after clearing what a dead PostgreSQL or one of another folder left there. */
function canLaunch(holder: Holder): boolean {
  const { folder } = holder
  const file = readPidFile(folder)
  if (!file) return true
  if (serves(file.pid, folder) !== false) return false
  if (sameFolder(file.dataFolder, folder) === false) holder.copied = true
  dropStalePidFile(folder, file)
  return true
}

/** A twin that was faster, or children of a killed PostgreSQL on their way out, are worth another try. */
function throwIfHopeless(failure: string | null): void {
  if (failure === null || /lock file|shared memory block|shutting down/.test(failure)) return
  throw new EmbeddedRefused('start-failed', failure)
}

async function stop(holder: Holder): Promise<void> {
  holder.stopping = true
  await holder.owner?.end().catch(() => undefined)
  await endServer(holder.folder)
}
