import { z } from 'zod'
import { CellHistory, PackedGradebook, PutCells, SavedCells } from '#contract/gradebook.ts'
import { Referred } from '#contract/referrals.ts'
import { Id } from '#contract/shapes.ts'
import { type Access, CONTROL, TEACHING } from '#domain/access/access.ts'
import { orRefer } from '#modules/referrals/index.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { cellScenes } from './cells.sql.ts'
import { putCells } from './put-cells.ts'
import { readGradebook } from './read-gradebook.ts'
import { readHistory } from './read-history.ts'

const Journal = z.strictObject({ journalId: Id })

/** Read by who keeps it, by the homeroom teacher of the class, and by control (6.3, 6.4). */
export const READ_JOURNAL = {
  resource: 'journal',
  action: 'read',
  grants: [
    { roles: CONTROL, relation: 'organization' },
    { roles: TEACHING, relation: 'own-journal' },
    { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  ],
} satisfies Access

/** Written by who teaches the lesson by assignment or as its substitute, and by nobody else (4.3, 4.4). */
export const WRITE_LESSON = {
  resource: 'lesson',
  action: 'write',
  grants: [
    { roles: TEACHING, relation: 'own-journal' },
    { roles: TEACHING, relation: 'substituted-lesson' },
  ],
} satisfies Access

export const gradebookOperations: Operation[] = [
  operation({
    id: 'gradebook.read',
    summary: 'One class journal: children, lessons, marks and attendance of an intake',
    method: 'GET',
    path: '/api/journals/:journalId',
    access: READ_JOURNAL,
    params: Journal,
    answer: PackedGradebook,
    handle: (call, { params }) => readGradebook(call, params.journalId),
  }),
  operation({
    id: 'gradebook.put-cells',
    summary: 'Save marks and attendance typed into the grid, together or not at all',
    method: 'PUT',
    path: '/api/journals/:journalId/cells',
    access: WRITE_LESSON,
    params: Journal,
    body: PutCells,
    answer: z.union([SavedCells, Referred]),
    locks: ({ body }) => body.cells.map(({ lessonId }) => `lesson:${lessonId}`),
    scene: ({ params, body }) => cellScenes(params.journalId, body.cells),
    handle: (call, { params, body }, scenes) =>
      orRefer(call, { kind: 'cells', lessonId: body.cells[0]?.lessonId ?? '', body }, async () =>
        putCells(call, params.journalId, body, scenes),
      ),
  }),
  operation({
    id: 'gradebook.cell-history',
    summary: 'Every value one cell has held',
    method: 'GET',
    path: '/api/journals/:journalId/cells/history',
    access: {
      ...READ_JOURNAL,
      grants: [...READ_JOURNAL.grants, { roles: TEACHING, relation: 'substituted-lesson' }],
    },
    params: Journal,
    query: z.strictObject({ lessonId: Id, studentId: Id, workId: Id.optional() }),
    answer: CellHistory,
    handle: (call, { params, query }) => readHistory(call, { ...params, ...query, workId: query.workId }),
  }),
]
