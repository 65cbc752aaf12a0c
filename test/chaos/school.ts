import { createHash } from 'node:crypto'
import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert } from '../world.ts'

/** A lesson of today with the children who may get marks at it; its first work has the lesson's own id. */
export type Lesson = { id: string; journalId: string; token: string; students: string[] }

/** How big a school the chaos needs: every journal has a teacher, a class and lessons of its own. */
export type Size = { journals: number; lessons: number; students: number }

const day = (shift: number): string => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10)
const version = 1

/** Fills an empty migrated database with a school where today is the real day, and everybody is signed in. */
export async function fillSchool(database: Database, size: Size): Promise<Lesson[]> {
  const add = (table: string, rows: Record<string, unknown>[]) => insert(database, table, rows)
  await add('organization', [
    {
      id: ids.school,
      name: 'Центр «Сосновый берег»',
      short_name: 'Сосновый берег',
      time_zone: 'Europe/Moscow',
      is_demo: false,
      entry_window_days: 5,
      window_opener_roles: ['deputy'],
      family_access_days: 180,
      version,
    },
  ])
  await add('intake', [
    {
      id: ids.intake,
      number: 1,
      name: '1-й заезд',
      school_year: '2026/27',
      starts_on: day(-14),
      ends_on: day(14),
      version,
    },
  ])
  await add('work_type', [
    {
      id: ids.answer,
      name: 'Ответ на уроке',
      short: 'отв',
      weight: 1,
      position: 1,
      archived: false,
      version,
    },
  ])
  await add(
    'attendance_code',
    ['н', 'б', 'о'].map((code, position) => ({
      id: newId(),
      code,
      name: `Причина «${code}»`,
      absent: true,
      counted: true,
      position,
      version,
    })),
  )
  await add('subject', [{ id: ids.physics7, name: 'Физика', version }])
  const lessons: Lesson[] = []
  for (let n = 0; n < size.journals; n++) lessons.push(...(await fillJournal(add, n, size)))
  return lessons
}

async function fillJournal(
  add: (table: string, rows: Record<string, unknown>[]) => Promise<void>,
  n: number,
  size: Size,
): Promise<Lesson[]> {
  const [teacher, group, journalId] = [newId(), newId(), newId()]
  const token = `token-of-teacher-${n}`
  const students = Array.from({ length: size.students }, () => newId())
  const lessons = Array.from({ length: size.lessons }, () => newId())
  const person = (id: string, first_name: string) => ({ id, last_name: 'Ученик', first_name, version })
  await add('person', [
    person(teacher, `Учитель ${n}`),
    ...students.map((id, at) => person(id, `Ребёнок ${at}`)),
  ])
  await add('role_assignment', [
    { id: newId(), person_id: teacher, role: 'teacher', starts_on: day(-30), version },
  ])
  await add('account', [
    {
      id: teacher,
      person_id: teacher,
      login: `teacher${n}`,
      password_hash: 'none',
      must_change_password: false,
      rules_accepted_at: `${day(-30)}T00:00:00Z`,
      version,
    },
  ])
  await add('session', [
    {
      id: newId(),
      account_id: teacher,
      token_hash: `\\x${createHash('sha256').update(token).digest('hex')}`,
      started_at: new Date().toISOString(),
      seen_at: new Date().toISOString(),
      expires_at: `${day(2)}T00:00:00Z`,
      device: 'test',
    },
  ])
  await add(
    'student',
    students.map((id) => ({ id, program: 'ООП ООО', adapted: false, version })),
  )
  await add('study_group', [
    {
      id: group,
      intake_id: ids.intake,
      kind: 'class',
      name: `7-${n + 1}`,
      grade_from: 7,
      grade_to: 7,
      version,
    },
  ])
  await add(
    'group_member',
    students.map((student_id) => ({
      id: newId(),
      group_id: group,
      group_kind: 'class',
      student_id,
      starts_on: day(-14),
      ends_on: day(14),
      version,
    })),
  )
  await add('teaching_assignment', [
    {
      id: journalId,
      intake_id: ids.intake,
      kind: 'lessons',
      subject_id: ids.physics7,
      group_id: group,
      teacher_id: teacher,
      part: 'mandatory',
      weekly_hours: 2,
      gradeless: false,
      version,
    },
  ])
  await add(
    'lesson',
    lessons.map((id, at) => ({
      id,
      journal_id: journalId,
      // The organisation is three hours ahead of UTC; yesterday is open with a reason whatever the hour is.
      held_on: day(-1),
      period: at,
      starts_at: `${String(8 + at).padStart(2, '0')}:00`,
      ends_at: `${String(8 + at).padStart(2, '0')}:40`,
      version,
    })),
  )
  return lessons.map((id) => ({ id, journalId, token, students }))
}
