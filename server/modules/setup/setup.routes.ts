import { CheckSetup, Setup } from '#contract/setup.ts'
import { Nothing } from '#contract/shapes.ts'
import { type Operation, publicOperation } from '#platform/operation.ts'
import { checkSetup, setUp } from './set-up.ts'

export const setupOperations: Operation[] = [
  publicOperation({
    id: 'setup.check',
    summary: 'Whether a one-time link still opens the first run',
    method: 'POST',
    path: '/api/setup/check',
    access: { resource: 'setup', action: 'read', open: 'public' },
    body: CheckSetup,
    answer: Nothing,
    handle: (call, { body }) => checkSetup(call, body.token),
  }),
  publicOperation({
    id: 'setup.run',
    summary: 'First run: create the organisation and its first administrator',
    method: 'POST',
    path: '/api/setup',
    access: { resource: 'setup', action: 'write', open: 'public' },
    body: Setup,
    answer: Nothing,
    handle: (call, { body }) => setUp(call, body),
  }),
]
