import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { EmbeddedRefused } from './fault.ts'

/** A unix socket's path may have 107 bytes; `/.s.PGSQL.5432.lock` takes the rest of them. */
const LONGEST_SOCKET_FOLDER = 88

/** The folder of a cluster by its one true name, so that two ways to it are seen as one. */
export function realFolder(folder: string): string {
  try {
    const path = resolve(folder)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
  } catch (error) {
    throw new EmbeddedRefused('no-access', error instanceof Error ? error.message : folder)
  }
}

/** By which major version of PostgreSQL the cluster of a folder was made; `null` where there is none. */
export function majorOf(folder: string): number | null {
  try {
    const major = Number.parseInt(readFileSync(join(folder, 'PG_VERSION'), 'utf8'), 10)
    return Number.isNaN(major) ? null : major
  } catch {
    return null
  }
}

/** Whether two names lead to one folder; `null` when either leads nowhere or may not be followed. */
export function sameFolder(one: string, other: string): boolean | null {
  const [first, second] = [identityOf(one), identityOf(other)]
  return first === null || second === null ? null : first === second
}

/** What stays of a folder when it is renamed, and differs in its copy; `null` for one that is not there. */
export function identityOf(folder: string): string | null {
  try {
    const { dev, ino } = statSync(folder, { bigint: true })
    return `${dev}:${ino}`
  } catch {
    return null
  }
}

/**
 * Where the socket of this cluster lives: short, ours alone, the same at every start. Not by its name alone: a copy
 * may be put where a folder stood that is served still. `another` tells one that is taken from the next.
 */
export function socketFolder(folder: string, another = 0): string {
  const uid = process.getuid?.() ?? 0
  const told = [folder, identityOf(folder), ...(another > 0 ? [another] : [])].join(' ')
  const name = `zhuravl-${uid}-${createHash('sha256').update(told).digest('hex').slice(0, 12)}`
  const base = Buffer.byteLength(join(tmpdir(), name)) <= LONGEST_SOCKET_FOLDER ? tmpdir() : '/tmp'
  return join(base, name)
}

/** Makes the folder of a socket unless it stands; in one of somebody else another could answer for us. */
export function makeSocketFolder(path: string): void {
  const uid = process.getuid?.() ?? 0
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const stat = lstatSync(path)
  // Root may find it handed over to «nobody».
  if (stat.isSymbolicLink() || (uid !== 0 && stat.uid !== uid))
    throw new EmbeddedRefused('foreign-socket-folder', path)
  chmodSync(path, 0o700)
}
