import { hasMemory } from '#platform/backup/settings.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { openStorage, type Storage } from '#platform/storage.ts'
import { backupBeforeUpdate } from '#server/backups.ts'

/**
 * The database of the environment, beside a journal that may be serving it: a command is one more client. Where backups
 * are kept, a command that comes before the journal after an update makes a copy first as well.
 */
export function openOwnStorage(): Promise<Storage> {
  const config = readConfig(process.env)
  const tell = console.warn
  const copies = hasMemory(config.dataDir) && (config.backups ?? false)
  return openStorage(config, {
    join: true,
    tell,
    ...(copies && { beforeUpdate: backupBeforeUpdate(config, { clock: systemClock, tell }) }),
  })
}
