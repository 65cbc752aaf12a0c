import { hash } from '@node-rs/argon2'
import type { FastifyInstance } from 'fastify'
import type { Role } from '#domain/access/access.ts'
import { ROLES } from '#domain/access/access.ts'
import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Operation } from '#platform/operation.ts'
import { sha256 } from '#platform/secrets.ts'
import { createServer } from '../../server/app.ts'
import { createDatabase } from '../database.ts'
import { fill, insert, ids as school } from '../world.ts'
import { fillOtherSchool } from './other-school.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Those of `world.ts`, and more of those who look alike and may not do alike. */
export const ids = {
  ...school,
  /** Deputy who teaches nothing. */
  deputyTeacher: id(300),
  /** System administrator who also teaches drawing to 8А. */
  adminTeacher: id(301),
  /** Teaches nothing to 7А, mother of Boris. */
  teacherMother: id(302),
  /** Leads 8А, teaches nothing. */
  homeroom8: id(303),
  /** Was Boris's guardian until 10 November. */
  formerGuardian: id(304),
  motherOfFormer: id(305),
  /** Teacher until 1 November; a journal of 7А is still under this name. */
  dismissed: id(306),
  /** Director from December on. */
  future: id(307),
  /** All of these hold every role there is, and none gets in. */
  disabled: id(310),
  expired: id(311),
  ended: id(312),
  firstPassword: id(313),
  rulesUnread: id(314),
  drawing8: id(320),
  drawing8Today: id(321),
  dismissedJournal: id(322),
  dismissedToday: id(323),
  codeAway: id(325),
  window: id(326),
  periodOpen: id(331),
  periodClosed: id(332),
  referred: id(327),
  /** Asked by the administrator: the carer shall be a deputy. */
  approval: id(329),
  /** Confirmed by the director: a first password for the officer. */
  confirmed: id(330),
  /** Without an account. */
  noAccount: id(324),
  /** Of the other organisation. */
  foreign: {
    intake: id(400),
    classUnit: id(401),
    student: id(402),
    guardian: id(403),
    journal: id(404),
    lesson: id(405),
    subject: id(406),
    workType: id(407),
    plan: id(408),
    planItem: id(409),
    attendanceCode: id(410),
    window: id(411),
    periodOpen: id(419),
    periodClosed: id(420),
    referred: id(416),
    approval: id(417),
    confirmed: id(418),
    role: id(412),
    stay: id(413),
    substitution: id(414),
    secretary: id(415),
  },
  /** Of nobody at all. */
  nothing: id(999),
} as const

type Extra = readonly [
  Exclude<keyof typeof ids, 'foreign'>,
  string,
  string,
  readonly Role[],
  string?,
  string?,
]
const EXTRAS: readonly Extra[] = [
  ['deputyTeacher', 'Юшкевич', 'Мария', ['deputy', 'teacher']],
  ['adminTeacher', 'Эйдельман', 'Павел', ['system-admin', 'teacher']],
  ['teacherMother', 'Белова', 'Ксения', ['teacher', 'guardian']],
  ['homeroom8', 'Цыганкова', 'Тамара', ['homeroom-teacher', 'teacher']],
  ['formerGuardian', 'Ухтомская', 'Зинаида', ['guardian']],
  ['motherOfFormer', 'Гусева', 'Марина', ['guardian']],
  ['dismissed', 'Хворостов', 'Игорь', ['teacher'], '2026-09-01', '2026-11-01'],
  ['future', 'Шелест', 'Юлия', ['director'], '2026-12-01'],
  ['disabled', 'Отключённый', 'Яков', ROLES],
  ['expired', 'Просроченный', 'Яков', ROLES],
  ['ended', 'Завершённый', 'Яков', ROLES],
  ['firstPassword', 'Первопарольный', 'Яков', ROLES],
  ['rulesUnread', 'Нечитавший', 'Яков', ROLES],
]

/** Signed in and holding a role today. */
export const ACTORS = [
  'director',
  'deputy',
  'admin',
  'officer',
  'secretary',
  'teacher',
  'substitute',
  'homeroom',
  'clubTeacher',
  'specialist',
  'carer',
  'stranger',
  'deputyTeacher',
  'adminTeacher',
  'teacherMother',
  'homeroom8',
  'anna',
  'boris',
  'galina',
  'former',
  'motherOfAnna',
  'motherOfGalina',
  'motherOfFormer',
  'formerGuardian',
  'otherSchoolTeacher',
] as const
export type Actor = (typeof ACTORS)[number]
/** Stands in every free text that probes send, so that a log or an error that repeats it is seen. */
export const CANARY = 'Канарейка'

