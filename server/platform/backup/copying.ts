import { rm } from 'node:fs/promises'
import type pg from 'pg'
import type { Holdings } from '#contract/backups.ts'
import { type Retention, retained } from '#domain/backups/retention.ts'
import { nextBackupAt } from '#domain/backups/schedule.ts'
import { saysDiskIsFull } from '../disk.ts'
import type { Connection } from '../embedded/reach.ts'
import type { BackupFault } from './backup.words.ts'
import { type BaseOrder, makeBase } from './base.ts'
import type { CopyCluster } from './copy-cluster.ts'
import { BackupRefused } from './fault.ts'
import { type Base, basesIn, segmentsIn, sweepBases } from './folder.ts'
import { newestProven, sweepLog } from './keeping.ts'
import type { BackupMemory } from './memory.ts'
import { sealedBytes } from './needed.ts'
import { segmentsFor } from './restore.ts'
import type { Need, Room } from './room.ts'
import type { Shipping } from './shipping.ts'
import { withClient } from './with-client.ts'

export type CopyingOptions = {
  dataDir: string
  login: Connection
  /** Which PostgreSQL is copied. */
  major: number
  memory: BackupMemory
  shipping: Shipping
  room: Room
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
  /** Refuses where a copy would not fit now. */
  requireRoom: () => Promise<void>
  /** Ends the copy in hand; what was written of it is taken away. */
  stop: () => Promise<void>
}

const RETENTION: Retention = { days: 7, weeks: 4 }
/** Where one disk holds both, copies must not be what fills it. */
const BESIDE: Retention = { days: 2, weeks: 0 }
const AGAIN_MS = 10 * 60_000
const LOOKED_FOR: ReadonlySet<BackupFault> = new Set(['folder-absent', 'copy-no-room'])

export function createCopying(options: CopyingOptions): Copying {
  const { clock, memory, room, tell } = options
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
      // So is room for one.
      if (!LOOKED_FOR.has(error.fault)) notBefore = clock().getTime() + AGAIN_MS
      if (!ending.signal.aborted && !room.isTold(error)) tell(error.message)
    })
    running = one
    return one
  }
  // One that is being made meanwhile is not to be swept away as a killed one's.
  const hasRoom = async () =>
    running === null &&
    requireRoom(options).then(
      () => true,
      // What else stands in the way is told by the copy that fails for it.
      (error: unknown) => !room.isTold(error),
    )
  return {
    running: () => running,
    begin,
    requireRoom: () => requireRoom(options).then(() => undefined),
    beginWhenDue: async () => {
      if (running || clock().getTime() < notBefore || !(await memory.isThere())) return
      const due = await dueOf(memory, clock())
      if (!due && !room.refused('copy')) return
      if ((await hasRoom()) && due) begin(due === 'nightly')
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
  const need = await requireRoom(options).catch((error: unknown) => {
    throw refusedFor(error)
  })
  const { gap } = memory.current()
  // From here on the log leads somewhere again.
  if (gap) memory.change({ gap: false })
  try {
    const base = await options.room.during(need, (past) =>
      copyInto(options, { ...how, signal: AbortSignal.any([...(how.signal ? [how.signal] : []), past]) }),
    )
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

/** Where it fits, what a copy needs. What a killed one has left is taken away first. */
async function requireRoom({ memory, login, room }: CopyingOptions): Promise<Need> {
  const folder = memory.root()
  await sweepBases(folder)
  const need: Need = { work: 'copy', folder, bytes: await sealedBytes(login, folder) }
  await room.require(need)
  return need
}

function refusedFor(error: unknown): BackupRefused {
  if (error instanceof BackupRefused) return error
  return new BackupRefused(saysDiskIsFull(error) ? 'folder-full' : 'copy-failed', (error as Error).message)
}

async function copyInto({ memory, shipping, holds, ...options }: CopyingOptions, how: How): Promise<Base> {
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
