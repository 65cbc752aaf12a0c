import type { ServerResponse } from 'node:http'
import type { Call } from '#platform/call.ts'
import type { Notices } from '#platform/notices.ts'
import { mayReadJournal } from './events.sql.ts'

type Notice = { organizationId: string; journalId: string; cells: unknown[] | null }

/** Runs work as the actor of the stream, or rejects once the session is over. */
export type AsActor = <T>(work: (call: Call) => Promise<T>) => Promise<T>

const HEARTBEAT_MS = 25_000
// A browser that has stopped reading is let go: it rereads everything when it returns.
const UNREAD_BYTES = 1_000_000

/**
 * Tells one browser of changes in journals its actor may read, until either side closes. Access is asked anew at
 * every heartbeat, so that a dismissed teacher hears nothing more.
 */
export function openStream(
  response: ServerResponse,
  notices: Notices,
  organizationId: string,
  asActor: AsActor,
): void {
  let readable = new Map<string, Promise<boolean>>()
  const mayRead = (journalId: string): Promise<boolean> => {
    const known =
      readable.get(journalId) ?? asActor((call) => mayReadJournal(call, journalId)).catch(() => false)
    readable.set(journalId, known)
    return known
  }
  const tell = async (payload: string): Promise<void> => {
    const notice = JSON.parse(payload) as Notice
    if (notice.organizationId !== organizationId || !(await mayRead(notice.journalId))) return
    if (response.writableLength > UNREAD_BYTES) {
      response.destroy()
      return
    }
    response.write(
      `event: cells\ndata: ${JSON.stringify({ journalId: notice.journalId, cells: notice.cells })}\n\n`,
    )
  }
  const forget = notices.listen((payload) => {
    tell(payload).catch(() => response.end())
  })
  const heartbeat = setInterval(() => {
    readable = new Map()
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