export type Stage = {
  database: Database
  server: FastifyInstance
  clock: { now: Date }
  /** Lines of the log so far. */
  log: string[]
  close: () => Promise<void>
}

/** A filled database to copy stages from: filling takes half a second, a copy 20 ms. */
export async function createTemplate(): Promise<{ name: string; drop: () => Promise<void> }> {
  const database = await createDatabase()
  await fill(database)
  await fillMore(database)
  await fillOtherSchool(database, ids.foreign)
  // A template is copied only while nobody is connected.
  const { name } = database
  const keeper = await createDatabase()
  await Promise.all([database.app.destroy(), database.owner.end()])
  return {
    name,
    drop: async () => {
      await keeper.owner.query(`drop database ${name} with (force)`)
      await keeper.close()
    },
  }
}

/** A server of its own over a copy of the template, with its log caught. */
export async function openStage(
  template: string,
  { checkAnswers = true, served }: { checkAnswers?: boolean; served?: readonly Operation[] } = {},
): Promise<Stage> {
  const database = await createDatabase(template)
  const clock = { now: new Date('2026-11-12T09:00:00Z') }
  const log: string[] = []
  const server = await createServer({
    database,
    clock: () => clock.now,
    checkAnswers,
    ...(served && { served }),
    logLevel: 'info',
    logTo: { write: (line) => log.push(line) },
  })
  const close = async () => {
    await server.close()
    await database.close()
  }
  return { database, server, clock, log, close }
}

