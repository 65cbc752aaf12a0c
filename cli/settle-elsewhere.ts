import { settleRestored } from '#modules/backups/index.ts'
import { BackupRefused } from '#platform/backup/fault.ts'
import { refuseFuture } from '#platform/backup/restoring.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { openStorage } from '#platform/storage.ts'
import { Mistyped } from './mistyped.ts'
import { momentWords, readMoment } from './moment.words.ts'

/**
 * Ends what a restore must end, where the tools of a foreign server have made it: sessions, links, and a line in the
 * events. The bundled database is settled by its own restore and refused here.
 */
export async function settleElsewhere(words: string): Promise<number> {
  const until = readMoment(words, '--settle')
  if (!(until instanceof Date)) throw new Mistyped(until.fault)
  const now = systemClock()
  refuseFuture(until, now)
  const config = readConfig(process.env)
  if (!config.databaseUrl) throw new BackupRefused('not-elsewhere')
  // What was restored may be of an earlier version.
  const storage = await openStorage(config, { tell: console.warn })
  try {
    await settleRestored({ connectionString: config.databaseUrl }, { until, now })
  } finally {
    await storage.stop()
  }
  console.log(
    `Записано: журнал возвращён к ${momentWords(until)}. Сеансы и ссылки завершены: все входят заново.`,
  )
  return 0
}
