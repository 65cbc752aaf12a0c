// A journal to kill: the product's own server on the folder and port of the environment. With settings of
// PostgreSQL given as JSON it serves past the product's checks, so that a test can plant a fault.
import { join } from 'node:path'
import process from 'node:process'
import { readConfig } from '#platform/config.ts'
import { openDatabase } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import type { Storage } from '#platform/storage.ts'
import { serve } from '../../server/main.ts'

const config = readConfig(process.env)
const [planted] = process.argv.slice(2)

async function faulty(conf: Record<string, string>): Promise<Storage> {
  const postgres = await startEmbeddedPostgres({ folder: join(config.dataDir, 'postgres'), conf })
  const database = openDatabase({ connection: postgres.connection })
  const stop = async () => {
    await database.close()
    await postgres.stop()
  }
  return { database, stop }
}

const running = await serve(
  config,
  planted ? { storage: await faulty(JSON.parse(planted)), durableOnly: false } : {},
)
process.stdout.write(`${running.address}\n`)
process.once('SIGTERM', async () => {
  await running.stop()
  process.exit(0)
})
