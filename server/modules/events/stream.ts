import type { ServerResponse } from 'node:http'
import type { Call } from '#platform/call.ts'
import type { Notices } from '#platform/notices.ts'
import { type Hearing, readHearing } from './events.sql.ts'

type Notice = { organizationId: string; journalId: string; cells: { lessonId: string }[] | null }

/** Runs work as the actor of the stream, or rejects once the session is over. */
export type AsActor = <T>(work: (call: Call) => Promise<T>) => Promise<T>

const HEARTBEAT_MS = 25_000
// A browser that has stopped reading is let go: it rereads everything when it returns.
const UNREAD_BYTES = 1_000_000

/**
 * Tells one browser of changes in what its actor may read, until either side closes: whole journals, and of others
 * the lessons taught there as a substitute. Access is asked anew at
 * every heartbeat, so that a dismissed teacher hears nothing more.
 */
export function openStream(
  response: ServerResponse,
  notices: Notices,
  organizationId: string,
  asActor: AsActor,
): void {
  let known = new Map<string, Promise<Hearing>>()
  const hearing = (journalId: string): Promise<Hearing> => {
    const found =
      known.get(journalId) ??
      asActor((call) => readHearing(call, journalId)).catch(() => ({ whole: false, lessons: [] }))
    known.set(journalId, found)
    return found
  }
  const tell = async (payload: string): Promise<void> => {
    const notice = JSON.parse(payload) as Notice
    if (notice.organizationId !== organizationId) return
    const cells = heardOf(notice, await hearing(notice.journalId))
    if (cells === 'nothing') return
    if (response.writableLength > UNREAD_BYTES) {
      response.destroy()
      return
    }
    response.write(`event: cells\ndata: ${JSON.stringify({ journalId: notice.journalId, cells })}\n\n`)
  }
  const forget = notices.listen((payload) => {
    tell(payload).catch(() => response.end())
  })
  const heartbeat = setInterval(() => {
    known = new Map()
    asActor(async () => undefined).then(
      () => response.write(': here\n\n'),
      () => response.end(),
    )
  }, HEARTBEAT_MS)
  response.on('close', () => {
    clearInterval(heartbeat)
    forget()
  })
  response.write('retry: 3000\n\n')
}

// A large change comes without its cells, and may be one of the lessons that are heard.
function heardOf({ cells }: Notice, { whole, lessons }: Hearing): Notice['cells'] | 'nothing' {
  if (whole) return cells
  if (cells === null) return lessons.length > 0 ? null : 'nothing'
  const heard = cells.filter(({ lessonId }) => lessons.includes(lessonId))
  return heard.length > 0 ? heard : 'nothing'
}
