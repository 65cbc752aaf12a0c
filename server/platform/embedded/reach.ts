import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { USER } from './cluster.ts'
import { portPassword, sameFolder } from './folders.ts'
import { type PidFile, readPidFile, serves } from './pid-file.ts'

/** Where a PostgreSQL is reached, as `pg` takes it. */
export type Connection = { host: string; port: number; user: string; database: string; password?: string }

/** Whom the pid file of a folder led to: the folder's own server, one of another folder, or nobody. */
export type Reached = { own: pg.Client } | { foreign: PidFile } | null

/** Where the folder's pid file leads; whoever connects there asks whom it has reached. */
export function connectionOf(folder: string, database: string): Connection | null {
  const file = readPidFile(folder)
  return file?.ready ? placeOf(folder, file, database) : null
}

function placeOf(folder: string, { port, socketFolder }: PidFile, database: string): Connection {
  if (process.platform !== 'win32') return { host: socketFolder, port, user: USER, database }
  return { host: '127.0.0.1', port, user: USER, database, password: portPassword(folder) }
}

/**
 * Connects to the server that the folder's pid file names and makes sure that it serves this folder: a copy made of a
 * folder in use has its pid file too, and that leads to the original.
 */
export async function reach(folder: string): Promise<Reached> {
  const file = readPidFile(folder)
  if (!file?.ready) return null
  const client = new pg.Client({
    ...placeOf(folder, file, 'postgres'),
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
  } catch {
    await client.end().catch(() => undefined)
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
