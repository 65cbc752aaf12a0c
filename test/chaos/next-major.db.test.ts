import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { basesIn } from '#platform/backup/folder.ts'
import { prove } from '#platform/backup/proving.ts'
import { onlyRootIn, restore } from '#platform/backup/restoring.ts'
import { folderBeside, placesOf, serverKeys } from '#platform/backup/settings.ts'
import { withClient } from '#platform/backup/with-client.ts'
import { systemClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/db.ts'
import { MAJOR } from '#platform/embedded/binaries.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'
import { openStorage, type Storage } from '#platform/storage.ts'
import { backupBeforeUpdate, keepBackups } from '#server/backups.ts'
import { mortalFolder, scratch } from '../temporary-cluster.ts'
import { fill, ids, worldIn } from '../world.ts'
import { bareFolder } from './data-folder.ts'
import { freePort, spawnJournal } from './journal-process.ts'
import { canMakeDisks, smallDisk } from './small-disk.ts'

const OLD = 17
const LAST = 34
const PATIENT = { timeout: 180_000 }

/** Does work in a folder that the previous PostgreSQL serves, with that PostgreSQL. */
async function inOld(dataDir: string, work: (client: pg.ClientBase) => Promise<unknown>): Promise<void> {
  const folder = join(dataDir, 'postgres')
  const postgres = await startEmbeddedPostgres({ folder, major: OLD, conf: { fsync: 'off' } })
  await withClient(postgres.connection, work).finally(postgres.stop)
}

let prepared: Promise<string> | null = null

async function prepare(): Promise<string> {
  const dataDir = mortalFolder(scratch())
  const folder = join(dataDir, 'postgres')
  const postgres = await startEmbeddedPostgres({ folder, major: OLD, conf: { fsync: 'off' } })
  const database = openDatabase({ connection: postgres.connection })
  await migrate(database.owner, undefined, LAST)
  await fill(database)
  // What a text of rows has to carry: its own separators, its word for nothing, and what is nothing at all.
  for (const text of ['\\N', '\\.', 'а\tб\r\n«Ё»\\', '', '\u0001 "']) {
    await database.owner.query(
      `insert into audit_event (organization_id, action, resource, detail, at) values ($1, $2, $2, $3, now())`,
      [ids.school, text, JSON.stringify({ text })],
    )
  }
  await database.close()
  await postgres.stop()
  return dataDir
}

/** The data folder of a small school as a release with the previous PostgreSQL leaves it; made once, and copied. */
async function oldFolder(dataDir = join(bareFolder(), 'data')): Promise<string> {
  prepared ??= prepare()
  cpSync(await prepared, dataDir, { recursive: true })
  return dataDir
}

type Held = Record<string, string | null>

/** A hash of each table's rows in order, and each sequence, read by ways of this test's own. */
async function held(client: pg.ClientBase): Promise<Held> {
  const ask = async (text: string) => (await client.query<{ name: string; value: string | null }>(text)).rows
  const tables =
    await ask(`select format('%I.%I', schemaname, tablename) as name, null as value from pg_tables
    where schemaname in ('public', 'platform') order by 1`)
  const all: Held = {}
  for (const { name } of tables) {
    const [row] =
      await ask(`select '' as name, count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(t)::text, ' '
      order by to_jsonb(t)::text)), '') as value from ${name} t`)
    all[name] = row?.value ?? null
  }
  for (const { name, value } of await ask(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences`,
  ))
    all[name] = value
  return all
}

async function heldIn(dataDir: string): Promise<Held> {
  let found: Held = {}
  await inOld(dataDir, async (client) => {
    found = await held(client)
  })
  return found
}

const heldNow = async ({ postgres }: Storage): Promise<Held> =>
  postgres ? withClient(postgres.connection, held) : {}

const majorIn = (folder: string): number => Number(readFileSync(join(folder, 'PG_VERSION'), 'utf8'))
const asides = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => /^postgres\.set-aside-major-17-\d{8}T\d{6}Z$/.test(name))
const traces = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => /next|carrying|^restor/.test(name))

function opened(dataDir: string, copies = false) {
  const told: string[] = []
  const tell = (words: string) => void told.push(words)
  const config = { dataDir, databaseUrl: null, diskWarnPercent: 100 }
  const beforeUpdate = backupBeforeUpdate(config, { clock: systemClock, tell })
  const opening = openStorage(config, { tell, ...(copies && { archive: true, beforeUpdate }) })
  opening.then(
    (storage) => onTestFinished(storage.stop),
    () => undefined,
  )
  return { opening, told, config, tell }
}

/** The part of what was held that is the same after the last migrations too. */
const withoutNewer = (before: Held, after: Held): Held =>
  Object.fromEntries(Object.keys(before).map((name) => [name, after[name] ?? null]))

test(
  'a folder of the previous PostgreSQL is carried over with its copy, goes on, and can be brought back',
  PATIENT,
  async () => {
    const dataDir = await oldFolder()
    const before = await heldIn(dataDir)
    const { opening, told, config, tell } = opened(dataDir, true)
    const storage = await opening
    expect(majorIn(join(dataDir, 'postgres'))).toBe(MAJOR)
    expect(told.join('\n')).toContain(`Перевожу базу с PostgreSQL ${OLD} на PostgreSQL ${MAJOR}`)
    const after = await heldNow(storage)
    // The next release's own migration has come to the table of migrations, and nowhere else to these rows.
    const { 'platform.migration': _, ...rows } = before
    expect(withoutNewer(rows, after)).toEqual(rows)
    expect(Object.keys(rows).length).toBeGreaterThan(50)

    // The old folder is there, whole, and opens.
    const [aside = ''] = asides(dataDir)
    expect(majorIn(join(dataDir, aside))).toBe(OLD)
    expect(traces(dataDir)).toEqual([])

    // The journal goes on: a mark is saved by a teacher, with its history.
    const school = await worldIn(storage.database)
    const page = await school.as('teacher').get(`/api/journals/${ids.physics7}`)
    expect(page.status).toBe(200)

    // The log of the new cluster begins anew: a copy of it comes, is proved, and the copy of before opens still.
    const keeper = await keepBackups(config, storage, { clock: systemClock, tell }, false)
    if (!keeper) throw new Error('no keeper')
    const made = await keeper.copyNow()
    await keeper.stop()
    const root = await onlyRootIn(folderBeside(dataDir))
    const majors = (await basesIn(root)).map(({ about }) => about.major)
    expect([majors[0], majors.at(-1)]).toEqual([OLD, MAJOR])
    // Pieces of the two logs have the same places; their timelines tell them apart.
    const timelines = (await basesIn(root)).map(({ about }) => about.timeline)
    expect(timelines.at(-1)).toBeGreaterThan(timelines[0] ?? 0)
    const { identities } = await serverKeys(placesOf({ dataDir }))
    const draft = join(bareFolder(), 'proof')
    expect(await prove({ root, base: made, identities, draft, clock: systemClock })).toMatchObject({
      same: true,
    })

    const [first] = await basesIn(root)
    const elsewhere = join(bareFolder(), 'data')
    const until = new Date(first?.about.to ?? 0)
    await restore({
      dataDir: elsewhere,
      root,
      identities,
      until,
      now: systemClock(),
      settle: async () => undefined,
    })
    expect(majorIn(join(elsewhere, 'postgres'))).toBe(OLD)
    const back = await heldNow(await opened(elsewhere).opening)
    expect(majorIn(join(elsewhere, 'postgres'))).toBe(MAJOR)
    const numbers = Object.keys(rows).filter((name) => !name.endsWith('_seq'))
    expect(numbers.map((name) => [name, back[name]])).toEqual(numbers.map((name) => [name, rows[name]]))
  },
)

test('what a carrying over would lose or change keeps it from happening, and is named', PATIENT, async () => {
  const dataDir = await oldFolder()
  await inOld(dataDir, async (client) => {
    // A view of the administrator's, a row older than its rule, and one whose computed name is not what its parts make.
    const { rows: rules } = await client.query<{ rule: string }>(
      `select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'person_middle_name_check'`,
    )
    await client.query(`set session_replication_role = replica;
      create view report as select 1 as one;
      alter table person drop constraint person_middle_name_check;
      update person set middle_name = '' where id = '${ids.boris}';
      alter table person add constraint person_middle_name_check ${rules[0]?.rule} not valid`)
    const { rows } = await client.query<{ text: string }>(
      `select pg_get_functiondef('name_key(text)'::regprocedure) as text`,
    )
    await client.query(`create or replace function name_key(p_text text) returns text language sql immutable strict
      as $$ select 'иначе ' || p_text $$; update person set last_name = last_name where id = '${ids.anna}'`)
    await client.query(rows[0]?.text ?? '')
  })
  const open = () => openStorage({ dataDir, databaseUrl: null }, { tell: () => undefined })
  await expect(open()).rejects.toThrow(/пропало бы[\s\S]*\nview public\.report$/)
  await inOld(dataDir, (client) => client.query('drop view report'))
  await expect(open()).rejects.toThrow(/не подходят[\s\S]*\npublic\.person, 23514, person_middle_name_check$/)
  let before: Held = {}
  await inOld(dataDir, async (client) => {
    await client.query(`set session_replication_role = replica;
      update person set middle_name = null where middle_name = ''`)
    before = await held(client)
  })
  await expect(open()).rejects.toThrow(
    /сошлось не всё[\s\S]*\n {2}public\.person: строк столько же \(\d+\), а содержимое другое$/,
  )
  expect([asides(dataDir), traces(dataDir), majorIn(join(dataDir, 'postgres'))]).toEqual([[], [], OLD])
  expect(await heldIn(dataDir)).toEqual(before)
})

test('killed at any moment, the next start begins anew and ends with everything', PATIENT, async () => {
  const dataDir = await oldFolder()
  const before = await heldIn(dataDir)
  const drafts = () => readdirSync(dataDir).filter((name) => /^postgres\.next-\w+$/.test(name))
  for (const wait of [0, 900]) {
    if (majorIn(join(dataDir, 'postgres')) === MAJOR) break
    const left = drafts()
    const journal = spawnJournal({ dataDir })
    await vi.waitUntil(() => drafts().some((name) => !left.includes(name)), { timeout: 60_000, interval: 5 })
    await sleep(wait)
    await journal.kill()
    // Either the old folder or the new one stands there; never neither.
    expect([OLD, MAJOR]).toContain(majorIn(join(dataDir, 'postgres')))
  }
  const port = await freePort()
  const journal = spawnJournal({ dataDir, port })
  const look = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      async (answer) => `${answer.status} ${await answer.text()}`,
      () => '',
    )
  let seen = ''
  const isReady = async () => {
    const answer = await look('/readyz')
    if (answer.startsWith('503')) seen ||= `${answer} ${await look('/')}`
    return answer.startsWith('200')
  }
  await vi.waitUntil(isReady, { timeout: 120_000, interval: 50 })
  // Meanwhile whoever comes is told that it comes by itself.
  expect(seen).toMatch(/"faults":\["carrying"\].* 503 [\s\S]*<h1>Журнал обновляется: \d+\u00a0%<\/h1>/)
  journal.child.kill('SIGTERM')
  await journal.exited
  expect([majorIn(join(dataDir, 'postgres')), asides(dataDir).length, traces(dataDir)]).toEqual([
    MAJOR,
    1,
    [],
  ])
  const { 'platform.migration': _, ...rows } = before
  expect(withoutNewer(rows, await heldNow(await opened(dataDir).opening))).toEqual(rows)
})

test('a folder of a PostgreSQL that is not here is refused with what to do, and left as it was', async () => {
  for (const [version, words] of [
    [`${MAJOR + 1}`, 'Установите ту версию «Журавля»'],
    ['16', 'Установите сначала выпуск «Журавля», который переводит'],
  ] as const) {
    const dataDir = bareFolder()
    mkdirSync(join(dataDir, 'postgres'))
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), `${version}\n`)
    await expect(opened(dataDir).opening).rejects.toThrow(words)
    expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['PG_VERSION'])
  }
})

test.runIf(canMakeDisks())(
  'a disk without room for both is told of before anything is begun',
  PATIENT,
  async () => {
    const dataDir = await oldFolder(join(smallDisk(240) ?? '', 'data'))
    const before = readdirSync(dataDir)
    await expect(opened(dataDir).opening).rejects.toThrow(
      /нужно место ещё на одну[\s\S]*Нужно \d+ МБ, свободно \d+ МБ\.$/,
    )
    expect(readdirSync(dataDir)).toEqual(before)
  },
)
