import { BEFORE_UPDATE, UPDATE_NOT_BEGUN } from './backups.words.ts'
import { readHoldings } from './modules/backups/index.ts'
import { MOMENT_PROBE } from './modules/moments/index.ts'
import { CALM_RATE, workApart } from './platform/backup/apart.ts'
import { createKeeper, type Keeper } from './platform/backup/keeper.ts'
import { placesOf } from './platform/backup/settings.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { EmbeddedPostgres } from './platform/embedded-postgres.ts'
import type { Storage } from './platform/storage.ts'

/** What keeping backups needs of the process around it. */
export type Around = {
  clock: Clock
  tell: (words: string) => void
  /** A script that calls `serveBackups` as a thread; without it everything is done in this one. */
  threads?: URL | undefined
}

type Kept = Pick<Config, 'dataDir' | 'backupKeyFile' | 'diskWarnPercent'>

/** Keeps backups of what this process serves; null where the database is not the bundled one. */
export async function keepBackups(
  config: Kept,
  { postgres }: Pick<Storage, 'postgres'>,
  around: Around,
  byItself = true,
): Promise<Keeper | null> {
  if (!postgres) return null
  return createKeeper({ ...optionsOf(config, postgres, around, CALM_RATE), byItself })
}

/** Makes a copy of what an update is about to change; an update without one is not begun. */
export function backupBeforeUpdate(config: Kept, around: Around) {
  return async (postgres: EmbeddedPostgres): Promise<void> => {
    const keeper = await createKeeper({
      // Nobody saves meanwhile.
      ...optionsOf(config, postgres, around),
      // Not begun, it would leave a school without a journal for the sake of room that the update needs too.
      diskPercent: 100,
      byItself: false,
    })
    try {
      around.tell(BEFORE_UPDATE)
      await keeper.copyNow()
    } catch (error) {
      throw new Error(`${UPDATE_NOT_BEGUN}\n${error instanceof Error ? error.message : error}`)
    } finally {
      await keeper.stop()
    }
  }
}

function optionsOf(
  config: Kept,
  postgres: EmbeddedPostgres,
  { clock, tell, threads }: Around,
  rate?: number,
) {
  return {
    clock,
    tell,
    ...(threads && { hardWork: workApart(threads, rate) }),
    places: placesOf(config),
    postgres,
    holds: readHoldings,
    momentProbe: MOMENT_PROBE,
    ships: !postgres.joined,
    diskPercent: config.diskWarnPercent,
  }
}
