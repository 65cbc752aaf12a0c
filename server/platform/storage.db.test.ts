import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase } from '#test/database.ts'
import { mortalFolder } from '#test/temporary-cluster.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { openStorage } from './storage.ts'

const silent = { tell: () => undefined }

function urlOf(pool: pg.Pool): string {
  const { host, port, user, password, database } = pool.options
  return `postgres://${user}:${password ?? ''}@${encodeURIComponent(host ?? '')}:${port}/${database}`
}

const outside = (databaseUrl: string, databaseAppUrl: string | null = null) =>
  openStorage({ dataDir: '/nowhere', databaseUrl, databaseAppUrl }, silent)

test('an empty folder becomes a migrated database that may keep a journal', async () => {
  const dataDir = mortalFolder(tmpdir())
  const { database, stop } = await openStorage({ dataDir, databaseUrl: null }, silent)
  expect((await database.pool.query('select count(*) from organization')).rows).toEqual([{ count: 0 }])
  await stop()
})

test('a server that may lose what it acknowledged is refused with the setting named', async () => {
  const database = await freshDatabase()
  const { rows } = await database.owner.query('select current_database() as name')
  await database.owner.query(`alter database ${rows[0].name} set synchronous_commit = off`)
  await expect(outside(urlOf(database.owner), urlOf(database.pool))).rejects.toMatchObject({
    fault: 'not-durable',
    message: expect.stringContaining('synchronous_commit'),
  })
})

test('a server that does not answer is refused in words, without its password', async () => {
  const nobody = `postgres://zhuravl:secret@${encodeURIComponent(join(tmpdir(), 'nobody'))}/zhuravl`
  const refusal = await outside(nobody).catch((error: Error) => error)
  expect(refusal).toMatchObject({ fault: 'unreachable' })
  expect(String(refusal)).not.toContain('secret')
})

const JOURNAL = 'select count(*) as count from organization'

/** A server of its own, since roles belong to a whole server, on which nobody has heard of a journal yet. */
async function strangeServer() {
  const folder = mortalFolder(tmpdir())
  const { connection, stop } = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    sockets: folder,
  })
  onTestFinished(stop)
  const { app: _, ...own } = connection
  const superuser = new pg.Pool({ ...own, max: 1 })
  onTestFinished(() => superuser.end())
  await superuser.query('drop role zhuravl_app')
  const opened = async (...urls: Parameters<typeof outside>) => {
    const storage = await outside(...urls)
    try {
      return (await storage.database.pool.query(JOURNAL)).rows
    } finally {
      await storage.stop()
    }
  }
  const keeper = async (name: string, rights = '') => {
    await superuser.query(`create role ${name} login ${rights} password 'secret of ${name}'`)
    await superuser.query(`create database ${name} owner ${name}`)
    const { host, port } = own
    return `postgres://${name}:secret%20of%20${name}@${encodeURIComponent(host)}:${port}/${name}`
  }
  return { superuser, keeper, opened }
}

test('on a foreign server the program makes the login of the application, or says who must', async () => {
  const { superuser, keeper, opened } = await strangeServer()
  const poor = await keeper('poor')
  const asked = await opened(poor).catch((error: Error) => error)
  expect(asked).toMatchObject({ fault: 'app-login-not-made' })
  expect(String(asked)).toContain('create role zhuravl_app login noinherit')
  expect(String(asked)).not.toContain('secret')

  const able = await keeper('able', 'createrole')
  expect(await opened(able)).toEqual([{ count: 0 }])
  expect(await opened(able), 'a second start').toEqual([{ count: 0 }])
  const [role] = (
    await superuser.query(
      `select rolcanlogin, rolinherit, rolsuper from pg_roles where rolname = 'zhuravl_app'`,
    )
  ).rows
  expect(role).toEqual({ rolcanlogin: true, rolinherit: false, rolsuper: false })

  // A password that somebody lives by is not taken away, and another journal is told how to come to it.
  expect(await opened(poor).catch((error: Error) => error)).toMatchObject({ fault: 'app-login-refused' })
  await superuser.query(`alter role zhuravl_app password 'told by the administrator'`)
  const told = new URL(poor)
  told.username = 'zhuravl_app'
  told.password = 'told by the administrator'
  await superuser.query(`grant connect on database poor to zhuravl_app`)
  expect(await opened(poor, told.href)).toEqual([{ count: 0 }])
}, 60_000)

test('a login that may more than the application needs is refused with what takes it away', async () => {
  const { superuser, keeper, opened } = await strangeServer()
  const able = await keeper('able', 'createrole')
  expect(await opened(able, able).catch((error: Error) => error)).toMatchObject({ fault: 'role-lost' })
  expect(await opened(able)).toEqual([{ count: 0 }])
  await superuser.query('create role other nologin')
  const excess: [string, string, string][] = [
    ['grant other to zhuravl_app', 'revoke other from zhuravl_app', 'revoke <role> from'],
    ['alter role zhuravl_app bypassrls', 'alter role zhuravl_app nobypassrls', 'nosuperuser nobypassrls'],
    [
      'grant temporary on database able to zhuravl_app',
      'revoke temporary on database able from zhuravl_app',
      'temporary',
    ],
  ]
  for (const [give, take, remedy] of excess) {
    await superuser.query(give)
    const refusal = await opened(able).catch((error: Error) => error)
    expect([give, refusal]).toMatchObject([give, { fault: 'app-too-strong' }])
    expect(String(refusal)).toContain(remedy)
    await superuser.query(take)
  }
  expect(await opened(able)).toEqual([{ count: 0 }])
}, 60_000)

test('an address without a password does not tell the login of the application', async () => {
  await expect(outside('postgres://somebody@127.0.0.1:1/journal')).rejects.toMatchObject({
    fault: 'no-app-login',
    message: expect.stringContaining('DATABASE_APP_URL'),
  })
})
