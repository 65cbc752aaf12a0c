import { z } from 'zod'
import { AccessSlip } from '#contract/accounts.ts'
import { ApprovalOutcome, DecideApproval } from '#contract/approvals.ts'
import { Id, Nothing } from '#contract/shapes.ts'
import type { Access } from '#domain/access/access.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { decideApproval, takeFirstPassword } from './decide-approval.ts'

const access = {
  resource: 'approval',
  action: 'write',
  grants: [{ roles: PRIVILEGED, relation: 'organization' }],
} satisfies Access

const One = z.strictObject({ approvalId: Id })
const locks = ({ params }: { params: { approvalId: string } }) => [`approval:${params.approvalId}`]

export const grantingOperations: Operation[] = [
  operation({
    id: 'approvals.decide',
    summary: 'Confirm what another person asked for, or decline it',
    method: 'PUT',
    path: '/api/approvals/:approvalId/decision',
    access,
    params: One,
    body: DecideApproval,
    stepUp: true,
    answer: ApprovalOutcome,
    locks,
    handle: (call, { params, body }) => decideApproval(call, params.approvalId, body),
  }),
  operation({
    id: 'approvals.take-first-password',
    summary: 'Make the first password of confirmed access, shown once to whoever confirmed',
    method: 'POST',
    path: '/api/approvals/:approvalId/first-password',
    access,
    params: One,
    body: Nothing,
    stepUp: true,
    answer: AccessSlip,
    secret: true,
    locks,
    handle: (call, { params }) => takeFirstPassword(call, params.approvalId),
  }),
]
