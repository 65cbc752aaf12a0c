import { join } from 'node:path'
import { differencesBetween, fingerprintOf } from '../backup/fingerprint.ts'
import { discard } from '../backup/restore.ts'
import { stampOf } from '../backup/segments.ts'
import { hasMemory, remember, remembered } from '../backup/settings.ts'
import { isSwapping, putInPlace } from '../backup/swap.ts'
import { withClient } from '../backup/with-client.ts'
import { systemClock } from '../clock.ts'
import { openDatabase } from '../db.ts'
import { saysDiskIsFull } from '../disk.ts'
import { hasPrograms, MAJOR } from '../embedded/binaries.ts'
import { EmbeddedRefused } from '../embedded/fault.ts'
import { majorOf } from '../embedded/folders.ts'
import { DATABASE } from '../embedded/letters.ts'
import { readPidFile, serves } from '../embedded/pid-file.ts'
import type { Connection } from '../embedded/reach.ts'
import { serveToRead } from '../embedded/reading.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { allowRestorePoints } from '../logins.ts'
import { appliedTo, MigrationRefused, migrate } from '../migrate.ts'
import { type CarryProgress, carryContents, otherNumbers } from './across.ts'
import { beginCarrying, nextOf } from './begun.ts'
import { CarryRefused } from './fault.ts'
import { CARRYING, differenceWords } from './major.words.ts'
import { passwordsBeside, serveNew, unusedTimeline } from './new-cluster.ts'
import { refuseWithoutRoom } from './room.ts'
import { missingIn } from './shape.ts'

export type CarryOrder = {
  dataDir: string
  /** What the old PostgreSQL is started with, so that its log is handed over to the end. */
  conf: Readonly<Record<string, string>>
  /** Makes the copy that goes before an update. */
  beforeUpdate?: ((postgres: EmbeddedPostgres) => Promise<void>) | undefined
  /** Stands at the journal's address meanwhile; asks in hundredths how far it is. */
  standIn?: ((percent: () => number) => Promise<{ close: () => Promise<void> }>) | undefined
  tell: (words: string) => void
}

/** Whether the folder is of an earlier PostgreSQL whose programs are here, so that it can be carried over. */
export function isToBeCarried(dataDir: string): boolean {
  const major = majorOf(join(dataDir, 'postgres'))
  return major !== null && major < MAJOR && hasPrograms(major)
}

/**
 * Carries the data folder over to the current PostgreSQL: the schema made anew by our own migrations, the rows table by
 * table, all of it compared; then the new cluster takes the place of the old one, which is set aside whole. Until then
 * the old folder is only read, and whatever fails leaves it where it was.
 */
export async function carryOver(order: CarryOrder): Promise<void> {
  await refuseWithoutRoom(order.dataDir)
  let percent = 0
  const waiting = await order.standIn?.(() => percent)
  const tellTenth = everyTenth(order.tell)
  const progress = (done: number) => {
    percent = done
    tellTenth(done)
  }
  await carry({ ...order, progress }).finally(() => waiting?.close())
}

type Carrying = CarryOrder & { progress: CarryProgress }

async function carry(order: Carrying): Promise<void> {
  const { dataDir, tell } = order
  const folder = join(dataDir, 'postgres')
  const from = majorOf(folder) ?? MAJOR
  const at = systemClock()
  const draft = join(dataDir, nextOf(at))
  tell(CARRYING.begun(from, MAJOR))
  const begun = await begin(order, from)
  try {
    await fill(order, draft)
    refuseServed(folder)
    // The new cluster's log does not follow from what is copied.
    if (hasMemory(dataDir)) remember(dataDir, { ...remembered(dataDir), wantsCopy: true })
    const name = `postgres.set-aside-major-${from}-${stampOf(at)}`
    const laid = { folder: draft, secrets: passwordsBeside(folder) }
    const { aside } = await putInPlace(dataDir, laid, stampOf(at), name)
    tell(CARRYING.done(Math.ceil((systemClock().getTime() - at.getTime()) / 1000), aside ?? folder))
  } catch (error) {
    // Once decided on, the swap is ended at the next start if not now, and needs what was laid out.
    if (!isSwapping(dataDir)) await discard(draft)
    throw refusedFor(error)
  } finally {
    await begun.end()
  }
}

