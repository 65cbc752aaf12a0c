import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '#test/database.ts'
import { APP_ROLE, openDatabase, rows, transact } from './db.ts'
import { together } from './together.ts'

test('the application is bound by row policies and may not change the schema', async () => {
  const { pool } = await freshDatabase()
  const { rows: found } = await pool.query(
    'select current_user as name, rolbypassrls or rolsuper as free from pg_roles where rolname = current_user',
  )
  expect(found).toEqual([{ name: APP_ROLE, free: false }])
  await expect(pool.query('create table public.mine (id int)')).rejects.toThrow('permission denied')
})

test('days come back as the text they went in as, counts as numbers', async () => {
  const { app } = await freshDatabase()
  const answer = await app
    .transaction()
    .execute((tx) =>
      rows(tx, `select date '2026-09-01' as day, count(*) as count from (values (1), ($1::int)) v`, [2]),
    )
  expect(answer).toEqual([{ day: '2026-09-01', count: 2 }])
})

test('a statement with values is prepared once per connection and counted each time', async () => {
  const { pool, statements } = await freshDatabase()
  const client = await pool.connect()
  const before = statements()
  for (const value of [1, 2, 3]) await client.query('select $1::int as value', [value])
  expect(statements() - before).toBe(3)
  const { rows: kept } = await client.query(
    `select statement from pg_prepared_statements where statement = $1`,
    ['select $1::int as value'],
  )
  client.release()
  expect(kept).toHaveLength(1)
})

test('an address with options of its own keeps them, and the application its own', async () => {
  const { pool } = await freshDatabase()
  const { host, port, user, password, database } = pool.options
  const who = `${user}:${password ?? ''}@${encodeURIComponent(host ?? '')}:${port}`
  const url = `postgres://${who}/${database}?options=-c%20work_mem%3D8MB`
  const opened = openDatabase({ url, appUrl: url })
  const answer = await sql`select session_user as name, current_setting('work_mem') as mem,
    current_setting('plan_cache_mode') as plans`.execute(opened.app)
  await opened.close()
  expect(answer.rows).toEqual([{ name: APP_ROLE, mem: '8MB', plans: 'force_generic_plan' }])
})

const one = { text: 'select $1::int as value', values: [1] }
const fault = { text: 'select 1 / $1::int as value', values: [0] }

test('statements sent together answer in their order and are counted one by one', async () => {
  const { pool, statements } = await freshDatabase()
  const client = await pool.connect()
  const before = statements()
  const batch = [
    { text: 'begin' },
    one,
    { ...one, values: [2] },
    { text: 'select where false' },
    { text: 'commit' },
  ]
  for (const time of ['prepared now', 'prepared before']) {
    const answers = await together(client, batch)
    const seen = answers.map(({ command, rows: found }) => [command, ...found.map(({ value }) => value)])
    expect([time, seen]).toEqual([time, [['BEGIN'], ['SELECT', 1], ['SELECT', 2], ['SELECT'], ['COMMIT']]])
  }
  expect(statements() - before).toBe(2 * batch.length)
  client.release()
})

test('nothing that follows a failed statement is run, and the next call is served', async () => {
  const database = await freshDatabase()
  await database.owner.query('create table noted (value int)')
  await database.owner.query(`grant insert on noted to ${APP_ROLE}`)
  const note = { text: 'insert into noted values ($1)', values: [1] }
  const failing = () => transact(database, [], async () => ({ value: null, last: [note, fault, note] }))
  // Once with statements new to the connection and, on its successor, twice with statements it knows.
  for (let n = 0; n < 3; n++) {
    await expect(failing()).rejects.toThrow('division by zero')
    const read = await transact(database, [one], async (_, opened) => ({ value: opened }))
    expect(read).toEqual([[{ value: 1 }]])
    await transact(database, [], async () => ({ value: null, last: [note] }))
  }
  expect((await database.owner.query('select value from noted')).rowCount).toBe(3)
})

test('a statement that was prepared before a failure does not stand in the way later', async () => {
  const database = await freshDatabase()
  for (let n = 0; n < 2; n++) {
    await expect(transact(database, [one, fault], async () => ({ value: null }))).rejects.toThrow('division')
    await transact(database, [one], async () => ({ value: null }))
    await transact(database, [{ ...fault, values: [1] }], async () => ({ value: null }))
  }
})
