import type { Day } from '#domain/calendar/day.ts'
import { addDays } from '#domain/calendar/day.ts'
import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Everyone of the small school by name. Its «today» is Thursday, 12 November 2026, the second week of the intake. */
export const ids = {
  school: id(1),
  otherSchool: id(2),
  intake: id(3),
  director: id(10),
  deputy: id(11),
  admin: id(12),
  officer: id(13),
  secretary: id(14),
  /** Teaches physics to 7А, with marks. */
  teacher: id(15),
  /** Teaches music to 7А; substitutes for physics on `substituted`. */
  substitute: id(16),
  /** Leads 7А, teaches nothing. */
  homeroom: id(17),
  /** Leads the chess club. */
  clubTeacher: id(18),
  specialist: id(19),
  carer: id(20),
  /** Teaches physics to 8А. */
  stranger: id(21),
  otherSchoolTeacher: id(22),
  anna: id(30),
  boris: id(31),
  /** Arrived on 11 November. */
  late: id(32),
  /** Left on 6 November. */
  former: id(33),
  /** In 8А. */
  galina: id(34),
  motherOfAnna: id(40),
  motherOfGalina: id(41),
  class7: id(50),
  class8: id(51),
  chess: id(52),
  physics7: id(60),
  music7: id(61),
  physics8: id(62),
  chessJournal: id(63),
  /** Physics of 7А by day: Monday 2, Thursday 5, Monday 9, today, and ahead on Monday 16. */
  first: id(70),
  second: id(71),
  /** Physics on Monday 9 November, taught by the substitute. */
  substituted: id(72),
  today: id(73),
  ahead: id(74),
  physics8Today: id(75),
  chessToday: id(76),
  musicToday: id(77),
  answer: id(80),
  test: id(81),
} as const

export const TODAY: Day = '2026-11-12'

export type Who = keyof typeof ids
const PEOPLE: [Who, string, string, string | null, string[]][] = [
  ['director', 'Белозерская', 'Ирина', 'Вячеславовна', ['director']],
  ['deputy', 'Осокина', 'Людмила', 'Геннадьевна', ['deputy']],
  ['admin', 'Ким', 'Чжи Хун', null, ['system-admin']],
  ['officer', 'Щёголев', 'Антон', 'Юрьевич', ['journal-officer']],
  ['secretary', 'Перова', 'Нина', 'Олеговна', ['secretary']],
  ['teacher', 'Саркисов', 'Вадим', 'Рубенович', ['teacher']],
  ['substitute', 'Чхеидзе', 'Нино', 'Зурабовна', ['teacher']],
  ['homeroom', 'Фёдорова', 'Галина', 'Петровна', ['homeroom-teacher']],
  ['clubTeacher', 'Пак', 'Сергей', 'Енгунович', ['activity-teacher']],
  ['specialist', 'Аюпова', 'Лилия', 'Рашитовна', ['specialist']],
  ['carer', 'Зотова', 'Вера', 'Ильинична', ['carer']],
  ['stranger', 'Громов', 'Степан', 'Андреевич', ['teacher']],
  ['anna', 'Абрамова', 'Анна', 'Сергеевна', ['student']],
  ['boris', 'Белов', 'Борис', 'Ильич', ['student']],
  ['late', 'Власов', 'Пётр', 'Ильич', ['student']],
  ['former', 'Гусев', 'Иван', 'Олегович', ['student']],
  ['galina', 'Дёмина', 'Галина', 'Павловна', ['student']],
  ['motherOfAnna', 'Абрамова', 'Ольга', 'Юрьевна', ['guardian']],
  ['motherOfGalina', 'Дёмина', 'Раиса', 'Львовна', ['guardian']],
]

type Row = Record<string, unknown>

