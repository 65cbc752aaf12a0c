import { FindLost, GivenBack, LostOperations } from '#contract/lost-entries.ts'
import { Nothing } from '#contract/shapes.ts'
import { TEACHING } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { findLost, noteGivenBack } from './after-restore.ts'

export const lostEntryOperations: Operation[] = [
  operation({
    id: 'restores.find-lost',
    summary: 'Which of the own operations a browser remembers as saved the journal does not know',
    method: 'GET',
    path: '/api/restores/lost-operations',
    // Browsers keep what is entered into journals, and those who teach enter it (4.3).
    access: {
      resource: 'operation',
      action: 'read',
      grants: [{ roles: TEACHING, relation: 'own-account' }],
    },
    query: FindLost,
    answer: LostOperations,
    handle: (call, { query }) => findLost(call, query),
  }),
  operation({
    id: 'restores.note-given-back',
    summary: 'How many of the own entries that a restore took back were entered again or put aside',
    method: 'POST',
    path: '/api/restores/given-back',
    access: {
      resource: 'operation',
      action: 'write',
      grants: [{ roles: TEACHING, relation: 'own-account' }],
    },
    body: GivenBack,
    answer: Nothing,
    handle: (call, { body }) => noteGivenBack(call, body),
  }),
]
