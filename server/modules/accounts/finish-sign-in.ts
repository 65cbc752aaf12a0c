import type { FinishSignIn } from '#contract/second-factor.ts'
import { beginCode, ownerOf, proven, takeHalfSession, tryHalfSession } from '#modules/second-factor/index.ts'
import type { PublicCall } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { sha256 } from '#platform/secrets.ts'
import { noteFailure } from '#platform/usage.ts'
import { deviceHash, openSession } from './sign-in.ts'

/**
 * Opens the session that the right password has begun, for a code of the app or a recovery code. Each is taken once:
 * of two requests with the same one the second is refused. Tries are counted before the code is looked at.
 */
export async function finishSignIn(
  call: PublicCall,
  { half, code }: FinishSignIn,
): Promise<Record<string, never>> {
  const { now, vault } = call
  const [tokenHash, device] = [sha256(half), deviceHash(call)]
  const { account, allowed } = await call.inTransaction(async (tx) => {
    const account = await tryHalfSession(tx, tokenHash, now)
    return { account, allowed: account && (await beginCode(tx, account.id, { device, inside: false, now })) }
  })
  if (!account) throw new Refused('half-session-over')
  if (!allowed) throw new Refused('too-many-failures')
  try {
    const kept = { ...account, owner: ownerOf(account.organization_id, account.id) }
    const taken = proven(code, kept, { vault, now })
    await openSession(call, account, async (tx) => {
      if (!(await takeHalfSession(tx, { tokenHash, device, now }, taken)))
        throw new Refused(taken.step === null ? 'wrong-code' : 'code-used', { path: 'code' })
    })
  } catch (error) {
    const failed = { kind: 'code-failed', accountId: account.id, address: call.address, now } as const
    if (error instanceof Refused && error.detail.path === 'code')
      await call.inTransaction((tx) => noteFailure(tx, failed))
    throw error
  }
  return {}
}
