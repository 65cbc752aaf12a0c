import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { segmentsIn } from '#platform/backup/folder.ts'
import { onlyRootIn } from '#platform/backup/restoring.ts'
import { type Segment, segmentOf } from '#platform/backup/segments.ts'
import { DATABASE } from '#platform/embedded/letters.ts'
import { connectionOf } from '#platform/embedded/reach.ts'
import { audit } from './audit.ts'
import { bareFolder, schoolFolder, withStorage } from './data-folder.ts'
import { spawnJournal, startJournal } from './journal-process.ts'
import { chanceOf, type Ledger, newLedger, write } from './writers.ts'

const WRITERS = 4
const entry = ['--entry', 'cli/main.ts']

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20)
}

/** Ends the segment of the log that is being written; which one it was. */
async function switchLog(dataDir: string): Promise<Segment | null> {
  const client = new pg.Client(connectionOf(join(dataDir, 'postgres'), DATABASE) ?? {})
  await client.connect()
  const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal() - 1) as name')
  await client.end()
  return segmentOf(rows[0]?.name ?? '')
}

/** Takes everything away, whoever is writing there. */
function empty(folder: string): void {
  for (const name of readdirSync(folder))
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

const cellsOf = (acknowledged: Ledger['acknowledged']) => acknowledged.flatMap(({ cells }) => cells).length

test('the data folder deleted under load is restored from the other disk, up to what had reached it', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const folder = bareFolder()
  const keyFile = join(bareFolder(), 'backup.key')
  const environment = { BACKUP_KEY_FILE: keyFile }
  const run = async (...words: string[]) => {
    const command = spawnJournal({ dataDir, command: [...entry, ...words], environment })
    return { code: await command.exited, output: command.output() }
  }
  const journal = await startJournal({ dataDir, command: [...entry, 'start'], environment })
  const ledger = newLedger()
  let enough = false
  // Nobody gives up before the journal is there again, however long that takes.
  const options = {
    ...{ port: journal.port, writers: WRITERS, chance: chanceOf(17), enough: () => enough },
    patienceMs: 400_000,
  }
  const written = write(ledger, lessons, options)

  // The running journal follows where the command has moved its copies.
  const begun = await run('backup', '--folder', folder, '--same-disk')
  expect([begun.code, begun.output]).toEqual([0, expect.anything()])
  const root = await onlyRootIn(folder)
  const atCopy = ledger.acknowledged.length
  await until(() => ledger.acknowledged.length > atCopy + 100)
  const saved = ledger.acknowledged.slice()
  const segment = await switchLog(dataDir)
  await until(async () => (await segmentsIn(root)).some(({ place }) => place === segment?.place))
  await until(() => ledger.acknowledged.length > saved.length + 20)
  expect(ledger.faults).toEqual([])

  empty(dataDir)
  await journal.kill()
  empty(dataDir)
  // What it has answered with its last breath is still to be heard.
  await sleep(200)
  const all = ledger.acknowledged.slice()
  const restored = await run('restore', '--from', folder, '--key', keyFile, '--to', 'last', '--yes')
  expect([restored.code, restored.output]).toEqual([0, expect.anything()])
  expect(existsSync(join(dataDir, 'backup.json'))).toBe(true)

  const found = await withStorage(dataDir, async ({ database }) => ({
    saved: await audit(database, saved),
    all: await audit(database, all),
  }))
  expect(found.saved).toMatchObject({ kept: cellsOf(saved), lost: 0 })
  expect(found.all).toMatchObject({ doubled: 0, faults: [] })
  // What was acknowledged on a disk that is no more, and only that.
  expect(found.all.lost).toBeGreaterThan(0)
  expect(found.all.lost).toBeLessThanOrEqual(cellsOf(all) - cellsOf(saved))

  // Each has one write under way, and begins no other.
  enough = true
  const again = await startJournal({
    dataDir,
    command: [...entry, 'start'],
    environment,
    port: journal.port,
  })
  expect((await fetch(`http://127.0.0.1:${again.port}/readyz`)).status).toBe(200)
  await written
  // Nobody is signed in any more: every writer is asked who it is, and none of them saves.
  expect(ledger.statuses.get(401)).toBe(WRITERS)
  expect(ledger.acknowledged).toHaveLength(all.length)
  again.child.kill('SIGTERM')
  expect(await again.exited).toBe(0)
}, 400_000)
