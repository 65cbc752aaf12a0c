import { join } from 'node:path'
import pg from 'pg'
import type { Moment } from '#contract/moments.ts'
import { MOMENT_HOURS, type MomentFailure, type MomentStep } from '#domain/backups/moment.ts'
import { saysDiskIsFull } from '../disk.ts'
import { DATABASE } from '../embedded/letters.ts'
import type { Recovered } from '../embedded/recovery.ts'
import { BACKUP_ROLE } from '../logins.ts'
import type { BackupFault } from './backup.words.ts'
import { BackupRefused } from './fault.ts'
import type { BackupMemory } from './memory.ts'
import { discard, neededFor, replay, type UnpackCopy, type Unpacked, type UnpackOrder } from './restore.ts'
import { baseFor, isInLog } from './restoring.ts'
import type { Need, Room } from './room.ts'

/** A read of an open moment, in the words of its tables. */
export type MomentRead = { text: string; values: readonly unknown[] }

export type MomentRefusal = 'moment-ahead' | 'moment-taken'

/** A moment of the copies, restored beside the journal to be read and nothing else; one at a time. */
export type Moments = {
  /** How it stands; null where none is being opened, open, or failed to. */
  state: () => Moment | null
  /** Begins to open one; refused while another is being opened or open, and where the moment has not come. */
  open: (at: Date) => MomentRefusal | null
  /** Ends whatever is there; every file of it is taken away. */
  close: () => void
  /** Rows of the open moment, past row policies; null where none is open at this moment any more. */
  read: <Row extends object>(at: string, read: MomentRead) => Promise<Row[] | null>
  stop: () => Promise<void>
}

export type MomentsOptions = {
  dataDir: string
  memory: BackupMemory
  identities: readonly string[]
  unpack: UnpackCopy
  room: Room
  clock: () => Date
  tell: (words: string) => void
  /** Whether what an earlier process has left here is this one's to take away. */
  owns: boolean
  /** Hands over what was written up to now. */
  flush: () => Promise<void>
  /** Fails where the tables of the copy are not those that are read. */
  probe?: MomentRead | undefined
}

type Opened = { at: string; closesAt: Date; recovered: Recovered; pool: pg.Pool }
type Opening = {
  asked: string
  step: MomentStep
  percent: number
  ending: AbortController
  done: Promise<void>
  opened: Opened | null
  failure: MomentFailure | null
}

const LOOK_MS = 60_000
const STATEMENT_MS = 15_000
// What was saved within this time may not have been handed over yet.
const FRESH_MS = 15 * 60_000

/** Opens moments of the copies this process keeps. */
export function createMoments(options: MomentsOptions): Moments {
  const { clock, room } = options
  const draft = join(options.dataDir, 'postgres.moment')
  // What is there is taken away one after the other, and before the next is laid out.
  let cleared: Promise<unknown> = options.owns ? discard(draft) : Promise.resolve()
  cleared.catch(() => undefined)
  let current: Opening | null = null

  const leave = (opening: Opening) => {
    const { opened } = opening
    Object.assign(opening, { opened: null, failure: 'no-room' })
    cleared = clear({ opened }, draft).catch(() => undefined)
    return cleared
  }
  const begin = (at: Date): Opening => {
    const opening: Opening = {
      asked: at.toISOString(),
      step: 'unpack',
      percent: 0,
      ending: new AbortController(),
      done: Promise.resolve(),
      opened: null,
      failure: null,
    }
    opening.done = cleared
      .then(() => openAt(at, { ...options, draft, opening }))
      .then((opened) => {
        opening.opened = opened
        void room
          .during({ work: 'moment', folder: options.dataDir, bytes: 0 }, heldBy(opening, leave))
          .catch(() => undefined)
      })
      .catch(async (error: unknown) => {
        opening.failure = failureOf(error)
        if (!opening.ending.signal.aborted && !room.isTold(error)) options.tell((error as Error).message)
        await discard(draft).catch(() => undefined)
      })
    return opening
  }
  const close = () => {
    const closing = current
    if (!closing) return
    current = null
    closing.ending.abort()
    cleared = closing.done.then(() => clear(closing, draft)).catch(() => undefined)
  }
  const closeWhenOver = () => {
    if (current?.opened && clock() >= current.opened.closesAt) close()
  }
  const timer = setInterval(closeWhenOver, LOOK_MS).unref()

  return {
    state: () => {
      closeWhenOver()
      return current && stateOf(current)
    },
    open: (at) => {
      if (at > clock()) return 'moment-ahead'
      if (current && current.failure === null) return 'moment-taken'
      current = begin(at)
      return null
    },
    close,
    read: async <Row extends object>(at: string, { text, values }: MomentRead) => {
      closeWhenOver()
      const opened = current?.opened
      if (!opened || opened.at !== at) return null
      return (await opened.pool.query<Row>(text, [...values])).rows
    },
    stop: async () => {
      clearInterval(timer)
      close()
      await cleared
    },
  }
}

