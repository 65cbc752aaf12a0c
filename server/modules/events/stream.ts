import type { ServerResponse } from 'node:http'
import type { Call } from '#platform/call.ts'
import { type Hearing, readHearing } from './events.sql.ts'

type Notice = { organizationId: string; journalId: string; cells: { lessonId: string }[] | null }

/** Runs work as the actor of the stream, or rejects once the session is over. */
export type AsActor = <T>(work: (call: Call) => Promise<T>) => Promise<T>

export type Stream = {
  /** Tells of changed cells, if the actor may read them. */
  tell: (payload: string) => void
  /** Access may have changed: it is asked anew for whatever is told from now on. */
  askAnew: () => void
  /** Something waits to be looked at; what it is, the list tells. */
  alert: () => void
  end: () => void
}

const HEARTBEAT_MS = 25_000
// A browser that has stopped reading is let go: it rereads everything when it returns.
const UNREAD_BYTES = 1_000_000

/**
 * Tells one browser of changes in what its actor may read, until either side closes: whole journals, and of others
 * the lessons taught there as a substitute. What may be heard is looked up once for a journal, and again whenever
 * access may have changed (`watch.ts`).
 */
export function openStream(response: ServerResponse, organizationId: string, asActor: AsActor): Stream {
  let known = new Map<string, Promise<Hearing>>()
  let ended = false
  const hearing = async (journalId: string): Promise<Hearing> => {
    for (;;) {
      const asked = known
      const found =
        asked.get(journalId) ??
        asActor((call) => readHearing(call, journalId)).catch(() => ({ whole: false, lessons: [] }))
      asked.set(journalId, found)
      const answer = await found
      // What was allowed while access changed is no answer.
      if (asked === known) return answer
    }
  }
  const tell = async (notice: Notice): Promise<void> => {
    const cells = heardOf(notice, await hearing(notice.journalId))
    if (cells === 'nothing' || ended) return
    if (response.writableLength > UNREAD_BYTES) {
      response.destroy()
      return
    }
    response.write(`event: cells\ndata: ${JSON.stringify({ journalId: notice.journalId, cells })}\n\n`)
  }
  const end = () => {
    ended = true
    response.end()
  }
  const heartbeat = setInterval(() => response.write(': here\n\n'), HEARTBEAT_MS)
  response.on('close', () => clearInterval(heartbeat))
  response.write('retry: 3000\n\n')
  return {
    tell: (payload) => {
      const notice = JSON.parse(payload) as Notice
      if (notice.organizationId === organizationId) tell(notice).catch(end)
    },
    askAnew: () => {
      known = new Map()
    },
    alert: () => {
      if (!ended) response.write('event: alert\ndata: {}\n\n')
    },
    end,
  }
}

// A large change comes without its cells, and may be one of the lessons that are heard.
function heardOf({ cells }: Notice, { whole, lessons }: Hearing): Notice['cells'] | 'nothing' {
  if (whole) return cells
  if (cells === null) return lessons.length > 0 ? null : 'nothing'
  const heard = cells.filter(({ lessonId }) => lessons.includes(lessonId))
  return heard.length > 0 ? heard : 'nothing'
}
