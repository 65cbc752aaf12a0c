import { z } from 'zod'
import { ClosePeriod, DecidedPeriod, GradingPeriods, ReopenPeriod } from '#contract/grading-periods.ts'
import { Id } from '#contract/shapes.ts'
import type { Access } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { closePeriod, reopenPeriod } from './decide-period.ts'
import { readPeriods } from './read-periods.ts'

const READ = {
  resource: 'grading-period',
  action: 'read',
  grants: [{ roles: ['director', 'deputy', 'journal-officer', 'system-admin'], relation: 'organization' }],
} satisfies Access

/** Those who answer for the journal (6.2, 6.3). */
const WRITE = {
  resource: 'grading-period',
  action: 'write',
  grants: [{ roles: ['director', 'deputy'], relation: 'organization' }],
} satisfies Access

const One = z.strictObject({ periodId: Id })
const locks = ({ params }: { params: z.infer<typeof One> }) => [`grading-period:${params.periodId}`]

export const gradingPeriodOperations: Operation[] = [
  operation({
    id: 'grading-periods.read',
    summary: 'Grading periods, which of them are closed, by whom and why',
    method: 'GET',
    path: '/api/grading-periods',
    access: READ,
    answer: GradingPeriods,
    handle: (call) => readPeriods(call),
  }),
  operation({
    id: 'grading-periods.close',
    summary: 'Close a grading period: records of its lessons stay as they are',
    method: 'PUT',
    path: '/api/grading-periods/:periodId/closing',
    access: WRITE,
    params: One,
    body: ClosePeriod,
    answer: DecidedPeriod,
    locks,
    handle: (call, { params, body }) => closePeriod(call, params.periodId, body),
  }),
  operation({
    id: 'grading-periods.reopen',
    summary: 'Open a closed grading period again until a day',
    method: 'PUT',
    path: '/api/grading-periods/:periodId/reopening',
    access: WRITE,
    params: One,
    body: ReopenPeriod,
    answer: DecidedPeriod,
    locks,
    handle: (call, { params, body }) => reopenPeriod(call, params.periodId, body),
  }),
]
