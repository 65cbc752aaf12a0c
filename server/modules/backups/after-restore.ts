import type { FindLost, GivenBack, LostOperations, Restore } from '#contract/lost-entries.ts'
import { recordAudit } from '#platform/audit.ts'
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

/** Notes how many entries the actor has entered again or put aside; without a restore there are none to decide about. */
export async function noteGivenBack(call: Call, given: GivenBack): Promise<Record<string, never>> {
  const isAny = given.entered + given.putAside > 0
  if (isAny && (await lastRestore(call)))
    await recordAudit(call, { action: 'lost-entries.give-back', resource: 'operation', detail: given })
  return {}
}
