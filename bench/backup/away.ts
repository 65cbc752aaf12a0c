import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { remembered } from '#platform/backup/settings.ts'
import { DATABASE } from '#platform/embedded/letters.ts'
import { connectionOf } from '#platform/embedded/reach.ts'
import type { Places } from './journal.ts'
import type { Watch } from './watch.ts'

/** What was kept while the folder of copies was away: megabytes at most, and how many an hour of this load brings. */
export type Away = { most: number; own: number; anHour: number; newCopy: number }

const QUIET_MS = 90_000
const FLOOD_MS = 20

/**
 * Takes the folder away, first under the load alone, then while the log is flooded with what no packer makes smaller,
 * until it is given up; then brings the folder back and waits for the copy that comes by itself.
 */
export async function takeAway({ dataDir, folder }: Places, watch: Watch): Promise<Away> {
  renameSync(folder, `${folder}-away`)
  const before = watch.kept().waiting
  await sleep(QUIET_MS)
  const anHour = ((watch.kept().waiting - before) * 3_600_000) / QUIET_MS
  const client = new pg.Client(connectionOf(join(dataDir, 'postgres'), DATABASE) ?? {})
  await client.connect()
  let most = 0
  let own = 0
  // A megabyte each time, into the log alone.
  while (!remembered(dataDir).gap) {
    await client.query(
      `select pg_logical_emit_message(false, 'bench',
         (select string_agg(sha512(random()::text::bytea), '') from generate_series(1, 16384)))`,
    )
    const kept = watch.kept()
    most = Math.max(most, kept.waiting)
    own = Math.max(own, kept.own)
    await sleep(FLOOD_MS)
  }
  await client.end()
  const copies = watch.copies().length
  renameSync(`${folder}-away`, folder)
  const back = performance.now()
  await watch.until(() => watch.copies().length > copies)
  return { most, own, anHour, newCopy: (performance.now() - back) / 1000 }
}