/** Adds rows to the world as the owner of the database, past the rules, with history and triggers as ever. */
export async function insert(database: Database, table: string, rows: Row[]): Promise<void> {
  const organization = table === 'organization' ? {} : { organization_id: ids.school }
  const filled = rows.map((row) => ({ ...organization, ...row }))
  const columns = Object.keys(filled[0] ?? {})
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    await client.query(
      `select set_config('app.organization_id', $1, true), set_config('app.reason', 'test world', true)`,
      [ids.school],
    )
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(filled)],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** Lays the school down in an empty migrated database, for a file that keeps one database for all its tests. */
export async function fill(database: Database): Promise<void> {
  const add = (table: string, ...rows: Row[]) => insert(database, table, rows)
  const span = { starts_on: '2026-11-02', ends_on: '2026-12-19' }
  await add(
    'organization',
    {
      id: ids.school,
      name: 'Центр «Сосновый берег»',
      short_name: 'Сосновый берег',
      time_zone: 'Europe/Moscow',
      is_demo: false,
      entry_window_days: 5,
      window_opener_roles: ['deputy', 'journal-officer'],
      family_access_days: 180,
      version: 1,
    },
    {
      id: ids.otherSchool,
      name: 'Другой центр',
      short_name: 'Другой',
      time_zone: 'Asia/Yekaterinburg',
      is_demo: false,
      entry_window_days: 5,
      window_opener_roles: ['deputy'],
      family_access_days: 180,
      version: 1,
    },
  )
  const v = { version: 1 }
  await add(
    'person',
    ...PEOPLE.map(([who, last_name, first_name, middle_name]) => ({
      id: ids[who],
      last_name,
      first_name,
      middle_name,
      ...v,
    })),
    {
      organization_id: ids.otherSchool,
      id: ids.otherSchoolTeacher,
      last_name: 'Чужой',
      first_name: 'Олег',
      middle_name: null,
      ...v,
    },
  )
  const everyone: [Who, string, string[]][] = [
    ...PEOPLE.map(([who, , , , roles]): [Who, string, string[]] => [who, ids.school, roles]),
    ['otherSchoolTeacher', ids.otherSchool, ['teacher', 'deputy', 'system-admin', 'director']],
  ]
  await add(
    'role_assignment',
    ...everyone.flatMap(([who, organization_id, roles]) =>
      roles.map((role) => ({
        organization_id,
        id: newId(),
        person_id: ids[who],
        role,
        starts_on: '2026-09-01',
        ...v,
      })),
    ),
  )
  // Accounts of the world are never signed in to by password; sessions are laid down ready.
  await add(
    'account',
    ...everyone.map(([who, organization_id]) => ({
      organization_id,
      id: ids[who],
      person_id: ids[who],
      login: who.toLowerCase(),
      password_hash: 'none',
      must_change_password: false,
      rules_accepted_at: '2026-09-01T00:00:00Z',
      ...v,
    })),
  )
  await add(
    'session',
    ...everyone.map(([who, organization_id]) => ({
      organization_id,
      id: newId(),
      account_id: ids[who],
      token_hash: `\\x${sha256(`token-of-${who}`).toString('hex')}`,
      started_at: '2026-11-12T05:00:00Z',
      seen_at: '2026-11-12T05:00:00Z',
      expires_at: '2027-01-01T00:00:00Z',
      device: 'test',
    })),
  )
  await add('intake', { id: ids.intake, number: 2, name: '2-й заезд', school_year: '2026/27', ...span, ...v })
  await add(
    'student',
    ...(['anna', 'boris', 'late', 'former', 'galina'] as const).map((who) => ({
      id: ids[who],
      program: 'ООП ООО',
      adapted: false,
      ...v,
    })),
  )
  await add(
    'study_group',
    {
      id: ids.class7,
      intake_id: ids.intake,
      kind: 'class',
      name: '7А',
      grade_from: 7,
      grade_to: 7,
      homeroom_teacher_id: ids.homeroom,
      ...v,
    },
    {
      id: ids.class8,
      intake_id: ids.intake,
      kind: 'class',
      name: '8А',
      grade_from: 8,
      grade_to: 8,
      homeroom_teacher_id: null,
      ...v,
    },
    {
      id: ids.chess,
      intake_id: ids.intake,
      kind: 'activity',
      name: 'Шахматы',
      grade_from: null,
      grade_to: null,
      homeroom_teacher_id: null,
      ...v,
    },
  )
  const member = (
    group_id: string,
    group_kind: string,
    student: Who,
    starts_on = '2026-11-02',
    ends_on = '2026-12-19',
  ) => ({ id: newId(), group_id, group_kind, student_id: ids[student], starts_on, ends_on, ...v })
  await add(
    'group_member',
    member(ids.class7, 'class', 'anna'),
    member(ids.class7, 'class', 'boris'),
    member(ids.class7, 'class', 'late', '2026-11-11'),
    member(ids.class7, 'class', 'former', '2026-11-02', '2026-11-06'),
    member(ids.class8, 'class', 'galina'),
    member(ids.chess, 'activity', 'anna'),
    member(ids.chess, 'activity', 'galina'),
  )
  await add(
    'stay',
    ...(['anna', 'boris', 'late', 'former', 'galina'] as const).map((who) => ({
      id: newId(),
      student_id: ids[who],
      intake_id: ids.intake,
      kind: 'temporary',
      ...span,
      ...(who === 'late' && { starts_on: '2026-11-11' }),
      ...(who === 'former' && { ends_on: '2026-11-06' }),
      ...v,
    })),
  )
  await add(
    'guardian_link',
    {
      id: newId(),
      guardian_id: ids.motherOfAnna,
      student_id: ids.anna,
      kinship: 'мать',
      starts_on: '2026-11-02',
      ...v,
    },
    {
      id: newId(),
      guardian_id: ids.motherOfGalina,
      student_id: ids.galina,
      kinship: 'мать',
      starts_on: '2026-11-02',
      ...v,
    },
  )
  await add(
    'work_type',
    { id: ids.answer, name: 'Ответ на уроке', short: 'отв', weight: 1, position: 1, ...v },
    { id: ids.test, name: 'Контрольная работа', short: 'к/р', weight: 3, position: 2, ...v },
  )
  await add(
    'attendance_code',
    ...(
      [
        ['н', 'Не был, причина не известна', true, true],
        ['б', 'Болезнь', true, true],
        ['о', 'Опоздание', false, false],
        ['п', 'Процедура', true, false],
      ] as const
    ).map(([code, name, absent, counted], position) => ({
      id: newId(),
      code,
      name,
      absent,
      counted,
      position,
      ...v,
    })),
  )
  const subjects = { physics: id(90), music: id(91), chess: id(92) }
  await add(
    'subject',
    { id: subjects.physics, name: 'Физика', ...v },
    { id: subjects.music, name: 'Музыка', ...v },
    { id: subjects.chess, name: 'Шахматы', ...v },
  )
  await add('lesson_plan', {
    id: id(95),
    intake_id: ids.intake,
    subject_id: subjects.physics,
    title: 'Физика, 7А',
    ...v,
  })
  await add(
    'lesson_plan_item',
    ...[
      'Физика — наука о природе',
      'Физические величины',
      'Строение вещества',
      'Диффузия',
      'Агрегатные состояния',
    ].map((topic, n) => ({
      id: id(900 + n),
      plan_id: id(95),
      position: n + 1,
      topic,
      hours: 1,
      homework: `§ ${n + 1}`,
      homework_minutes: 20,
      ...v,
    })),
  )
  const journal = (
    journalId: string,
    kind: string,
    subject_id: string,
    group_id: string,
    teacher_id: string,
  ) => ({
    id: journalId,
    intake_id: ids.intake,
    kind,
    subject_id,
    group_id,
    teacher_id,
    part: 'mandatory',
    weekly_hours: 2,
    gradeless: false,
    lesson_plan_id: journalId === ids.physics7 ? id(95) : null,
    ...v,
  })
  await add(
    'teaching_assignment',
    journal(ids.physics7, 'lessons', subjects.physics, ids.class7, ids.teacher),
    journal(ids.music7, 'lessons', subjects.music, ids.class7, ids.substitute),
    journal(ids.physics8, 'lessons', subjects.physics, ids.class8, ids.stranger),
    journal(ids.chessJournal, 'activity', subjects.chess, ids.chess, ids.clubTeacher),
  )
  const lesson = (lessonId: string, journal_id: string, held_on: Day, period: number) => ({
    id: lessonId,
    journal_id,
    held_on,
    period,
    starts_at: `${8 + period}:00`,
    ends_at: `${8 + period}:40`,
    room: '34',
    ...v,
  })
  await add(
    'lesson',
    lesson(ids.first, ids.physics7, '2026-11-02', 2),
    lesson(ids.second, ids.physics7, '2026-11-05', 2),
    lesson(ids.substituted, ids.physics7, '2026-11-09', 2),
    lesson(ids.today, ids.physics7, TODAY, 2),
    lesson(ids.ahead, ids.physics7, addDays(TODAY, 4), 2),
    lesson(ids.physics8Today, ids.physics8, TODAY, 3),
    lesson(ids.chessToday, ids.chessJournal, TODAY, 7),
    lesson(ids.musicToday, ids.music7, TODAY, 4),
  )
  await add('substitution', {
    id: newId(),
    lesson_id: ids.substituted,
    substitute_id: ids.substitute,
    reason: 'болезнь',
    ...v,
  })
}
