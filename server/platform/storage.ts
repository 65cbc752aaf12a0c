import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { APP_ROLE, type Database, type DatabaseOptions, openDatabase } from './db.ts'
import { durabilityFaults } from './durability.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
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
  config: { dataDir: string; databaseUrl: string | null },
  { join: beside = false, tell = () => undefined, ...options }: StorageOptions = {},
): Promise<Storage> {
  const { databaseUrl: url, dataDir } = config
  const folder = join(dataDir, 'postgres')
  if (url) {
    if (existsSync(join(folder, 'PG_VERSION'))) tell(noticeWords('folder-unused', folder))
    return prepare(openDatabase({ url }, options), async () => undefined)
  }
  const postgres = await startEmbeddedPostgres({ folder, join: beside })
  if (postgres.copied) tell(noticeWords('copied', folder))
  return prepare(openDatabase({ connection: postgres.connection }, options), postgres.stop)
}

async function prepare(database: Database, stopServer: () => Promise<void>): Promise<Storage> {
  const stop = async () => {
    await database.close()
    await stopServer()
  }
  try {
    await refuseOldOrAbsent(database)
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

async function refuseUnsafe({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ name: string }>('select current_user as name')
  if (rows[0]?.name !== APP_ROLE) throw new StorageRefused('role-lost')
  const off = await durabilityFaults(pool)
  if (off.length > 0) throw new StorageRefused('not-durable', off.join(', '))
}
