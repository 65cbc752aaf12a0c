import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DATABASE } from '#platform/embedded/letters.ts'
import { connectionOf } from '#platform/embedded/reach.ts'
import { megabytesOf, postmasterOf } from '../processes.ts'
import { type Journal, type Places, run, startJournal } from './journal.ts'
import type { SavedMark } from './savers.ts'

/** Deletes the data folder under a journal that serves, and makes sure that nothing of it goes on. */
export async function loseData({ dataDir }: Places, journal: Journal): Promise<void> {
  const postmaster = postmasterOf(dataDir)
  empty(dataDir)
  journal.child.kill('SIGKILL')
  await journal.exited
  // PostgreSQL ends by itself once it has noticed.
  for (let n = 0; n < 100 && existsSync(`/proc/${postmaster}`); n++) await sleep(100)
  if (existsSync(`/proc/${postmaster}`)) process.kill(postmaster, 'SIGKILL')
  empty(dataDir)
}

const empty = (folder: string): void => {
  for (const name of readdirSync(folder))
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 20 })
}

export type Recovery = {
  /** Seconds from the press to a journal that saves, and of these until it is restored. */
  served: number
  restored: number
  /** Megabytes the restoring process held at most. */
  memory: number
  journal: Journal
}

/** Restores the newest copy with all of its log and starts the journal, as an administrator does. */
export async function recover(places: Places): Promise<Recovery> {
  const pressed = performance.now()
  const since = () => (performance.now() - pressed) / 1000
  const { folder, keyFile } = places
  const command = run(places, 'restore', '--from', folder, '--key', keyFile, '--to', 'last', '--yes')
  let memory = 0
  const timer = setInterval(() => {
    memory = Math.max(memory, megabytesOf(command.child.pid ?? 0, 'VmRSS'))
  }, 50)
  const code = await command.exited
  clearInterval(timer)
  if (code !== 0) throw new Error(`the restore ended with ${code}: ${command.output()}`)
  const restored = since()
  const journal = await startJournal(places)
  return { served: since(), restored, memory, journal }
}

/** Of the marks that were acknowledged those that the restored journal does not hold, oldest first. */
export async function lostOf({ dataDir }: Places, saved: readonly SavedMark[]): Promise<SavedMark[]> {
  const client = new pg.Client(connectionOf(join(dataDir, 'postgres'), DATABASE) ?? {})
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string; value: string }>(
      `select operation_id as id, after->>'value' as value from history where kind = 'mark' and operation_id = any ($1)`,
      [saved.map(({ operationId }) => operationId)],
    )
    const held = new Map(rows.map(({ id, value }) => [id, value]))
    return saved
      .filter(({ operationId, value }) => held.get(operationId) !== value)
      .sort((one, other) => one.at - other.at)
  } finally {
    await client.end()
  }
}
