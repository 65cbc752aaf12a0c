import type { Call } from '#platform/call.ts'
import { rows, type Tx } from '#platform/db.ts'

export type RestoreRow = { id: string | null; until: Date | null; at: Date }

/** The newest restore there was; its `id` is null where there was none. */
export async function readLastRestore(tx: Tx): Promise<RestoreRow | undefined> {
  return (await rows<RestoreRow>(tx, 'select * from last_restore()'))[0]
}

/** Which of these operations of the actor have no stored answer. */
export async function readLost({ tx, actor }: Call, operationIds: readonly string[]): Promise<string[]> {
  const text = `select asked.id from unnest($3::uuid[]) with ordinality as asked (id, place)
    where not exists (select from operation o where o.organization_id = $1 and o.id = asked.id and o.account_id = $2)
    order by asked.place`
  const found = await rows<{ id: string }>(tx, text, [actor.organizationId, actor.accountId, operationIds])
  return found.map(({ id }) => id)
}
