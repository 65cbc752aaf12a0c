import { mkdirSync } from 'node:fs'
import type pg from 'pg'
import type { BackupState, Holdings } from '#contract/backups.ts'
import type { Retention } from '#domain/backups/retention.ts'
import type { EmbeddedPostgres } from '../embedded-postgres.ts'
import { type HardWork, HERE } from './apart.ts'
import type { Backups } from './backups.ts'
import { type Copying, createCopying, type RunningCopy } from './copying.ts'
import { type Base, makeRoot, rootIn } from './folder.ts'
import { handOver } from './handing-over.ts'
import { openMemory } from './memory.ts'
import { createMoments, type MomentRead } from './moments.ts'
import { createNightlyProof } from './nightly-proof.ts'
import { noteNumbers } from './numbers.ts'
import { createPaperKeeping } from './paper-keeping.ts'
import { folderRefusal } from './places.ts'
import { createRoom, type Room, type RoomOptions } from './room.ts'
import { type BackupPlaces, folderBeside, serverKeys, spoolOf } from './settings.ts'
import { createShipping } from './shipping.ts'
import { stateOf } from './state.ts'
import { type BackupSummary, summaryOf, writeWatch } from './watch.ts'
import { withClient } from './with-client.ts'

export type KeeperOptions = {
  places: BackupPlaces
  postgres: Pick<EmbeddedPostgres, 'connection' | 'backup' | 'major'>
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
  /** Where packing and sealing is done; in this thread unless told otherwise. */
  hardWork?: HardWork
  /** What is read of a moment, tried as it is opened. */
  momentProbe?: MomentRead
  outboxMegabytes?: number
  /** How the disk under a folder stands; the system is asked unless told otherwise. */
  disk?: RoomOptions['look']
  retention?: Retention
  /** How often the log is looked after. */
  everyMs?: number
  /** How often it is asked whether a copy, or its proof, is due. */
  dueEveryMs?: number
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

/** The parts that keep backups, on one memory. */
async function partsOf(options: KeeperOptions) {
  const { places, postgres } = options
  const { dataDir } = places
  const keys = await serverKeys(places)
  const memory = openMemory(dataDir, keys.recipient)
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
  const login = { ...postgres.connection, ...postgres.backup }
  const { diskPercent, tell } = options
  const room = createRoom({ dataDir, diskPercent, tell, look: options.disk })
  const work = { ...options, ...(options.hardWork ?? HERE), dataDir, memory, room }
  const copying = createCopying({ ...work, shipping, login, major: postgres.major })
  const proof = createNightlyProof({ ...work, identities: keys.identities })
  return { memory, shipping, copying, proof, login, room, identities: keys.identities, unpack: work.unpack }
}

/** Looks after the backups of a bundled PostgreSQL that this process has opened. */
export async function createKeeper(options: KeeperOptions): Promise<Keeper> {
  const { clock } = options
  const { dataDir } = options.places
  const { memory, shipping, copying, proof, login, room, identities, unpack } = await partsOf(options)
  const flush = async () => shipping.archived(await withClient(login, handOver))
  const { momentProbe: probe, ships: owns } = options
  const moments = createMoments({ ...options, dataDir, memory, identities, unpack, room, owns, flush, probe })
  let summary: BackupSummary | null = null
  const state = async () =>
    stateOf({
      dataDir,
      folder: memory.folder(),
      root: memory.root(),
      memory: memory.current(),
      isFull: shipping.isFull(),
      lacking: { copy: room.lacking('copy'), proof: room.lacking('proof') },
      running: runningState(copying.running()),
      waitingBytes: await shipping.waitingBytes(),
      now: clock(),
    })
  const look = async () => {
    await copying.beginWhenDue()
    await copying.running()?.ended.catch(() => undefined)
    await proof.proveWhenDue()
  }
  const note = async () => noteNumbers(login, (await memory.isThere()) ? [dataDir, memory.root()] : [dataDir])
  const watch = async () => {
    await note().catch(() => undefined)
    const refused = [room.refused('copy'), room.refused('proof')].flatMap((one) => one ?? [])
    summary = summaryOf(await state(), refused, clock())
    await writeWatch(dataDir, summary)
  }
  const stopLooking = options.byItself ? repeat([look, watch], options.dueEveryMs ?? DUE_MS) : () => undefined

  return {
    root: memory.root,
    state,
    summary: () => summary,
    begin: () => beginAsked(copying, room),
    copyNow: async () => {
      const running = await copying.running()?.ended
      return running && !memory.current().wantsCopy ? running : copying.begin(false).ended
    },
    flush,
    moments,
    moveTo: async (chosen, sameDisk) => {
      const refusal = await folderRefusal(chosen, dataDir, sameDisk)
      if (refusal) return refusal
      const { installation } = memory.current()
      await makeRoot(rootIn(chosen, installation), installation)
      memory.change({ folder: chosen })
      copying.begin(false)
      return null
    },
    ...createPaperKeeping(memory, clock, () => void copying.begin(false)),
    stop: async () => {
      stopLooking()
      // The last chance before the journal is stopped to be restored.
      await note().catch(() => undefined)
      shipping.stop()
      await copying.stop()
      await proof.stop()
      await moments.stop()
      await shipping.tick()
    },
    shipRest: shipping.tick,
  }
}

/** A copy that somebody asks for: why it is not begun is said at once. */
async function beginAsked(copying: Copying, room: Room): ReturnType<Backups['begin']> {
  if (copying.running()) return 'backup-running'
  try {
    await copying.requireRoom()
  } catch (error) {
    if (room.isTold(error)) return 'backup-no-room'
    throw error
  }
  copying.begin(false)
  return null
}

/** Each of them now and every so often; what fails is tried again then. */
function repeat(works: readonly (() => Promise<void>)[], everyMs: number): () => void {
  const timers = works.map((work) => {
    const once = () => void work().catch(() => undefined)
    once()
    return setInterval(once, everyMs).unref()
  })
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

const runningState = (copy: RunningCopy | null): BackupState['running'] =>
  copy && { since: copy.since.toISOString(), percent: copy.percent }

/** What PostgreSQL is started with so that it hands its log over. */
export function archiveConf(dataDir: string): Record<string, string> {
  mkdirSync(spoolOf(dataDir), { recursive: true, mode: 0o700 })
  return {
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': spoolOf(dataDir),
    // What was saved a minute ago is on its way.
    archive_timeout: '60s',
    // Segments are changed by the clock, so that more of them would lie about empty.
    min_wal_size: '32MB',
  }
}