/** Serves the old folder once more as always, which mends what a crash has left, and copies it. */
async function begin({ dataDir, conf, beforeUpdate }: CarryOrder, major: number) {
  const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), major, conf })
  try {
    // From here on no other start gets the folder, neither while this server is away.
    const begun = await beginCarrying(dataDir)
    try {
      await withClient(postgres.connection, allowRestorePoints)
      await beforeUpdate?.(postgres)
      return begun
    } catch (error) {
      await begun.end()
      throw error
    }
  } finally {
    await postgres.stop()
  }
}

/** Fills a new cluster from the old one and compares the two; both are stopped in the end. */
async function fill(order: Carrying, draft: string): Promise<void> {
  const { dataDir, conf } = order
  const folder = join(dataDir, 'postgres')
  const old = await serveToRead(folder, conf)
  try {
    const timeline = await withClient(old.connect(DATABASE), (client) => unusedTimeline(dataDir, client))
    const next = await serveNew(draft, folder, timeline)
    try {
      await carryBetween(old.connect(DATABASE), next.connect(DATABASE), order)
    } finally {
      await next.stop()
    }
  } finally {
    await old.stop()
  }
}

async function carryBetween(
  old: Connection,
  next: Connection,
  { tell, progress }: Pick<Carrying, 'tell' | 'progress'>,
): Promise<void> {
  await withClient(old, async (from) => {
    await makeSchema(next, await appliedTo(from))
    await withClient(next, async (to) => {
      const foreign = await missingIn(from, to)
      if (foreign.length > 0) throw new CarryRefused('not-ours', listed(foreign))
      await carryContents(from, to, progress)
      tell(CARRYING.comparing)
      const [recorded, found] = await Promise.all([fingerprintOf(from), fingerprintOf(to)])
      const differences = [
        ...differencesBetween(recorded, found).map((one) =>
          differenceWords(one.name, one.recorded, one.found),
        ),
        ...(await otherNumbers(from, to)).map((name) => `  ${name}`),
      ]
      if (differences.length > 0) throw new CarryRefused('differs', listed(differences))
    })
  })
}

/** As far as the old database has come, and no further: what the rest does to its rows is done to the carried ones. */
async function makeSchema(connection: Connection, upTo: number): Promise<void> {
  if (upTo === 0) return
  const database = openDatabase({ connection })
  await migrate(database.owner, undefined, upTo).finally(database.close)
}

function everyTenth(tell: (words: string) => void): CarryProgress {
  let told = 0
  return (percent) => {
    const tenth = Math.floor(percent / 10) * 10
    if (tenth > told) tell(CARRYING.percent(tenth))
    told = Math.max(told, tenth)
  }
}

const MOST_TOLD = 20

const listed = (lines: readonly string[]): string =>
  [
    ...lines.slice(0, MOST_TOLD),
    ...(lines.length > MOST_TOLD ? [`  … +${lines.length - MOST_TOLD}`] : []),
  ].join('\n')

function refuseServed(folder: string): void {
  const file = readPidFile(folder)
  if (file && serves(file.pid, folder) !== false) throw new EmbeddedRefused('in-use', folder)
}

function refusedFor(error: unknown): unknown {
  if (saysDiskIsFull(error)) return new CarryRefused('no-room')
  const isTold = [CarryRefused, EmbeddedRefused, MigrationRefused].some((kind) => error instanceof kind)
  return isTold ? error : new CarryRefused('failed', error instanceof Error ? error.message : String(error))
}
