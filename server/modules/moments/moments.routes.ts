import { z } from 'zod'
import {
  MomentLessonPage,
  MomentOverview,
  MomentStudentPage,
  OpenMoment,
  TakeBack,
  TakenBack,
} from '#contract/moments.ts'
import { Day, Id, Nothing } from '#contract/shapes.ts'
import { type Access, CONTROL, TEACHING } from '#domain/access/access.ts'
import { WRITE_LESSON } from '#modules/gradebook/index.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { compareLesson, compareStudent } from './compare.ts'
import { closeMoment, openMoment, readMoment } from './open-moment.ts'
import { lessonsOf, takeBack } from './take-back.ts'

/** Whether one is open is known to all who may look into it, and to who opens it and sees no marks. */
const READ = {
  resource: 'moment',
  action: 'read',
  grants: [{ roles: ['system-admin', ...CONTROL, ...TEACHING], relation: 'organization' }],
} satisfies Access

const WRITE = {
  resource: 'moment',
  action: 'write',
  grants: [{ roles: ['system-admin'], relation: 'organization' }],
} satisfies Access

/** What stood then is seen by who sees the lesson today (6.3, 6.4). */
const READ_LESSON = {
  resource: 'moment',
  action: 'read',
  grants: [
    { roles: CONTROL, relation: 'organization' },
    { roles: TEACHING, relation: 'own-journal' },
    { roles: TEACHING, relation: 'substituted-lesson' },
    { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  ],
} satisfies Access

const MOMENT = '/api/moment'

const Span = z
  .strictObject({ from: Day, to: Day })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= 62 * 86_400_000)

const locks = () => ['moment']

export const momentOperations: Operation[] = [
  operation({
    id: 'moment.read',
    summary: 'Which moment of the past is open beside the journal, and how far it is',
    method: 'GET',
    path: MOMENT,
    access: READ,
    answer: MomentOverview,
    handle: (call) => readMoment(call),
  }),
  operation({
    id: 'moment.open',
    summary: 'Begin to open the journal as it was at a moment, beside, to be read only',
    method: 'POST',
    path: MOMENT,
    access: WRITE,
    body: OpenMoment,
    answer: Nothing,
    locks,
    handle: (call, { body }) => openMoment(call, body),
  }),
  operation({
    id: 'moment.close',
    summary: 'Close the moment that is open or being opened',
    method: 'DELETE',
    path: MOMENT,
    access: WRITE,
    answer: Nothing,
    locks,
    handle: (call) => closeMoment(call),
  }),
  operation({
    id: 'moment.read-lesson',
    summary: 'A lesson as it stood at the open moment, beside how it stands now',
    method: 'GET',
    path: '/api/moment/lessons/:lessonId',
    access: READ_LESSON,
    params: z.strictObject({ lessonId: Id }),
    answer: MomentLessonPage,
    handle: (call, { params }) => compareLesson(call, params.lessonId),
  }),
  operation({
    id: 'moment.read-student',
    summary: 'Attendance and marks of a child over some days (62 at most), then and now',
    method: 'GET',
    path: '/api/moment/students/:studentId',
    access: READ_LESSON,
    params: z.strictObject({ studentId: Id }),
    query: Span,
    answer: MomentStudentPage,
    handle: (call, { params, query }) => compareStudent(call, params.studentId, query),
  }),
  operation({
    id: 'moment.take-back',
    summary: 'Write again what stood at the open moment: a correction with its reason',
    method: 'POST',
    path: '/api/moment/taken-back',
    access: WRITE_LESSON,
    body: TakeBack,
    answer: TakenBack,
    locks: ({ body }) => lessonsOf(body).map((id) => `lesson:${id}`),
    handle: (call, { body }) => takeBack(call, body),
  }),
]
