import { z } from 'zod'
import {
  AccessEvents,
  AccessEventsQuery,
  ApprovalOutcome,
  Approvals,
  WithdrawApproval,
} from '#contract/approvals.ts'
import { Id } from '#contract/shapes.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { listAccessEvents } from './access-events.sql.ts'
import { readApprovals, withdrawApproval } from './read-approvals.ts'

export const approvalOperations: Operation[] = [
  operation({
    id: 'approvals.read',
    summary: 'Requests that wait for a second person, and those decided',
    method: 'GET',
    path: '/api/approvals',
    access: {
      resource: 'approval',
      action: 'read',
      grants: [{ roles: PRIVILEGED, relation: 'organization' }],
    },
    answer: Approvals,
    handle: (call) => readApprovals(call),
  }),
  operation({
    id: 'approvals.withdraw',
    summary: 'Take an own request back before it is decided about',
    method: 'PUT',
    path: '/api/approvals/:approvalId/withdrawal',
    access: {
      resource: 'approval',
      action: 'write',
      grants: [{ roles: ['system-admin'], relation: 'organization' }],
    },
    params: z.strictObject({ approvalId: Id }),
    body: WithdrawApproval,
    answer: ApprovalOutcome,
    locks: ({ params }) => [`approval:${params.approvalId}`],
    handle: (call, { params, body }) => withdrawApproval(call, params.approvalId, body),
  }),
  operation({
    id: 'approvals.read-access-events',
    summary: 'Who gave, took or confirmed access and roles',
    method: 'GET',
    path: '/api/access-events',
    access: {
      resource: 'approval',
      action: 'read',
      grants: [{ roles: ['director', 'system-admin'], relation: 'organization' }],
    },
    query: AccessEventsQuery,
    answer: AccessEvents,
    handle: async (call, { query: { query = '', page } }) => ({
      ...(await listAccessEvents(call, { query, page })),
      page,
    }),
  }),
]
