import { expect, test } from 'vitest'
import type { CellHistory, PackedGradebook, SavedCells } from '#contract/gradebook.ts'
import { unpackCells } from '#domain/marks/packed-cells.ts'
import { newId } from '#platform/ids.ts'
import { changeBehind, waitsForALock } from '#test/locks.ts'
import { ids, world } from '#test/world.ts'

const mark = (value: string | null, version = 0, studentId: string = ids.anna) => ({
  lessonId: ids.today,
  workId: ids.today,
  studentId,
  value,
  version,
})
const path = `/api/journals/${ids.physics7}/cells`
const history = `${path}/history?lessonId=${ids.today}&studentId=${ids.anna}&workId=${ids.today}`

test('a mark and its correction stand in the grid and in the history', async () => {
  const { as } = await world()
  const teacher = as('teacher')
  const first = await teacher.put<SavedCells>(path, { cells: [mark('4')] })
  expect([first.status, first.body.cells[0]?.version]).toEqual([200, 1])
  expect((await teacher.put(path, { cells: [mark('5', 1)] })).status).toBe(200)

  const grid = await teacher.get<PackedGradebook>(`/api/journals/${ids.physics7}`)
  expect(unpackCells(grid.body).marks).toMatchObject([{ studentId: ids.anna, value: '5', version: 2 }])
  const past = await teacher.get<CellHistory>(history)
  expect(past.body.versions.map(({ value, actor }) => [value, actor])).toEqual([
    ['4', 'Саркисов Вадим Рубенович'],
    ['5', 'Саркисов Вадим Рубенович'],
  ])
})

test('a mark taken back leaves its versions', async () => {
  const { as } = await world()
  await as('teacher').put(path, { cells: [mark('2')] })
  expect((await as('teacher').put(path, { cells: [mark(null, 1)] })).status).toBe(200)
  const past = await as('deputy').get<CellHistory>(history)
  expect(past.body.versions.map(({ value }) => value)).toEqual(['2', null])
})

test.each([
  ['a lesson still ahead', { lessonId: ids.ahead, workId: ids.ahead }, 'lesson-ahead'],
  [
    'a past lesson without a reason',
    { lessonId: ids.substituted, workId: ids.substituted },
    'late-reason-needed',
  ],
  ['a child who had left', { studentId: ids.former }, 'student-not-in-group'],
  ['a value off the scale', { value: '7' }, 'off-scale'],
  ['a code nobody knows', { value: 'я', workId: undefined }, 'unknown-code'],
] as const)('%s is refused and changes nothing', async (_, change, refusal) => {
  const { as, database } = await world()
  const answer = await as('teacher').put(path, {
    cells: [mark('5', 0, ids.boris), { ...mark('5'), ...change }],
  })
  expect([answer.status, answer.body.refusal, answer.body.cells]).toEqual([409, refusal, [1]])
  const { rows } = await database.owner.query('select count(*) from mark')
  expect(Number(rows[0].count)).toBe(0)
})

test('all cells of a block refused for the same reason are named at once', async () => {
  const { as } = await world()
  const absent = { lessonId: ids.today, studentId: ids.anna, value: 'н', version: 0 }
  const cells = [mark('6'), absent, mark('5/4', 0, ids.boris)]
  const answer = await as('teacher').put(path, { cells })
  expect([answer.status, answer.body.refusal, answer.body.cells]).toEqual([409, 'off-scale', [0, 2]])
})

test('a late mark asks for a reason once a lesson and shows it', async () => {
  const { as } = await world()
  const cell = {
    lessonId: ids.substituted,
    workId: ids.substituted,
    studentId: ids.anna,
    value: '4',
    version: 0,
  }
  const reasoned = await as('teacher').put(path, { cells: [cell], lateReason: 'Проверка тетрадей' })
  expect(reasoned.status).toBe(200)
  expect((await as('teacher').put(path, { cells: [{ ...cell, studentId: ids.boris }] })).status).toBe(200)
  const grid = await as('teacher').get<PackedGradebook>(`/api/journals/${ids.physics7}`)
  expect(grid.body.lessons.find(({ id }) => id === ids.substituted)?.lateReason).toBe('Проверка тетрадей')
})