/** What lies open takes its room for hours: it is left when the journal needs it. */
const heldBy =
  (opening: Opening, leave: (opening: Opening) => Promise<unknown>) => async (past: AbortSignal) => {
    const ending = opening.ending.signal
    await aborted(AbortSignal.any([ending, past]))
    if (ending.aborted) return
    await leave(opening)
    past.throwIfAborted()
  }

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

async function clear({ opened }: Pick<Opening, 'opened'>, draft: string): Promise<void> {
  await opened?.pool.end().catch(() => undefined)
  await opened?.recovered.stop().catch(() => undefined)
  await discard(draft)
}

function stateOf({ asked, step, percent, opened, failure }: Opening): Moment {
  if (failure) return { stage: 'failed', asked, why: failure }
  if (!opened) return { stage: 'opening', asked, step, percent }
  return { stage: 'open', asked, at: opened.at, closesAt: opened.closesAt.toISOString() }
}

type Order = MomentsOptions & { draft: string; opening: Opening }

async function openAt(at: Date, order: Order): Promise<Opened> {
  const { memory, identities, draft, dataDir, room } = order
  await discard(draft)
  if (!(await memory.isThere())) throw new BackupRefused('folder-absent', memory.folder())
  if (order.clock().getTime() - at.getTime() < FRESH_MS) await order.flush()
  const root = memory.root()
  const base = await baseFor(root, at)
  const bytes = await neededFor({ root, base, until: at })
  const need: Need = { work: 'moment', folder: dataDir, bytes }
  await room.require(need)
  const copy = { root, base, identities, draft, until: at }
  return room.during(need, (past) => layOut(copy, order, past))
}

async function layOut(
  copy: Omit<UnpackOrder, 'until' | 'progress'> & { until: Date },
  { clock, unpack, opening, probe }: Order,
  past: AbortSignal,
): Promise<Opened> {
  const { until: at } = copy
  const ending = AbortSignal.any([opening.ending.signal, past])
  const progress = (step: MomentStep, percent: number) => {
    ending.throwIfAborted()
    Object.assign(opening, { step, percent })
  }
  const unpacked = await unpack({ ...copy, progress })
  const isKnown = isInLog(at, unpacked.logUntil)
  const target = isKnown ? { moment: at } : 'end'
  const recovered = await replay(unpacked, target, { readOnly: true, progress })
  const pool = poolOf(recovered, unpacked)
  try {
    ending.throwIfAborted()
    if (probe) await pool.query(probe.text, [...probe.values])
    const reached = isKnown ? at : unpacked.logUntil
    const closesAt = new Date(clock().getTime() + MOMENT_HOURS * 3_600_000)
    return { at: reached.toISOString(), closesAt, recovered, pool }
  } catch (error) {
    await pool.end()
    await recovered.stop()
    throw error
  }
}

/** As who copies, with the password of then: this login may read and nothing else. */
function poolOf(recovered: Recovered, { secrets }: Unpacked): pg.Pool {
  const { host, port, database } = recovered.connect(DATABASE)
  const password = secrets[`postgres.${BACKUP_ROLE}.password`]?.trim()
  const pool = new pg.Pool({
    ...{ host, port, database, user: BACKUP_ROLE },
    ...(password !== undefined && { password }),
    max: 3,
    allowExitOnIdle: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 3_000,
  })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const FAILURES: Partial<Record<BackupFault, MomentFailure>> = {
  'folder-absent': 'folder-silent',
  'archive-silent': 'folder-silent',
  'nothing-there': 'no-copies',
  'no-such-moment': 'before-copies',
  'no-room': 'no-room',
  'moment-no-room': 'no-room',
  'moment-broken-off': 'no-room',
  'wrong-key': 'no-key',
  'log-hole': 'log-hole',
  'file-missing': 'copy-broken',
  'file-broken': 'copy-broken',
  'not-as-copied': 'copy-broken',
  'newer-major': 'other-schema',
  'older-major': 'other-schema',
}

// A table or a column that is not there, or is of another type; or an update was at it just then, and what is replayed
// up to before its last word waits for it for ever.
const OTHER_SCHEMA = ['42P01', '42703', '42883', '42804', '57014']

function failureOf(error: unknown): MomentFailure {
  if (error instanceof BackupRefused) return FAILURES[error.fault] ?? 'failed'
  if (saysDiskIsFull(error)) return 'no-room'
  return OTHER_SCHEMA.includes((error as { code?: string }).code ?? '') ? 'other-schema' : 'failed'
}
