import { z } from 'zod'
import { SubstitutionView } from '#contract/lessons.ts'
import { Id } from '#contract/shapes.ts'
import { ClaimSubstitution, LessonsToCover, PutSubstitution, StaffChoices } from '#contract/substitutions.ts'
import { type Access, CONTROL, TEACHING } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { claimSubstitution, putSubstitution } from './substitute.ts'
import { findTeachingStaff, readLessonsToCover } from './substitutions.sql.ts'

const Lesson = z.strictObject({ lessonId: Id })
const lessonOf = ({ params }: { params: { lessonId: string } }) => [`lesson:${params.lessonId}`]

/** Control says who teaches any lesson, a teacher who taught one's own (4.4, 6.3). */
const WRITE_SUBSTITUTION = {
  resource: 'substitution',
  action: 'write',
  grants: [
    { roles: CONTROL, relation: 'organization' },
    { roles: TEACHING, relation: 'own-journal' },
  ],
} satisfies Access

/** Whoever teaches may say «I taught it» of today's lesson that nobody has recorded (4.4). */
const CLAIM = {
  resource: 'substitution',
  action: 'write',
  grants: [{ roles: TEACHING, relation: 'organization' }],
} satisfies Access

const READ_CHOICES = {
  resource: 'substitution',
  action: 'read',
  grants: [{ roles: [...TEACHING, ...CONTROL], relation: 'organization' }],
} satisfies Access

export const substitutionOperations: Operation[] = [
  operation({
    id: 'lesson.put-substitution',
    summary: 'Say who teaches a lesson instead of its teacher',
    method: 'PUT',
    path: '/api/lessons/:lessonId/substitution',
    access: WRITE_SUBSTITUTION,
    params: Lesson,
    body: PutSubstitution,
    answer: SubstitutionView,
    locks: ({ params, body }) => [
      ...lessonOf({ params }),
      ...(body.substituteId ? [`substitute:${body.substituteId}`] : []),
    ],
    handle: (call, { params, body }) => putSubstitution(call, params.lessonId, body),
  }),
  operation({
    id: 'lesson.claim-substitution',
    summary: 'Say that one has taught a lesson of today which nobody has recorded',
    method: 'POST',
    path: '/api/lessons/:lessonId/substitution-claim',
    access: CLAIM,
    params: Lesson,
    body: ClaimSubstitution,
    answer: SubstitutionView,
    locks: lessonOf,
    handle: (call, { params, body }) => claimSubstitution(call, params.lessonId, body),
  }),
  operation({
    id: 'lessons-to-cover.read',
    summary: 'Colleagues’ lessons of today that nobody has recorded, without children',
    method: 'GET',
    path: '/api/lessons-to-cover',
    access: READ_CHOICES,
    answer: LessonsToCover,
    handle: async (call) => ({ lessons: await readLessonsToCover(call) }),
  }),
  operation({
    id: 'staff.find',
    summary: 'Those who teach, by part of the name, to choose a substitute from; for a lesson the free first',
    method: 'GET',
    path: '/api/staff',
    access: READ_CHOICES,
    query: z.strictObject({ query: z.string().trim().max(100).default(''), lessonId: Id.optional() }),
    answer: StaffChoices,
    handle: async (call, { query }) => ({
      staff: await findTeachingStaff(call, query.query, query.lessonId ?? null),
    }),
  }),
]
