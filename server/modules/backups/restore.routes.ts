import { AskRestore, Losses, LossesQuery, RestoreOverview, RestoreState } from '#contract/restores.ts'
import { Nothing } from '#contract/shapes.ts'
import { type Operation, operation, publicOperation } from '#platform/operation.ts'
import { readRestore, readRestoreLosses, readRestoreState, restoreJournal } from './restore-journal.ts'
import { READ, WRITE } from './rights.ts'

export const restoreOperations: Operation[] = [
  operation({
    id: 'backups.read-restore',
    summary: 'Whether the journal can be restored from here, and how the last restore ended',
    method: 'GET',
    path: '/api/backups/restore',
    access: READ,
    answer: RestoreOverview,
    handle: (call) => readRestore(call),
  }),
  operation({
    id: 'backups.read-losses',
    summary: 'What would be lost by going back to a moment, and how long it would take',
    method: 'GET',
    path: '/api/backups/losses',
    access: { ...WRITE, action: 'read' },
    query: LossesQuery,
    answer: Losses,
    handle: (call, { query }) => readRestoreLosses(call, query),
  }),
  operation({
    id: 'backups.restore',
    summary: 'Take the journal back to a moment; it goes away for minutes and comes back by itself',
    method: 'POST',
    path: '/api/backups/restore',
    access: WRITE,
    body: AskRestore,
    // What was recorded since is gone from the journal.
    stepUp: true,
    // The words open every record there is.
    secret: true,
    answer: Nothing,
    locks: () => ['backups'],
    handle: (call, { body }) => restoreJournal(call, body),
  }),
  publicOperation({
    id: 'backups.read-restore-state',
    summary:
      'How far a restore is, asked by whoever waits for the journal; nobody can be signed in meanwhile',
    method: 'GET',
    path: '/api/restore',
    access: { resource: 'backup', action: 'read', open: 'public' },
    answer: RestoreState,
    handle: async (call) => readRestoreState(call),
  }),
]
