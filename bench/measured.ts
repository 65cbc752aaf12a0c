import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Connection } from '#platform/embedded-postgres.ts'
import { projectRoot } from '#platform/root.ts'
import { familyOf, statOf } from './processes.ts'

type Reading = { cpu: NodeJS.CpuUsage; statements: number; rss: number }

/** CPU milliseconds of server and database and statements sent, so far. */
export type Spent = { server: number; database: number; statements: number }
export type Measured = {
  address: string
  spent: () => Promise<Spent>
  /** Bytes the server holds just now. */
  memory: () => Promise<number>
  stop: () => void
}

/** Starts the measured server on a database; `spent` adds its CPU and that of all PostgreSQL processes. */
export async function startMeasured(
  connection: Connection,
  postmaster: number,
  webRoot?: string,
): Promise<Measured> {
  const launcher = join(projectRoot, 'scripts', 'run.mjs')
  const args = [
    launcher,
    '--entry',
    'bench/server.ts',
    JSON.stringify(connection),
    ...(webRoot ? [webRoot] : []),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const next = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)))
  const { address } = await next<{ address: string }>()
  const read = () => {
    const answer = next<Reading>()
    child.send('read')
    return answer
  }
  return {
    address,
    spent: async () => {
      const { cpu, statements } = await read()
      return { server: (cpu.user + cpu.system) / 1000, database: postgresMs(postmaster), statements }
    },
    memory: async () => (await read()).rss,
    stop: () => child.kill(),
  }
}

// Linux counts in ticks of 10 ms, so figures are taken over hundreds of requests.
const TICK_MS = 10

const postgresMs = (postmaster: number): number =>
  familyOf(postmaster).reduce((sum, pid) => sum + cpuOf(pid), 0)

// Fields 14–17 of proc(5): own time and that of children already gone.
const cpuOf = (pid: number): number =>
  statOf(pid)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0)
