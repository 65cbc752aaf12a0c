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

/** A queue that lets `width` works run and `length` more wait; hashing of passwords goes through one of these. */
export function createQueue(width: number, length: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= width) {
      if (waiting.length >= length) throw new Refused('busy')
      await new Promise<void>((go) => waiting.push(go))
    }
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
