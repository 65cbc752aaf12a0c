import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { audit } from './audit.ts'
import { schoolFolder, withStorage } from './data-folder.ts'
import { signalPostgres, startJournal } from './journal-process.ts'
import { chanceOf, newLedger, write } from './writers.ts'

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20)
}

test('a database that has stopped answering is told as such, and what was sent meanwhile is kept once', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const journal = await startJournal({ dataDir, command: ['--entry', 'cli/main.ts', 'start'] })
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${journal.port}${path}`, {
      headers: { cookie: `zhuravl=${lessons[0]?.token}` },
    })
    return { status: answer.status, body: await answer.json(), retryAfter: answer.headers.get('retry-after') }
  }
  let enough = false
  const ledger = newLedger()
  const done = write(ledger, lessons, {
    port: journal.port,
    writers: 4,
    chance: chanceOf(3),
    enough: () => enough,
  })
  await until(() => ledger.acknowledged.length > 50)
  expect(await ask('/readyz')).toMatchObject({ status: 200 })
  // More connections than the writers need: the page below is asked on one that was alive.
  const grid = `/api/journals/${lessons[0]?.journalId}`
  await Promise.all(Array.from({ length: 12 }, () => ask(grid)))

  signalPostgres(dataDir, 'SIGSTOP')
  onTestFinished(() => void signalPostgres(dataDir, 'SIGCONT'))
  const page = ask(grid)
  // The page still waits when this is answered: the look has a connection and a patience of its own.
  const first = await Promise.race([page.then(() => 'page'), ask('/readyz').then(() => 'readiness')])
  expect(first).toBe('readiness')
  // What it has found is believed for a second.
  let ready = await ask('/readyz')
  while (ready.status === 200) ready = await ask('/readyz')
  expect(ready).toMatchObject({ status: 503, body: { faults: ['database'] } })
  expect(await ask('/healthz')).toMatchObject({ status: 200 })
  expect(await page).toMatchObject({ status: 503, body: { refusal: 'database-away' }, retryAfter: '5' })
  await until(() => (ledger.statuses.get(503) ?? 0) > 0)

  signalPostgres(dataDir, 'SIGCONT')
  const before = ledger.acknowledged.length
  await until(() => ledger.acknowledged.length > before + 50)
  enough = true
  await done
  expect(await ask('/readyz')).toMatchObject({ status: 200 })
  journal.child.kill('SIGTERM')
  expect(await journal.exited).toBe(0)
  const found = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))
  expect({ ...found, told: ledger.faults }).toMatchObject({ lost: 0, doubled: 0, faults: [], told: [] })
}, 180_000)
