import { z } from 'zod'
import { Children, DiaryChildren, DiaryWeek } from '#contract/diary.ts'
import { Day, Id } from '#contract/shapes.ts'
import { CONTROL, FAMILY, type Grant } from '#domain/access/access.ts'
import type { Day as DayOf } from '#domain/calendar/day.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { readStudents } from './diary.sql.ts'
import { readChildren } from './read-children.ts'
import { readDiary } from './read-diary.ts'

/** The homeroom teacher whom families ask (4.6), those who answer for the journal (6.2, 6.3), and carers over homework. */
const STAFF = [
  { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  { roles: [...CONTROL, 'carer'], relation: 'organization' },
] satisfies Grant[]

export const diaryOperations: Operation[] = [
  operation({
    id: 'children.read',
    summary: 'Own children, or the student itself: today, homework for the next day, new marks, absences',
    method: 'GET',
    path: '/api/children',
    access: { resource: 'diary', action: 'read', grants: [{ roles: FAMILY, relation: 'own-child' }] },
    answer: Children,
    handle: (call) => readChildren(call),
  }),
  operation({
    id: 'diary.students',
    summary: 'Children whose diary staff may open, by class',
    method: 'GET',
    path: '/api/diaries',
    access: { resource: 'diary', action: 'read', grants: STAFF },
    answer: DiaryChildren,
    handle: async (call) => ({ students: await readStudents(call) }),
  }),
  operation({
    id: 'diary.read',
    summary: 'One week of a child: lessons, topics, marks, attendance, homework set and due',
    method: 'GET',
    path: '/api/students/:studentId/diary',
    access: {
      resource: 'diary',
      action: 'read',
      grants: [{ roles: FAMILY, relation: 'own-child' }, ...STAFF],
    },
    params: z.strictObject({ studentId: Id }),
    query: z.strictObject({ from: Day.optional() }),
    answer: DiaryWeek,
    handle: (call, { params, query }) => readDiary(call, params.studentId, query.from as DayOf | undefined),
  }),
]
