import type { AccessSlip } from '#contract/accounts.ts'
import type { ApprovalOutcome, DecideApproval } from '#contract/approvals.ts'
import { approvalRefusal, isOrWillBePrivileged } from '#domain/access/approval.ts'
import { giveConfirmedAccess, setDisabled, voidAccessOf } from '#modules/accounts/index.ts'
import {
  type Asking,
  askingOf,
  handsOver,
  isShownTo,
  type KeptApproval,
  lockPerson,
  mayTake,
  noteTaken,
  readApproval,
  readHolders,
  settleApproval,
} from '#modules/approvals/index.ts'
import { givePrivilegedRoles } from '#modules/people/index.ts'
import { resetSecondFactor } from '#modules/second-factor/index.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { readAccess } from './granting.sql.ts'

/**
 * Confirms what another person asked for, and does it, or declines it with a reason. Refused for whoever asked, for
 * the person it is about, and for everybody but those the rule names.
 */
export async function decideApproval(
  call: Call,
  id: string,
  decision: DecideApproval,
): Promise<ApprovalOutcome> {
  const request = await lockedRequest(askingOf(call), id)
  const holders = await readHolders(askingOf(call), call.today)
  if (!isShownTo(request, call.actor, holders)) throw new NotFound()
  const refusal = approvalRefusal(request, call.actor.personId, holders)
  if (refusal) throw new Refused(refusal)
  const confirmed = decision.decision === 'confirm'
  const settled = {
    state: confirmed ? ('confirmed' as const) : ('declined' as const),
    by: call.actor.personId,
    reason: decision.decision === 'decline' ? decision.reason : null,
    version: decision.version,
  }
  const access = await readAccess(call, request.personId)
  if (!(await settleApproval(askingOf(call), id, settled))) throw new Refused('version-conflict')
  if (confirmed) await carryOut(call, request)
  await note(call, confirmed ? 'approval.confirm' : 'approval.decline', request)
  const takes = confirmed && handsOver({ ...request, hasAccount: access.accountId !== null }, call.today)
  return { state: settled.state, version: decision.version + 1, mayTake: takes }
}

/** What confirming does at once; a first password is made when it is taken. */
export async function carryOut(
  call: Call,
  { id: approval, kind, askerId, personId, body }: KeptApproval,
): Promise<void> {
  if (kind === 'open-account' || kind === 'close-account')
    return setDisabled(call, personId, kind === 'close-account')
  if (kind === 'second-factor') {
    // Turned off meanwhile by its owner: there is nothing left to confirm.
    if (!(await resetSecondFactor(call, personId, { approval, askerId })))
      throw new Refused('request-outdated')
    return
  }
  if (kind !== 'roles') return
  const { before = [], after = [] } = body
  await givePrivilegedRoles(call, personId, { before, after })
  const raised = !isOrWillBePrivileged(before, call.today) && isOrWillBePrivileged(after, call.today)
  if (raised) await voidAccessOf(call, personId)
}

/**
 * Makes the first password of confirmed access for whoever confirmed it: whoever asked never learns it. Each call makes
 * a new one, so an answer lost on the way loses nothing; refused once somebody has signed in with it.
 */
export async function takeFirstPassword(call: Call, id: string): Promise<AccessSlip> {
  const request = await lockedRequest(askingOf(call), id)
  if (request.decidedBy !== call.actor.personId) throw new NotFound()
  const { accountId, signedInAt } = await readAccess(call, request.personId)
  const hands = handsOver({ ...request, hasAccount: accountId !== null }, call.today)
  if (!mayTake({ ...request, handsOver: hands, signedInAt }, call.actor.personId, call.now))
    throw new Refused('handover-over')
  await noteTaken(askingOf(call), id)
  const login = request.body.login ?? null
  return giveConfirmedAccess(call, request.personId, { approval: id, askerId: request.askerId, login })
}

async function lockedRequest(asking: Asking, id: string): Promise<KeptApproval> {
  const found = await readApproval(asking, id)
  if (!found) throw new NotFound()
  // What is being given must not be changed meanwhile by somebody who holds only the person.
  await lockPerson(asking, found.personId)
  return (await readApproval(asking, id)) ?? found
}

async function note(call: Call, action: string, request: KeptApproval): Promise<void> {
  const { id: approval, kind, askerId, personId: resourceId, body } = request
  const detail = { kind, approval, askerId, ...(body.after && { roles: body.after }) }
  await recordAudit(call, { action, resource: 'person', resourceId, detail })
}
