import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CellHistory } from '#contract/gradebook.ts'
import type {
  Moment,
  MomentLessonPage,
  MomentLine,
  MomentOverview,
  MomentStudentPage,
} from '#contract/moments.ts'
import type { ReferredEntries } from '#contract/referrals.ts'
import { MOMENT_HOURS } from '#domain/backups/moment.ts'
import type { Keeper } from '#platform/backup/keeper.ts'
import { openStorage, type Storage } from '#platform/storage.ts'
import { keepBackups } from '#server/backups.ts'
import { mortalFolder, scratch } from '#test/temporary-cluster.ts'
import { fill, ids, insert, type Who, type World, worldIn } from '#test/world.ts'

const LONG_MS = 90_000
const tell = () => undefined

let dataDir: string
let storage: Storage
let keeper: Keeper
let world: World
/** After everything of the first state had been saved, and before anything of the second. */
let then: Date
let before: Date
let later = 0

const momentOf = async (who: 'admin' | 'deputy' = 'admin'): Promise<Moment | null> => {
  const { status, body } = await world.as(who).get<MomentOverview>('/api/moment')
  expect(status).toBe(200)
  return body.moment
}
const settled = (): Promise<Moment | null> =>
  vi.waitFor(
    async () => {
      const moment = await momentOf()
      expect(moment?.stage).not.toBe('opening')
      return moment
    },
    { timeout: LONG_MS, interval: 200 },
  )
const open = (at: Date) => world.as('admin').post('/api/moment', { at: at.toISOString() })
const left = () => readdirSync(dataDir).filter((name) => name.startsWith('postgres.moment'))

// One copy and one log for all tests.
beforeAll(async () => {
  const parent = mortalFolder(scratch())
  dataDir = join(parent, 'data')
  storage = await openStorage({ dataDir, databaseUrl: null }, { archive: true, tell })
  await fill(storage.database)
  // As a killed process leaves it.
  mkdirSync(join(dataDir, 'postgres.moment'))
  writeFileSync(join(dataDir, 'postgres.moment.log'), '')
  const config = { dataDir, diskWarnPercent: 99, backupKeyFile: join(parent, 'backup.key') }
  const clock = () => new Date(Date.now() + later)
  const kept = await keepBackups(config, storage, { clock, tell }, false)
  if (!kept) throw new Error('a bundled database has its backups kept')
  keeper = kept
  before = new Date()
  world = await worldIn(storage.database, { backups: keeper })
  await keeper.copyNow()
  await saveFirst()
  then = await pause()
  await saveSecond()
}, 120_000)
afterAll(async () => {
  await keeper?.stop()
  await storage?.stop()
}, 60_000)

const journal = `/api/journals/${ids.physics7}`
const record = (words: string | null, version: number, lessonId: string = ids.today) =>
  world.as('teacher').put(`/api/lessons/${lessonId}/record`, {
    topic: words,
    planItemId: null,
    comment: null,
    version,
    lateReason: 'проба',
  })
const homework = (text: string | null, version: number) =>
  world.as('teacher').put(`/api/lessons/${ids.today}/homework`, { text, minutes: 20, version })
const cell = (lessonId: string, studentId: string, value: string | null, version: number, isMark = true) => ({
  lessonId,
  studentId,
  ...(isMark && { workId: lessonId }),
  value,
  version,
})
const cells = (...sent: ReturnType<typeof cell>[]) =>
  world.as('teacher').put(`${journal}/cells`, { cells: sent, lateReason: 'проба' })
const done = async (...answers: Promise<{ status: number; body: unknown }>[]) => {
  for (const answer of answers) {
    const { status, body } = await answer
    expect([status, status === 200 ? null : body]).toEqual([200, null])
  }
}

/** What a lesson of today and one that is closed by now hold before the mistake. */
async function saveFirst() {
  await done(record('Диффузия', 0))
  await done(homework('§ 12, вопросы', 0))
  await done(
    cells(
      cell(ids.today, ids.anna, '5', 0),
      cell(ids.today, ids.boris, '4', 0),
      cell(ids.today, ids.anna, null, 0, false),
      cell(ids.today, ids.late, 'н', 0, false),
      cell(ids.substituted, ids.anna, '3', 0),
    ),
  )
}

/** Wiped, written over, and something that came after the moment. */
async function saveSecond() {
  await done(record(null, 1))
  await done(homework('Не то задание', 1))
  await done(
    cells(
      cell(ids.today, ids.anna, null, 1),
      cell(ids.today, ids.boris, '2', 1),
      cell(ids.today, ids.late, null, 1, false),
      cell(ids.today, ids.boris, 'н', 0, false),
      cell(ids.substituted, ids.anna, '2', 1),
    ),
  )
}

