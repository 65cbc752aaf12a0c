import { openDatabase } from '#platform/db.ts'
import type { Connection } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'
import { startTemporaryCluster } from './temporary-cluster.ts'

type Project = { provide: (key: never, value: Connection) => void }

/** One PostgreSQL for the run, holding one migrated database that every test's own is copied from. */
export async function setup(project: Project): Promise<() => Promise<void>> {
  const cluster = await startTemporaryCluster()
  const template = openDatabase({ connection: cluster.connection })
  await migrate(template.owner)
  await template.close()
  project.provide('cluster' as never, cluster.connection)
  return cluster.stop
}
