import { z } from 'zod'
import { DecideReferred, ReferredOutcome } from '#contract/referrals.ts'
import { Id } from '#contract/shapes.ts'
import { CONTROL } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { decide } from './decide.ts'

export const decisionOperations: Operation[] = [
  operation({
    id: 'referrals.decide',
    summary: 'Write an entry for a closed lesson into the journal, or decline it',
    method: 'PUT',
    path: '/api/referred-entries/:entryId/decision',
    access: {
      resource: 'referred-entry',
      action: 'write',
      grants: [{ roles: CONTROL, relation: 'organization' }],
    },
    params: z.strictObject({ entryId: Id }),
    body: DecideReferred,
    answer: ReferredOutcome,
    locks: ({ params }) => [`referred-entry:${params.entryId}`],
    handle: (call, { params, body }) => decide(call, params.entryId, body),
  }),
]