/** A moment apart from what was saved before and after it. */
async function pause(): Promise<Date> {
  await sleep(1100)
  const at = new Date()
  await sleep(1100)
  return at
}

/** The moment, opened unless a test before has opened it. */
async function opened(): Promise<string> {
  if ((await momentOf())?.stage !== 'open') expect((await open(then)).status).toBe(200)
  const moment = await settled()
  expect(moment).toMatchObject({ stage: 'open', at: then.toISOString() })
  return then.toISOString()
}

const compared = async (who: Who = 'teacher', lessonId: string = ids.today): Promise<MomentLessonPage> => {
  const { status, body } = await world.as(who).get<MomentLessonPage>(`/api/moment/lessons/${lessonId}`)
  expect(status).toBe(200)
  return body
}
const said = ({ part, student, before, now, difference, takeable }: MomentLine) =>
  [
    part,
    student?.split(' ')[0] ?? '',
    before ? (before.value ?? '·') : '',
    now ? (now.value ?? '·') : '',
    difference,
    takeable,
  ].join(' | ')
const takeBack = (body: object, who: Who = 'teacher') =>
  world.as(who).post('/api/moment/taken-back', {
    at: then.toISOString(),
    reason: 'Стёрто поздней загрузкой',
    ...body,
  })
const live = async (table: string, what: string): Promise<unknown[]> =>
  (
    await storage.database.owner.query(
      `select ${what} as what from ${table} where lesson_id = $1 order by 1 nulls first`,
      [ids.today],
    )
  ).rows.map((row) => row.what)

test('a moment is opened beside the journal, told to those who may look, and can only be read', async () => {
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: LONG_MS })
  expect(await momentOf()).toBeNull()
  const shut = await world.as('deputy').get(`/api/moment/lessons/${ids.today}`)
  expect([shut.status, shut.body.refusal]).toEqual([409, 'moment-closed'])

  const at = then.toISOString()
  expect((await open(then)).status).toBe(200)
  expect(await momentOf()).toMatchObject({ stage: 'opening', asked: at })
  const again = await open(then)
  expect([again.status, again.body.refusal]).toEqual([409, 'moment-taken'])
  const moment = await settled()
  expect(moment).toEqual({ stage: 'open', asked: at, at, closesAt: expect.any(String) })
  expect(await momentOf('deputy')).toEqual(moment)
  expect((await open(then)).body.refusal).toBe('moment-taken')

  const topics = { text: 'select topic from lesson_record', values: [] }
  expect(await keeper.moments.read(at, topics)).toEqual([{ topic: 'Диффузия' }])
  const change = { text: `update lesson_record set topic = 'Иначе'`, values: [] }
  await expect(keeper.moments.read(at, change)).rejects.toThrow(/read-only/)
  // Another moment than the one that was looked at gives nothing.
  expect(await keeper.moments.read(before.toISOString(), topics)).toBeNull()
  const noted = await storage.database.owner.query(
    `select action, actor_id, detail from audit_event where resource = 'moment' order by id`,
  )
  expect(noted.rows).toEqual([{ action: 'moment.open', actor_id: ids.admin, detail: { at } }])
}, 180_000)

test('a lesson stands then beside now, for whoever sees it today and nobody else', async () => {
  await opened()
  const page = await compared()
  expect(page).toMatchObject({ at: then.toISOString(), lesson: { teaches: true, stood: true, others: 0 } })
  expect(page.lesson.lines.map(said)).toEqual([
    'topic |  | Диффузия |  | gone | true',
    'homework |  | § 12, вопросы | Не то задание | changed | true',
    'attendance | Абрамова | · | · | same | false',
    'mark | Абрамова | 5 |  | gone | true',
    'attendance | Белов |  | н | came | false',
    'mark | Белов | 4 | 2 | changed | true',
    'attendance | Власов | н | · | changed | true',
  ])
  // Control and the homeroom teacher see the same, and take nothing back: a lesson is its teacher's.
  for (const who of ['deputy', 'director', 'officer', 'homeroom'] as const) {
    const { lesson } = await compared(who)
    expect(lesson.lines.map((line) => ({ ...line, takeable: false }))).toEqual(lesson.lines)
    expect(lesson.lines.length).toBe(page.lesson.lines.length)
    expect((await takeBack({ kind: 'record', lessonId: ids.today, version: 2 }, who)).status).toBe(404)
  }
  for (const who of [
    'stranger',
    'admin',
    'secretary',
    'anna',
    'motherOfAnna',
    'otherSchoolTeacher',
  ] as const) {
    expect((await world.as(who).get(`/api/moment/lessons/${ids.today}`)).status).toBe(404)
    expect((await takeBack({ kind: 'record', lessonId: ids.today, version: 2 }, who)).status).toBe(404)
  }
}, 180_000)

