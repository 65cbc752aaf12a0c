import pg from 'pg'
import { openDatabase } from '#platform/db.ts'
import type { Connection } from '#platform/embedded-postgres.ts'
import { APP_ROLE, derivedPassword, makeAppLogin } from '#platform/logins.ts'
import { migrate } from '#platform/migrate.ts'
import { startTemporaryCluster } from './temporary-cluster.ts'

type Project = { provide: (key: never, value: Connection) => void }
type Cluster = { connection: Connection; stop: () => Promise<void> }

/** One PostgreSQL for the run, holding one migrated database that every test's own is copied from. */
export async function setup(project: Project): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL
  const cluster = url ? await borrowServer(new URL(url)) : await startTemporaryCluster()
  const template = openDatabase({ connection: cluster.connection })
  await migrate(template.owner)
  await template.close()
  project.provide('cluster' as never, cluster.connection)
  return cluster.stop
}

/** A template on somebody's server, to try the oldest PostgreSQL we promise; its user may create databases. */
async function borrowServer(url: URL): Promise<Cluster> {
  const database = `zhuravl_test_${process.pid}`
  const user = decodeURIComponent(url.username)
  const password = decodeURIComponent(url.password)
  const place = { host: url.hostname, port: Number(url.port || 5432), user, password }
  const app = { user: APP_ROLE, password: derivedPassword(password, 'test') }
  const run = async (statement: string) => {
    const client = new pg.Client({ ...place, database: 'postgres' })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create database ${database}`)
  const owner = new pg.Pool({ ...place, database: 'postgres', max: 1 })
  await makeAppLogin(owner, app.password).finally(() => owner.end())
  return {
    connection: { ...place, database, app },
    stop: () => run(`drop database ${database} with (force)`),
  }
}
