import type pg from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { createDatabase, freshDatabase } from '#test/database.ts'
import { waitsForALock } from '#test/locks.ts'
import { fill, ids, insert, worldIn } from '#test/world.ts'
import {
  type Contents,
  differencesBetween,
  Fingerprint,
  fingerprintOf,
  recordFingerprint,
  TablesBusy,
} from './fingerprint.ts'

type Client = pg.PoolClient

const PATIENT = { tries: 100, pauseMs: 20 }

async function clientOf({ owner }: { owner: pg.Pool }): Promise<Client> {
  const client = await owner.connect()
  onTestFinished(() => client.release())
  return client
}

/** A connection beyond the two of the owner's pool. */
async function another({ owner }: { owner: pg.Pool }): Promise<pg.Client> {
  const { Client } = (await import('pg')).default
  const client = new Client(owner.options)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

const SAMPLE = `
drop schema if exists sampled, own cascade;
create schema sampled;
set search_path = sampled;
create table sample (id int primary key, word text, amount numeric, share float8, noted timestamptz, bytes bytea,
  told jsonb, many text[], whole text);
insert into sample values
  (1, 'елка', 5.0, 0.1, '2026-11-12 10:00:00.123456+03', '\\x00ff', '{"a": 1, "b": [2, 3]}', '{a,b}', 'whole'),
  (2, '', 7, 0.3, '2026-11-12 10:00+03', '', '{}', '{}', ''),
  (3, 'Абрамова', 7, 1e300, null, null, null, null, null),
  (4, 'Белов', 1, 2, null, null, null, null, null),
  (5, 'Власов', 2, 1, null, null, null, null, null);
create table double (word text);
insert into double values ('a'), ('a'), ('b');
create table parted (id int, year int) partition by list (year);
create table parted_2025 partition of parted for values in (2025);
create table parted_2026 partition of parted for values in (2026);
insert into parted values (1, 2025), (2, 2026);
create table parent (id int);
create table child () inherits (parent);
insert into parent values (1);
insert into child values (2);
create table "Журнал ""7А""" (id int);
insert into "Журнал ""7А""" values (1);
create table bare ();
insert into bare default values;
create table numbered (id bigint generated always as identity, word text);
insert into numbered (word) values ('a'), ('b')`

// One database for all of these; each lays the sample down anew.
const sampled = createDatabase()
afterAll(async () => (await sampled).close())

test.each([
  ['a letter: ё for е', `update sample set word = 'ёлка' where id = 1`, { 'sampled.sample': [5, 5] }],
  ['5.00 for 5.0', `update sample set amount = 5.00 where id = 1`, { 'sampled.sample': [5, 5] }],
  ['nothing for an empty text', `update sample set word = null where id = 2`, { 'sampled.sample': [5, 5] }],
  ['a space at the end', `update sample set word = 'Абрамова ' where id = 3`, { 'sampled.sample': [5, 5] }],
  [
    'the last digit of a float',
    `update sample set share = 0.1::float8 + 0.2 where id = 2`,
    { 'sampled.sample': [5, 5] },
  ],
  [
    'a microsecond',
    `update sample set noted = noted + interval '1 microsecond' where id = 1`,
    { 'sampled.sample': [5, 5] },
  ],
  ['a byte', `update sample set bytes = '\\x00fe' where id = 1`, { 'sampled.sample': [5, 5] }],
  ['the order within a list', `update sample set many = '{b,a}' where id = 1`, { 'sampled.sample': [5, 5] }],
  [
    'a column called as the query calls the row',
    `update sample set whole = 'Whole' where id = 1`,
    { 'sampled.sample': [5, 5] },
  ],
  [
    'values of two rows changed over',
    `update sample set word = case id when 3 then 'Белов' else 'Абрамова' end where id in (3, 4)`,
    { 'sampled.sample': [5, 5] },
  ],
  [
    'values changed over twice in equal pairs',
    `update sample set amount = share, share = amount where id in (4, 5)`,
    { 'sampled.sample': [5, 5] },
  ],
  ['a row removed', `delete from sample where id = 5`, { 'sampled.sample': [5, 4] }],
  [
    'a row put for another',
    `delete from sample where id = 5; insert into sample (id) values (6)`,
    { 'sampled.sample': [5, 5] },
  ],
  ['one of two equal rows removed', `delete from double where ctid = '(0,1)'`, { 'sampled.double': [3, 2] }],
  [
    'a row twice for another',
    `update double set word = 'b' where ctid = '(0,1)'`,
    { 'sampled.double': [3, 3] },
  ],
  [
    'a row moved to another part',
    `update parted set year = 2026 where id = 1`,
    { 'sampled.parted_2025': [1, 0], 'sampled.parted_2026': [1, 2] },
  ],
  [
    'a row moved from a table to its heir',
    `with moved as (delete from only parent returning id) insert into child select id from moved`,
    { 'sampled.child': [1, 2], 'sampled.parent': [1, 0] },
  ],
  ['a name in need of quotes', `delete from "Журнал ""7А"""`, { 'sampled."Журнал ""7А"""': [1, 0] }],
  ['a table without columns', `insert into bare default values`, { 'sampled.bare': [1, 2] }],
  ['a table emptied', `truncate sample`, { 'sampled.sample': [5, 0] }],
  ['a table gone', `drop table sample`, { 'sampled.sample': [5, null] }],
  ['a table come', `create table zebra (id int)`, { 'sampled.zebra': [null, 0] }],
  ['a table in another schema', `create schema own; create table own.a (id int)`, { 'own.a': [null, 0] }],
])('seen: %s', async (_, change, differences) => {
  const client = await clientOf(await sampled)
  await client.query(SAMPLE)
  const recorded = await recordFingerprint(client, 'before')
  expect(differencesBetween(recorded, await fingerprintOf(client))).toEqual([])
  await client.query(change)
  expect(differencesBetween(recorded, await fingerprintOf(client))).toEqual(
    Object.entries(differences).map(([name, [was, is]]) => ({
      kind: 'table',
      name,
      recorded: was,
      found: is,
    })),
  )
})

test('a mark changed, and its history, are seen in a school; another school in the same base is not hidden', async () => {
  const database = await freshDatabase()
  await fill(database)
  const at = { lesson_id: ids.first, work_id: ids.first, student_id: ids.anna, value: '4', late: false }
  await insert(database, 'mark', [
    { id: newId(), ...at, entered_on: '2026-11-02', entered_at: '2026-11-02T09:00:00Z', version: 1 },
  ])
  const client = await clientOf(database)
  const recorded = await recordFingerprint(client, 'before')
  expect(recorded.tables['public.organization']?.rows).toBe(2)
  await client.query(`begin; set local app.reason = 'test'; set local app.organization_id = '${ids.school}';
    update mark set value = '5', version = version + 1; commit`)
  const differences = differencesBetween(recorded, await fingerprintOf(client))
  const history = recorded.tables['public.history']?.rows ?? 0
  expect(differences).toMatchObject([
    { name: 'public.history', recorded: history, found: history + 1 },
    { name: 'public.mark', recorded: 1, found: 1 },
  ])
  await client.query(`begin; set local app.reason = 'test'; set local app.organization_id = '${ids.otherSchool}';
    update person set first_name = 'Пётр', version = version + 1 where organization_id = '${ids.otherSchool}'; commit`)
  expect(differencesBetween(recorded, await fingerprintOf(client)).map(({ name }) => name)).toEqual([
    'public.history',
    'public.mark',
    'public.person',
  ])
})

test('the same rows are the same in any order, on other pages and under other settings', async () => {
  const client = await clientOf(await freshDatabase())
  await client.query(SAMPLE)
  const recorded = await recordFingerprint(client, 'before')
  await client.query(`create temporary table kept as select * from sample;
    truncate sample; insert into sample select * from kept order by id desc; drop table kept`)
  await client.query('vacuum full')
  await client.query(`set timezone = 'Asia/Kamchatka'; set datestyle = 'German'; set bytea_output = 'escape';
    set extra_float_digits = -10; set intervalstyle = 'sql_standard'; set quote_all_identifiers = on;
    set search_path = own, public; set lc_monetary = 'C.UTF-8'; set default_transaction_read_only = on`)
  expect(differencesBetween(recorded, await fingerprintOf(client))).toEqual([])
  const again = await recordFingerprint(client, 'again')
  expect(differencesBetween(recorded, again)).toEqual([])
  await client.query('reset all')
})

test('it is plain JSON, holds no key of a seal and nothing of the people, and leaves out what no backup has', async () => {
  const database = await freshDatabase()
  await fill(database)
  const client = await clientOf(database)
  await client.query(`create unlogged table passing (id int); create temporary table own (id int)`)
  const { rows } = await client.query<{ key: string }>(
    `select pg_sequence_last_value('platform.context_key_1')::text as key
     union all select pg_sequence_last_value('platform.context_key_2')::text`,
  )
  const recorded = await recordFingerprint(client, 'nightly')
  const text = JSON.stringify(recorded)
  expect(Fingerprint.parse(JSON.parse(text))).toEqual(recorded)
  expect(recorded.restorePoint).toBe('nightly')
  expect(Object.keys(recorded.sequences)).toContain('public.audit_event_id_seq')
  const named = Object.keys(recorded.tables)
  expect(named.filter((name) => /\.passing|\.own|pg_/.test(name))).toEqual([])
  for (const secret of [...rows.map(({ key }) => key), 'Абрамова', ids.anna])
    expect(text).not.toContain(secret)
  expect(rows).toHaveLength(2)
})

test('among writers who never pause, in whatever order, it is of one moment and none of them is refused', async () => {
  const database = await freshDatabase()
  await fill(database)
  const client = await clientOf(database)
  await client.query(`create table a_purse (units int); create table z_purse (units int);
    create table a_twin (id bigint generated always as identity); create table z_twin (id int);
    insert into a_purse values (10); insert into z_purse values (0)`)
  // Every state that a moment can have, as its two hashes.
  const states: string[] = []
  const purses = ({ tables }: Contents) =>
    `${tables['public.a_purse']?.hash}, ${tables['public.z_purse']?.hash}`
  for (let moved = 0; moved <= 10; moved++) {
    await client.query('update a_purse set units = 10 - $1::int', [moved])
    await client.query('update z_purse set units = $1', [moved])
    states.push(purses(await fingerprintOf(client)))
  }
  let [enough, writes] = [false, 0]
  const { as } = await worldIn(database)
  const repeat = async (write: (n: number) => Promise<unknown>) => {
    for (let n = 0; !enough; n++, writes++) await write(n)
  }
  const byOwner = async (statements: (n: number) => string) => {
    const writer = await another(database)
    await repeat((n) => writer.query(`begin; set local lock_timeout = '5s'; ${statements(n)}; commit`))
  }
  const units = (n: number) => 10 - Math.abs((n % 20) - 10)
  const twins = ['a_twin default values', 'z_twin values (1)'].map((into) => `insert into ${into}`)
  const writers = [
    // Against the order of names, and along it.
    byOwner((n) => `update z_purse set units = ${units(n)}; update a_purse set units = 10 - ${units(n)}`),
    byOwner(() => twins.join('; ')),
    byOwner(() => twins.toReversed().join('; ')),
    repeat(async (n) => {
      const cell = { lessonId: ids.today, workId: ids.today, studentId: ids.anna }
      const cells = [{ ...cell, value: n % 2 ? '4' : '5', version: n }]
      const lateReason = 'Журнал заполнен вечером'
      const answer = await as('teacher').put(`/api/journals/${ids.physics7}/cells`, { cells, lateReason })
      expect(answer).toMatchObject({ status: 200 })
    }),
  ]
  const recorded: Fingerprint[] = []
  for (let n = 0; n < 5; n++) {
    const before = writes
    await expect.poll(() => writes, { timeout: 30_000 }).toBeGreaterThan(before + 20)
    recorded.push(await recordFingerprint(client, `moment ${n}`, PATIENT))
  }
  enough = true
  await Promise.all(writers)
  for (const { tables, sequences, ...fingerprint } of recorded) {
    expect(states).toContain(purses({ tables, sequences }))
    expect(tables['public.a_twin']).toMatchObject({ rows: tables['public.z_twin']?.rows })
    expect(sequences['public.a_twin_id_seq']?.last).toBe(String(tables['public.a_twin']?.rows))
    // Each save of the teacher wrote one version.
    expect(tables['public.operation']?.rows).toBe(tables['public.audit_event']?.rows)
    expect(fingerprint.restorePoint).toMatch(/^moment/)
  }
  const moments = recorded.map(({ tables }) => tables['public.a_twin']?.rows ?? 0)
  expect(moments).toEqual(moments.toSorted((one, other) => one - other))
  expect(new Set(moments).size).toBeGreaterThan(1)
})

test('a transaction under way is waited for, even if it wants what is locked already, and is never refused', async () => {
  const database = await freshDatabase()
  const [client, writer] = [await clientOf(database), await clientOf(database)]
  await client.query(SAMPLE)
  const watcher = await another(database)
  await writer.query(`begin; insert into sampled.sample (id) values (6)`)
  const recording = recordFingerprint(client, 'awaited', PATIENT)
  await waitsForALock({ ...database, owner: watcher as unknown as pg.Pool }, 'relation')
  // Locked before by its name, so that each now waits for the other.
  await writer.query(`insert into sampled.bare default values; commit`)
  const { tables } = await recording
  expect([tables['sampled.bare']?.rows, tables['sampled.sample']?.rows]).toEqual([2, 6])
})

test('a transaction that does not end is not waited for for ever, and nothing stays locked', async () => {
  const database = await freshDatabase()
  const [client, writer] = [await clientOf(database), await clientOf(database)]
  await client.query(SAMPLE)
  await writer.query(`begin; insert into sampled.double values ('c')`)
  await expect(recordFingerprint(client, 'never', { tries: 7, pauseMs: 1 })).rejects.toThrow(TablesBusy)
  await writer.query(`set local lock_timeout = '1s'; insert into sampled.sample (id) values (6); commit`)
  expect((await recordFingerprint(client, 'later')).tables['sampled.double']?.rows).toBe(4)
})

test('a table altered by somebody is not waited for for ever, and one that comes meanwhile is not left out', async () => {
  const database = await freshDatabase()
  const [client, builder] = [await clientOf(database), await clientOf(database)]
  await client.query(SAMPLE)
  await builder.query(
    'begin; set local search_path = sampled; alter table double add column more int; create table zebra (id int)',
  )
  await expect(recordFingerprint(client, 'never', { tries: 1, pauseMs: 1 })).rejects.toThrow(TablesBusy)
  const recording = recordFingerprint(client, 'awaited', PATIENT)
  await builder.query('commit')
  expect(Object.keys((await recording).tables)).toContain('sampled.zebra')
})

test('a table cannot be emptied while it is being read, which an older snapshot would see', async () => {
  const client = await clientOf(await sampled)
  const other = await another(await sampled)
  await client.query(SAMPLE)
  const attempts: string[] = []
  // Between the restore point and the reading of the first table.
  const watched = {
    query: async (text: string, values?: unknown[]) => {
      if (text.includes('count(*)') && attempts.length === 0) {
        const empty = other.query(`set lock_timeout = '100ms'; truncate sampled.sample`)
        attempts.push(
          await empty.then(
            () => 'emptied',
            (error: { code: string }) => error.code,
          ),
        )
      }
      return client.query(text, values)
    },
  } as unknown as pg.ClientBase
  const recorded = await recordFingerprint(watched, 'before')
  expect([recorded.tables['sampled.sample']?.rows, attempts]).toEqual([5, ['55P03']])
})

test('rows that row security would hide are never passed over', async () => {
  const database = await freshDatabase()
  const client = await database.pool.connect()
  await expect(fingerprintOf(client)).rejects.toThrow(/permission denied|row-level security/)
  client.release()
})
