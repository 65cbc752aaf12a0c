import type pg from 'pg'
import { hashPassword } from '#platform/passwords.ts'

/** How large a measured school is; the journal page is 25 children × 20 lessons at every size. */
export type School = { classes: number; journalsPerClass: number; children: number; lessons: number }

/** 1 000 children, 120 000 marks, 360 000 rows of attendance. */
export const LARGE: School = { classes: 40, journalsPerClass: 18, children: 25, lessons: 20 }
/** A hundredth of it: 25 children of one class with 9 000 rows of attendance would be a fortieth, so fewer journals. */
export const SMALL: School = { classes: 1, journalsPerClass: 7, children: 25, lessons: 20 }

/** The widest page people open: 35 children, 60 lessons. */
export const WIDE: School = { classes: 1, journalsPerClass: 1, children: 35, lessons: 60 }

export const TODAY = '2026-11-27'

/** When it is there, and what children stay from and to; absences only, as a teacher enters them, or each child's row. */
export type When = { today: string; from: string; to: string; absencesOnly?: boolean }
const AUTUMN: When = { today: TODAY, from: '2026-08-01', to: '2026-12-31' }
export const PASSWORD = 'a long pass phrase of the bench'

const id = (kind: string, n: string) => `('0000${kind}-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`
const one = (kind: string, n: number) => `0000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Ids the bench asks for: journal 1 is taught by person 1, child 1 sits in class 1, guardian 1 is its parent. */
export const at = {
  organization: one('0001', 1),
  journal: one('0007', 1),
  teacher: one('0003', 1),
  student: one('0004', 1),
  guardian: one('0005', 1),
  lesson: (n: number) => one('0008', n),
  child: (n: number) => one('0004', n),
}
/** Everybody has an account; of each kind the first has a plain token, the n-th `bench-teacher-n`. */
export const tokens = { teacher: 'bench-teacher', guardian: 'bench-guardian', student: 'bench-student' }
export const tokenOf = (kind: keyof typeof tokens, n: number): string =>
  n === 1 ? tokens[kind] : `${tokens[kind]}-${n}`

const statements = (
  { classes, journalsPerClass, children, lessons }: School,
  { today, from, to, absencesOnly = false }: When,
  hash: string,
): string[] => {
  const journals = classes * journalsPerClass
  const o = `'${at.organization}'::uuid`
  const person = (kind: string, count: number, last: string) =>
    `insert into person (organization_id, id, last_name, first_name, middle_name)
     select ${o}, ${id(kind, 'n')}, '${last}' || n, 'Имя' || n % 40, 'Отчество' || n % 30 from generate_series(1, ${count}) n`
  const named = (name: string) => `'bench-${name}' || case when n > 1 then '-' || n else '' end`
  const account = (kind: string, name: string, count: number) =>
    `insert into account (organization_id, id, person_id, login, password_hash, must_change_password, rules_accepted_at)
     select ${o}, ${id(kind, 'n')}, ${id(kind, 'n')}, ${named(name)}, '${hash}', false, now() from generate_series(1, ${count}) n`
  const session = (kind: string, name: string, count: number) =>
    `insert into session (organization_id, id, account_id, token_hash, started_at, seen_at, expires_at)
     select ${o}, gen_random_uuid(), ${id(kind, 'n')}, sha256((${named(name)})::bytea), '${today}', '${today}T23:00:00Z', '2099-01-01'
     from generate_series(1, ${count}) n`
  const role = (kind: string, name: string, count: number) =>
    `insert into role_assignment (organization_id, id, person_id, role, starts_on)
     select ${o}, gen_random_uuid(), ${id(kind, 'n')}, '${name}', '2026-01-01' from generate_series(1, ${count}) n`
  const everybody = [
    ['0003', 'teacher', journals],
    ['0004', 'student', classes * children],
    ['0005', 'guardian', classes * children],
  ] as const
  return [
    `insert into organization (id, name, short_name) values (${o}, 'Школа', 'Школа')`,
    person('0003', journals, 'Учитель'),
    person('0004', classes * children, 'Ученик'),
    person('0005', classes * children, 'Родитель'),
    ...everybody.flatMap(([kind, name, count]) =>
      [account, session, role].map((made) => made(kind, name, count)),
    ),
    `insert into intake (organization_id, id, number, name, school_year, starts_on, ends_on)
     values (${o}, '${one('0002', 1)}', 2, '2-й заезд', '2026/27', '${from}', '${to}')`,
    `insert into subject (organization_id, id, name) select ${o}, ${id('0009', 'n')}, 'Предмет ' || n from generate_series(1, ${journalsPerClass}) n`,
    `insert into student (organization_id, id, program) select ${o}, ${id('0004', 'n')}, 'ООП' from generate_series(1, ${classes * children}) n`,
    `insert into stay (organization_id, id, student_id, intake_id, kind, starts_on, ends_on)
     select ${o}, gen_random_uuid(), ${id('0004', 'n')}, '${one('0002', 1)}', 'temporary', '${from}', '${to}' from generate_series(1, ${classes * children}) n`,
    `insert into guardian_link (organization_id, id, guardian_id, student_id, kinship, starts_on)
     select ${o}, gen_random_uuid(), ${id('0005', 'n')}, ${id('0004', 'n')}, 'мать', '2026-01-01' from generate_series(1, ${classes * children}) n`,
    `insert into study_group (organization_id, id, intake_id, kind, name, grade_from, grade_to)
     select ${o}, ${id('0006', 'n')}, '${one('0002', 1)}', 'class', 'Класс ' || n, 7, 7 from generate_series(1, ${classes}) n`,
    `insert into group_member (organization_id, id, group_id, group_kind, student_id, starts_on, ends_on)
     select ${o}, gen_random_uuid(), ${id('0006', `(n - 1) / ${children} + 1`)}, 'class', ${id('0004', 'n')}, '${from}', '${to}'
     from generate_series(1, ${classes * children}) n`,
    `insert into work_type (organization_id, id, name, short, weight, position) values (${o}, '${one('000b', 1)}', 'Ответ', 'отв', 1, 1)`,
    `insert into attendance_code (organization_id, id, code, name, absent, counted, position)
     values (${o}, gen_random_uuid(), 'н', 'Отсутствие', true, true, 1), (${o}, gen_random_uuid(), 'б', 'Болезнь', true, true, 2)`,
    `insert into teaching_assignment (organization_id, id, intake_id, kind, subject_id, group_id, teacher_id, part, weekly_hours)
     select ${o}, ${id('0007', 'n')}, '${one('0002', 1)}', 'lessons', ${id('0009', `(n - 1) % ${journalsPerClass} + 1`)},
       ${id('0006', `(n - 1) / ${journalsPerClass} + 1`)}, ${id('0003', 'n')}, 'mandatory', 5 from generate_series(1, ${journals}) n`,
    // Seven lessons a day in each class, counted back from today, the journals of the class in turn.
    `insert into lesson (organization_id, id, journal_id, held_on, period, starts_at, ends_at)
     select ${o}, ${id('0008', `(j - 1) * ${lessons} + d`)}, ${id('0007', 'j')},
       date '${today}' - k / 7 - k / 35 * 2, k % 7 + 1, make_time(8 + k % 7, 0, 0), make_time(8 + k % 7, 40, 0)
     from generate_series(1, ${journals}) j, generate_series(1, ${lessons}) d,
       lateral (select (${lessons} - d) * ${journalsPerClass} + (j - 1) % ${journalsPerClass} as k) back`,
    `insert into lesson_work (organization_id, id, lesson_id, work_type_id, weight, position)
     select organization_id, id, id, '${one('000b', 1)}', 1, 0 from lesson`,
    `insert into lesson_record (organization_id, id, lesson_id, topic, taught_by, entered_on, entered_at, late)
     select l.organization_id, gen_random_uuid(), l.id, 'Тема урока', j.teacher_id, held_on, held_on, false
     from lesson l join teaching_assignment j on j.id = l.journal_id`,
    `insert into homework (organization_id, id, lesson_id, text, minutes, entered_on, entered_at, late)
     select organization_id, gen_random_uuid(), id, '§ 12, упр. 3', 20, held_on, held_on, false from lesson`,
    `insert into attendance (organization_id, id, lesson_id, student_id, code, entered_on, entered_at, late)
     select l.organization_id, gen_random_uuid(), l.id, m.student_id,
       case when hashtext(l.id::text || m.student_id::text) % 12 = 0 then 'н' end, l.held_on, l.held_on, false
     from lesson l join teaching_assignment j on j.id = l.journal_id join group_member m on m.group_id = j.group_id
     ${absencesOnly ? 'where hashtext(l.id::text || m.student_id::text) % 12 = 0' : ''}`,
    `insert into mark (organization_id, id, lesson_id, work_id, student_id, value, entered_on, entered_at, late)
     select l.organization_id, gen_random_uuid(), l.id, l.id, m.student_id,
       (3 + abs(hashtext(m.student_id::text || l.id::text)) % 3)::text, l.held_on, l.held_on, false
     from lesson l join teaching_assignment j on j.id = l.journal_id join group_member m on m.group_id = j.group_id
     where abs(hashtext(l.id::text || m.student_id::text || 'm')) % 3 = 0`,
  ]
}

/** Fills an empty migrated database with a school; triggers rest meanwhile, the data is what they would leave. */
export async function seed(owner: pg.Pool, school: School, when: When = AUTUMN): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query('set session_replication_role = replica')
    for (const statement of statements(school, when, await hashPassword(PASSWORD)))
      await client.query(statement)
    await client.query('analyze')
  } finally {
    client.release(true)
  }
}
