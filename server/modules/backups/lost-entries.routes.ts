import { FindLost, LostOperations } from '#contract/lost-entries.ts'
import { TEACHING } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { findLost } from './after-restore.ts'

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
]
