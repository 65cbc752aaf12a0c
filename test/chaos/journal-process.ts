import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { projectRoot } from '#platform/root.ts'

export type JournalOptions = {
  dataDir: string
  /** 0 for any free one. */
  port?: number
  /** Settings of PostgreSQL that plant a fault. */
  planted?: Record<string, string>
  /** What to run instead: words after `node scripts/run.mjs`. */
  command?: string[]
  environment?: Record<string, string>
  cwd?: string
  /** The ordinary user to run as, and a program that makes it so. */
  prefix?: string[]
}

export type Journal = {
  child: ChildProcess
  port: number
  output: () => string
  /** Resolves with the exit code, or the signal that ended it. */
  exited: Promise<number | string>
  kill: () => Promise<void>
}

const SERVE = ['--entry', 'test/chaos/serve-journal.ts']

/** Starts a journal as a process of its own and waits until it prints its address; killed when the test ends. */
export async function startJournal(options: JournalOptions): Promise<Journal> {
  const journal = spawnJournal(options)
  for (;;) {
    const port = Number(journal.output().match(/http:\/\/[\d.]+:(\d+)/)?.[1] ?? 0)
    if (port > 0) return { ...journal, port }
    const ended = await Promise.race([journal.exited, sleep(20).then(() => null)])
    if (ended !== null) throw new Error(`the journal ended with ${ended}: ${journal.output()}`)
  }
}

/** As `startJournal`, for a start that is expected to be refused: does not wait. */
export function spawnJournal(options: JournalOptions): Omit<Journal, 'port'> {
  const { dataDir, port = 0, planted, command = SERVE, prefix = [] } = options
  const words = [process.execPath, join(projectRoot, 'scripts/run.mjs'), ...command]
  if (planted) words.push(JSON.stringify(planted))
  const [file = '', ...args] = [...prefix, ...words]
  const child = spawn(file, args, {
    cwd: options.cwd ?? projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // The socket lies with the data and goes with them.
      TMPDIR: dataDir,
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'error',
      // Goes with the folder; the product keeps it beside.
      BACKUP_KEY_FILE: join(dataDir, 'backup.key'),
      // How full the disk of this machine is decides nothing.
      DISK_WARN_PERCENT: '99',
      ...options.environment,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const exited = once(child, 'exit').then(([code, signal]): number | string => code ?? signal)
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  return { child, output: () => output, exited, kill }
}

/**
 * A free port below those that the system lends to outgoing connections: a server of a test leaves its port for a while
 * and must find it free, and a client that asks for it meanwhile must not be lent that very port.
 */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000)
  const taken = await new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(true))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)))
  })
  return taken ? freePort() : port
}

/** Number of the PostgreSQL process that serves the folder, or 0. */
export function postmasterOf(dataDir: string): number {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

/** Kills the PostgreSQL of the folder with every process it has started; whether there was one. */
export const killPostgres = (dataDir: string): boolean => signalPostgres(dataDir, 'SIGKILL')

/** Sends the PostgreSQL of the folder and every process it has started a signal; whether there was one. */
export function signalPostgres(dataDir: string, signal: NodeJS.Signals): boolean {
  const postmaster = postmasterOf(dataDir)
  if (!isPostgres(postmaster)) return false
  for (const pid of [postmaster, ...childrenOf(postmaster)]) {
    try {
      process.kill(pid, signal)
    } catch {
      // A child that has just ended by itself.
    }
  }
  return true
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent)
    .map(Number)
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
