import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { audit } from './audit.ts'
import { schoolFolder, withStorage } from './data-folder.ts'
import { type Journal, killPostgres, startJournal } from './journal-process.ts'
import { chanceOf, newLedger, write } from './writers.ts'

const WRITES = 10_000
const WRITERS = 16
const VICTIMS = ['database', 'server', 'both', 'database', 'server', 'database'] as const

/** Starts a journal on the same port as often as one ends, as a service manager would. */
async function keepServing(dataDir: string) {
  let journal = await startJournal({ dataDir })
  const { port } = journal
  const ends: (number | string)[] = []
  let stopping = false
  const serving = (async () => {
    for (;;) {
      ends.push(await journal.exited)
      if (stopping) return
      journal = await startJournal({ dataDir, port })
    }
  })()
  const current = (): Journal => journal
  const stop = async () => {
    stopping = true
    journal.child.kill('SIGTERM')
    await serving
    return ends
  }
  return { port, current, stop }
}

test('ten thousand acknowledged writes survive kills of the database and of the server', async () => {
  const seed = Date.now() % 100_000
  const chance = chanceOf(seed)
  const { dataDir, lessons } = await schoolFolder()
  const service = await keepServing(dataDir)
  const ledger = newLedger()
  const kills = { database: 0, server: 0 }
  let killing = true
  const writing = write(ledger, lessons, {
    port: service.port,
    writers: WRITERS,
    enough: () => ledger.acknowledged.length >= WRITES && !killing,
    chance: chanceOf(seed + 1),
  })
  const rounds = [...VICTIMS, ...VICTIMS]
  for (const victim of rounds) {
    // More than the writers have in flight, so that the victim of the last round serves again.
    const next = ledger.acknowledged.length + 50 + 2 * chance() * (WRITES / (rounds.length + 2))
    while (ledger.acknowledged.length < next && ledger.faults.length === 0) await sleep(3)
    if (victim !== 'server' && killPostgres(dataDir)) kills.database++
    if (victim === 'database') continue
    service.current().child.kill('SIGKILL')
    kills.server++
  }
  killing = false
  await writing
  const ends = await service.stop()
  const found = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))

  const told = { seed, kills, ends, statuses: Object.fromEntries(ledger.statuses) }
  const faults = [...ledger.faults, ...found.faults]
  expect({ ...found, faults }, JSON.stringify(told)).toMatchObject({ lost: 0, doubled: 0, faults: [] })
  expect(ledger.acknowledged.length).toBeGreaterThanOrEqual(WRITES)
  expect(kills.database + kills.server).toBeGreaterThanOrEqual(10)
  // The server outlives its database and says so meanwhile; it ends only when it is killed or told to.
  expect(ends).toEqual([...Array.from({ length: kills.server }, () => 'SIGKILL'), 0])
  expect(ledger.statuses.get(503)).toBeGreaterThan(0)
}, 600_000)

const ASYNCHRONOUS = {
  synchronous_commit: 'off',
  wal_writer_delay: '10s',
  wal_writer_flush_after: '1GB',
  wal_buffers: '16MB',
}

test.each([
  ['finds what a database with synchronous_commit off loses', ASYNCHRONOUS, true],
  ['finds nothing with the settings of the product', undefined, false],
] as const)(
  'the same audit %s',
  async (_, planted, loses) => {
    const { dataDir, lessons } = await schoolFolder()
    const journal = await startJournal({ dataDir, ...(planted && { planted }) })
    const ledger = newLedger()
    const enough = () => ledger.acknowledged.length >= 200
    const chance = chanceOf(1)
    await write(ledger, lessons, { port: journal.port, writers: 8, enough, chance })
    killPostgres(dataDir)
    await journal.kill()
    const found = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))
    expect(found.lost > 0).toBe(loses)
    expect([found.doubled, found.faults, ledger.faults]).toEqual([0, [], []])
  },
  180_000,
)
