import { z } from 'zod'
import { Asked } from '#contract/approvals.ts'
import {
  GiveCode,
  OwnSecondFactor,
  RecoveryCodes,
  SecondFactorDraft,
  SetUpSecondFactor,
} from '#contract/second-factor.ts'
import { Id, Nothing } from '#contract/shapes.ts'
import type { Access } from '#domain/access/access.ts'
import { STAFF } from '#domain/access/second-factor.ts'
import { type Operation, operation } from '#platform/operation.ts'
import {
  confirmWithCode,
  draftSecondFactor,
  readOwnSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  setUpSecondFactor,
} from './own-second-factor.ts'
import { askSecondFactorReset } from './reset.ts'

const own = (action: 'read' | 'write') =>
  ({
    resource: 'second-factor',
    action,
    grants: [{ roles: STAFF, relation: 'own-account' }],
  }) satisfies Access

const PATH = '/api/session/second-factor'

export const secondFactorOperations: Operation[] = [
  operation({
    id: 'second-factor.read',
    summary: 'The own second factor, and whether it is required',
    method: 'GET',
    path: PATH,
    access: own('read'),
    beforeSecondFactor: true,
    answer: OwnSecondFactor,
    handle: (call) => readOwnSecondFactor(call),
  }),
  operation({
    id: 'second-factor.draft',
    summary: 'A secret proposed for the own second factor; nothing is kept of it',
    method: 'GET',
    path: `${PATH}/draft`,
    access: own('read'),
    beforeSecondFactor: true,
    answer: SecondFactorDraft,
    handle: (call) => draftSecondFactor(call),
  }),
  operation({
    id: 'second-factor.set-up',
    summary: 'Turn the own second factor on with its first code; recovery codes are shown once',
    method: 'PUT',
    path: PATH,
    access: own('write'),
    beforeSecondFactor: true,
    body: SetUpSecondFactor,
    answer: RecoveryCodes,
    secret: true,
    handle: (call, { body }) => setUpSecondFactor(call, body),
  }),
  operation({
    id: 'second-factor.remove',
    summary: 'Turn the own second factor off, with a code',
    method: 'POST',
    path: `${PATH}/removal`,
    access: own('write'),
    body: GiveCode,
    answer: Nothing,
    secret: true,
    handle: (call, { body }) => removeSecondFactor(call, body),
  }),
  operation({
    id: 'second-factor.renew-codes',
    summary: 'New recovery codes, with a code; shown once',
    method: 'POST',
    path: `${PATH}/recovery-codes`,
    access: own('write'),
    body: GiveCode,
    answer: RecoveryCodes,
    secret: true,
    handle: (call, { body }) => renewRecoveryCodes(call, body),
  }),
  operation({
    id: 'second-factor.confirm',
    summary: 'Give the code before giving rights, resets and large exports',
    method: 'POST',
    path: '/api/session/confirmation',
    access: own('write'),
    body: GiveCode,
    answer: Nothing,
    secret: true,
    handle: (call, { body }) => confirmWithCode(call, body),
  }),
  operation({
    id: 'second-factor.ask-reset',
    summary: 'Ask that a second person confirms taking off the second factor of whoever has lost it',
    method: 'POST',
    path: '/api/people/:personId/account/second-factor-reset',
    access: {
      resource: 'account',
      action: 'write',
      grants: [{ roles: ['system-admin'], relation: 'organization' }],
    },
    params: z.strictObject({ personId: Id }),
    body: Nothing,
    stepUp: true,
    answer: Asked,
    locks: ({ params }) => [`person:${params.personId}`],
    handle: (call, { params }) => askSecondFactorReset(call, params.personId),
  }),
]
