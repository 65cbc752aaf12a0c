import type { Call } from './call.ts'
import { type Database, type Statement, transact, type Write } from './db.ts'

/** What somebody opened, printed or took out, or was refused. */
export type Usage = {
  kind: 'read' | 'printed' | 'exported' | 'refused'
  resource: string
  subjectId: string | null
  /** Whose data it was. */
  children?: readonly string[]
  /** The reader's own work: own journal, own class, own child. */
  own?: boolean
}

/** The line that tells of it; runs in the transaction of the call, as its actor. */
export const usageLine = (sessionId: string, usage: Usage): Write => ({
  text: 'select note_usage($1, $2, $3, $4, $5, $6)',
  values: [usage.kind, sessionId, usage.resource, usage.subjectId, usage.children ?? [], usage.own ?? true],
})

/** Leaves a line of what was opened to travel with the commit, so that reading takes no further trip to the database. */
export function noteUsage(call: Call, usage: Usage): void {
  call.atCommit(usageLine(call.actor.sessionId, usage))
}

/**
 * Notes that something was asked for that is not the asker's or does not exist: once in ten minutes for each operation.
 * The answer is the same whether it could be noted or not.
 */
export async function noteRefused(
  database: Database,
  opening: Statement,
  operationId: string,
): Promise<void> {
  const noted = transact(database, [opening], async (_, [found]) => {
    const [{ session_id }] = found as [{ session_id: string }]
    return {
      value: null,
      last: [usageLine(session_id, { kind: 'refused', resource: operationId, subjectId: null })],
    }
  })
  await noted.catch(() => undefined)
}