test('a mark of the day corrected later is a correction with its own reason, and not late', async () => {
  const { as, clock, database } = await world()
  const teacher = as('teacher')
  await teacher.put(path, { cells: [mark('4')] })
  clock.now = new Date('2026-11-13T09:00:00Z')
  const unexplained = await teacher.put(path, { cells: [mark('5', 1)] })
  expect([unexplained.status, unexplained.body.refusal]).toEqual([409, 'late-reason-needed'])
  const corrected = await teacher.put(path, { cells: [mark('5', 1)], lateReason: 'Ошибка при вводе' })
  expect(corrected.status).toBe(200)

  const { versions } = (await teacher.get<CellHistory>(history)).body
  expect(versions.map(({ value, late, corrected, reason }) => [value, late, corrected, reason])).toEqual([
    ['4', false, false, null],
    ['5', false, true, 'Ошибка при вводе'],
  ])
  const { rows } = await database.owner.query('select entered_on, entered_at, corrected_at, late from mark')
  expect(rows).toEqual([
    {
      entered_on: '2026-11-12',
      entered_at: new Date('2026-11-12T09:00:00Z'),
      corrected_at: new Date('2026-11-13T09:00:00Z'),
      late: false,
    },
  ])
})

test('a mark taken back on the day and given later is late; one corrected away is still being corrected', async () => {
  const { as, clock, database } = await world()
  const teacher = as('teacher')
  await teacher.put(path, { cells: [mark('2'), mark('3', 0, ids.boris)] })
  await teacher.put(path, { cells: [mark(null, 1)] })
  clock.now = new Date('2026-11-13T09:00:00Z')
  const lateReason = 'Проверка тетрадей'
  await teacher.put(path, { cells: [mark('5', 2), mark(null, 1, ids.boris)], lateReason })
  expect((await teacher.put(path, { cells: [mark('4', 2, ids.boris)] })).status).toBe(200)
  const { rows } = await database.owner.query(
    'select student_id, value, late, corrected_at is not null as corrected from mark order by value',
  )
  expect(rows).toEqual([
    { student_id: ids.boris, value: '4', late: false, corrected: true },
    { student_id: ids.anna, value: '5', late: true, corrected: false },
  ])
  const reasons = await database.owner.query('select kind, reason from late_entry order by kind')
  expect(reasons.rows).toEqual([
    { kind: 'correction', reason: lateReason },
    { kind: 'late', reason: lateReason },
  ])
})

