import { z } from 'zod'
import {
  AccessGiven,
  AccessSlips,
  BatchClasses,
  IssueAccount,
  IssueBatch,
  PutAccount,
} from '#contract/accounts.ts'
import { VersionedOrAsked } from '#contract/people.ts'
import { Id, Nothing } from '#contract/shapes.ts'
import type { Access } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import {
  issueAccount,
  issueBatch,
  issueFirstPassword,
  listBatchClasses,
  putAccount,
} from './issue-account.ts'

/** Other people's access is the system administrator's alone (6.5, 6.6). */
const access = (action: 'read' | 'write') =>
  ({
    resource: 'account',
    action,
    grants: [{ roles: ['system-admin'], relation: 'organization' }],
  }) satisfies Access

const One = z.strictObject({ personId: Id })
const lock = ({ params }: { params: { personId: string } }) => [`person:${params.personId}`]

export const issueOperations: Operation[] = [
  operation({
    id: 'accounts.issue',
    summary: 'Give a person a login and a first password, shown once',
    method: 'POST',
    path: '/api/people/:personId/account',
    access: access('write'),
    params: One,
    body: IssueAccount,
    stepUp: true,
    answer: AccessGiven,
    secret: true,
    locks: lock,
    handle: (call, { params, body }) => issueAccount(call, params.personId, body),
  }),
  operation({
    id: 'accounts.issue-first-password',
    summary: 'Replace a forgotten password with a first one, shown once',
    method: 'POST',
    path: '/api/people/:personId/account/first-password',
    access: access('write'),
    params: One,
    body: Nothing,
    stepUp: true,
    answer: AccessGiven,
    secret: true,
    locks: lock,
    handle: (call, { params }) => issueFirstPassword(call, params.personId),
  }),
  operation({
    id: 'accounts.put',
    summary: 'Close an account or open it again',
    method: 'PUT',
    path: '/api/people/:personId/account',
    access: access('write'),
    params: One,
    body: PutAccount,
    stepUp: true,
    answer: VersionedOrAsked,
    locks: lock,
    handle: (call, { params, body }) => putAccount(call, params.personId, body),
  }),
  operation({
    id: 'accounts.list-batch-classes',
    summary: 'Classes and how many of their people wait for access',
    method: 'GET',
    path: '/api/account-batches',
    access: access('read'),
    answer: BatchClasses,
    handle: (call) => listBatchClasses(call),
  }),
  operation({
    id: 'accounts.issue-batch',
    summary: 'Give access to everybody of a class who has none; the slips are shown once',
    method: 'POST',
    path: '/api/account-batches',
    access: access('write'),
    body: IssueBatch,
    stepUp: true,
    answer: AccessSlips,
    secret: true,
    // A guardian of children in two classes must not be met by two batches at once.
    locks: () => ['account-batch'],
    handle: (call, { body }) => issueBatch(call, body),
  }),
]
