import type { Asked } from '#contract/approvals.ts'
import type { ApprovalKind } from '#domain/access/approval.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type ApprovalBody, insertApproval } from './approvals.sql.ts'

/**
 * Keeps what one person may not do alone until a second confirms it; nothing else changes. Refused while a request of
 * this kind about this person waits.
 */
export async function askApproval(
  call: Call,
  { kind, personId, body = {} }: { kind: ApprovalKind; personId: string; body?: ApprovalBody },
): Promise<Asked> {
  const id = newId(call.now.getTime())
  const number = await insertApproval(call, { id, kind, personId, body })
  if (number === undefined) throw new Refused('already-asked')
  const detail = { kind, approval: id, ...(body.after && { roles: body.after }) }
  await recordAudit(call, { action: 'approval.ask', resource: 'person', resourceId: personId, detail })
  return { request: id, number }
}
