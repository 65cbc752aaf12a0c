import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { BackupOverview } from '#contract/backups.ts'
import type { RestoreOverview } from '#contract/restores.ts'
import { newId } from '#platform/ids.ts'
import { ADMIN, fillToday } from '../lost-school.ts'
import { bareFolder, withStorage } from './data-folder.ts'
import { type Journal, startJournal } from './journal-process.ts'

const WAIT = { timeout: 180_000, interval: 300 }

const asAdmin = async <T>(
  { port }: Journal,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<T> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      cookie: `zhuravl=${ADMIN.token}`,
      ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': newId() }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T
}

test('a restore from a page that is killed, or told to stop, leaves the journal as it was and says so', async () => {
  const dataDir = bareFolder()
  await withStorage(dataDir, ({ database }) => fillToday(database))
  const begin = () => startJournal({ dataDir, command: ['--entry', 'cli/main.ts', 'start'] })
  let journal = await begin()
  const copy = await vi.waitFor(async () => {
    const { state } = await asAdmin<BackupOverview>(journal, 'GET', '/api/backups')
    const [made] = state?.running ? [] : (state?.backups ?? [])
    if (!made) throw new Error('no copy yet')
    return made
  }, WAIT)
  const isDrafted = () => readdirSync(dataDir).some((name) => /^postgres\.restoring-\w+$/.test(name))

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const wanted = { to: copy.from, word: 'восстановить', words: null }
    await asAdmin(journal, 'POST', '/api/backups/restore', wanted)
    while (!isDrafted()) await sleep(2)
    journal.child.kill(signal)
    expect(await journal.exited).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 0)
    if (signal === 'SIGKILL') expect(existsSync(join(dataDir, 'restoring.json'))).toBe(true)

    journal = await begin()
    const { last } = await asAdmin<RestoreOverview>(journal, 'GET', '/api/backups/restore')
    expect(last).toMatchObject({ until: null, aside: null, failure: expect.stringContaining('прервалось') })
    // Whoever was signed in still is, since it is the same journal.
    await asAdmin(journal, 'GET', '/api/session')
    const left = readdirSync(dataDir).filter((name) => /^(postgres\.(restoring|set-aside)|restor)/.test(name))
    expect(left).toEqual([])
  }
}, 600_000)