test('what is taken back is an entry like any other, with its reason, over what was seen', async () => {
  await opened()
  const place = { journalId: ids.physics7, kind: 'cells' }
  const at = (studentId: string, version: number, workId: string | null = ids.today) => ({
    lessonId: ids.today,
    studentId,
    ...(workId && { workId }),
    version,
  })
  // What has changed since it was compared, and what did not stand then, is written by nobody.
  const stale = await takeBack({ ...place, cells: [at(ids.anna, 2), at(ids.boris, 1)] })
  expect([stale.status, stale.body.refusal]).toEqual([409, 'version-conflict'])
  const never = await takeBack({ ...place, cells: [at(ids.boris, 1, null)] })
  expect([never.status, never.body.refusal]).toEqual([409, 'nothing-stood'])
  const other = await takeBack({ kind: 'record', lessonId: ids.today, version: 2, at: before.toISOString() })
  expect([other.status, other.body.refusal]).toEqual([409, 'moment-closed'])
  const silent = await takeBack({ kind: 'record', lessonId: ids.today, version: 2, reason: '  ' })
  expect([silent.status, silent.body.refusal]).toEqual([400, 'bad-shape'])
  expect(await live('mark', 'value')).toEqual([null, '2'])
  expect(await live('taken_back', 'reason')).toEqual([])

  for (const what of [
    { kind: 'record', lessonId: ids.today, version: 2 },
    { kind: 'homework', lessonId: ids.today, version: 2 },
    { ...place, cells: [at(ids.anna, 2), at(ids.boris, 2), at(ids.late, 2, null)] },
  ])
    expect(await takeBack(what)).toMatchObject({ status: 200, body: { outcome: 'written' } })
  expect(await live('lesson_record', 'topic')).toEqual(['Диффузия'])
  expect(await live('homework', 'text')).toEqual(['§ 12, вопросы'])
  expect(await live('mark', 'value')).toEqual(['4', '5'])
  const lines = (await compared()).lesson.lines
  expect(lines.filter(({ takeable }) => takeable)).toEqual([])
  expect(lines.filter(({ difference }) => difference !== 'same').map(({ part }) => part)).toEqual([
    'attendance',
  ])

  const query = new URLSearchParams({ lessonId: ids.today, studentId: ids.boris, workId: ids.today })
  const history = await world.as('teacher').get<CellHistory>(`${journal}/cells/history?${query}`)
  expect(
    history.body.versions.map(({ value, reason, takenBackFrom }) => [value, reason, takenBackFrom]),
  ).toEqual([
    ['4', null, null],
    ['2', null, null],
    ['4', 'Стёрто поздней загрузкой', then.toISOString()],
  ])
  const noted = await storage.database.owner.query(
    `select actor_id, resource_id, detail from audit_event where action = 'moment.take-back'`,
  )
  const line = { actor_id: ids.teacher, resource_id: ids.today, detail: { at: then.toISOString() } }
  expect(noted.rows).toEqual([line, line, line])
}, 180_000)

