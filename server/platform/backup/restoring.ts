import { mkdir, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DATABASE } from '../embedded/letters.ts'
import { readPidFile, serves } from '../embedded/pid-file.ts'
import type { Connection } from '../embedded/reach.ts'
import { sealLog, sendLog } from './archive.ts'
import { BackupRefused } from './fault.ts'
import { type Base, basesIn, installationsIn, isThere, rootIn, segmentsIn } from './folder.ts'
import { raiseNumbers } from './numbers.ts'
import { discard, type RestoreProgress, replay, segmentsFor, unpack } from './restore.ts'
import { recipientOf } from './seal.ts'
import { stampOf } from './segments.ts'
import { folderBeside, hasMemory, outboxOf, remember, remembered, spoolOf } from './settings.ts'
import { finishSwap, isSwapping, putInPlace } from './swap.ts'

export type RestoreOrder = {
  dataDir: string
  /** The folder of one installation's copies. */
  root: string
  identities: readonly string[]
  /** The journal as it was at this moment; null: as late as the copies know it. */
  until: Date | null
  now: Date
  /**
   * Done in the restored database before it takes its place: nobody is signed in there, nothing is sent again. `reached`
   * is the last moment that is certainly in it.
   */
  settle: (connection: Connection, reached: Date) => Promise<void>
  progress?: RestoreProgress
}

/** What was restored: the copy, the last moment whose log was there, and where the old folder lies now. */
export type Restored = { base: Base; until: Date; aside: string | null }

/** The one installation whose copies lie in a folder, of several the own; refuses when there is none to be told apart. */
export async function onlyRootIn(folder: string, own: string | null = null): Promise<string> {
  const roots = await installationsIn(folder)
  const mine = own === null ? undefined : roots.find((root) => root === rootIn(folder, own))
  if (mine) return mine
  const [root] = roots
  if (!root) throw new BackupRefused('nothing-there', folder)
  if (roots.length > 1) throw new BackupRefused('several-installations', roots.join('\n'))
  return root
}

/** The copy from which a moment is restored: the newest that was whole by then, and has its own log. */
export async function baseFor(root: string, until: Date | null): Promise<Base> {
  const kept = await segmentsIn(root)
  const bases = (await basesIn(root)).filter((base) => {
    const last = segmentsFor(base, kept, null).at(-1)
    return last !== undefined && last.place >= base.about.lastPlace
  })
  if (bases.length === 0) throw new BackupRefused('nothing-there', root)
  const base = bases.findLast(({ about }) => until === null || Date.parse(about.to) <= until.getTime())
  if (!base) throw new BackupRefused('no-such-moment', until?.toISOString() ?? '')
  return base
}

/**
 * Lays out a copy beside the data, replays the log up to the moment and puts the result in the place of what stands
 * there, which is set aside. Until then nothing of the old folder is touched, and it need not be sound.
 */
export async function restore(order: RestoreOrder): Promise<Restored> {
  const { dataDir, root, identities, until, now, progress } = order
  refuseFuture(until, now)
  refuseServed(dataDir)
  // A new machine has none yet.
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await finishSwap(dataDir)
  await sweepDrafts(dataDir)
  await sendLeft(order)
  const base = await baseFor(root, until)
  const draft = join(dataDir, draftOf(now))
  try {
    const unpacked = await unpack({ root, base, identities, draft, until, progress })
    const reached = until && until < unpacked.logUntil ? until : unpacked.logUntil
    const target = until && isInLog(until, unpacked.logUntil) ? { moment: until } : 'end'
    const recovered = await replay(unpacked, target, { progress })
    try {
      await raiseNumbers(recovered.connect(DATABASE), [dataDir, root])
      await order.settle(recovered.connect(DATABASE), reached)
    } finally {
      await recovered.stop()
    }
    // Another start may have come meanwhile.
    refuseServed(dataDir)
    const { aside } = await putInPlace(dataDir, unpacked, stampOf(now))
    await goOn(dataDir, root)
    return { base, until: reached, aside }
  } catch (error) {
    // Once decided on, the swap is ended at the next start if not now, and needs what was laid out.
    if (!isSwapping(dataDir)) await discard(draft)
    throw error
  }
}

// Segments are stamped to the second: in the last one the log may still hold what came after the moment.
export const isInLog = (moment: Date, logUntil: Date): boolean =>
  moment.getTime() < logUntil.getTime() + 1_000

/** Copies go on where they went, or, on a machine that does not know that folder, where these came from. */
async function goOn(dataDir: string, root: string): Promise<void> {
  const memory = remembered(dataDir)
  const { folder, installation } = memory
  const isKnown = folder !== null && (await isThere(rootIn(folder, installation), installation))
  const isHere = basename(root) === `zhuravl-${installation}` && dirname(root) !== folderBeside(dataDir)
  remember(dataDir, { ...memory, wantsCopy: true, folder: isKnown || !isHere ? folder : dirname(root) })
}

/** Where a restore of this moment lays a copy out, by its name inside the data folder. */
export const draftOf = (now: Date): string => `postgres.restoring-${stampOf(now)}`

/** Refuses a moment that has not come. */
export function refuseFuture(until: Date | null, now: Date): void {
  if (until && until > now) throw new BackupRefused('future-moment')
}

const DRAFT = /^postgres\.(restoring-\d{8}T\d{6}Z|proof(-\d+)?|moment)$/

/** Takes away what a restore or a proof that was killed has left, its server included; nobody serves the folder. */
async function sweepDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) if (DRAFT.test(name)) await discard(join(dataDir, name))
}

/** The last minutes may still lie here, sealed or not, where the disk has outlived its database. */
async function sendLeft({ dataDir, root, identities }: RestoreOrder): Promise<void> {
  const places = { spool: spoolOf(dataDir), outbox: outboxOf(dataDir) }
  if (!rootIsOf(root, dataDir)) return
  try {
    await sealLog(places, await Promise.all(identities.map(recipientOf)))
    await sendLog(places.outbox, root)
  } catch {
    // A disk that cannot be read any more is why this is being done.
  }
}

/** Whether the copies are of this data folder; those of another journal get nothing of it. */
function rootIsOf(root: string, dataDir: string): boolean {
  return hasMemory(dataDir) && basename(root) === `zhuravl-${remembered(dataDir).installation}`
}

function refuseServed(dataDir: string): void {
  const folder = join(dataDir, 'postgres')
  const file = readPidFile(folder)
  if (file && serves(file.pid, folder) !== false) throw new BackupRefused('in-use', dataDir)
}
