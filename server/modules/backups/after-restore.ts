import type { FindLost, LostOperations, Restore } from '#contract/lost-entries.ts'
import type { Call } from '#platform/call.ts'
import { readLastRestore, readLost } from './restores.sql.ts'

/** The restore from which the journal goes on; null for one that was never restored. */
export async function lastRestore({ tx }: Call): Promise<Restore | null> {
  const row = await readLastRestore(tx)
  return row?.id ? { id: row.id, until: row.until?.toISOString() ?? null, at: row.at.toISOString() } : null
}

/** Which of the actor's operations the journal does not know: taken back by a restore, or never come. */
export async function findLost(call: Call, { operationIds }: FindLost): Promise<LostOperations> {
  return { lost: await readLost(call, operationIds.split(',')) }
}