test('of a child every lesson of some days is compared, as far as the reader sees it; a closed one is referred', async () => {
  await opened()
  const ask = (who: Who, span = 'from=2026-11-02&to=2026-11-12') =>
    world.as(who).get<MomentStudentPage>(`/api/moment/students/${ids.anna}?${span}`)
  const { body } = await ask('teacher')
  expect(body.student).toMatchObject({ id: ids.anna, name: expect.stringContaining('Абрамова') })
  const found = body.lessons.find(({ lesson }) => lesson.id === ids.substituted)
  expect(found?.lines.map(said)).toEqual(['mark | Абрамова | 3 | 2 | changed | true'])
  expect(body.lessons.flatMap(({ lines }) => lines).every(({ studentId }) => studentId === ids.anna)).toBe(
    true,
  )
  // The substitute of one lesson sees that one and the own ones; the other class's teacher none at all.
  const own = (await ask('substitute')).body.lessons.map(({ lesson }) => lesson.id)
  expect(own).toContain(ids.substituted)
  expect(own).not.toContain(ids.first)
  expect((await ask('stranger')).status).toBe(404)
  expect((await ask('motherOfAnna')).status).toBe(404)
  expect((await ask('teacher', 'from=2026-11-12&to=2026-11-02')).status).toBe(400)
  expect((await ask('teacher', 'from=2026-01-01&to=2026-11-12')).status).toBe(400)

  await insert(storage.database, 'grading_period', [
    {
      id: '00000000-0000-4000-8000-000000000901',
      name: '1-я неделя',
      grade_from: 1,
      grade_to: 11,
      starts_on: '2026-11-02',
      ends_on: '2026-11-10',
      version: 1,
    },
  ])
  const closing = await world
    .as('deputy')
    .put('/api/grading-periods/00000000-0000-4000-8000-000000000901/closing', {
      reason: 'неделя проверена',
      version: 1,
    })
  expect([closing.status, closing.body]).toMatchObject([200, {}])
  const referred = await takeBack({
    kind: 'cells',
    journalId: ids.physics7,
    cells: [{ lessonId: ids.substituted, studentId: ids.anna, workId: ids.substituted, version: 2 }],
  })
  expect(referred).toMatchObject({ status: 200, body: { outcome: 'referred' } })
  const waiting = await world.as('deputy').get<ReferredEntries>('/api/referred-entries')
  expect(waiting.body.entries[0]?.lines).toMatchObject([{ what: 'mark', present: '2', proposed: '3' }])
}, 180_000)

test('a moment that nobody closes is closed by itself after some hours, and leaves nothing', async () => {
  const at = await opened()
  expect(existsSync(join(dataDir, 'postgres.moment', 'PG_VERSION'))).toBe(true)
  later = MOMENT_HOURS * 3_600_000 - 60_000
  expect(await momentOf()).toMatchObject({ stage: 'open' })
  later = 2 * MOMENT_HOURS * 3_600_000
  expect(await momentOf()).toBeNull()
  expect(await keeper.moments.read(at, { text: 'select 1', values: [] })).toBeNull()
  later = 0
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: LONG_MS })
}, 180_000)

test('what cannot be opened is said with its reason, and what is given up leaves nothing', async () => {
  expect((await world.as('admin').delete('/api/moment')).status).toBe(200)
  const ahead = await open(new Date(Date.now() + 3_600_000))
  expect([ahead.status, ahead.body.refusal]).toEqual([409, 'moment-ahead'])
  expect(await momentOf()).toBeNull()

  expect((await open(before)).status).toBe(200)
  expect(await settled()).toEqual({ stage: 'failed', asked: before.toISOString(), why: 'before-copies' })
  // What failed stands in nobody's way.
  expect((await open(then)).status).toBe(200)
  await vi.waitFor(() => expect(left()).toContain('postgres.moment'), { timeout: LONG_MS, interval: 20 })
  expect((await world.as('admin').delete('/api/moment')).status).toBe(200)
  expect(await momentOf()).toBeNull()
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: LONG_MS })
}, 180_000)

test('a moment whose tables are not those of this program is refused as such, and nothing of it stays', async () => {
  expect((await world.as('admin').delete('/api/moment')).status).toBe(200)
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: LONG_MS })
  // What another version would have called a column, and a table.
  const moments: Date[] = []
  for (const [there, back, isLast] of [
    ['lesson_record rename to lesson_note', 'lesson_note rename to lesson_record', false],
    // The next that was saved is the end of an update, which holds its tables until then.
    ['homework rename column text to words', 'homework rename column words to text', true],
  ] as const) {
    await storage.database.owner.query(`alter table ${there}`)
    moments.push(await pause())
    if (!isLast) await storage.database.owner.query(`select pg_logical_emit_message(true, 'test', '')`)
    await storage.database.owner.query(`alter table ${back}`)
  }
  for (const other of moments) {
    expect((await open(other)).status).toBe(200)
    expect(await settled()).toEqual({ stage: 'failed', asked: other.toISOString(), why: 'other-schema' })
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: LONG_MS })
    const shut = await world.as('deputy').get(`/api/moment/lessons/${ids.today}`)
    expect([shut.status, shut.body.refusal]).toEqual([409, 'moment-closed'])
  }
  // The same copy at a moment of its own tables opens.
  expect((await open(then)).status).toBe(200)
  expect(await settled()).toMatchObject({ stage: 'open' })
}, 240_000)
