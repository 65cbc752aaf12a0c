import { rm } from 'node:fs/promises'
import type pg from 'pg'
import type { Holdings } from '#contract/backups.ts'
import { type Retention, retained } from '#domain/backups/retention.ts'
import { nextBackupAt } from '#domain/backups/schedule.ts'
import { saysDiskIsFull } from '../disk.ts'
import type { Connection } from '../embedded/reach.ts'
import { type BaseOrder, makeBase } from './base.ts'
import type { CopyCluster } from './copy-cluster.ts'
import { BackupRefused } from './fault.ts'
import { type Base, basesIn, segmentsIn, sweepBases } from './folder.ts'
import { newestProven, sweepLog } from './keeping.ts'
import type { BackupMemory } from './memory.ts'
import { segmentsFor } from './restore.ts'
import type { Shipping } from './shipping.ts'
import { withClient } from './with-client.ts'

export type CopyingOptions = {
  dataDir: string
  login: Connection
  /** Which PostgreSQL is copied. */
  major: number
  memory: BackupMemory
  shipping: Shipping
  /** Asked in the live database as a copy begins. */
  holds: (client: pg.ClientBase) => Promise<Holdings>
  copyCluster: CopyCluster
  clock: () => Date
  tell: (words: string) => void
  retention?: Retention | undefined
}

/** A copy that is being made: since when, how far it is in hundredths, and its end. */
export type RunningCopy = { since: Date; percent: number; ended: Promise<Base> }

/** Makes whole copies, one at a time. */
export type Copying = {
  running: () => RunningCopy | null
  /** The copy that is being made, begun now unless one is. `spread` spares who saves meanwhile. */
  begin: (spread: boolean) => RunningCopy
  beginWhenDue: () => Promise<void>
  /** Ends the copy in hand; what was written of it is taken away. */
  stop: () => Promise<void>
}

const RETENTION: Retention = { days: 7, weeks: 4 }
/** Where one disk holds both, copies must not be what fills it. */
const BESIDE: Retention = { days: 2, weeks: 0 }
const AGAIN_MS = 10 * 60_000

export function createCopying(options: CopyingOptions): Copying {
  const { clock, memory, tell } = options
  let running: RunningCopy | null = null
  let notBefore = 0
  const ending = new AbortController()
  const begin = (spread: boolean): RunningCopy => {
    if (running) return running
    const one: RunningCopy = { since: clock(), percent: 0, ended: Promise.resolve() as never }
    const progress = (done: number, of: number) => {
      one.percent = Math.min(99, Math.floor((100 * done) / Math.max(1, of)))
    }
    one.ended = copy(options, { spread, progress, signal: ending.signal }).finally(() => {
      running = null
    })
    one.ended.catch((error: BackupRefused) => {
      // A folder that is away is looked for each time before one is begun, and has waited long enough once it is back.
      if (error.fault !== 'folder-absent') notBefore = clock().getTime() + AGAIN_MS
      if (!ending.signal.aborted) tell(error.message)
    })
    running = one
    return one
  }
  return {
    running: () => running,
    begin,
    beginWhenDue: async () => {
      if (running || clock().getTime() < notBefore || !(await memory.isThere())) return
      const due = await dueOf(memory, clock())
      if (due) begin(due === 'nightly')
    },
    stop: async () => {
      ending.abort()
      await running?.ended.catch(() => undefined)
    },
  }
}

type How = Pick<BaseOrder, 'spread' | 'progress' | 'signal'>

async function copy(options: CopyingOptions, how: How): Promise<Base> {
  const { memory } = options
  if (!(await memory.isThere())) throw new BackupRefused('folder-absent', memory.folder())
  const { gap } = memory.current()
  // From here on the log leads somewhere again.
  if (gap) memory.change({ gap: false })
  try {
    const base = await copyInto(options, how)
    // A key that came meanwhile opens the next one.
    const opensToAll = memory.recipients().every((one) => base.about.recipients.includes(one))
    if (memory.current().wantsCopy && opensToAll) memory.change({ wantsCopy: false })
    const { folder } = memory.current()
    await forget(memory.root(), options.retention ?? (folder === null ? BESIDE : RETENTION))
    return base
  } catch (error) {
    if (gap) memory.change({ gap: true })
    throw refusedFor(error)
  }
}

function refusedFor(error: unknown): BackupRefused {
  if (error instanceof BackupRefused) return error
  return new BackupRefused(saysDiskIsFull(error) ? 'folder-full' : 'copy-failed', (error as Error).message)
}

async function copyInto({ memory, shipping, holds, ...options }: CopyingOptions, how: How): Promise<Base> {
  await sweepBases(memory.root())
  return makeBase({
    login: options.login,
    dataDir: options.dataDir,
    root: memory.root(),
    recipients: memory.recipients(),
    holds: () => withClient(options.login, holds).catch(() => null),
    major: options.major,
    copyCluster: options.copyCluster,
    ...how,
    clock: options.clock,
    archived: shipping.archived,
  })
}

/** Takes away what is too old, once a newer whole copy lies there. */
async function forget(root: string, rule: Retention): Promise<void> {
  const bases = await basesIn(root)
  const aged = bases.map(({ name, about }) => ({ name, to: Date.parse(about.to) }))
  const { daily, all } = retained(aged, rule, await newestProven(bases))
  for (const { name, folder } of bases)
    if (!all.includes(name)) await rm(folder, { recursive: true, force: true })
  await sweepLog(root, { daily: new Set(daily) })
}

/** Why a copy is due: the night has come, or without one what is saved now could not be restored. */
async function dueOf(memory: BackupMemory, now: Date): Promise<'nightly' | 'needed' | null> {
  const last = (await basesIn(memory.root())).at(-1)
  const { gap, wantsCopy } = memory.current()
  if (!last || gap || wantsCopy) return 'needed'
  if (now.getTime() >= nextBackupAt(Date.parse(last.about.to), -now.getTimezoneOffset())) return 'nightly'
  // After a restore, and where something was written while nobody archived, the log does not lead on from the copy.
  const kept = await segmentsIn(memory.root())
  const newest = kept.at(-1)
  const leadsOn = newest === undefined || segmentsFor(last, kept, null).at(-1)?.file === newest.file
  return leadsOn ? null : 'needed'
}
