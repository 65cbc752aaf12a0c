import { lackingRoom, type RoomLine } from '#domain/backups/room.ts'
import { type Disk, diskOf } from '../disk.ts'
import { type BackupFault, lackingWords } from './backup.words.ts'
import { BackupRefused } from './fault.ts'
import { onOneDisk } from './places.ts'

/** What takes much of a disk for its time and can wait until there is room. */
export type RoomyWork = 'copy' | 'proof' | 'moment'

export type RoomOptions = {
  dataDir: string
  /** The disk of the data is not filled further than to so many hundredths. */
  diskPercent: number
  tell: (words: string) => void
  /** The disk under a folder; the system is asked unless told otherwise. */
  look?: ((folder: string) => Promise<Disk | null>) | undefined
  lookMs?: number | undefined
}

/** What a piece of work needs: where it writes, and about how many bytes. */
export type Need = { work: RoomyWork; folder: string; bytes: number }

/** Keeps copies, proofs and moments from taking the last room of a disk. Each lack is told once, until the work is done. */
export type Room = {
  /** Refuses work that does not fit; what lacks is known from then on. */
  require: (need: Need) => Promise<void>
  /** Does it; ends it, by the signal, once the disk is past its line, and says so when it has tidied up after itself. */
  during: <T>(need: Need, run: (signal: AbortSignal) => Promise<T>) => Promise<T>
  /** What waits for room or was broken off for it. */
  refused: (work: RoomyWork) => BackupRefused | null
  /** It need not be done any more. */
  forget: (work: RoomyWork) => void
  /** Whole megabytes to be freed before it can be done; null where nothing is known to lack. */
  lacking: (work: RoomyWork) => number | null
  /** Whether whoever looks at the console has been told of this. */
  isTold: (error: unknown) => boolean
}

/** Where the journal writes, this much stays free whatever is asked for; on another disk, what is on its way there. */
const OWN_SPARE = 64 * 2 ** 20
const OTHER_SPARE = 16 * 2 ** 20
const LOOK_MS = 500

/** On another disk it is the folder of copies that is full. */
type Line = RoomLine & { isOwn: boolean }

const FAULTS: Record<RoomyWork, { before: BackupFault; meanwhile: BackupFault }> = {
  copy: { before: 'copy-no-room', meanwhile: 'copy-broken-off' },
  proof: { before: 'proof-no-room', meanwhile: 'proof-broken-off' },
  moment: { before: 'moment-no-room', meanwhile: 'moment-broken-off' },
}

/** Looks after the room of the disks that copies are made on and laid out on. */
export function createRoom(options: RoomOptions): Room {
  const { dataDir, diskPercent, tell, look = diskOf, lookMs = LOOK_MS } = options
  const found = new Map<RoomyWork, { error: BackupRefused; bytes: number }>()
  const told = new Set<RoomyWork>()
  const known = new WeakSet<object>()

  const lineOf = async (folder: string): Promise<Line> =>
    (await onOneDisk(folder, dataDir))
      ? { percent: diskPercent, spare: OWN_SPARE, isOwn: true }
      : { percent: 100, spare: OTHER_SPARE, isOwn: false }
  const lackingFor = async ({ folder, bytes }: Omit<Need, 'work'>, line: RoomLine): Promise<number> => {
    const disk = await look(folder)
    return disk ? lackingRoom(disk, bytes, line) : 0
  }
  const refuse = (work: RoomyWork, fault: BackupFault, bytes: number): BackupRefused => {
    const error = new BackupRefused(fault, lackingWords(bytes))
    found.set(work, { error, bytes })
    known.add(error)
    if (!told.has(work)) tell(error.message)
    told.add(work)
    return error
  }

  const forget = (work: RoomyWork) => {
    found.delete(work)
    told.delete(work)
  }

  return {
    forget,
    require: async ({ work, ...need }) => {
      const line = await lineOf(need.folder)
      const bytes = await lackingFor(need, line)
      if (bytes > 0) throw refuse(work, line.isOwn ? FAULTS[work].before : 'folder-full', bytes)
      found.delete(work)
    },
    during: async ({ work, folder, bytes }, run) => {
      const line = await lineOf(folder)
      const ending = new AbortController()
      let past = 0
      const stop = repeatedly(lookMs, async () => {
        past = await lackingFor({ folder, bytes: 0 }, line)
        if (past > 0) ending.abort()
        return past === 0
      })
      try {
        const done = await run(ending.signal)
        forget(work)
        return done
      } catch (error) {
        if (!ending.signal.aborted) throw error
        // What it took itself is free again by now.
        const lacking = Math.max(past, await lackingFor({ folder, bytes }, line))
        throw refuse(work, line.isOwn ? FAULTS[work].meanwhile : 'folder-full', lacking)
      } finally {
        stop()
      }
    },
    refused: (work) => found.get(work)?.error ?? null,
    lacking: (work) => {
      const lack = found.get(work)
      return lack ? Math.ceil(lack.bytes / 2 ** 20) : null
    },
    isTold: (error) => typeof error === 'object' && error !== null && known.has(error),
  }
}

/** One look after the other, as long as each wants another. */
function repeatedly(everyMs: number, look: () => Promise<boolean>): () => void {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const next = () => {
    timer = setTimeout(once, everyMs).unref()
  }
  const once = () => void look().then((isOn) => isOn && !isOver && next(), next)
  next()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