async function fillMore(database: Database): Promise<void> {
  const add = (table: string, ...rows: Record<string, unknown>[]) => insert(database, table, rows)
  const v = { version: 1 }
  await add(
    'person',
    ...EXTRAS.map(([who, last_name, first_name]) => ({ id: ids[who], last_name, first_name, ...v })),
    { id: ids.noAccount, last_name: 'Безлогинов', first_name: 'Лука', ...v },
  )
  await add(
    'role_assignment',
    ...EXTRAS.flatMap(([who, , , roles, starts_on = '2026-09-01', ends_on = null]) =>
      roles.map((role) => ({ id: newId(), person_id: ids[who], role, starts_on, ends_on, ...v })),
    ),
  )
  const accepted = '2026-09-01T00:00:00Z'
  await add(
    'account',
    ...EXTRAS.map(([who]) => ({
      id: ids[who],
      person_id: ids[who],
      login: who.toLowerCase(),
      password_hash: 'later',
      must_change_password: who === 'firstPassword',
      rules_accepted_at: who === 'rulesUnread' || who === 'firstPassword' ? null : accepted,
      disabled_at: who === 'disabled' ? accepted : null,
      ...v,
    })),
  )
  await add(
    'session',
    ...EXTRAS.map(([who]) => ({
      id: newId(),
      account_id: ids[who],
      token_hash: `\\x${sha256(`token-of-${who}`).toString('hex')}`,
      started_at: '2026-11-12T05:00:00Z',
      seen_at: '2026-11-12T09:00:00Z',
      expires_at: who === 'expired' ? '2026-11-12T08:59:59Z' : '2027-01-01T00:00:00Z',
      ended_at: who === 'ended' ? '2026-11-12T08:00:00Z' : null,
      device: 'test',
    })),
  )
  // Everybody's password is the canary, cheaply hashed: the matrix is not about the cost of guessing.
  const hashed = await hash(CANARY, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  await database.owner.query('update account set password_hash = $1', [hashed])
  await database.owner.query(`update attendance_code set id = $1 where code = 'б'`, [ids.codeAway])
  await fillRelations(database)
}

async function fillRelations(database: Database): Promise<void> {
  const add = (table: string, ...rows: Record<string, unknown>[]) => insert(database, table, rows)
  const v = { version: 1 }
  await database.owner.query('update study_group set homeroom_teacher_id = $2 where id = $1', [
    ids.class8,
    ids.homeroom8,
  ])
  const link = (guardian_id: string, student_id: string, ends_on: string | null = null) => ({
    id: newId(),
    guardian_id,
    student_id,
    kinship: 'мать',
    starts_on: '2026-11-02',
    ends_on,
    ...v,
  })
  await add(
    'guardian_link',
    link(ids.teacherMother, ids.boris),
    link(ids.formerGuardian, ids.boris, '2026-11-10'),
    link(ids.motherOfFormer, ids.former),
  )
  const subject_id = id(330)
  await add('subject', { id: subject_id, name: 'Рисование', ...v })
  const journal = { intake_id: ids.intake, kind: 'lessons', subject_id, part: 'mandatory', weekly_hours: 1 }
  await add(
    'teaching_assignment',
    {
      ...journal,
      id: ids.drawing8,
      group_id: ids.class8,
      teacher_id: ids.adminTeacher,
      gradeless: false,
      ...v,
    },
    {
      ...journal,
      id: ids.dismissedJournal,
      group_id: ids.class7,
      teacher_id: ids.dismissed,
      gradeless: false,
      ...v,
    },
  )
  const lesson = { held_on: '2026-11-12', period: 5, starts_at: '13:00', ends_at: '13:40', ...v }
  await add(
    'lesson',
    { ...lesson, id: ids.drawing8Today, journal_id: ids.drawing8 },
    { ...lesson, id: ids.dismissedToday, journal_id: ids.dismissedJournal },
  )
  // A value in every kind of record that may hold one child's, so that a read that forgets whose has something to show.
  const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false, ...v }
  const mark = (lesson_id: string, student_id: string, comment: string) => ({
    id: newId(),
    lesson_id,
    work_id: lesson_id,
    student_id,
    value: '4',
    comment,
    ...entered,
  })
  await add(
    'mark',
    mark(ids.musicToday, ids.anna, 'О мелодии Анны'),
    mark(ids.musicToday, ids.boris, 'О мелодии Бориса'),
    mark(ids.physics8Today, ids.galina, 'Об опыте Галины'),
    mark(ids.first, ids.former, 'О работе Ивана'),
  )
  const away = (lesson_id: string, student_id: string) => ({
    id: newId(),
    lesson_id,
    student_id,
    code: 'б',
    ...entered,
  })
  await add(
    'attendance',
    away(ids.second, ids.anna),
    away(ids.second, ids.boris),
    away(ids.physics8Today, ids.galina),
    away(ids.first, ids.former),
  )
  await add('entry_window', {
    id: ids.window,
    journal_id: ids.physics7,
    starts_on: '2026-09-01',
    ends_on: '2026-09-02',
    open_until: '2026-11-20',
    reason: 'болезнь учителя',
    opened_by: ids.deputy,
    closed: false,
    ...v,
  })
  const year = { grade_from: 5, grade_to: 9, starts_on: '2025-09-01', ends_on: '2025-10-31', ...v }
  const past = { closed_at: '2025-11-01T09:00:00Z', reason: 'итоги', decided_by: ids.deputy }
  await add('grading_period', { id: ids.periodOpen, name: 'Прошлогодняя', ...year })
  await add('grading_period', { id: ids.periodClosed, name: 'Позапрошлая', ...year, ...past })
  await add('referred_entry', {
    id: ids.referred,
    author_id: ids.teacher,
    journal_id: ids.physics7,
    lesson_id: ids.second,
    kind: 'record',
    body: { topic: 'Движение', planItemId: null, comment: null, version: 0 },
    operation_id: id(328),
    referred_at: '2026-11-12T08:00:00Z',
    ...v,
  })
  const asked = { asked_at: '2026-11-12T07:00:00Z', expires_at: '2026-11-19T07:00:00Z', ...v }
  await add('approval', {
    id: ids.approval,
    number: 1,
    kind: 'roles',
    person_id: ids.carer,
    asker_id: ids.admin,
    body: { before: [], after: [{ role: 'deputy', from: '2026-11-12', to: null }] },
    state: 'waiting',
    by_console: false,
    ...asked,
  })
  await add('approval', {
    id: ids.confirmed,
    number: 2,
    kind: 'first-password',
    person_id: ids.officer,
    asker_id: ids.admin,
    body: {},
    state: 'confirmed',
    by_console: false,
    decided_by: ids.director,
    decided_at: '2026-11-12T08:00:00Z',
    ...asked,
  })
  await add(
    'procedure',
    ...(['anna', 'boris', 'galina'] as const).map((who, n) => ({
      id: id(340 + n),
      student_id: ids[who],
      intake_id: ids.intake,
      name: `Массаж (${n})`,
      weekday: 4,
      starts_at: '15:00',
      ends_at: '15:30',
      ...v,
    })),
  )
  await add(
    'incoming_mark',
    ...(['anna', 'boris', 'galina'] as const).map((who, n) => ({
      id: id(350 + n),
      student_id: ids[who],
      intake_id: ids.intake,
      subject: 'Физика',
      kind: 'period',
      position: 1,
      value: '5',
      source_file: `ведомость ${n}.xlsx`,
      ...v,
    })),
  )
}