test('of two writers who saw the same cell one wins and the other gets both values', async () => {
  const { as } = await world()
  const answers = await Promise.all(
    ['3', '4', '5', '2'].map((value) =>
      as('teacher').put<{ current?: unknown[] }>(path, { cells: [mark(value)] }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  const loser = answers.find(({ status }) => status === 409)
  expect(loser?.body.current).toMatchObject([{ studentId: ids.anna, version: 1 }])
})

test.each(['mark', 'attendance'])(
  'a change of %s by whoever takes no locks is not overwritten',
  async (kind) => {
    const { as, database } = await world()
    const typed = (value: string, version = 0) =>
      kind === 'mark' ? mark(value, version) : { lessonId: ids.today, studentId: ids.anna, value, version }
    await as('teacher').put(path, { cells: [typed(kind === 'mark' ? '3' : 'н')] })
    const commitOther = await changeBehind(database, kind)
    const operationId = newId()
    const cells = [typed(kind === 'mark' ? '5' : 'б', 1), mark('4', 0, ids.boris)]
    const answer = as('teacher').put<{ refusal?: string; current?: unknown[] }>(
      path,
      { cells },
      { operationId },
    )
    await waitsForALock(database, 'transactionid')
    await commitOther()

    const { status, body } = await answer
    expect([status, body.refusal, body.current?.length]).toEqual([409, 'version-conflict', 2])
    const { rows } = await database.owner.query(
      `select (select array_agg(version) from ${kind}) as versions, (select count(*)::int from history where record_id =
       (select id from ${kind})) as history, (select count(*)::int from operation where id = $1) as operations,
       (select count(*)::int from audit_event where action = 'cells.put') as noted`,
      [operationId],
    )
    expect(rows).toEqual([{ versions: [2], history: 2, operations: 0, noted: 1 }])
  },
)

test('what a writer reads is as new as the lock it has waited for', async () => {
  const { as, database } = await world()
  const other = await database.owner.connect()
  await other.query('begin')
  await other.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `${ids.school}lesson:${ids.today}`,
  ])
  const answer = as('teacher').put<SavedCells>(path, { cells: [mark('5')] })
  await waitsForALock(database, 'advisory')
  await other.query(`update lesson set held_on = date '2026-11-13' where id = $1`, [ids.today])
  await other.query('commit')
  other.release()
  expect([(await answer).status, (await answer).body]).toMatchObject([409, { refusal: 'lesson-ahead' }])
})

test('a block of new and changed marks and attendance with a late reason is one operation', async () => {
  const { as, database } = await world()
  const place = { lessonId: ids.substituted, workId: ids.substituted }
  const anna = { ...mark('4'), ...place }
  const boris = { ...anna, studentId: ids.boris }
  const absent = (studentId: string, value: string, version = 0) => ({
    lessonId: ids.substituted,
    studentId,
    value,
    version,
  })
  const first = { cells: [anna, absent(ids.anna, 'н')], lateReason: 'Проверка тетрадей' }
  expect((await as('teacher').put(path, first)).status).toBe(200)
  const all = [{ ...anna, value: '5', version: 1 }, boris, absent(ids.anna, 'б', 1), absent(ids.boris, 'н')]
  const answer = await as('teacher').put<SavedCells>(path, { cells: all })
  expect(answer.body.cells.map(({ value, version }) => [value, version])).toEqual([
    ['5', 2],
    ['4', 1],
    ['б', 2],
    ['н', 1],
  ])
  const { rows } = await database.owner.query(
    `select kind, version, coalesce(after->>'value', after->>'code') as value from history
     where kind in ('mark', 'attendance', 'late_entry') order by id`,
  )
  const kept = rows.map(({ kind, version, value }) => `${kind} ${version} ${value}`)
  expect(kept.sort()).toEqual(
    [
      'attendance 1 н',
      'attendance 1 н',
      'attendance 2 б',
      'late_entry 1 null',
      'mark 1 4',
      'mark 1 4',
      'mark 2 5',
    ].sort(),
  )
})

test('the same operation sent again has one effect and the same answer', async () => {
  const { as, database } = await world()
  const operationId = newId()
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => as('teacher').put(path, { cells: [mark('5')] }, { operationId })),
  )
  expect(new Set(sent.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
  expect(sent[0]?.status).toBe(200)
  const { rows } = await database.owner.query(`select count(*) from history where kind = 'mark'`)
  expect(Number(rows[0].count)).toBe(1)
  const other = await as('teacher').put(path, { cells: [mark('2')] }, { operationId })
  expect([other.status, other.body.refusal]).toEqual([422, 'operation-reused'])
})

test('a block that names one cell twice is no block', async () => {
  const { as } = await world()
  const absent = { lessonId: ids.today, studentId: ids.anna, value: 'н', version: 0 }
  for (const cells of [
    [mark('4'), mark('5')],
    [absent, absent],
  ])
    expect(await as('teacher').put(path, { cells })).toMatchObject({
      status: 400,
      body: { refusal: 'bad-shape' },
    })
})

test('a block of more lessons than a journal has takes no locks', async () => {
  const { as } = await world()
  const cells = Array.from({ length: 200 }, () => ({ ...mark('5'), lessonId: newId() }))
  expect((await as('motherOfAnna').put(path, { cells })).status).toBe(400)
})

test('a substitute writes that lesson and nothing else', async () => {
  const { as } = await world()
  const cell = (lessonId: string) => ({
    lessonId,
    workId: lessonId,
    studentId: ids.anna,
    value: '5',
    version: 0,
  })
  const lateReason = 'Замена'
  expect((await as('substitute').put(path, { cells: [cell(ids.substituted)], lateReason })).status).toBe(200)
  expect((await as('substitute').put(path, { cells: [cell(ids.today)] })).status).toBe(404)
  expect((await as('substitute').put(path, { cells: [cell(ids.substituted), cell(ids.today)] })).status).toBe(
    404,
  )
})

test.each([
  'stranger',
  'admin',
  'deputy',
  'director',
  'homeroom',
  'anna',
  'motherOfAnna',
  'otherSchoolTeacher',
] as const)('for %s the cells of this journal cannot be written', async (who) => {
  const { as } = await world()
  expect((await as(who).put(path, { cells: [mark('5')] })).status).toBe(404)
})

test('signed out is 401 and says to sign in again', async () => {
  const { as } = await world()
  const answer = await as(null).put(path, { cells: [mark('5')] })
  expect([answer.status, answer.body.refusal]).toEqual([401, 'signed-out'])
})
