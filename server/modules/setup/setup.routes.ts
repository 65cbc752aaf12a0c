import { FindCopies, FoundCopies, RestoreSchool, SetupState } from '#contract/restores.ts'
import { CheckSetup, Setup } from '#contract/setup.ts'
import { Nothing } from '#contract/shapes.ts'
import { type Operation, publicOperation } from '#platform/operation.ts'
import { findCopies, readSetup, restoreSchool } from './restore-school.ts'
import { setUp } from './set-up.ts'

export const setupOperations: Operation[] = [
  publicOperation({
    id: 'setup.check',
    summary: 'Whether a one-time link still opens the first run',
    method: 'POST',
    path: '/api/setup/check',
    access: { resource: 'setup', action: 'read', open: 'public' },
    body: CheckSetup,
    answer: SetupState,
    handle: (call, { body }) => readSetup(call, body.token),
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
  publicOperation({
    id: 'setup.find-copies',
    summary: 'First run on a new machine: the copies of a lost journal that lie in a folder of the server',
    method: 'POST',
    path: '/api/setup/copies',
    access: { resource: 'setup', action: 'read', open: 'public' },
    body: FindCopies,
    answer: FoundCopies,
    handle: (call, { body }) => findCopies(call, body),
  }),
  publicOperation({
    id: 'setup.restore',
    summary: 'First run on a new machine: bring a lost journal back from its copies',
    method: 'POST',
    path: '/api/setup/restore',
    access: { resource: 'setup', action: 'write', open: 'public' },
    body: RestoreSchool,
    answer: Nothing,
    handle: (call, { body }) => restoreSchool(call, body),
  }),
]
