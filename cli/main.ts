import type { MessagePort } from 'node:worker_threads'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'

// Threads run this same script, and each reads only what it works with.
if (isMainThread) {
  const { runCommand } = await import('./commands.ts')
  process.exitCode = await runCommand(process.argv.slice(2), new URL(import.meta.url))
} else if (parentPort) await serveThread(parentPort)

async function serveThread(port: MessagePort): Promise<void> {
  const { serveBackups } = await import('#platform/backup/apart.ts')
  if (await serveBackups(port, workerData)) return
  const { serveWorkbooks, WORKBOOKS } = await import('#modules/imports/index.ts')
  if (workerData === WORKBOOKS) serveWorkbooks(port)
}
