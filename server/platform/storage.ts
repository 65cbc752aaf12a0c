import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, type DatabaseOptions, openDatabase } from './db.ts'
import { durabilityFaults } from './durability.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { appExcess } from './logins.ts'
import { migrate } from './migrate.ts'
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

/** A migrated database that keeps what it acknowledges; `stop` closes it and, if it is ours, the server. */
export type Storage = { database: Database; stop: () => Promise<void> }

export type StorageOptions = DatabaseOptions & {
  /** Whether a folder that a running server holds may be used beside it (`import` while it serves). */
  join?: boolean
  /** Told, in words for the terminal, what is amiss with a database that is served nevertheless. */
  tell?: (words: string) => void
}

const OLDEST = 150_000

/** Opens what the configuration names: the server of `DATABASE_URL`, or the bundled one in the data folder. */
export async function openStorage(
  config: { dataDir: string; databaseUrl: string | null; databaseAppUrl?: string | null },
  { join: beside = false, tell = () => undefined, ...options }: StorageOptions = {},
): Promise<Storage> {
  const { databaseUrl: url, databaseAppUrl = null, dataDir } = config
  const folder = join(dataDir, 'postgres')
  if (url) {
    if (existsSync(join(folder, 'PG_VERSION'))) tell(noticeWords('folder-unused', folder))
    return openOutside(url, databaseAppUrl, options)
  }
  const postgres = await startEmbeddedPostgres({ folder, join: beside })
  if (postgres.copied) tell(noticeWords('copied', folder))
  return prepare(openDatabase({ connection: postgres.connection }, options), postgres.stop)
}

async function openOutside(url: string, given: string | null, options: DatabaseOptions): Promise<Storage> {
  const appUrl = appUrlOf(url, given)
  if (appUrl === null) throw new StorageRefused('no-app-login')
  const database = openDatabase({ url, appUrl }, options)
  return prepare(
    database,
    async () => undefined,
    () => ensureAppLogin(database, appUrl),
  )
}

async function prepare(
  database: Database,
  stopServer: () => Promise<void>,
  ensureLogin: () => Promise<StorageFault | null> = async () => null,
): Promise<Storage> {
  const stop = async () => {
    await database.close()
    await stopServer()
  }
  try {
    await refuseOldOrAbsent(database)
    const fault = await ensureLogin()
    if (fault) throw new StorageRefused(fault)
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

async function refuseUnsafe({ pool, owner }: Database): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name')
  const { isApp, remedies } = await appExcess(pool, rows[0]?.name ?? '')
  if (!isApp) throw new StorageRefused('role-lost')
  if (remedies.length > 0) throw new StorageRefused('app-too-strong', remedies.join('\n'))
  const off = await durabilityFaults(pool)
  if (off.length > 0) throw new StorageRefused('not-durable', off.join(', '))
}
