import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Base, basesIn } from '#platform/backup/folder.ts'
import { proofOf } from '#platform/backup/proofs.ts'
import { onlyRootIn } from '#platform/backup/restoring.ts'
import { bareFolder, schoolFolder } from './data-folder.ts'
import { spawnJournal, startJournal } from './journal-process.ts'

const entry = ['--entry', 'cli/main.ts']

async function until<T>(seen: () => Promise<T | null> | T | null): Promise<T> {
  for (;;) {
    const found = await seen()
    if (found !== null) return found
    await sleep(5)
  }
}

test('a proof that is killed leaves nothing beside, and the next start proves the copy', async () => {
  const { dataDir } = await schoolFolder()
  const folder = bareFolder()
  const copying = spawnJournal({ dataDir, command: [...entry, 'backup', '--folder', folder, '--same-disk'] })
  expect([await copying.exited, copying.output()]).toEqual([0, expect.stringContaining('Копия лежит')])
  const [copy] = await basesIn(await onlyRootIn(folder))
  expect(await proofOf(copy as Base)).toBeNull()

  const draft = join(dataDir, 'postgres.proof')
  const serving = () => {
    try {
      return Number(readFileSync(join(draft, 'postmaster.pid'), 'utf8').split('\n')[0]) || null
    } catch {
      return null
    }
  }
  const journal = await startJournal({ dataDir, command: [...entry, 'start'] })
  const postmaster = await until(serving)
  await journal.kill()
  expect(await proofOf(copy as Base)).toBeNull()
  expect(existsSync(draft)).toBe(true)

  const next = await startJournal({ dataDir, command: [...entry, 'start'] })
  expect(await until(() => proofOf(copy as Base))).toMatchObject({ same: true, differences: [] })
  await until(() => (existsSync(draft) ? null : true))
  expect(existsSync(`/proc/${postmaster}/cwd`)).toBe(false)
  next.child.kill('SIGTERM')
  expect(await next.exited).toBe(0)
}, 300_000)
