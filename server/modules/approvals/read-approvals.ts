import type { Approval, ApprovalOutcome, Approvals, WithdrawApproval } from '#contract/approvals.ts'
import {
  approvalRefusal,
  approversOf,
  HANDOVER_HOURS,
  isOrWillBePrivileged,
} from '#domain/access/approval.ts'
import type { Day } from '#domain/calendar/day.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import {
  type ApprovalRow,
  type Asking,
  type KeptApproval,
  listApprovals,
  type NamedApprover,
  readApproval,
  readHolders,
  settleApproval,
} from './approvals.sql.ts'

/** What the queries of this module need of a call. */
export const askingOf = ({ tx, actor, now }: Call): Asking => ({
  tx,
  organizationId: actor.organizationId,
  now,
})

type Reader = { personId: string; roles: readonly string[] }

/** The director and the administrator see every request; others those they decide about, or have decided. */
export function isShownTo(request: KeptApproval, reader: Reader, holders: NamedApprover[]): boolean {
  if (reader.roles.includes('director') || reader.roles.includes('system-admin')) return true
  if (request.askerId === reader.personId || request.decidedBy === reader.personId) return true
  return approvalRefusal({ ...request, state: 'waiting' }, reader.personId, holders) === null
}

/**
 * Whether the first password may still be made for whoever confirmed: 72 hours long, and anew as long as nobody has
 * signed in with the last one, so that an answer lost on the way loses nothing.
 */
export function mayTake(
  request: Pick<ApprovalRow, 'state' | 'decidedBy' | 'decidedAt' | 'takenAt' | 'signedInAt'> & {
    handsOver: boolean
  },
  personId: string,
  now: Date,
): boolean {
  const { state, decidedBy, decidedAt, takenAt, signedInAt, handsOver } = request
  if (!handsOver || state !== 'confirmed' || decidedBy !== personId || !decidedAt) return false
  if (now.getTime() > decidedAt.getTime() + HANDOVER_HOURS * 3_600_000) return false
  return takenAt === null || signedInAt === null || signedInAt < takenAt
}

/** Whether confirming ends in a first password that is handed over. */
export function handsOver(request: Pick<ApprovalRow, 'kind' | 'body' | 'hasAccount'>, today: Day): boolean {
  if (request.kind === 'account' || request.kind === 'first-password') return true
  return request.kind === 'roles' && renews(request, today)
}

function renews({ body, hasAccount }: Pick<ApprovalRow, 'body' | 'hasAccount'>, today: Day): boolean {
  const { before = [], after = [] } = body
  return hasAccount && !isOrWillBePrivileged(before, today) && isOrWillBePrivileged(after, today)
}

/** Requests that wait for a second person and those decided, as far as they concern the reader. */
export async function readApprovals(call: Call): Promise<Approvals> {
  const asking = askingOf(call)
  const [found, holders] = [await listApprovals(asking), await readHolders(asking, call.today)]
  const shown = found.filter((one) => isShownTo(one, call.actor, holders))
  const approvals = shown.map((one) => viewOf(one, call, holders))
  return { approvals, waiting: approvals.filter((one) => one.mayDecide || one.mayTake).length }
}

function viewOf(row: ApprovalRow, { actor, today, now }: Call, holders: NamedApprover[]): Approval {
  const { id, number, kind, personId, person, position, asker, state, version, body } = row
  const waits = state === 'waiting'
  const span = ({ role, from, to }: NonNullable<typeof body.after>[number]) => ({ role, from, to })
  return {
    ...{ id, number, kind, personId, person, position, asker, state, version },
    askedAt: row.askedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    before: (body.before ?? []).map(span),
    after: (body.after ?? []).map(span),
    login: body.login ?? null,
    renews: kind === 'roles' && renews(row, today),
    decision: row.decidedAt && { by: row.judge, at: row.decidedAt.toISOString(), reason: row.reason },
    approvers: waits ? approversOf(row, holders).map((one) => (one as NamedApprover).name) : [],
    mayDecide: approvalRefusal(row, actor.personId, holders) === null,
    mayWithdraw: waits && row.askerId === actor.personId,
    mayTake: mayTake({ ...row, handsOver: handsOver(row, today) }, actor.personId, now),
  }
}

/** Takes one's own request back while nobody has decided about it. */
export async function withdrawApproval(
  call: Call,
  id: string,
  { version }: WithdrawApproval,
): Promise<ApprovalOutcome> {
  const request = await readApproval(askingOf(call), id)
  if (!request || request.askerId !== call.actor.personId) throw new NotFound()
  if (request.state !== 'waiting') throw new Refused('request-decided')
  const settled = { state: 'withdrawn', by: call.actor.personId, reason: null, version } as const
  if (!(await settleApproval(askingOf(call), id, settled))) throw new Refused('version-conflict')
  const detail = { kind: request.kind, approval: id }
  const { personId: resourceId } = request
  await recordAudit(call, { action: 'approval.withdraw', resource: 'person', resourceId, detail })
  return { state: 'withdrawn', version: version + 1, mayTake: false }
}
