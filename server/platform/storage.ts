import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { endCutShort } from './backup/cut-short.ts'
import { archiveConf } from './backup/keeper.ts'
import { hasMemory } from './backup/settings.ts'
import { type Database, type DatabaseOptions, openDatabase } from './db.ts'
import { diskOf, isFull, saysDiskIsFull } from './disk.ts'
import { durabilityFaults } from './durability.ts'
import { EmbeddedRefused } from './embedded/fault.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { allowRestorePoints, appExcess } from './logins.ts'
import { type CarryOrder, carryOver, isToBeCarried } from './major/carrying.ts'
import { isUpdate, migrate } from './migrate.ts'
import { appUrlOf, ensureAppLogin } from './outside.ts'
import { noticeWords, type StorageFault, storageWords } from './storage.words.ts'

/** This PostgreSQL may not hold a journal; `message` is for the person at the terminal. */
export class StorageRefused extends Error {
  readonly fault: StorageFault
  constructor(fault: StorageFault, detail = '') {
    super(storageWords(fault, detail))
    this.fault = fault
  }
}

/**
 * A migrated database that keeps what it acknowledges; `stop` closes it and, if it is ours, the server. `postgres` is the
 * bundled one, where that is what serves it.
 */
export type Storage = { database: Database; postgres?: EmbeddedPostgres; stop: () => Promise<void> }

export type StorageOptions = DatabaseOptions & {
  /** Whether a folder that a running server holds may be used beside it (`import` while it serves). */
  join?: boolean
  /** Whether the log is handed over for backups; it goes on being where it has been once. */
  archive?: boolean
  /** Done before migrations, or the next PostgreSQL, change what a bundled database holds. */
  beforeUpdate?: (postgres: EmbeddedPostgres) => Promise<void>
  /** Stands at the journal's address while the database is carried over; told how far it is. */
  standIn?: CarryOrder['standIn']
  /** Told, in words for the terminal, what is amiss with a database that is served nevertheless. */
  tell: (words: string) => void
}

const OLDEST = 150_000

/** Opens what the configuration names: the server of `DATABASE_URL`, or the bundled one in the data folder. */
export async function openStorage(
  config: { dataDir: string; databaseUrl: string | null; databaseAppUrl?: string | null },
  { join: beside = false, archive = false, beforeUpdate, standIn, tell, ...options }: StorageOptions,
): Promise<Storage> {
  const { databaseUrl: url, databaseAppUrl = null, dataDir } = config
  const folder = join(dataDir, 'postgres')
  if (url) {
    if (existsSync(join(folder, 'PG_VERSION'))) tell(noticeWords('folder-unused', folder))
    return openOutside(url, { given: databaseAppUrl, tell }, options)
  }
  await endCutShort(dataDir)
  // What nobody archives is a hole in the log: every process that may start this PostgreSQL goes on with it.
  const isArchived = archive || hasMemory(dataDir)
  if (isArchived && (await hasNoRoomForLog(dataDir))) throw new StorageRefused('disk-full')
  const conf = isArchived ? archiveConf(dataDir) : {}
  if (isToBeCarried(dataDir)) await carryOver({ dataDir, conf, beforeUpdate, standIn, tell })
  const postgres = await startEmbeddedPostgres({ folder, join: beside, conf }).catch(
    async (error: unknown) => {
      throw (await isForWantOfRoom(error, dataDir)) ? new StorageRefused('disk-full') : error
    },
  )
  if (postgres.copied) tell(noticeWords('copied', folder))
  if (postgres.letters === 'impossible') tell(noticeWords('no-letters', folder))
  const database = openDatabase({ connection: postgres.connection }, options)
  const storage = await prepare(database, postgres.stop, {
    beforeUpdate: async () => beforeUpdate?.(postgres),
    ensureLogin: async () => {
      if (!postgres.joined) await allowRestorePoints(database.owner)
      return null
    },
  })
  return { ...storage, postgres }
}

// A segment: without room for the next one PostgreSQL neither hands over the last nor comes to an end.
const LOG_BYTES = 17 * 2 ** 20

async function hasNoRoomForLog(dataDir: string): Promise<boolean> {
  const disk = await diskOf(dataDir)
  return disk !== null && disk.free < LOG_BYTES
}

// On a full disk PostgreSQL has no room for its own reason.
const SPEECHLESS = ['init-failed', 'start-failed', 'no-access']

async function isForWantOfRoom(error: unknown, dataDir: string): Promise<boolean> {
  if (saysDiskIsFull(error)) return true
  if (!(error instanceof EmbeddedRefused) || !SPEECHLESS.includes(error.fault)) return false
  const disk = await diskOf(dataDir)
  return disk !== null && isFull(disk)
}

type Outside = { given: string | null; tell: (words: string) => void }

async function openOutside(
  url: string,
  { given, tell }: Outside,
  options: DatabaseOptions,
): Promise<Storage> {
  const appUrl = appUrlOf(url, given)
  if (appUrl === null) throw new StorageRefused('no-app-login')
  const database = openDatabase({ url, appUrl }, options)
  return prepare(database, async () => undefined, {
    ensureLogin: async () => {
      await tellOfLetters(database, tell)
      return ensureAppLogin(database, appUrl)
    },
  })
}

async function prepare(
  database: Database,
  stopServer: () => Promise<void>,
  around: { ensureLogin?: () => Promise<StorageFault | null>; beforeUpdate?: () => Promise<void> },
): Promise<Storage> {
  const stop = async () => {
    await database.close()
    await stopServer()
  }
  try {
    await refuseOldOrAbsent(database)
    const fault = await around.ensureLogin?.()
    if (fault) throw new StorageRefused(fault)
    if (await isUpdate(database.owner)) await around.beforeUpdate?.()
    await migrate(database.owner)
    await refuseUnsafe(database)
    return { database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function refuseOldOrAbsent({ owner }: Database): Promise<void> {
  const { rows } = await owner
    .query<{ number: number; name: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
    )
    .catch((error: Error) => {
      throw new StorageRefused('unreachable', error.message)
    })
  const [version] = rows
  if (version && version.number < OLDEST) throw new StorageRefused('too-old', version.name)
}

/** Asked by what it does: the name of a locale says it on no two systems alike. */
async function tellOfLetters({ owner }: Database, tell: (words: string) => void): Promise<void> {
  const { rows } = await owner.query<{ known: boolean; ctype: string }>(
    `select lower(u&'\\0401') = u&'\\0451' and u&'\\0401\\043B' ~* u&'\\0451\\041B'
       and to_tsvector('simple', u&'\\00AB\\0451\\043B\\00BB') @@ to_tsquery('simple', u&'\\0451\\043B') as known,
     (select datctype from pg_database where datname = current_database()) as ctype`,
  )
  if (rows[0] && !rows[0].known) tell(noticeWords('no-letters', `LC_CTYPE=${rows[0].ctype}`))
}

async function refuseUnsafe({ pool, owner }: Database): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name')
  const { isApp, remedies } = await appExcess(pool, rows[0]?.name ?? '')
  if (!isApp) throw new StorageRefused('role-lost')
  if (remedies.length > 0) throw new StorageRefused('app-too-strong', remedies.join('\n'))
  // The console writes as the owner, the journal as the application.
  const off = [...new Set([...(await durabilityFaults(owner)), ...(await durabilityFaults(pool))])]
  if (off.length > 0) throw new StorageRefused('not-durable', off.join(', '))
}
