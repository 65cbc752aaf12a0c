import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '#platform/db.ts'
import type { Connection } from '#platform/embedded-postgres.ts'
import { forbidTemporary } from '#platform/migrate.ts'

let count = 0

/** An empty migrated database of this test alone (about 20 ms); dropped when the test ends. */
export async function freshDatabase(): Promise<Database> {
  const created = await createDatabase()
  onTestFinished(created.close)
  return created
}

export type OwnDatabase = Database & { name: string }

/**
 * As `freshDatabase`, for a whole file: whoever asks closes it, which drops it too. A copy of the database
 * `template`, to which nobody may be connected meanwhile; of the migrated empty one unless told.
 */
export async function createDatabase(template?: string): Promise<OwnDatabase> {
  const cluster = clusterConnection()
  const name = `test_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${++count}`
  await run(`create database ${name} template ${template ?? cluster.database} strategy file_copy`)
  const database = openDatabase({ connection: { ...cluster, database: name } }, { size: 10 })
  await forbidTemporary(database.owner)
  return {
    ...database,
    name,
    close: async () => {
      await database.close()
      await run(`drop database ${name} with (force)`)
    },
  }
}

/** The address of the run's own server, for a test that makes databases or processes by itself. */
export function clusterConnection(): Connection {
  return inject('cluster' as never)
}

async function run(statement: string): Promise<void> {
  const { app: _, ...owner } = clusterConnection()
  const client = new pg.Client({ ...owner, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
