import { statfs } from 'node:fs/promises'
import { diskWords } from './disk.words.ts'

/** The disk of a folder: bytes taken and bytes that we may still write; what is kept for others counts as neither. */
export type Disk = { taken: number; free: number }

// Two segments of PostgreSQL's log: with less nothing more may be promised.
const LEAST_FREE_BYTES = 32 * 1024 * 1024

/** The disk under a folder, or null where the system does not say. */
export async function diskOf(folder: string): Promise<Disk | null> {
  try {
    const { blocks, bfree, bavail, bsize } = await statfs(folder)
    return blocks > 0 ? { taken: (blocks - bfree) * bsize, free: bavail * bsize } : null
  } catch {
    return null
  }
}

/** Hundredths of the disk that are taken, whole, rounded down. */
export const percentTaken = ({ taken, free }: Disk): number =>
  Math.floor((100 * taken) / Math.max(1, taken + free))

/** Whether so little is left that a save may fail at any moment. */
export const isFull = ({ free }: Disk): boolean => free < LEAST_FREE_BYTES

// PostgreSQL says so in several ways: when nothing could be written, and when a part could.
const FULL = /No space left on device|ENOSPC|Check free disk space|wrote only \d+ of \d+ bytes/

/** Whether an error says that the disk is full, whoever met it: this process, PostgreSQL, or a program that made it. */
export function saysDiskIsFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : null
  return code === 'ENOSPC' || code === '53100' || FULL.test(error.message)
}

// Told again only after there has been room meanwhile: a figure that goes to and fro would fill the log.
const CALM_PERCENT = 5
const LOOK_MS = 60_000

/** How full the disk is once there is reason to say so: hundredths taken and whole megabytes left. */
export type DiskWarning = { percent: number; freeMegabytes: number }

/** From how many hundredths taken on to warn, and who hears it on the console. */
export type DiskWatchOptions = { warnPercent: number; tell: (words: string) => void }

/** What a running watch knows; `warning` is what the last look found, a minute ago at most. */
export type DiskWatch = { warning: () => DiskWarning | null; stop: () => void }

/** Looks at the disk each minute; tells once when it fills up, and once more each time it has been emptier since. */
export function watchDisk(folder: string, { warnPercent, tell }: DiskWatchOptions): DiskWatch {
  let told = false
  let warning: DiskWarning | null = null
  const look = async () => {
    const disk = await diskOf(folder)
    if (!disk) return
    const percent = percentTaken(disk)
    const found = { percent, freeMegabytes: Math.floor(disk.free / 2 ** 20) }
    warning = percent >= warnPercent ? found : null
    if (warning && !told) tell(diskWords(percent, found.freeMegabytes))
    told = warning !== null || (told && percent >= warnPercent - CALM_PERCENT)
  }
  void look()
  const timer = setInterval(look, LOOK_MS).unref()
  return { warning: () => warning, stop: () => clearInterval(timer) }
}
