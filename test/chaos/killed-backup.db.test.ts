import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { basesIn, paths } from '#platform/backup/folder.ts'
import { onlyRootIn } from '#platform/backup/restoring.ts'
import { audit } from './audit.ts'
import { bareFolder, schoolFolder, withStorage } from './data-folder.ts'
import { postmasterOf, spawnJournal, startJournal } from './journal-process.ts'
import { chanceOf, newLedger, write } from './writers.ts'

const entry = ['--entry', 'cli/main.ts']

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5)
}

test('a copy and a restore that are killed leave nothing half, and the next ones are whole', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const folder = bareFolder()
  const environment = { BACKUP_KEY_FILE: join(bareFolder(), 'backup.key') }
  const begin = (...words: string[]) => spawnJournal({ dataDir, command: [...entry, ...words], environment })
  const journal = await startJournal({ dataDir, command: [...entry, 'start'], environment })
  const ledger = newLedger()
  let enough = false
  const load = { port: journal.port, writers: 2, chance: chanceOf(3), enough: () => enough }
  const written = write(ledger, lessons, load)
  const moved = begin('backup', '--folder', folder, '--same-disk')
  expect([await moved.exited, moved.output()]).toEqual([0, expect.stringContaining('Копия лежит')])
  const root = await onlyRootIn(folder)
  const copies = () => readdirSync(paths(root).bases)
  const [whole] = copies()

  const killed = begin('backup')
  await until(() => copies().length === 2)
  await killed.kill()
  const [half = ''] = copies().filter((name) => name !== whole)
  expect((await basesIn(root)).map(({ name }) => name)).toEqual([whole])
  const next = begin('backup')
  expect(await next.exited).toBe(0)
  expect(copies()).not.toContain(half)
  // The one before it stays: it alone knows the hours before.
  expect(await basesIn(root)).toHaveLength(2)
  enough = true
  await written
  expect(ledger.faults).toEqual([])
  expect([...ledger.statuses.keys()]).toEqual([200])
  journal.child.kill('SIGTERM')
  expect(await journal.exited).toBe(0)

  const drafts = () => readdirSync(dataDir).filter((name) => name.includes('restoring'))
  const served = (draft: string) => {
    try {
      return readdirSync(join(dataDir, draft)).includes('postmaster.pid')
    } catch {
      return false
    }
  }
  for (const reached of [() => drafts().length > 0, () => drafts().some(served)]) {
    const restoring = begin('restore', '--to', 'last', '--yes')
    await until(reached)
    await restoring.kill()
    const kept = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))
    expect(kept).toMatchObject({ lost: 0, doubled: 0, faults: [] })
  }
  expect(drafts().length).toBeGreaterThan(0)
  const restored = begin('restore', '--to', 'last', '--yes')
  expect([await restored.exited, restored.output()]).toEqual([
    0,
    expect.stringContaining('Прежняя папка цела'),
  ])
  expect(drafts()).toEqual([])
  expect(postmasterOf(dataDir)).toBe(0)
  const found = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))
  expect(found).toMatchObject({ lost: 0, doubled: 0, faults: [] })
}, 180_000)
