import { spawnSync } from 'node:child_process'
import { readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { sameFolder } from './folders.ts'

/** What `postmaster.pid` of a data folder says; `raw` is its text, `dataFolder` where the folder stood then. */
export type PidFile = {
  raw: string
  pid: number
  dataFolder: string
  port: number
  socketFolder: string
  ready: boolean
}

export function readPidFile(folder: string): PidFile | null {
  try {
    const raw = readFileSync(join(folder, 'postmaster.pid'), 'utf8')
    const lines = raw.split('\n')
    return {
      raw,
      pid: Math.abs(Number(lines[0])),
      dataFolder: lines[1] ?? '',
      port: Number(lines[3]),
      socketFolder: lines[4] ?? '',
      ready: lines[7]?.trim() === 'ready',
    }
  } catch {
    return null
  }
}

/**
 * Whether the process of the pid file is a PostgreSQL serving this very folder, by whatever name it was given;
 * `null`: cannot be told.
 */
export function serves(pid: number, folder: string): boolean | null {
  if (!isAlive(pid)) return false
  const command = commandOf(pid)
  if (command === null) return null
  if (!command.includes('postgres')) return false
  // PostgreSQL stands in its folder: that stays true when the folder is renamed under it.
  const stands = sameFolder(`/proc/${pid}/cwd`, folder)
  if (stands !== null) return stands
  const named = `${command} `.match(/ -D (.+?) (?:-\w |--)/)?.[1]
  return named === undefined ? null : sameFolder(named, folder)
}

/**
 * Removes a pid file left by a killed PostgreSQL whose number a stranger's process has taken since, or one copied
 * together with the folder of another: PostgreSQL itself would take that process for its own and refuse to start.
 */
export function dropStalePidFile(folder: string, judged: PidFile): void {
  if (readPidFile(folder)?.raw !== judged.raw) return
  try {
    unlinkSync(join(folder, 'postmaster.pid'))
  } catch {
    // Somebody else has just removed it.
  }
}

/** Whether another living process has taken the socket in this folder; PostgreSQL would refuse to serve from it. */
export function socketIsTaken(sockets: string, folder: string): boolean {
  try {
    const pid = Math.abs(Number(readFileSync(join(sockets, '.s.PGSQL.5432.lock'), 'utf8').split('\n')[0]))
    return isAlive(pid) && serves(pid, folder) !== true
  } catch {
    return false
  }
}

/** Whether a process of this number runs, whosever it is. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function commandOf(pid: number): string | null {
  if (process.platform === 'win32') return null
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    const { status, stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
    })
    return status === 0 ? stdout : null
  }
}
