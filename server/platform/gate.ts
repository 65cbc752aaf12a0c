import { Refused } from './errors.ts'

/**
 * Bounded work in flight: what does not fit is refused at once with «busy», so that an overload stays an
 * overload and does not become an outage.
 */
export function createGate(limit: number) {
  let inFlight = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (inFlight >= limit) throw new Refused('busy')
    inFlight++
    try {
      return await work()
    } finally {
      inFlight--
    }
  }
}

/** Whose turn comes first: known to us, nothing against it, or from where many failures come. */
export type Rank = 0 | 1 | 2

/**
 * A queue that lets `width` works run while others wait, at most `lengths[rank]` of each rank; the first rank is served
 * before the second, so that a flood of one kind takes no place of another. Hashing of passwords goes through one.
 */
export function createQueue(width: number, lengths: readonly [number, number, number]) {
  let running = 0
  const waiting: Record<Rank, (() => void)[]> = { 0: [], 1: [], 2: [] }
  const next = () => (waiting[0].shift() ?? waiting[1].shift() ?? waiting[2].shift())?.()
  return async <T>(work: () => Promise<T>, rank: Rank): Promise<T> => {
    if (running >= width) {
      if (waiting[rank].length >= lengths[rank]) throw new Refused('busy')
      await new Promise<void>((go) => waiting[rank].push(go))
    }
    running++
    try {
      return await work()
    } finally {
      running--
      next()
    }
  }
}
