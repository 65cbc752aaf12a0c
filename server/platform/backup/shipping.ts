import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { diskOf, percentTaken, saysDiskIsFull } from '../disk.ts'
import { dropLog, sealLog, sendLog, waitingBytes } from './archive.ts'
import { megabytes } from './backup.words.ts'
import { BackupRefused } from './fault.ts'
import { segmentsIn } from './folder.ts'
import type { BackupMemory } from './memory.ts'
import type { Segment } from './segments.ts'
import { outboxOf, spoolOf } from './settings.ts'

export type ShippingOptions = {
  dataDir: string
  memory: BackupMemory
  /** False in a process whose PostgreSQL is another's: that one ships. */
  ships: boolean
  diskPercent: number
  outboxMegabytes: number
  everyMs: number
  tell: (words: string) => void
}

/** Carries the log out of PostgreSQL into the folder of copies. */
export type Shipping = {
  /** Does what there is to do now; one at a time. */
  tick: () => Promise<void>
  /** Resolves when the log up to this place lies in the folder. */
  archived: (upTo: Segment) => Promise<void>
  waitingBytes: () => Promise<number>
  isFull: () => boolean
  stop: () => void
}

const ARCHIVE_MS = 10 * 60_000

/** Seals the log piece by piece and sends it; keeps it here, within bounds, while the folder is away. */
export async function createShipping(options: ShippingOptions): Promise<Shipping> {
  const { dataDir, memory, ships, everyMs } = options
  const places = { spool: spoolOf(dataDir), outbox: outboxOf(dataDir) }
  await mkdir(places.outbox, { recursive: true, mode: 0o700 })
  const tellOnce = once(options.tell)
  let isFull = false
  let isStopped = false
  let looking: Promise<void> | null = null

  const waiting = () => waitingBytes([places.spool, places.outbox])
  const isSealed = () =>
    sealLog(places, memory.recipients()).then(
      () => true,
      (error: Error) => {
        tellOnce.say(error)
        return false
      },
    )
  const isSent = async (): Promise<boolean> => {
    if (!(await memory.isThere())) {
      tellOnce.say(new BackupRefused('folder-absent', memory.folder()))
      return false
    }
    try {
      await sendLog(places.outbox, memory.root())
      isFull = false
      tellOnce.forget()
      return true
    } catch (error) {
      isFull = saysDiskIsFull(error)
      tellOnce.say(new BackupRefused(isFull ? 'folder-full' : 'folder-absent', memory.folder()))
      return false
    }
  }
  const look = async () => {
    const sealed = await isSealed()
    const sent = await isSent()
    // What PostgreSQL hands over while everything goes its way is under way, however much it is.
    if (sealed && sent) return
    const bytes = await waiting()
    if (bytes === 0 || !(memory.current().gap || (await isTooMuch(bytes, options)))) return
    // What waits must not fill the disk on which the journal writes.
    if (!memory.current().gap) options.tell(new BackupRefused('given-up', megabytes(bytes)).message)
    memory.change({ gap: true })
    await dropLog([places.spool, places.outbox])
  }
  const tick = (): Promise<void> => {
    if (!ships) return Promise.resolve()
    looking ??= look()
      .catch((error: Error) => tellOnce.say(error))
      .finally(() => {
        looking = null
      })
    return looking
  }
  const timer = setInterval(() => void tick(), everyMs)
  timer.unref()
  return {
    tick,
    waitingBytes: waiting,
    isFull: () => isFull,
    archived: async ({ timeline, place }) => {
      for (const began = performance.now(); performance.now() - began < ARCHIVE_MS; await sleep(100)) {
        await tick()
        const kept = await segmentsIn(memory.root())
        if (kept.some((one) => one.timeline === timeline && one.place >= place)) return
        if (isStopped) break
      }
      throw new BackupRefused('archive-silent', memory.folder())
    },
    stop: () => {
      isStopped = true
      clearInterval(timer)
    },
  }
}

async function isTooMuch(
  bytes: number,
  { dataDir, diskPercent, outboxMegabytes }: ShippingOptions,
): Promise<boolean> {
  if (bytes > outboxMegabytes * 2 ** 20) return true
  const disk = await diskOf(dataDir)
  return disk !== null && bytes > SMALL && percentTaken(disk) >= diskPercent
}

// Less is on its way at any moment.
const SMALL = 4 * 16 * 2 ** 20

function once(tell: (words: string) => void) {
  const told = new Set<string>()
  return {
    say: ({ message }: Error) => {
      if (!told.has(message)) tell(message)
      told.add(message)
    },
    forget: () => told.clear(),
  }
}
