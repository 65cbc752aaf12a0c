import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'

// Nothing here outlives the run, so nothing need reach the disk.
const conf = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
  jit: 'off',
}

// Waits for its parent to end, however it ends, then for PostgreSQL, and removes the folder.
const reaper = `
const { readFileSync, realpathSync, rmSync } = require('node:fs')
const [folder] = process.argv.slice(1)
// The pid file of a copied folder names the server of the original.
const standing = (pid) => { try { return realpathSync('/proc/' + pid + '/cwd') === folder + '/postgres' } catch { return true } }
const named = () => { try { return Number(readFileSync(folder + '/postgres/postmaster.pid', 'utf8').split('\\n')[0]) } catch { return 0 } }
const postmaster = () => { const pid = named(); return pid && standing(pid) ? pid : 0 }
process.stdin.resume().on('end', async () => {
  for (let i = 0; i < 100 && postmaster(); i++) {
    try { process.kill(postmaster(), i < 50 ? 'SIGINT' : 'SIGQUIT') } catch { break }
    await new Promise((done) => setTimeout(done, 100))
  }
  rmSync(folder, { recursive: true, force: true })
})`

/** A PostgreSQL in a folder of its own, gone with everything in it when stopped or when this process dies. */
export async function startTemporaryCluster(): Promise<{
  connection: Connection
  stop: () => Promise<void>
}> {
  const folder = mortalFolder(scratch())
  const cluster = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), sockets: folder, conf })
  return {
    connection: cluster.connection,
    stop: async () => {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A new folder that goes when this process does, after the PostgreSQL of its `postgres` subfolder. */
export function mortalFolder(parent: string): string {
  const folder = realpathSync(mkdtempSync(join(parent, 'zhuravl-test-')))
  spawn(process.execPath, ['-e', reaper, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  }).unref()
  return folder
}

/** Memory where there is plenty of it: copying a database takes 15 ms there and 300 ms on a disk. */
export function scratch(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 2e9 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
