import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
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

/** Where the socket of this cluster lives: short, ours alone, the same at every start. */
export function socketFolder(folder: string): string {
  const uid = process.getuid?.() ?? 0
  const name = `zhuravl-${uid}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  const base = Buffer.byteLength(join(tmpdir(), name)) <= LONGEST_SOCKET_FOLDER ? tmpdir() : '/tmp'
  const path = join(base, name)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const stat = lstatSync(path)
  // Root may find it handed over to «nobody»; anybody else must own it, or another could answer for us.
  if (stat.isSymbolicLink() || (uid !== 0 && stat.uid !== uid))
    throw new EmbeddedRefused('foreign-socket-folder', path)
  chmodSync(path, 0o700)
  return path
}

/** The password of a cluster that must listen on a port because its system has no unix sockets (Windows). */
export function portPassword(folder: string): string {
  const file = `${folder}.password`
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
