import { openDatabase } from '#platform/db.ts'
import type { Connection } from '#platform/embedded-postgres.ts'
import { listenWidely } from '#platform/listening.ts'
import { createServer } from '#server/app.ts'
import { TODAY } from './seed.ts'

/** The measured server in a process of its own, so that its CPU time is its own. */
const [place, webRoot] = process.argv.slice(2)
const connection = JSON.parse(place ?? '{}') as Connection
const database = openDatabase({ connection })
// Sign-ins that wait need a clock that goes on.
const noon = Date.parse(`${TODAY}T12:00:00Z`) - performance.now()
const server = await createServer({
  database,
  clock: () => new Date(noon + performance.now()),
  trustedProxies: ['127.0.0.1'],
  logLevel: 'error',
  ...(webRoot ? { webRoot } : {}),
})
const address = await listenWidely(server, { port: 0, host: '127.0.0.1' })

process.on('message', () => {
  process.send?.({
    cpu: process.cpuUsage(),
    statements: database.statements(),
    rss: process.memoryUsage.rss(),
  })
})
process.send?.({ address })
