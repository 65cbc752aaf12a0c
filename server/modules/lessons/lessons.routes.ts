import { z } from 'zod'
import {
  HomeworkView,
  LessonPage,
  LessonRecordView,
  OverdueLessons,
  PutAttendance,
  PutHomework,
  PutRecord,
  PutWork,
  SavedAttendance,
  SavedWork,
  TeachingDay,
} from '#contract/lessons.ts'
import { Referred } from '#contract/referrals.ts'
import { Day, Id } from '#contract/shapes.ts'
import { type Access, CONTROL, TEACHING } from '#domain/access/access.ts'
import type { Day as DayOf } from '#domain/calendar/day.ts'
import { WRITE_LESSON } from '#modules/gradebook/index.ts'
import { orRefer } from '#modules/referrals/index.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { putAttendance } from './put-attendance.ts'
import { putHomework } from './put-homework.ts'
import { putRecord } from './put-record.ts'
import { putWork } from './put-work.ts'
import { readDay, readOverdue } from './read-day.ts'
import { readLesson } from './read-lesson.ts'
import { substitutionOperations } from './substitutions.routes.ts'

const Lesson = z.strictObject({ lessonId: Id })
const locks = ({ params }: { params: { lessonId: string } }) => [`lesson:${params.lessonId}`]

/** Lessons of those who teach: by assignment and as substitutes. */
const READ_OWN = {
  resource: 'lesson',
  action: 'read',
  grants: [
    { roles: TEACHING, relation: 'own-journal' },
    { roles: TEACHING, relation: 'substituted-lesson' },
  ],
} satisfies Access

/** Read by who teaches the lesson, by the homeroom teacher of the class, and by control (6.3, 6.4). */
const READ_LESSON = {
  ...READ_OWN,
  grants: [
    ...READ_OWN.grants,
    { roles: CONTROL, relation: 'organization' },
    { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  ],
} satisfies Access

export const lessonOperations: Operation[] = [
  operation({
    id: 'days.read',
    summary: 'Own lessons of a day: what is filled, what is late, who is away',
    method: 'GET',
    path: '/api/days/:day',
    access: READ_OWN,
    params: z.strictObject({ day: Day }),
    answer: TeachingDay,
    handle: (call, { params }) => readDay(call, params.day as DayOf),
  }),
  operation({
    id: 'overdue.read',
    summary: 'Own past lessons without a topic or without attendance',
    method: 'GET',
    path: '/api/overdue',
    access: READ_OWN,
    answer: OverdueLessons,
    handle: (call) => readOverdue(call),
  }),
  operation({
    id: 'lesson.read',
    summary: 'Everything of one lesson: topic, attendance, homework, works, marks, substitution',
    method: 'GET',
    path: '/api/lessons/:lessonId',
    access: READ_LESSON,
    params: Lesson,
    answer: LessonPage,
    handle: (call, { params }) => readLesson(call, params.lessonId),
  }),
  operation({
    id: 'lesson.put-record',
    summary: 'Write topic and comment of a lesson',
    method: 'PUT',
    path: '/api/lessons/:lessonId/record',
    access: WRITE_LESSON,
    params: Lesson,
    body: PutRecord,
    answer: z.union([LessonRecordView, Referred]),
    locks,
    handle: (call, { params: { lessonId }, body }) =>
      orRefer(call, { kind: 'record', lessonId, body }, () => putRecord(call, lessonId, body)),
  }),
  operation({
    id: 'lesson.put-homework',
    summary: 'Write the homework of a lesson, or that none was set',
    method: 'PUT',
    path: '/api/lessons/:lessonId/homework',
    access: WRITE_LESSON,
    params: Lesson,
    body: PutHomework,
    answer: z.union([HomeworkView, Referred]),
    locks,
    handle: (call, { params: { lessonId }, body }) =>
      orRefer(call, { kind: 'homework', lessonId, body }, () => putHomework(call, lessonId, body)),
  }),
  operation({
    id: 'lesson.put-attendance',
    summary: 'Take the roll of a lesson, the whole class at once',
    method: 'PUT',
    path: '/api/lessons/:lessonId/attendance',
    access: WRITE_LESSON,
    params: Lesson,
    body: PutAttendance,
    answer: z.union([SavedAttendance, Referred]),
    locks,
    handle: (call, { params: { lessonId }, body }) =>
      orRefer(call, { kind: 'attendance', lessonId, body }, () => putAttendance(call, lessonId, body)),
  }),
  operation({
    id: 'lesson.put-work',
    summary: 'Make, change or remove a work that marks are given for',
    method: 'PUT',
    path: '/api/lessons/:lessonId/works/:workId',
    access: WRITE_LESSON,
    params: z.strictObject({ lessonId: Id, workId: Id }),
    body: PutWork,
    answer: SavedWork,
    locks,
    handle: (call, { params, body }) => putWork(call, params, body),
  }),
  ...substitutionOperations,
]
