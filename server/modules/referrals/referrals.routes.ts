import { z } from 'zod'
import { ReferredEntries, ReferredOutcome, WithdrawReferred } from '#contract/referrals.ts'
import { Id } from '#contract/shapes.ts'
import { CONTROL, TEACHING } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { readReferredEntries, withdrawReferred } from './read-referred.ts'

export const referralOperations: Operation[] = [
  operation({
    id: 'referrals.read',
    summary: 'Entries that came for closed lessons and wait for a decision, and those decided',
    method: 'GET',
    path: '/api/referred-entries',
    access: {
      resource: 'referred-entry',
      action: 'read',
      grants: [{ roles: CONTROL, relation: 'organization' }],
    },
    answer: ReferredEntries,
    handle: (call) => readReferredEntries(call, 'all'),
  }),
  operation({
    id: 'referrals.read-own',
    summary: 'Own entries that came for closed lessons, and what became of them',
    method: 'GET',
    path: '/api/own-referred-entries',
    access: {
      resource: 'referred-entry',
      action: 'read',
      grants: [{ roles: TEACHING, relation: 'own-account' }],
    },
    answer: ReferredEntries,
    handle: (call) => readReferredEntries(call, 'own'),
  }),
  operation({
    id: 'referrals.withdraw',
    summary: 'Take an own entry back before it is decided about',
    method: 'PUT',
    path: '/api/own-referred-entries/:entryId/withdrawal',
    access: {
      resource: 'referred-entry',
      action: 'write',
      grants: [{ roles: TEACHING, relation: 'own-account' }],
    },
    params: z.strictObject({ entryId: Id }),
    body: WithdrawReferred,
    answer: ReferredOutcome,
    locks: ({ params }) => [`referred-entry:${params.entryId}`],
    handle: (call, { params, body }) => withdrawReferred(call, params.entryId, body),
  }),
]
