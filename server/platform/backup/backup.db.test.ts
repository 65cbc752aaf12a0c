import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { bareFolder } from '#test/chaos/data-folder.ts'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import { allowRestorePoints } from '../logins.ts'
import { type HardWork, HERE, workApart } from './apart.ts'
import { archiveConf, createKeeper, type Keeper } from './keeper.ts'
import { prove } from './proving.ts'
import { onlyRootIn, restore } from './restoring.ts'
import { seal, unsealText } from './seal.ts'
import { placesOf, serverKeys } from './settings.ts'

const NOTHING = { students: 0, lessons: 0, marks: 0, lastLessonOn: null }

type Kept = { dataDir: string; keeper: Keeper; client: pg.Client; told: string[]; stop: () => Promise<void> }

/** A cluster with one table of numbers whose backups are kept; nothing happens by itself but the sending of the log. */
async function kept(dataDir: string, hardWork: HardWork = HERE): Promise<Kept> {
  const postgres = await startEmbeddedPostgres({
    folder: join(dataDir, 'postgres'),
    conf: archiveConf(dataDir),
  })
  await granted(postgres.connection)
  const told: string[] = []
  const keeper = await createKeeper({
    places: placesOf({ dataDir }),
    postgres,
    holds: async () => NOTHING,
    clock: () => new Date(),
    tell: (words) => void told.push(words),
    ships: true,
    byItself: false,
    diskPercent: 99,
    everyMs: 100,
    hardWork,
  })
  const client = new pg.Client(postgres.connection)
  client.on('error', () => undefined)
  await client.connect()
  await client.query(
    'create table if not exists number (n int primary key, at timestamptz default clock_timestamp())',
  )
  const stop = async () => {
    await client.end().catch(() => undefined)
    await keeper.stop()
    await postgres.stop()
  }
  onTestFinished(stop)
  return { dataDir, keeper, client, told, stop }
}

/** What opening the storage of the product does besides. */
async function granted(connection: pg.ClientConfig): Promise<void> {
  const owner = new pg.Client(connection)
  await owner.connect()
  await allowRestorePoints(owner)
  await owner.end()
}

function folderOfTest(): string {
  const dataDir = join(bareFolder(), "100 % of $HOME, o'clock «данные»")
  return dataDir
}

const add = (client: pg.Client, from: number, to: number) =>
  client.query('insert into number select generate_series($1::int, $2::int)', [from, to])

async function numbersIn(dataDir: string): Promise<number[]> {
  const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres') })
  const client = new pg.Client(postgres.connection)
  await client.connect()
  const { rows } = await client.query<{ n: number }>('select n from number order by n')
  await client.end()
  await postgres.stop()
  return rows.map(({ n }) => n)
}

const order = async (dataDir: string, until: Date | null, root?: string) => ({
  dataDir,
  root: root ?? (await onlyRootIn(join(dataDir, 'backups'))),
  identities: (await serverKeys(placesOf({ dataDir }))).identities,
  until,
  now: new Date(),
  settle: async () => undefined,
})

test('what was written after the copy is restored with it, to a moment and to the end', async () => {
  const { dataDir, keeper, client, stop } = await kept(folderOfTest())
  await add(client, 1, 10)
  await keeper.copyNow()
  await add(client, 11, 20)
  await sleep(1100)
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
  await sleep(1100)
  await add(client, 21, 30)
  await keeper.flush()
  await stop()

  const earlier = await restore(await order(dataDir, rows[0]?.now ?? null))
  expect(await numbersIn(dataDir)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  expect(existsSync(join(earlier.aside ?? '', 'PG_VERSION'))).toBe(true)
  const latest = await restore(await order(dataDir, null))
  expect(await numbersIn(dataDir)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  expect(latest.aside).not.toBe(earlier.aside)
  expect(readdirSync(dataDir).filter((name) => name.includes('restoring'))).toEqual([])
}, 120_000)

test('a copy is proved table by table against what the journal held at that very moment', async () => {
  const { dataDir, keeper, client, stop } = await kept(folderOfTest())
  await add(client, 1, 1000)
  let isWriting = true
  const writing = (async () => {
    for (let n = 1001; isWriting; n++) await add(client, n, n)
  })()
  const base = await keeper.copyNow()
  isWriting = false
  await writing
  await keeper.flush()
  await stop()
  const { identities } = await serverKeys(placesOf({ dataDir }))
  const root = await onlyRootIn(join(dataDir, 'backups'))
  const draft = join(dataDir, 'postgres.proof')
  const proof = await prove({ root, base, identities, draft, clock: () => new Date() })
  expect(proof).toMatchObject({ same: true, differences: [] })
  expect((await keeper.state()).backups[0]?.proven).toMatchObject({ same: true })
  expect(existsSync(draft)).toBe(false)
}, 120_000)

test('a copy that is not as recorded is told by the table', async () => {
  const { dataDir, keeper, client, stop } = await kept(folderOfTest())
  await add(client, 1, 10)
  const base = await keeper.copyNow()
  await stop()
  const { identities, recipient } = await serverKeys(placesOf({ dataDir }))
  const file = join(base.folder, 'fingerprint.gz.age')
  const recorded = JSON.parse(await unsealText(file, identities))
  recorded.tables['public.number'].rows = 11
  await seal(Readable.from([JSON.stringify(recorded)], { objectMode: false }), file, [recipient])
  const root = await onlyRootIn(join(dataDir, 'backups'))
  const draft = join(dataDir, 'postgres.proof')
  const proof = await prove({ root, base, identities, draft, clock: () => new Date() })
  expect(proof).toMatchObject({ same: false, differences: ['public.number: 11 → 10'] })
  expect((await keeper.state()).alarms).toContain('proof-failed')
}, 120_000)

const threadOf = (script: string) =>
  new URL(`data:text/javascript,import { parentPort } from 'node:worker_threads'; ${script}`)

test('a copy whose thread breaks, ends or fails has failed in words and leaves nothing half', async () => {
  let script = threadOf('')
  const { keeper, client, told } = await kept(folderOfTest(), {
    ...HERE,
    copyCluster: (order, following) => workApart(script).copyCluster(order, following),
  })
  await add(client, 1, 10)
  const bases = join(keeper.root(), 'copies')
  const failed = { code: 'ENOSPC', message: 'write' }
  for (const [code, fault, words] of [
    [`parentPort.postMessage({ progress: [1, 2] }); process.exit(9)`, 'copy-failed', 'ended with 9'],
    [`throw new Error('no more memory')`, 'copy-failed', 'no more memory'],
    [`parentPort.postMessage({ failed: ${JSON.stringify(failed)} })`, 'folder-full', ''],
    [`parentPort.postMessage({ failed: { fault: 'copy-failed', message: 'why' } })`, 'copy-failed', 'why'],
  ] as const) {
    script = threadOf(code)
    await expect(keeper.copyNow()).rejects.toMatchObject({ fault })
    expect(told.at(-1)).toContain(words)
    expect(readdirSync(bases)).toEqual([])
  }
  // One that hangs ends when the keeper is told to.
  script = threadOf(
    `parentPort.on('message', () => process.exit(3)); parentPort.postMessage({ progress: [1, 2] })`,
  )
  const hanging = keeper.copyNow().catch((error: Error) => error)
  await expect.poll(async () => (await keeper.state()).running?.percent).toBe(50)
  await keeper.stop()
  expect(await hanging).toBeInstanceOf(Error)
  expect(readdirSync(bases)).toEqual([])
}, 120_000)
