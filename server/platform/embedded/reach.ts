import { randomUUID } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { APP_ROLE, type Login } from '../logins.ts'
import { EmbeddedRefused } from './fault.ts'
import { sameFolder } from './folders.ts'
import { admitsAnybody, loginOf, passwordFile } from './passwords.ts'
import { type PidFile, readPidFile, serves } from './pid-file.ts'

/** Where a PostgreSQL is reached by its owner, as `pg` takes it, and as whom the application comes to it. */
export type Connection = Login & { host: string; port: number; database: string; app: Login }

/** Whom the pid file of a folder led to: the folder's own server, one of another folder, or nobody. */
export type Reached = { own: pg.Client } | { foreign: PidFile } | null

/** Where the folder's pid file leads; whoever connects there asks whom it has reached. */
export function connectionOf(folder: string, database: string): Connection | null {
  const file = readPidFile(folder)
  const from = file?.ready ? passwordsBeside(folder, file) : null
  return file && from ? { ...placeOf(from, file, database), app: loginOf(from, APP_ROLE) } : null
}

function placeOf(from: string, { port, socketFolder }: PidFile, database: string): Omit<Connection, 'app'> {
  const host = process.platform === 'win32' ? '127.0.0.1' : socketFolder
  return { host, port, database, ...loginOf(from) }
}

/**
 * The folder's name beside which its passwords lie: its own, or the one under which its server began. A copy that came
 * without is given new ones when it is launched, and not before; only a folder of the first releases, which never had
 * any and lets in whoever comes, gets its own here.
 */
function passwordsBeside(folder: string, { dataFolder }: PidFile): string | null {
  const beside = [folder, dataFolder].find((name) => existsSync(passwordFile(name)))
  return beside ?? (admitsAnybody(folder) ? folder : null)
}

/**
 * Connects to the server that the folder's pid file names and makes sure that it serves this folder: a copy made of a
 * folder in use has its pid file too, and that leads to the original.
 */
export async function reach(folder: string): Promise<Reached> {
  const file = readPidFile(folder)
  const from = file?.ready ? passwordsBeside(folder, file) : null
  if (!file || !from) return null
  const client = new pg.Client({
    ...placeOf(from, file, 'postgres'),
    connectionTimeoutMillis: 5000,
    query_timeout: 10_000,
    keepAlive: true,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    if (await standsIn(folder, client)) return { own: client }
    await client.end()
    return serves(file.pid, folder) === true ? null : { foreign: file }
  } catch (error) {
    await client.end().catch(() => undefined)
    // Waiting would not help. A server of another folder may not know the password, and its word says nothing.
    if ((error as { code?: string }).code === '28P01' && serves(file.pid, folder) === true)
      throw new EmbeddedRefused('wrong-password', passwordFile(folder))
    return null
  }
}

/** Names lie after a rename, a symlink or a mount; a file put into the folder is seen only by who stands in it. */
async function standsIn(folder: string, client: pg.Client): Promise<boolean> {
  const sign = `zhuravl.sign-${randomUUID()}`
  try {
    writeFileSync(join(folder, sign), '', { flag: 'wx', mode: 0o600 })
  } catch {
    return isNamed(folder, client)
  }
  try {
    const { rows } = await client.query<{ seen: boolean }>(
      'select (pg_stat_file($1, true)).size is not null as seen',
      [sign],
    )
    return rows[0]?.seen === true
  } finally {
    rmSync(join(folder, sign), { force: true })
  }
}

/** The next best where nothing can be written: a full disk, a folder of somebody else. */
async function isNamed(folder: string, client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(`select current_setting('data_directory') as name`)
  return sameFolder(rows[0]?.name ?? '', folder) === true
}
