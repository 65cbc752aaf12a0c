import type { HalfSession } from '#contract/second-factor.ts'
import { beginHalfSession } from '#modules/second-factor/index.ts'
import type { PublicCall } from '#platform/call.ts'
import { newId, newSecret } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'

/**
 * After the right password: a half session of ten minutes and five tries, to be sent back with the code; null for an
 * account without a second factor. It opens nothing: no session is started and no browser remembered.
 */
export async function beginSecondStep(
  call: PublicCall,
  account: { organization_id: string; id: string },
): Promise<HalfSession | null> {
  const half = newSecret()
  const kept = { id: newId(), tokenHash: sha256(half), now: call.now }
  return (await call.inTransaction((tx) => beginHalfSession(tx, account, kept))) ? { half } : null
}
