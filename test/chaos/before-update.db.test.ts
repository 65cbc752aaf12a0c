import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onlyRootIn, restore } from '#platform/backup/restoring.ts'
import { folderBeside, placesOf, remember, remembered, serverKeys } from '#platform/backup/settings.ts'
import { withClient } from '#platform/backup/with-client.ts'
import { systemClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'
import { projectRoot } from '#platform/root.ts'
import { openStorage } from '#platform/storage.ts'
import { backupBeforeUpdate } from '#server/backups.ts'
import { bareFolder } from './data-folder.ts'

const migrations = join(projectRoot, 'server', 'migrations')
const names = readdirSync(migrations)
  .filter((name) => name.endsWith('.sql'))
  .sort()

/** A data folder whose schema lacks the last migration. */
async function olderFolder(): Promise<string> {
  const dataDir = join(bareFolder(), 'data')
  const from = bareFolder()
  for (const name of names.slice(0, -1)) cpSync(join(migrations, name), join(from, name))
  const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), conf: { fsync: 'off' } })
  const database = openDatabase({ connection: postgres.connection })
  await migrate(database.owner, from)
  await database.close()
  await postgres.stop()
  return dataDir
}

const APPLIED = 'select count(*)::int as count from platform.migration'

test('an update is begun with a copy of what it changes, and not begun without one', async () => {
  const dataDir = await olderFolder()
  const config = { dataDir, databaseUrl: null, diskWarnPercent: 100 }
  const told: string[] = []
  const around = { clock: systemClock, tell: (words: string) => void told.push(words) }
  const open = () =>
    openStorage(config, { ...around, archive: true, beforeUpdate: backupBeforeUpdate(config, around) })

  const memory = remembered(dataDir)
  remember(dataDir, { ...memory, folder: join(bareFolder(), 'not-mounted') })
  await expect(open()).rejects.toThrow(/^Обновление базы не начато[\s\S]*Папка для копий недоступна/)
  const asItWas = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres') })
  expect(await withClient(asItWas.connection, (client) => client.query(APPLIED))).toMatchObject({
    rows: [{ count: names.length - 1 }],
  })
  await asItWas.stop()

  remember(dataDir, memory)
  const storage = await open()
  expect((await storage.database.owner.query(APPLIED)).rows).toEqual([{ count: names.length }])
  await storage.stop()
  expect(told).toContain('Вышло обновление базы. Сначала делаю резервную копию…')

  // Nothing is copied where nothing is updated, and the copy holds the schema as it was.
  await (await open()).stop()
  const root = await onlyRootIn(folderBeside(dataDir))
  expect(readdirSync(join(root, 'copies'))).toHaveLength(1)
  const { identities } = await serverKeys(placesOf({ dataDir }))
  let restored: unknown = null
  await restore({
    ...{ dataDir: bareFolder(), root, identities, until: null, now: new Date() },
    settle: async (connection) => {
      restored = (await withClient(connection, (client) => client.query(APPLIED))).rows
    },
  })
  expect(restored).toEqual([{ count: names.length - 1 }])
}, 120_000)
