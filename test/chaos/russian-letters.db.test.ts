import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { openStorage } from '#platform/storage.ts'
import { freshDatabase } from '../database.ts'
import { bareFolder } from './data-folder.ts'
import { killPostgres } from './journal-process.ts'

const PATIENT = { timeout: 120_000 }

async function serve(dataDir: string) {
  const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres') })
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await postgres.stop()
  }
  onTestFinished(stop)
  return { ...postgres, stop }
}

async function ask<Row extends pg.QueryResultRow>(connection: pg.ClientConfig, text: string): Promise<Row[]> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  return client
    .query<Row>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const RUSSIAN = `select lower('Ё') as lower, upper('ёж') as upper, initcap('анна-мария') as initcap, 'Ёлка' ~* 'ёлка' as regex,
  'Ёлка' ilike 'ЁЛКА' as ilike, to_tsvector('russian', 'Школа «Сосновый бор»') @@ to_tsquery('russian', 'сосновый') as words,
  to_tsvector('russian', '«Ёлки»') @@ to_tsquery('russian', 'ёлка') as quoted,
  similarity('Щербинина', 'Щербенина') > 0.4 as similar, word_similarity('Щербинина', 'Анна Щербенина') > 0.4 as word`
const RIGHT = {
  ...{ lower: 'ё', upper: 'ЁЖ', initcap: 'Анна-Мария', regex: true, ilike: true },
  ...{ words: true, quoted: true, similar: true, word: true },
}

const withTrigrams = `create extension if not exists pg_trgm`
const ORDER = `select string_agg(name, ' ' order by name) as names from (values ('Ёж'), ('Яна'), ('елка'), ('Еж')) v(name)`
const COUNTS = `select count(*)::int as people, md5(string_agg(name, ',' order by name)) as names from kept`
const FILL = `create table kept as select 'Ёлкина ' || n as name from generate_series(1, 5000) n; create index on kept (name)`

/** Puts a folder back to what the first releases made: the database with the ctype «C», and records in it. */
async function old(dataDir: string) {
  const { connection, stop } = await serve(dataDir)
  await ask({ ...connection, database: 'postgres' }, 'drop database zhuravl')
  await ask(
    { ...connection, database: 'postgres' },
    `create database zhuravl template template0 locale_provider icu icu_locale 'ru-RU' lc_collate 'C' lc_ctype 'C'`,
  )
  await ask(connection, withTrigrams)
  await ask(connection, FILL)
  const wrong = await ask(connection, RUSSIAN)
  expect(wrong).toEqual([
    { ...RIGHT, words: expect.any(Boolean), quoted: false, similar: false, word: false },
  ])
  const [kept] = await ask(connection, COUNTS)
  const [order] = await ask(connection, ORDER)
  return { kept, order, connection, stop }
}

test('a new folder knows Russian letters', PATIENT, async () => {
  const { connection } = await serve(bareFolder())
  await ask(connection, withTrigrams)
  expect(await ask(connection, RUSSIAN)).toEqual([RIGHT])
})

test(
  'an old folder is given them at its next start, whenever that was killed, and keeps what it has',
  PATIENT,
  async () => {
    const dataDir = bareFolder()
    const before = await old(dataDir)
    await before.stop()
    for (const killed of [true, true, false]) {
      const { connection, stop } = await serve(dataDir)
      expect(await ask(connection, RUSSIAN)).toEqual([RIGHT])
      expect(await ask(connection, COUNTS)).toEqual([before.kept])
      expect(await ask(connection, ORDER)).toEqual([before.order])
      const [seen] = await ask<{ datname: string }>(
        connection,
        `select datname from pg_database where datname ~ 'probe'`,
      )
      expect(seen).toBeUndefined()
      if (!killed) continue
      // Half way: the database as it was, the one it was tried on left behind.
      await ask(connection, 'select pg_switch_wal()')
      await ask(connection, `update pg_database set datctype = 'C' where datname = 'zhuravl'`)
      await ask(connection, `create database zhuravl_letters_probe`)
      killPostgres(dataDir)
      await stop().catch(() => undefined)
    }
    const { connection } = await serve(dataDir).catch(() => before)
    expect(await ask(connection, COUNTS)).toEqual([before.kept])
  },
)

test('a database of somebody else without them is served, and the start says so', PATIENT, async () => {
  const { owner } = await freshDatabase()
  const { host, port, user, password } = owner.options
  const name = `letters_${randomBytes(4).toString('hex')}`
  await owner.query(`create database ${name} template template0 locale_provider libc locale 'C'`)
  onTestFinished(async () => void (await owner.query(`drop database ${name} with (force)`)))
  const told: string[] = []
  const databaseUrl = `postgres://${user}:${password ?? ''}@${encodeURIComponent(host ?? '')}:${port}/${name}`
  // The server of the tests is not durable and is refused for that in the end; the letters are told of before.
  await openStorage({ dataDir: '/nowhere', databaseUrl }, { tell: (words) => void told.push(words) }).catch(
    () => undefined,
  )
  expect(told.join()).toContain('не знает русских букв')
})
