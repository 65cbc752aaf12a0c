import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase } from '#test/database.ts'
import { startTemporaryCluster } from '#test/temporary-cluster.ts'
import { openDatabase } from './db.ts'
import { durabilityFaults } from './durability.ts'
import { migrate } from './migrate.ts'
import { projectRoot } from './root.ts'

function migrationsAnd(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(join(projectRoot, 'server', 'migrations'), folder, { recursive: true })
  writeFileSync(join(folder, name), text)
  return folder
}

test('a second run applies nothing', async () => {
  const { owner } = await freshDatabase()
  expect(await migrate(owner)).toEqual([])
})

test('two processes that start at once apply each migration once', async () => {
  const { owner } = await freshDatabase()
  const folder = migrationsAnd('9999-twin.sql', 'create table twin (id int primary key)')
  await expect(migrate(owner, folder)).rejects.toMatchObject({ fault: 'numbering' })
  const { rows } = await owner.query<{ count: number }>('select count(*) from platform.migration')
  const next = `${String((rows[0]?.count ?? 0) + 1).padStart(4, '0')}-twin.sql`
  const numbered = migrationsAnd(next, 'create table twin (id int primary key)')
  const applied = await Promise.all([migrate(owner, numbered), migrate(owner, numbered)])
  expect(applied.flat()).toEqual([next])
})

test('a user of the database who is no superuser keeps the journal under the role it makes', async () => {
  const { connection, stop } = await startTemporaryCluster()
  onTestFinished(stop)
  const { app, ...own } = connection
  const superuser = new pg.Pool({ ...own, max: 1 })
  await superuser.query(`create role keeper login createrole password 'keeper'`)
  await superuser.query('create database journal owner keeper')
  await superuser.end()
  const keeper = { ...own, user: 'keeper', password: 'keeper', database: 'journal', app }
  const database = openDatabase({ connection: keeper })
  onTestFinished(database.close)
  await migrate(database.owner)
  expect((await database.pool.query('select current_user::text as name')).rows).toEqual([
    { name: 'zhuravl_app' },
  ])
  expect(await migrate(database.owner)).toEqual([])
})

test('a migration changed after it was applied is refused', async () => {
  const { owner } = await freshDatabase()
  await owner.query(`update platform.migration set checksum = 'other' where number = 1`)
  await expect(migrate(owner)).rejects.toMatchObject({ fault: 'changed' })
})

test('a database newer than the program is refused', async () => {
  const { owner } = await freshDatabase()
  await owner.query(
    `insert into platform.migration select max(number) + 1, 'next', 'x' from platform.migration`,
  )
  await expect(migrate(owner)).rejects.toMatchObject({ fault: 'newer' })
})

test('settings that may lose an acknowledged save are named, those of the database too', async () => {
  const { owner, pool } = await freshDatabase()
  const { rows } = await owner.query('select current_database() as name')
  const { rows: off } = await owner.query<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off' order by name`,
  )
  const ofServer = off.map(({ name }) => name)
  await owner.query(`alter database ${rows[0].name} set synchronous_commit = on`)
  expect(await durabilityFaults(pool)).toEqual(ofServer)
  await owner.query(`alter database ${rows[0].name} set synchronous_commit = off`)
  await pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined)
  expect(await durabilityFaults(pool)).toEqual([...ofServer, 'synchronous_commit'])
})
