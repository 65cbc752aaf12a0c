import type pg from 'pg'
import type { Clock } from './clock.ts'
import type { Database } from './db.ts'
import { diskOf, isFull } from './disk.ts'
import { durabilityFaults, isClockBehind } from './durability.ts'
import { Refused } from './errors.ts'

/** What stands in the way of saving: a setting by its name, `database`, `disk`, `clock`. */
export type Readiness = {
  /** Tries to write; what was found a second ago at most. */
  faults: () => Promise<string[]>
  /** Refuses when what is acknowledged now could be lost: PostgreSQL does not keep it for certain. */
  requireDurable: () => Promise<void>
}

export type ReadinessOptions = {
  clock: Clock
  /** The folder of the bundled database, whose disk is looked at. */
  dataDir?: string | undefined
}

const ANSWER_MS = 2_000
const FRESH_MS = 1_000
const STALE_MS = 3_000

// A write like any other, flushed to the log before it is answered, that leaves nothing behind.
const WRITE = `select pg_logical_emit_message(true, 'zhuravl.ready', '')`

/**
 * Looks whether the database would keep a save, by saving, on a connection of its own: neither requests that hold all
 * others nor a database that has stopped answering keep it from saying so. One look at a time.
 */
export function createReadiness({ probe }: Pick<Database, 'probe'>, options: ReadinessOptions): Readiness {
  let looking: Promise<string[]> | null = null
  let found: { faults: string[]; at: number } | null = null
  const now = () => performance.now()

  const look = (): Promise<string[]> => {
    looking ??= lookAround(probe, options)
      .catch(() => ['database'])
      .then((faults) => {
        found = { faults, at: now() }
        return faults
      })
      .finally(() => {
        looking = null
      })
    return looking
  }
  const faults = async (): Promise<string[]> => {
    if (found && now() - found.at < FRESH_MS) return found.faults
    return within(ANSWER_MS, look(), ['database'])
  }
  return {
    faults,
    requireDurable: async () => {
      const age = found ? now() - found.at : Number.POSITIVE_INFINITY
      // Who saves does not wait for a look while one is young enough.
      if (age > STALE_MS) await faults()
      else if (age > FRESH_MS) void look()
      if (found?.faults.some((fault) => SETTINGS.has(fault))) throw new Refused('not-durable')
    },
  }
}

const SETTINGS = new Set(['fsync', 'full_page_writes', 'synchronous_commit'])

async function lookAround(probe: pg.Pool, { clock, dataDir }: ReadinessOptions): Promise<string[]> {
  await probe.query(WRITE)
  const faults = await durabilityFaults(probe)
  if (await isClockBehind(probe, clock())) faults.push('clock')
  const disk = dataDir === undefined ? null : await diskOf(dataDir)
  if (disk && isFull(disk)) faults.push('disk')
  return faults
}

function within<T>(milliseconds: number, answer: Promise<T>, otherwise: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise), milliseconds)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
