import { join } from 'node:path'
import { createServer } from './app.ts'
import { type Around, backupBeforeUpdate, keepBackups } from './backups.ts'
import { isKeyAnother } from './modules/second-factor/index.ts'
import type { Keeper } from './platform/backup/keeper.ts'
import type { Restores } from './platform/backup/restores.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { watchDisk } from './platform/disk.ts'
import { closeBeside, listenWidely } from './platform/listening.ts'
import { projectRoot } from './platform/root.ts'
import { keyFile, serverKey } from './platform/server-key.ts'
import { openStorage, type Storage } from './platform/storage.ts'
import { noticeWords } from './platform/storage.words.ts'
import { createVault } from './platform/vault.ts'
import { openWaitingRoom } from './platform/waiting-room.ts'
import { serveRestorable } from './restoring.ts'

export type Running = {
  /** Where the screens are: `http://127.0.0.1:8080`. */
  address: string
  storage: Storage
  /** Lets requests in flight finish, closes the database, stops our PostgreSQL last. */
  stop: () => Promise<void>
  /** Settles, with the reason, when the journal went away to be restored and could not come back. */
  lost?: Promise<unknown>
}

export type ServeOptions = {
  clock?: Clock
  storage?: Storage | undefined
  tell?: (words: string) => void
  /** Save only what PostgreSQL keeps for certain, which is the rule; off where a test plants a fault. */
  durableOnly?: boolean
  /** Keeps backups of the bundled database, as `start` does unless told otherwise. */
  backups?: boolean
  /** A script that makes copies in threads of its own (`serveBackups`). */
  threads?: URL
}

// A shorter wait would cut off a teacher's save; a longer one looks like a hang to whoever restarts it.
const DRAIN_MS = 15_000

/** Starts the whole product; with `storage` given, on a database that is already open. */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Running> {
  const { clock = systemClock, tell = () => undefined, backups = false } = options
  // Whoever keeps copies of a database can bring it back from them.
  if (!backups || config.databaseUrl) return serveOnce(config, options, null)
  return serveRestorable(config, { clock, tell }, (restores, port) =>
    port === null
      ? serveOnce(config, options, restores)
      : serveOnce({ ...config, port }, { ...options, storage: undefined }, restores),
  )
}

async function serveOnce(
  config: Config,
  {
    clock = systemClock,
    storage: given,
    tell = () => undefined,
    durableOnly = true,
    backups = false,
    threads,
  }: ServeOptions,
  restores: Restores | null,
): Promise<Running> {
  const around = { clock, tell, threads }
  const storage = given ?? (await openServed(config, around, backups))
  const disk = config.databaseUrl
    ? null
    : watchDisk(config.dataDir, { warnPercent: config.diskWarnPercent, tell })
  let keeper: Keeper | null = null
  try {
    keeper = backups ? await keepBackups(config, storage, around) : null
    const vault = createVault(() => serverKey(config))
    if (await isKeyAnother(storage.database, vault)) tell(noticeWords('other-key', keyFile(config.dataDir)))
    const server = await createServer({
      database: storage.database,
      clock,
      vault,
      webRoot: join(projectRoot, 'dist', 'web'),
      secure: config.secure,
      trustedProxies: config.trustedProxies,
      logLevel: config.logLevel,
      durableOnly,
      dataDir: config.databaseUrl ? undefined : config.dataDir,
      ...(disk && { diskWarning: disk.warning }),
      ...(keeper && { backups: keeper, restores }),
    })
    const address = await listenWidely(server, { port: config.port, host: config.host })
    const end = async () => {
      disk?.stop()
      await stop(server, storage, keeper)
    }
    return { address, storage, stop: end }
  } catch (error) {
    disk?.stop()
    await keeper?.stop()
    await storage.stop()
    throw error
  }
}

function openServed(config: Config, around: Around, backups: boolean): Promise<Storage> {
  const { tell } = around
  const standIn = (percent: () => number) => openWaitingRoom(config, percent, 'carrying')
  if (!backups) return openStorage(config, { tell, standIn })
  const beforeUpdate = backupBeforeUpdate(config, around)
  return openStorage(config, { tell, standIn, archive: true, beforeUpdate })
}

async function stop(
  server: Awaited<ReturnType<typeof createServer>>,
  storage: Storage,
  keeper: Keeper | null,
): Promise<void> {
  const hurry = setTimeout(() => server.server.closeAllConnections(), DRAIN_MS)
  await server.close()
  await closeBeside(server.server)
  clearTimeout(hurry)
  await keeper?.stop()
  await storage.stop()
  await keeper?.shipRest()
}
