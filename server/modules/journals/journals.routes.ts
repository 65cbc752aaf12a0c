import { z } from 'zod'
import { JOURNAL_KINDS } from '#contract/gradebook.ts'
import { JournalList } from '#contract/journals.ts'
import { Id } from '#contract/shapes.ts'
import { READ_JOURNAL } from '#modules/gradebook/index.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { readJournals } from './journals.sql.ts'

export const journalOperations: Operation[] = [
  operation({
    id: 'journals.list',
    summary: 'Journals of an intake: own, of the class one leads, or all for control',
    method: 'GET',
    path: '/api/journals',
    access: READ_JOURNAL,
    query: z.strictObject({ kind: z.enum(JOURNAL_KINDS).optional(), intakeId: Id.optional() }),
    answer: JournalList,
    handle: async (call, { query }) => ({ journals: await readJournals(call, query) }),
  }),
]
