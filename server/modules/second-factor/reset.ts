import type { Asked } from '#contract/approvals.ts'
import { askApproval } from '#modules/approvals/index.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { readFactorOf, takeOff } from './second-factor.sql.ts'

/** Asks to take the second factor off for whoever has lost phone and codes; a second person confirms, whatever the role. */
export async function askSecondFactorReset(call: Call, personId: string): Promise<Asked> {
  const found = await readFactorOf(call.tx, call.actor.organizationId, personId)
  if (!found) throw new NotFound()
  if (!found.has) throw new Refused('second-factor-missing')
  return askApproval(call, { kind: 'second-factor', personId })
}

/** Takes it off and ends every session; false when there is none. The owner is told at the next sign-in. */
export async function resetSecondFactor(
  call: Call,
  personId: string,
  detail: { approval: string; askerId: string } | { reason: string },
): Promise<boolean> {
  const { tx, actor, now } = call
  const found = await readFactorOf(tx, actor.organizationId, personId)
  if (!found || !(await takeOff(tx, actor.organizationId, found.accountId, now))) return false
  const line = { action: 'second-factor.reset', resource: 'account', resourceId: found.accountId }
  await recordAudit(call, { ...line, detail })
  return true
}
