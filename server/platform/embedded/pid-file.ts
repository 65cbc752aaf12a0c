import { spawnSync } from 'node:child_process'
import { readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

/** What `postmaster.pid` of a data folder says; `raw` is its text. */
export type PidFile = { raw: string; pid: number; port: number; socketFolder: string; ready: boolean }

export function readPidFile(folder: string): PidFile | null {
  try {
    const raw = readFileSync(join(folder, 'postmaster.pid'), 'utf8')
    const lines = raw.split('\n')
    return {
      raw,
      pid: Math.abs(Number(lines[0])),
      port: Number(lines[3]),
      socketFolder: lines[4] ?? '',
      ready: lines[7]?.trim() === 'ready',
    }
  } catch {
    return null
  }
}

/** Whether the process of the pid file is a PostgreSQL serving this very folder; `null`: cannot be told. */
export function serves(pid: number, folder: string): boolean | null {
  if (!isAlive(pid)) return false
  const command = commandOf(pid)
  return command === null ? null : command.includes('postgres') && `${command} `.includes(` ${folder} `)
}

/**
 * Removes a pid file left by a killed PostgreSQL whose number a stranger's process has taken since:
 * PostgreSQL itself would take the stranger for its own and refuse to start.
 */
export function dropStalePidFile(folder: string, judged: PidFile): void {
  if (readPidFile(folder)?.raw !== judged.raw) return
  try {
    unlinkSync(join(folder, 'postmaster.pid'))
  } catch {
    // Somebody else has just removed it.
  }
}

function isAlive(pid: number): boolean {
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
