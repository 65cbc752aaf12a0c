import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#platform/db.ts'
import { type Connection, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'
import { projectRoot } from '#platform/root.ts'
import { type Measured, startMeasured } from './measured.ts'
import { type School, seed } from './seed.ts'

/** Three measured servers over one embedded PostgreSQL with its ordinary, durable settings. */
export type Schools = { large: Measured; small: Measured; wide: Measured; stop: () => Promise<void> }

/** Makes both databases, fills them and starts a server on each. */
export async function openSchool(
  folder: string,
  sizes: { large: School; small: School; wide: School },
): Promise<Schools> {
  const data = join(folder, 'postgres')
  const cluster = await startEmbeddedPostgres({ folder: data })
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const web = join(projectRoot, 'dist', 'web')
  await fill(cluster.connection, sizes.large)
  const smallPlace = await another(cluster.connection, 'bench_small')
  await fill(smallPlace, sizes.small)
  const widePlace = await another(cluster.connection, 'bench_wide')
  await fill(widePlace, sizes.wide)
  const large = await startMeasured(cluster.connection, postmaster, web)
  const small = await startMeasured(smallPlace, postmaster, web)
  const wide = await startMeasured(widePlace, postmaster, web)
  return {
    large,
    small,
    wide,
    stop: async () => {
      large.stop()
      small.stop()
      wide.stop()
      await cluster.stop()
    },
  }
}

async function another(connection: Connection, name: string): Promise<Connection> {
  const database = openDatabase({ connection })
  await database.owner.query(`create database ${name}`)
  await database.close()
  return { ...connection, database: name }
}

async function fill(connection: Connection, school: School): Promise<void> {
  const database = openDatabase({ connection })
  await migrate(database.owner)
  await seed(database.owner, school)
  await database.close()
}
