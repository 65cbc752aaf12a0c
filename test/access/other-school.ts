import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'
import { insert, ids as school } from '../world.ts'

/** A word that stands in every name of the other organisation, so that a leak of any of them is seen. */
export const FOREIGN_WORD = 'Заречный'

type Foreign = Record<
  | 'intake'
  | 'classUnit'
  | 'student'
  | 'guardian'
  | 'journal'
  | 'lesson'
  | 'subject'
  | 'workType'
  | 'plan'
  | 'planItem'
  | 'attendanceCode'
  | 'window'
  | 'periodOpen'
  | 'periodClosed'
  | 'referred'
  | 'approval'
  | 'confirmed'
  | 'role'
  | 'stay'
  | 'substitution'
  | 'secretary',
  string
>

/** The other organisation with one of each record, every name of it unlike ours. */
export async function fillOtherSchool(database: Database, ids: Foreign): Promise<void> {
  const add = (table: string, ...rows: Record<string, unknown>[]) =>
    insert(
      database,
      table,
      rows.map((row) => ({ organization_id: school.otherSchool, ...row })),
    )
  const v = { version: 1 }
  const span = { starts_on: '2026-11-02', ends_on: '2026-12-19' }
  const teacher = school.otherSchoolTeacher
  const people = { student: ids.student, guardian: ids.guardian, secretary: ids.secretary }
  await add(
    'person',
    ...Object.entries(people).map(([first_name, id]) => ({ id, last_name: FOREIGN_WORD, first_name, ...v })),
  )
  await add(
    'role_assignment',
    ...Object.entries(people).map(([role, person_id]) => ({
      id: role === 'secretary' ? ids.role : newId(),
      person_id,
      role,
      starts_on: '2026-09-01',
      ...v,
    })),
  )
  await add('account', {
    id: ids.guardian,
    person_id: ids.guardian,
    login: 'zarechny.guardian',
    password_hash: 'none',
    must_change_password: false,
    rules_accepted_at: '2026-09-01T00:00:00Z',
    ...v,
  })
  await add('session', {
    id: newId(),
    account_id: ids.guardian,
    token_hash: `\\x${sha256('token-of-foreignGuardian').toString('hex')}`,
    started_at: '2026-11-12T05:00:00Z',
    seen_at: '2026-11-12T09:00:00Z',
    expires_at: '2027-01-01T00:00:00Z',
    device: FOREIGN_WORD,
  })
  await add('intake', {
    id: ids.intake,
    number: 1,
    name: FOREIGN_WORD,
    school_year: '2026/27',
    ...span,
    ...v,
  })
  await add('student', { id: ids.student, program: FOREIGN_WORD, adapted: false, ...v })
  await add('stay', {
    id: ids.stay,
    student_id: ids.student,
    intake_id: ids.intake,
    kind: 'temporary',
    ...span,
    ...v,
  })
  await add('guardian_link', {
    id: newId(),
    guardian_id: ids.guardian,
    student_id: ids.student,
    kinship: 'мать',
    starts_on: '2026-11-02',
    ...v,
  })
  await add('study_group', {
    id: ids.classUnit,
    intake_id: ids.intake,
    kind: 'class',
    name: FOREIGN_WORD,
    grade_from: 7,
    grade_to: 7,
    ...v,
  })
  await add('group_member', {
    id: newId(),
    group_id: ids.classUnit,
    group_kind: 'class',
    student_id: ids.student,
    ...span,
    ...v,
  })
  await add('subject', { id: ids.subject, name: FOREIGN_WORD, ...v })
  await add('work_type', {
    id: ids.workType,
    name: FOREIGN_WORD,
    short: 'з',
    weight: 1,
    position: 1,
    archived: false,
    ...v,
  })
  await add('attendance_code', {
    id: ids.attendanceCode,
    code: 'з',
    name: FOREIGN_WORD,
    absent: true,
    counted: true,
    position: 1,
    ...v,
  })
  await add('lesson_plan', {
    id: ids.plan,
    intake_id: ids.intake,
    subject_id: ids.subject,
    title: FOREIGN_WORD,
    ...v,
  })
  await add('lesson_plan_item', {
    id: ids.planItem,
    plan_id: ids.plan,
    position: 1,
    topic: FOREIGN_WORD,
    hours: 1,
    ...v,
  })
  await add('teaching_assignment', {
    id: ids.journal,
    intake_id: ids.intake,
    kind: 'lessons',
    subject_id: ids.subject,
    group_id: ids.classUnit,
    teacher_id: teacher,
    part: 'mandatory',
    weekly_hours: 1,
    gradeless: false,
    lesson_plan_id: ids.plan,
    ...v,
  })
  const times = { held_on: '2026-11-12', period: 1, starts_at: '09:00', ends_at: '09:40' }
  await add('lesson', { id: ids.lesson, journal_id: ids.journal, room: FOREIGN_WORD, ...times, ...v })
  const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false, ...v }
  const place = { lesson_id: ids.lesson, student_id: ids.student }
  await add('mark', {
    id: newId(),
    work_id: ids.lesson,
    value: '5',
    comment: FOREIGN_WORD,
    ...place,
    ...entered,
  })
  await add('attendance', { id: newId(), code: 'з', ...place, ...entered })
  await add('substitution', {
    id: ids.substitution,
    lesson_id: ids.lesson,
    substitute_id: ids.secretary,
    ...v,
  })
  await add('referred_entry', {
    id: ids.referred,
    author_id: teacher,
    journal_id: ids.journal,
    lesson_id: ids.lesson,
    kind: 'record',
    body: { topic: FOREIGN_WORD, planItemId: null, comment: null, version: 0 },
    operation_id: newId(),
    referred_at: '2026-11-12T08:00:00Z',
    ...v,
  })
  const asked = {
    person_id: ids.guardian,
    asker_id: ids.secretary,
    asked_at: '2026-11-12T07:00:00Z',
    expires_at: '2026-11-19T07:00:00Z',
    by_console: false,
    ...v,
  }
  await add('approval', {
    ...asked,
    id: ids.approval,
    number: 3,
    kind: 'roles',
    body: { before: [], after: [{ role: 'deputy', from: '2026-11-12', to: null }] },
    state: 'waiting',
  })
  await add('approval', {
    ...asked,
    id: ids.confirmed,
    number: 4,
    kind: 'first-password',
    body: {},
    state: 'confirmed',
    decided_by: teacher,
    decided_at: '2026-11-12T08:00:00Z',
  })
  await add('entry_window', {
    id: ids.window,
    journal_id: ids.journal,
    open_until: '2026-11-20',
    reason: FOREIGN_WORD,
    opened_by: teacher,
    closed: false,
    ...span,
    ...v,
  })
  const year = { grade_from: 5, grade_to: 9, starts_on: '2025-09-01', ends_on: '2025-10-31', ...v }
  const past = { closed_at: '2025-11-01T09:00:00Z', reason: FOREIGN_WORD, decided_by: teacher }
  await add('grading_period', { id: ids.periodOpen, name: `${FOREIGN_WORD} 1`, ...year })
  await add('grading_period', { id: ids.periodClosed, name: `${FOREIGN_WORD} 2`, ...year, ...past })
}
