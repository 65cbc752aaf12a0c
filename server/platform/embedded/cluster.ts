import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MAJOR, program } from './binaries.ts'
import { EmbeddedRefused } from './fault.ts'
import { majorOf } from './folders.ts'
import { asCompanion, asIdentity, type Identity, own } from './identity.ts'
import { loginOf, passwordFile, USER } from './passwords.ts'

const LARGEST_LOG_BYTES = 10_000_000
const windows = process.platform === 'win32'
const environment = { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, LC_ALL: 'C', TZ: 'UTC' }

// The planner's default of 4 is for spinning disks: it chose a full scan for the journal page.
// Statements and details stay out of the log, since they carry personal data.
const settings = {
  random_page_cost: '1.1',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  max_wal_size: '512MB',
  max_connections: '60',
  timezone: 'UTC',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** Creates the cluster unless it stands; whole or not at all, even when two try at once. */
export function createCluster(folder: string, identity: Identity, major: number): void {
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(folder, identity, major)
  const found = majorOf(folder)
  if (found !== major)
    throw new EmbeddedRefused((found ?? 0) > major ? 'newer-major' : 'older-major', `${found} → ${major}`)
  chmodSync(folder, 0o700)
}

function initialise(folder: string, identity: Identity, major: number): void {
  sweepUnfinished(folder)
  const draft = `${folder}.new-${process.pid}`
  try {
    mkdirSync(draft, { mode: 0o700 })
    own(identity, draft)
  } catch (error) {
    throw new EmbeddedRefused('no-access', error instanceof Error ? error.message : draft)
  }
  const { status, stderr, error } = initdb({ folder, draft, identity, major })
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new EmbeddedRefused('init-failed', (stderr || error?.message) ?? '')
  }
  takePlace(draft, folder)
}

// Linux knows this name everywhere; elsewhere the database alone is given what the system has.
const CTYPE = process.platform === 'linux' ? ['--lc-ctype=C.UTF-8'] : []

type Making = { folder: string; draft: string; identity: Identity; major: number }

function initdb({ folder, draft, identity, major }: Making) {
  const { file, args } = asIdentity(identity, [program('initdb', major), ...initialisation(folder, draft)])
  return spawnSync(file, args, { env: environment, encoding: 'utf8' })
}

function initialisation(folder: string, draft: string): string[] {
  const locale = ['--encoding=UTF8', '--locale=C', ...CTYPE, '--locale-provider=icu', '--icu-locale=ru-RU']
  loginOf(folder)
  const password = ['--auth=scram-sha-256', `--pwfile=${passwordFile(folder)}`]
  return ['-D', draft, '-U', USER, ...password, '--no-instructions', ...locale]
}

function takePlace(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // A folder that is already a cluster was made meanwhile by a twin, and will do.
    if (!existsSync(join(folder, 'PG_VERSION')))
      throw new EmbeddedRefused('init-failed', error instanceof Error ? error.message : folder)
  }
}

/** Removes what a creation that was killed left behind. */
function sweepUnfinished(folder: string): void {
  const prefix = `${basename(folder)}.new-`
  for (const name of readdirSync(dirname(folder)).filter((name) => name.startsWith(prefix)))
    if (!existsSync(`/proc/${name.slice(prefix.length)}`))
      rmSync(join(dirname(folder), name), { recursive: true, force: true })
}

export type Launch = {
  folder: string
  sockets: string
  identity: Identity
  conf: Readonly<Record<string, string>>
}

/** A PostgreSQL being started; `failure` is what it said when it gave up, `null` while it has not. */
export type Launched = { failure: () => string | null }

/** Starts the PostgreSQL that made the folder, in a process group of its own, so that Ctrl-C reaches us first and it last. */
export function launch({ folder, sockets, identity, conf }: Launch): Launched {
  const log = openLog(`${folder}.log`)
  const options = Object.entries({ ...settings, ...listening(folder, sockets), ...conf })
  const command = [
    program('postgres', majorOf(folder) ?? MAJOR),
    '-D',
    folder,
    ...options.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
  const { file, args } = asCompanion(identity, command)
  const since = statSync(`${folder}.log`).size
  const child = spawn(file, args, { env: environment, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  child.unref()
  let failure: string | null = null
  child.on('error', (error) => {
    failure = error.message
  })
  child.on('exit', () => {
    failure = lastWords(`${folder}.log`, since)
  })
  return { failure: () => failure }
}

function lastWords(path: string, since: number): string {
  if (!existsSync(path)) return ''
  return readFileSync(path, 'utf8').slice(since).trim().split('\n').slice(-5).join('\n')
}

function listening(folder: string, sockets: string): Record<string, string> {
  if (windows) return { listen_addresses: '127.0.0.1', port: String(portOf(folder)) }
  return { listen_addresses: '', unix_socket_directories: sockets, unix_socket_permissions: '0700' }
}

/** One process may serve two folders beside each other. */
const portOf = (folder: string): number =>
  20_000 + ((process.pid + createHash('sha256').update(folder).digest().readUInt16BE()) % 20_000)

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}
