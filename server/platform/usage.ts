import { shortenedAddress } from './addresses.ts'
import type { Call } from './call.ts'
import { type Database, rows, type Statement, type Tx, transact, type Write } from './db.ts'

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

/** An attempt that failed, of an account or of a login; one nobody has is told as an attempt from its network. */
export type Failure = {
  kind: 'sign-in-failed' | 'code-failed' | 'password-failed'
  accountId?: string
  login?: string
  /** Empty inside a session, whose sign-in knows it. */
  address: string
  now: Date
}

/** Notes it in a transaction that the refusal does not take back. */
export async function noteFailure(tx: Tx, failure: Failure): Promise<void> {
  const { kind, accountId, login, address, now } = failure
  const values = [kind, accountId ?? null, login ?? null, shortenedAddress(address), now]
  await rows(tx, 'select note_failure($1, $2, $3, $4, $5)', values)
}
