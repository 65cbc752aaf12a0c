import { spawnSync } from 'node:child_process'
import { rmdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { program } from './binaries.ts'
import { EmbeddedRefused } from './fault.ts'
import { readPidFile, serves } from './pid-file.ts'

// A stop waits for the last checkpoint.
const STOP_SECONDS = 60

/** Ends the PostgreSQL that serves this folder, if one does; refuses when it does not go. */
export async function endServer(folder: string): Promise<void> {
  const file = readPidFile(folder)
  if (!file || serves(file.pid, folder) === false) return
  // SIGINT asks for a «fast» shutdown with a last checkpoint, SIGQUIT for one that recovers at next start.
  const gone = (await ended(folder, file.pid, 'SIGINT')) || (await ended(folder, file.pid, 'SIGQUIT'))
  if (!gone) throw new EmbeddedRefused('stop-failed', folder)
  tidy(file.socketFolder)
}

/** A start that has just made this folder anew and finds it gone makes it again. */
function tidy(sockets: string): void {
  try {
    if (sockets) rmdirSync(sockets)
  } catch {
    // Not empty: somebody serves from it already.
  }
}

async function ended(folder: string, pid: number, signal: NodeJS.Signals): Promise<boolean> {
  const deadline = performance.now() + STOP_SECONDS * 1000
  // A signal on Windows kills without a checkpoint, so PostgreSQL is asked by its own program.
  if (process.platform === 'win32') spawnSync(program('pg_ctl'), ['stop', '-D', folder, '-m', 'fast'])
  else process.kill(pid, signal)
  while (performance.now() < deadline) {
    if (serves(pid, folder) === false) return true
    await sleep(15)
  }
  return false
}
