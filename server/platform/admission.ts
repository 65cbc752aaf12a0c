import { availableParallelism } from 'node:os'
import { Refused } from './errors.ts'

export type LaneOptions = {
  /** How many works run at once. */
  width: number
  /** The longest wait that is worth beginning, in milliseconds; whoever would wait longer is refused at once. */
  waitMs: number
  now?: () => number
}

/** Works of one rank: some run, some wait their turn, the others are told to come again. */
export type Lane = {
  /** Whether one more would wait too long: it is refused before anything has been done for it. */
  isCrowded: () => boolean
  /** Runs the work in its turn; `isGone` tells that nobody waits for its answer any more. */
  run: <T>(work: () => Promise<T>, isGone?: () => boolean) => Promise<T>
}

type Waiter = { go: () => void; refuse: () => void; since: number; isGone: () => boolean }

// How much one more work changes what is known of their length: about the last fifty count.
const NEWS = 0.04
// What the first are taken to last.
const GUESS_MS = 20
// Whatever a work lasts, so many may wait for each that runs: few enough not to matter.
const ALWAYS_WAIT = 2

/**
 * A lane that refuses early: what waits is bounded by the wait to expect, from how long works have lasted of late, so
 * that an overload leaves those who were let in served in time, and the others told within milliseconds. Lanes of
 * different ranks do not wait for each other.
 */
export function createLane({ width, waitMs, now = () => performance.now() }: LaneOptions): Lane {
  const waiting: Waiter[] = []
  let running = 0
  let lasting = GUESS_MS
  let lastEnd = now()
  let isWatched = false

  const isFull = () => running >= width
  const wouldWaitTooLong = () =>
    waiting.length >= width * ALWAYS_WAIT && ((waiting.length + 1) * lasting) / width > waitMs
  // Nothing has ended for so long: a frozen database, or works longer than all that is known.
  const standsStill = () => waiting.length > 0 && now() - lastEnd > waitMs
  const isCrowded = () => isFull() && (wouldWaitTooLong() || standsStill())

  const end = () => {
    running--
    lastEnd = now()
    next()
  }
  const next = () => {
    while (!isFull()) {
      const waiter = waiting.shift()
      if (!waiter) return
      if (waiter.isGone() || now() - waiter.since > 2 * waitMs) waiter.refuse()
      else {
        running++
        waiter.go()
      }
    }
  }
  /** What was let in by a wrong guess is not kept for ever either. */
  const watchWaiting = () => {
    if (isWatched) return
    isWatched = true
    setTimeout(() => {
      isWatched = false
      while (waiting[0] && now() - waiting[0].since > 2 * waitMs) waiting.shift()?.refuse()
      if (waiting.length > 0) watchWaiting()
    }, waitMs).unref()
  }
  const turn = (isGone: () => boolean) =>
    new Promise<void>((go, reject) => {
      waiting.push({ go, refuse: () => reject(new Refused('busy')), since: now(), isGone })
      watchWaiting()
    })

  return {
    isCrowded,
    run: async (work, isGone = () => false) => {
      if (isCrowded()) throw new Refused('busy')
      if (isFull()) await turn(isGone)
      else running++
      const began = now()
      if (running === 1) lastEnd = began
      try {
        const done = await work()
        // Of refusals nothing is learnt: a flood of them would make what waits look short.
        lasting += (now() - began - lasting) * NEWS
        return done
      } finally {
        end()
      }
    },
  }
}

// More readers than that only share the same cores, and the server itself comes to its turn too late to refuse.
const READERS_OF_A_CORE = 2
// Of all connections; the rest is left to those who sign in or out and to streams.
const SHARE = 0.4

export type Lanes = { read: Lane; save: Lane }

/** The lanes of a server with so many connections to its database: who saves does not wait behind those who read. */
export function createLanes(connections: number): Lanes {
  const most = Math.max(1, Math.floor(connections * SHARE))
  return {
    read: createLane({ width: Math.min(most, READERS_OF_A_CORE * availableParallelism()), waitMs: 600 }),
    // Savers wait for the disk and for each other's locks more than for a core.
    save: createLane({ width: most, waitMs: 800 }),
  }
}
