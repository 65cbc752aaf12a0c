import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type AccessFacts = { accountId: string | null; signedInAt: Date | null }

/** Whether the person has an account, and when it was last signed in to. */
export async function readAccess({ tx, actor }: Call, personId: string): Promise<AccessFacts> {
  const text = `select id as "accountId", last_sign_in_at as "signedInAt" from account
    where organization_id = $1 and person_id = $2`
  const [found] = await rows<AccessFacts>(tx, text, [actor.organizationId, personId])
  return found ?? { accountId: null, signedInAt: null }
}
