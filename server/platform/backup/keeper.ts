import { mkdirSync } from 'node:fs'
import pg from 'pg'
import type { BackupState, Holdings } from '#contract/backups.ts'
import type { Retention } from '#domain/backups/retention.ts'
import type { EmbeddedPostgres } from '../embedded-postgres.ts'
import type { Backups } from './backups.ts'
import { createCopying, type RunningCopy } from './copying.ts'
import { BackupRefused } from './fault.ts'
import { type Base, makeRoot, rootIn } from './folder.ts'
import { openMemory } from './memory.ts'
import { folderRefusal } from './places.ts'
import { type Segment, segmentOf } from './segments.ts'
import { type BackupPlaces, folderBeside, serverKeys, spoolOf } from './settings.ts'
import { createShipping } from './shipping.ts'
import { stateOf } from './state.ts'

export type KeeperOptions = {
  places: BackupPlaces
  postgres: Pick<EmbeddedPostgres, 'connection' | 'backup'>
  /** Asked of the live database as a copy begins. */
  holds: (client: pg.ClientBase) => Promise<Holdings>
  clock: () => Date
  /** Told, in words for the terminal, what went wrong; each thing once. */
  tell: (words: string) => void
  diskPercent: number
  /** Carries the log into the folder; one process at a time may, the one whose PostgreSQL it is. */
  ships: boolean
  /** Makes copies by itself when they are due. */
  byItself: boolean
  outboxMegabytes?: number
  retention?: Retention
  /** How often the log is looked after. */
  everyMs?: number
}

/** Backups with what commands need of them besides. */
export type Keeper = Backups & {
  /** Makes a whole copy now and answers when it lies in the folder. */
  copyNow: () => Promise<Base>
  /** Hands over what is in the log up to now and answers when it lies in the folder. */
  flush: () => Promise<void>
  root: () => string
  /** Hands over what PostgreSQL has left as it ended; after `stop` of both. */
  shipRest: () => Promise<void>
}

const EVERY_MS = 2_000
const DUE_MS = 60_000
const OUTBOX_MEGABYTES = 2048

/** Looks after the backups of a bundled PostgreSQL that this process has opened. */
export async function createKeeper(options: KeeperOptions): Promise<Keeper> {
  const { places, clock, postgres } = options
  const { dataDir } = places
  const memory = openMemory(dataDir, (await serverKeys(places)).recipient)
  memory.change({})
  if (memory.folder() === folderBeside(dataDir)) await makeRoot(memory.root(), memory.current().installation)
  const shipping = await createShipping({
    dataDir,
    memory,
    ships: options.ships,
    diskPercent: options.diskPercent,
    outboxMegabytes: options.outboxMegabytes ?? OUTBOX_MEGABYTES,
    everyMs: options.everyMs ?? EVERY_MS,
    tell: options.tell,
  })
  const copying = createCopying({
    ...options,
    dataDir,
    memory,
    shipping,
    login: { ...postgres.connection, ...postgres.backup },
  })
  const beginWhenDue = () => void copying.beginWhenDue().catch(() => undefined)
  const timer = options.byItself ? setInterval(beginWhenDue, DUE_MS) : null
  timer?.unref()
  if (options.byItself) beginWhenDue()

  return {
    root: memory.root,
    state: async () =>
      stateOf({
        dataDir,
        folder: memory.folder(),
        root: memory.root(),
        memory: memory.current(),
        isFull: shipping.isFull(),
        running: runningState(copying.running()),
        waitingBytes: await shipping.waitingBytes(),
        now: clock(),
      }),
    begin: () => copying.running() === null && copying.begin(false) !== null,
    copyNow: () => copying.begin(false).ended,
    flush: async () => {
      await shipping.archived(await switchLog(postgres))
    },
    moveTo: async (chosen) => {
      const refusal = await folderRefusal(chosen, dataDir)
      if (refusal) return refusal
      const { installation } = memory.current()
      await makeRoot(rootIn(chosen, installation), installation)
      memory.change({ folder: chosen })
      copying.begin(false)
      return null
    },
    acceptPaperKey: async (recipient) => {
      memory.change({ paper: { recipient, provenAt: clock().toISOString() } })
    },
    paperRecipient: () => memory.current().paper?.recipient ?? null,
    stop: async () => {
      if (timer) clearInterval(timer)
      shipping.stop()
      await copying.stop()
      await shipping.tick()
    },
    shipRest: shipping.tick,
  }
}

const runningState = (copy: RunningCopy | null): BackupState['running'] =>
  copy && { since: copy.since.toISOString(), percent: copy.percent }

/** Ends the segment that is being written, so that it is handed over; the one that holds its last byte. */
async function switchLog({ connection }: KeeperOptions['postgres']): Promise<Segment> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      'select pg_walfile_name(pg_switch_wal() - 1) as name',
    )
    const segment = segmentOf(rows[0]?.name ?? '')
    if (!segment) throw new BackupRefused('archive-silent')
    return segment
  } finally {
    await client.end()
  }
}

/** What PostgreSQL is started with so that it hands its log over. */
export function archiveConf(dataDir: string): Record<string, string> {
  mkdirSync(spoolOf(dataDir), { recursive: true, mode: 0o700 })
  return {
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': spoolOf(dataDir),
    // What was saved a minute ago is on its way.
    archive_timeout: '60s',
  }
}
