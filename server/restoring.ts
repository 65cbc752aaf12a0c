import { noteAsked, settleRestored } from './modules/backups/index.ts'
import { createRestores, type Restores, type RestoreWork } from './platform/backup/restores.ts'
import { placesOf } from './platform/backup/settings.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { Storage } from './platform/storage.ts'
import { openWaitingRoom } from './platform/waiting-room.ts'

/** One opening of the journal: served until it is stopped. */
export type Opening = { address: string; storage: Storage; stop: () => Promise<void> }

/** Opens the journal, again at the port where it stood before when one is given. */
export type Open = (restores: Restores, port: number | null) => Promise<Opening>

export type Reopening = Opening & {
  /** Settles when the journal went away to be restored and could not come back, with the reason. */
  lost: Promise<unknown>
}

type Around = { clock: Clock; tell: (words: string) => void }

/**
 * Serves the journal, and takes it down and brings it back where it is restored from a page: meanwhile its address tells
 * how far that is. When the restore fails the journal comes back as it was.
 */
export async function serveRestorable(
  config: Pick<Config, 'dataDir' | 'backupKeyFile' | 'host'>,
  { clock, tell }: Around,
  open: Open,
): Promise<Reopening> {
  const ending = new AbortController()
  let going: Promise<void> | null = null
  let tellLost: (reason: unknown) => void = () => undefined
  const lost = new Promise<unknown>((resolve) => {
    tellLost = resolve
  })
  const restores = createRestores({
    places: placesOf(config),
    clock,
    tell,
    settle: async (connection, restored) => {
      await settleRestored(connection, restored)
      await noteAsked(connection, restored)
    },
    onAsked: (work) => {
      going ??= replace(work)
        .catch(tellLost)
        .finally(() => {
          going = null
        })
    },
  })
  let inside: Opening | null = await open(restores, null)
  const { address } = inside
  const port = Number(new URL(address).port)

  const replace = async (work: RestoreWork) => {
    await inside?.stop()
    inside = null
    const waiting = await openWaitingRoom({ port, host: config.host }, () => restores.percent() ?? 0)
    try {
      await work(ending.signal)
    } finally {
      await waiting.close()
    }
    if (ending.signal.aborted) return
    inside = await open(restores, port)
    // As at the first opening: whoever serves cannot become the owner of its tables any more.
    await inside.storage.database.closeOwner()
  }

  let stopped: Promise<void> | null = null
  const stop = async () => {
    ending.abort()
    await going
    await inside?.stop()
  }

  return {
    address,
    lost,
    get storage() {
      if (!inside) throw new Error('the journal is away')
      return inside.storage
    },
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}
