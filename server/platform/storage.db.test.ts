import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshDatabase } from '#test/database.ts'
import { mortalFolder } from '#test/temporary-cluster.ts'
import type { Database } from './db.ts'
import { openStorage } from './storage.ts'

function urlOf({ owner }: Database): string {
  const { host, port, user, password, database } = owner.options
  return `postgres://${user}:${password ?? ''}@${encodeURIComponent(host ?? '')}:${port}/${database}`
}

const outside = (databaseUrl: string) => openStorage({ dataDir: '/nowhere', databaseUrl })

test('an empty folder becomes a migrated database that may keep a journal', async () => {
  const dataDir = mortalFolder(tmpdir())
  const { database, stop } = await openStorage({ dataDir, databaseUrl: null })
  expect((await database.pool.query('select count(*) from organization')).rows).toEqual([{ count: 0 }])
  await stop()
})

test('a server that may lose what it acknowledged is refused with the setting named', async () => {
  const database = await freshDatabase()
  const { rows } = await database.owner.query('select current_database() as name')
  await database.owner.query(`alter database ${rows[0].name} set synchronous_commit = off`)
  await expect(outside(urlOf(database))).rejects.toMatchObject({
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
