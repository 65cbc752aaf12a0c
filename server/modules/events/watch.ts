import type { Role } from '#domain/access/access.ts'
import type { Actor } from '#platform/call.ts'
import type { Clock } from '#platform/clock.ts'
import { type Database, transact } from '#platform/db.ts'
import type { Notices } from '#platform/notices.ts'
import { readStanding } from './events.sql.ts'
import type { Stream } from './stream.ts'

/** An open stream, whose session it lives on, and what that session stood on when it was last looked at. */
export type Watched = {
  stream: Stream
  tokenHash: Buffer
  actor: Actor
  standsOn: string | null
}

type Changed = { organizationId: string; sessionId?: string }

export type Watch = {
  add: (one: Watched) => () => void
  size: () => number
  of: (accountId: string) => number
}

// Whether it is for the director or for the officer alone is asked when the list is read.
const isTold = (roles: readonly Role[]): boolean =>
  roles.includes('journal-officer') || roles.includes('director')

// Midnight, the end of a session's life and a notice that was missed are seen this late at most.
const PULSE_MS = 500

/**
 * Ends streams whose session is over: at once where the database tells of it, whichever process ended it, and within
 * a pulse where only time did. One statement a pulse looks at the sessions of all streams of this process.
 */
export function createWatch(database: Database, clock: Clock, notices: Notices): Watch {
  const open = new Set<Watched>()
  let looking: Promise<void> | null = null
  let pulse: NodeJS.Timeout | null = null
  let again = false

  const look = async (): Promise<void> => {
    const watched = [...open]
    const standing = await transact(database, [], async (tx) => ({
      value: await readStanding(
        tx,
        watched.map(({ tokenHash }) => tokenHash),
        clock(),
      ),
    }))
    for (const one of watched) {
      const now = standing.get(one.tokenHash.toString('hex'))
      if (now === undefined) one.stream.end()
      // A stream not looked at before may have learned its access from what stood a moment ago.
      else if (one.standsOn !== now) one.stream.askAnew()
      one.standsOn = now ?? null
    }
  }
  // Without the database nothing is told either; the next pulse looks again.
  const lookSoon = (): void => {
    if (open.size === 0) return
    again = looking !== null
    looking ??= look()
      .catch(() => undefined)
      .finally(() => {
        looking = null
        if (again) lookSoon()
      })
  }
  const changed = (payload: string): void => {
    const { organizationId, sessionId } = JSON.parse(payload) as Changed
    const touched = [...open].filter(({ actor }) => actor.organizationId === organizationId)
    if (sessionId === undefined) {
      for (const { stream } of touched) stream.askAnew()
      lookSoon()
    }
    for (const { stream } of touched.filter(({ actor }) => actor.sessionId === sessionId)) stream.end()
  }
  notices.listen('access', changed)
  notices.listen('alerts', (payload) => {
    const { organizationId } = JSON.parse(payload) as Changed
    for (const { actor, stream } of open)
      if (actor.organizationId === organizationId && isTold(actor.roles)) stream.alert()
  })
  notices.listen('cells', (payload) => {
    for (const { stream } of open) stream.tell(payload)
  })

  return {
    add: (one) => {
      open.add(one)
      pulse ??= setInterval(lookSoon, PULSE_MS)
      return () => {
        open.delete(one)
        if (open.size > 0 || pulse === null) return
        clearInterval(pulse)
        pulse = null
      }
    },
    size: () => open.size,
    of: (accountId) => [...open].filter(({ actor }) => actor.accountId === accountId).length,
  }
}
