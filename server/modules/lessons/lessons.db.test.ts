import { expect, test } from 'vitest'
import type { ControlList } from '#contract/control.ts'
import type {
  LessonPage,
  LessonRecordView,
  OverdueLessons,
  SavedAttendance,
  TeachingDay,
} from '#contract/lessons.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, TODAY, type World, world } from '#test/world.ts'

const path = (lessonId: string, part = '') => `/api/lessons/${lessonId}${part}`
const record = (change = {}) => ({
  topic: 'Диффузия',
  planItemId: null,
  comment: null,
  version: 0,
  ...change,
})
const everybody = (change = {}) => ({
  children: [ids.anna, ids.boris, ids.late].map((studentId) => ({ studentId, code: null, version: 0 })),
  ...change,
})
const count = async ({ database }: World, table: string, where = 'true') =>
  Number((await database.owner.query(`select count(*) from ${table} where ${where}`)).rows[0].count)
const page = async ({ as }: World, lessonId: string = ids.today) =>
  (await as('teacher').get<LessonPage>(path(lessonId))).body

test('an ordinary lesson is filled: topic from the plan, homework, everybody present', async () => {
  const small = await world()
  const teacher = small.as('teacher')
  const before = await page(small)
  const proposed = before.plan?.items.find(({ id }) => id === before.plan?.proposedId)
  expect(proposed?.topic).toBe('Физика — наука о природе')

  const topic = { topic: proposed?.topic, planItemId: proposed?.id }
  expect((await teacher.put(path(ids.today, '/record'), record(topic))).status).toBe(200)
  const homework = { text: '§ 1', minutes: 20, version: 0 }
  expect((await teacher.put(path(ids.today, '/homework'), homework)).status).toBe(200)
  expect((await teacher.put(path(ids.today, '/attendance'), everybody())).status).toBe(200)

  const after = await page(small)
  expect(after.record).toMatchObject({
    ...topic,
    version: 1,
    late: false,
    taughtBy: 'Саркисов Вадим Рубенович',
  })
  expect(after.record.enteredBy).toBe('Саркисов Вадим Рубенович')
  expect(after.homework).toMatchObject({ text: '§ 1', minutes: 20, version: 1 })
  expect(after.attendance.map(({ code, version }) => [code, version])).toEqual([
    [null, 1],
    [null, 1],
    [null, 1],
  ])
  const day = await teacher.get<TeachingDay>(`/api/days/${TODAY}`)
  expect(day.body.lessons).toMatchObject([
    {
      id: ids.today,
      topic: 'Физика — наука о природе',
      children: 3,
      attended: 3,
      homework: 'given',
      roll: [],
    },
  ])
  const kinds = `kind in ('lesson_record', 'homework', 'attendance')`
  expect(await count(small, 'history', kinds)).toBe(5)
  expect(await count(small, 'audit_event', `action like 'lesson.%'`)).toBe(3)
})

test('the plan proposes the next line once an earlier lesson has taken one', async () => {
  const small = await world()
  const first = (await page(small)).plan?.items[0]
  const taken = record({ topic: first?.topic, planItemId: first?.id, lateReason: 'Проверка тетрадей' })
  expect((await small.as('teacher').put(path(ids.substituted, '/record'), taken)).status).toBe(200)
  const { plan } = await page(small)
  expect(plan?.items.find(({ id }) => id === plan.proposedId)?.topic).toBe('Физические величины')
  expect(plan?.items[0]?.used).toBe(true)
})

test('a line of another plan does not exist for this lesson', async () => {
  const { as } = await world()
  const answer = await as('teacher').put(path(ids.today, '/record'), record({ planItemId: newId() }))
  expect(answer.status).toBe(404)
})

test('the attendance of the first lesson is offered to the next, procedures in their own time', async () => {
  const small = await world()
  await insert(small.database, 'procedure', [
    {
      id: newId(),
      student_id: ids.boris,
      intake_id: ids.intake,
      name: 'Массаж',
      weekday: 4,
      starts_at: '12:10',
      ends_at: '12:30',
      version: 1,
    },
  ])
  const roll = everybody()
  const absent = { children: roll.children.map((line, n) => ({ ...line, code: n === 0 ? 'б' : null })) }
  expect((await small.as('teacher').put(path(ids.today, '/attendance'), absent)).status).toBe(200)

  const music = await small.as('substitute').get<LessonPage>(path(ids.musicToday))
  expect(music.body.children.map(({ offered }) => offered)).toEqual([
    { code: 'б', from: 'lesson' },
    { code: 'п', from: 'procedure' },
    { code: null, from: 'lesson' },
  ])
  const day = await small.as('substitute').get<TeachingDay>(`/api/days/${TODAY}`)
  expect(day.body.lessons[0]?.absent.map(({ studentId, code }) => [studentId, code])).toEqual([
    [ids.anna, 'б'],
    [ids.boris, 'п'],
  ])
  expect(JSON.stringify(day.body)).not.toContain('Массаж')
})

test('the children a card names as away are those its one press would write down', async () => {
  const small = await world()
  const roll = (lessonId: string, codes: (string | null)[]) => ({
    path: path(lessonId, '/attendance'),
    body: {
      children: [ids.anna, ids.boris, ids.late].map((studentId, n) => ({
        studentId,
        code: codes[n] ?? null,
        version: 0,
      })),
    },
  })
  const card = async () => {
    const day = await small.as('substitute').get<TeachingDay>(`/api/days/${TODAY}`)
    return day.body.lessons[0]
  }
  const agree = async (named: string[]) => {
    const shown = await card()
    expect(shown?.absent.map(({ name, code }) => `${name} ${code}`)).toEqual(named)
    expect(shown?.roll.filter(({ code }) => code !== null)).toHaveLength(shown?.attended ? 0 : named.length)
  }
  // Of the first lesson: ill, on a procedure that ends with its lesson, late.
  const first = roll(ids.today, ['б', 'п', 'о'])
  await small.as('teacher').put(first.path, first.body)
  await agree(['Абрамова Анна б'])
  const own = roll(ids.musicToday, ['н', 'о', 'н'])
  await small.as('substitute').put(own.path, own.body)
  await agree(['Абрамова Анна н', 'Власов Пётр н'])
})

test.each([
  ['a lesson still ahead', ids.ahead, 'lesson-ahead'],
  ['a late lesson without a reason', ids.substituted, 'late-reason-needed'],
])('%s takes no topic, homework, roll or work', async (_, lessonId, refusal) => {
  const small = await world()
  const teacher = small.as('teacher')
  const children = [{ studentId: ids.anna, code: null, version: 0 }]
  const work = { typeId: ids.test, title: '', weight: 3, removed: false, version: 0 }
  const answers = await Promise.all([
    teacher.put(path(lessonId, '/record'), record()),
    teacher.put(path(lessonId, '/homework'), { text: '§ 1', minutes: null, version: 0 }),
    teacher.put(path(lessonId, '/attendance'), { children }),
    teacher.put(path(lessonId, `/works/${newId()}`), work),
  ])
  expect(answers.map(({ status, body }) => [status, body.refusal])).toEqual(Array(4).fill([409, refusal]))
  expect(await count(small, 'late_entry')).toBe(0)
})

test('a work of a lesson past its window is refused: only what is entered goes to the deputy', async () => {
  const { as } = await world()
  const work = { typeId: ids.test, title: '', weight: 3, removed: false, version: 0 }
  const answer = await as('teacher').put(path(ids.first, `/works/${newId()}`), work)
  expect([answer.status, answer.body.refusal]).toEqual([409, 'window-closed'])
})

test('a late lesson asks for its reason once and carries it', async () => {
  const small = await world()
  const late = { lateReason: 'Болезнь учителя' }
  expect((await small.as('teacher').put(path(ids.substituted, '/record'), record(late))).status).toBe(200)
  const homework = { text: '§ 2', minutes: 15, version: 0 }
  expect((await small.as('teacher').put(path(ids.substituted, '/homework'), homework)).status).toBe(200)
  const { lateReason, record: kept } = await page(small, ids.substituted)
  expect([lateReason, kept.late, kept.taughtBy]).toEqual(['Болезнь учителя', true, 'Чхеидзе Нино Зурабовна'])
})

test('what was entered in time and changed later keeps its moment and shows the correction', async () => {
  const small = await world()
  const teacher = small.as('teacher')
  await teacher.put(path(ids.today, '/record'), record())
  await teacher.put(path(ids.today, '/attendance'), everybody())
  await teacher.put(path(ids.today, '/homework'), { text: '§ 2', minutes: 15, version: 0 })
  small.clock.now = new Date('2026-11-13T09:00:00Z')
  const lateReason = 'Ошибка при вводе'
  const corrected = await teacher.put<LessonRecordView>(path(ids.today, '/record'), {
    ...record({ topic: 'Другая тема', lateReason }),
    version: 1,
  })
  const said = {
    late: false,
    enteredAt: '2026-11-12T09:00:00.000Z',
    correctedAt: '2026-11-13T09:00:00.000Z',
    correctedBy: 'Саркисов Вадим Рубенович',
  }
  expect(corrected.body).toMatchObject(said)
  const [line] = everybody().children
  const roll = { children: [{ ...line, code: 'н', version: 1 }] }
  expect((await teacher.put(path(ids.today, '/attendance'), roll)).status).toBe(200)
  const homework = { text: '§ 3', minutes: 15, version: 1 }
  expect((await teacher.put(path(ids.today, '/homework'), homework)).body.late).toBe(false)

  const shown = await page(small, ids.today)
  expect(shown.record).toMatchObject({ ...said, enteredBy: 'Саркисов Вадим Рубенович' })
  expect([shown.lateReason, shown.homework.late]).toEqual([null, false])
  expect(shown.correction).toEqual({
    reason: lateReason,
    by: 'Саркисов Вадим Рубенович',
    enteredOn: '2026-11-13',
  })
  expect(await count(small, 'attendance', 'late')).toBe(0)
  expect(await count(small, 'attendance', 'corrected_at is not null')).toBe(1)
  small.clock.now = new Date('2026-11-13T18:00:00Z')
  const span = 'from=2026-11-12&to=2026-11-12'
  const control = await small.as('deputy').get<ControlList>(`/api/control?${span}&show=corrected`)
  expect(control.body.rows.map(({ lessonId, state, late }) => [lessonId, state, late])).toEqual([
    [ids.today, 'in-time', null],
  ])
  expect(control.body.rows[0]?.correction?.reason).toBe(lateReason)
  expect(control.body.counts.late).toBe(0)
})

test('a topic that was missing on the day is late although the record stood', async () => {
  const small = await world()
  const teacher = small.as('teacher')
  await teacher.put(path(ids.today, '/record'), record({ topic: null, comment: 'Лабораторная' }))
  small.clock.now = new Date('2026-11-13T09:00:00Z')
  const sent = { ...record({ lateReason: 'Не было связи' }), version: 1 }
  const { body } = await teacher.put<LessonRecordView>(path(ids.today, '/record'), sent)
  expect([body.late, body.correctedAt]).toEqual([true, null])
})

test('of several writers of one record one wins and the others see what stands', async () => {
  const { as } = await world()
  const answers = await Promise.all(
    ['А', 'Б', 'В'].map((topic) =>
      as('teacher').put<{ currentRecord?: { version: number } }>(
        path(ids.today, '/record'),
        record({ topic }),
      ),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body.currentRecord?.version).toBe(1)
})

test('a stale roll is refused with what stands and changes nothing', async () => {
  const { as } = await world()
  const teacher = as('teacher')
  await teacher.put(path(ids.today, '/attendance'), {
    children: [{ studentId: ids.anna, code: 'н', version: 0 }],
  })
  const answer = await teacher.put<{ current: unknown }>(path(ids.today, '/attendance'), everybody())
  expect([answer.status, answer.body.current]).toEqual([
    409,
    [{ lessonId: ids.today, studentId: ids.anna, value: 'н', version: 1 }],
  ])
})

test.each([
  ['who had left', ids.former, 'н', 'student-not-in-group'],
  ['with a code nobody knows', ids.anna, 'я', 'unknown-code'],
])('a roll with a child %s is refused whole', async (_, studentId, code, refusal) => {
  const small = await world()
  const children = [
    { studentId: ids.boris, code: null, version: 0 },
    { studentId, code, version: 0 },
  ]
  const answer = await small.as('teacher').put(path(ids.today, '/attendance'), { children })
  expect([answer.status, answer.body.refusal, answer.body.cells]).toEqual([409, refusal, [1]])
  expect(await count(small, 'attendance')).toBe(0)
})

test('a child of another class, and one child twice, are no roll', async () => {
  const { as } = await world()
  const line = (studentId: string) => ({ studentId, code: null, version: 0 })
  const foreign = { children: [line(ids.galina)] }
  expect((await as('teacher').put(path(ids.today, '/attendance'), foreign)).status).toBe(404)
  const twice = { children: [line(ids.anna), line(ids.anna)] }
  expect((await as('teacher').put(path(ids.today, '/attendance'), twice)).status).toBe(400)
})

test('a roll of the whole class takes six statements', async () => {
  const small = await world()
  const before = small.database.statements()
  const saved = await small.as('teacher').put<SavedAttendance>(path(ids.today, '/attendance'), everybody())
  expect(saved.body.attendance).toHaveLength(3)
  expect(small.database.statements() - before).toBeLessThanOrEqual(6)
})

test('the same roll sent again has one effect', async () => {
  const small = await world()
  const operationId = newId()
  const sent = await Promise.all(
    [1, 2, 3].map(() =>
      small.as('teacher').put(path(ids.today, '/attendance'), everybody(), { operationId }),
    ),
  )
  expect(new Set(sent.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
  expect(await count(small, 'attendance')).toBe(3)
})

test('works are added and removed, the first one stays and one with marks stays', async () => {
  const small = await world()
  const teacher = small.as('teacher')
  const workId = newId()
  const work = { typeId: ids.test, title: 'Сила', weight: 3, removed: false, version: 0 }
  const place = path(ids.today, `/works/${workId}`)
  expect((await teacher.put(place, work)).body).toMatchObject({ short: 'к/р', version: 1 })
  const mark = { lessonId: ids.today, workId, studentId: ids.anna, value: '5', version: 0 }
  await teacher.put(`/api/journals/${ids.physics7}/cells`, { cells: [mark] })

  const gone = { ...work, removed: true, version: 1 }
  expect((await teacher.put(place, gone)).body.refusal).toBe('work-has-marks')
  await teacher.put(`/api/journals/${ids.physics7}/cells`, { cells: [{ ...mark, value: null, version: 1 }] })
  expect((await teacher.put(place, gone)).status).toBe(200)
  expect((await page(small)).works.map(({ id }) => id)).toEqual([ids.today])

  const first = { typeId: ids.test, title: '', weight: 2, removed: false, version: 1 }
  const own = path(ids.today, `/works/${ids.today}`)
  expect((await teacher.put(own, { ...first, removed: true })).body.refusal).toBe('first-work-stays')
  expect((await teacher.put(own, first)).body).toMatchObject({ weight: 2, version: 2 })
  expect(await count(small, 'history', `kind = 'lesson_work' and record_id = '${workId}'`)).toBe(2)
  const other = path(ids.today, `/works/${ids.second}`)
  expect((await teacher.put(other, { ...first, version: 0 })).status).toBe(404)
})

test('a club keeps topic and attendance, but no works', async () => {
  const { as } = await world()
  const leader = as('clubTeacher')
  const club = await leader.get<LessonPage>(path(ids.chessToday))
  expect([club.body.scale, club.body.works, club.body.children.length]).toEqual([[], [], 2])
  expect((await leader.put(path(ids.chessToday, '/record'), record())).status).toBe(200)
  const work = { typeId: ids.test, title: '', weight: 1, removed: false, version: 0 }
  const answer = await leader.put(path(ids.chessToday, `/works/${newId()}`), work)
  expect(answer.body.refusal).toBe('no-marks-here')
})

test('past lessons without topic or attendance are overdue for who answers for them', async () => {
  const { as } = await world()
  const own = await as('teacher').get<OverdueLessons>('/api/overdue')
  expect(own.body.lessons.map(({ id, state, missing }) => [id, state, missing])).toEqual([
    [ids.second, 'closed', ['topic', 'attendance']],
    [ids.first, 'closed', ['topic', 'attendance']],
  ])
  const substitute = await as('substitute').get<OverdueLessons>('/api/overdue')
  expect(substitute.body.lessons.map(({ id }) => id)).toEqual([ids.substituted])
})

test.each([
  ['deputy', 200],
  ['director', 200],
  ['homeroom', 200],
  ['substitute', 404],
  ['stranger', 404],
  ['admin', 404],
  ['carer', 404],
  ['anna', 404],
  ['motherOfAnna', 404],
  ['otherSchoolTeacher', 404],
  [null, 401],
] as const)('%s opens the lesson of 7А: %s', async (who, status) => {
  const { as } = await world()
  const answer = await as(who).get<LessonPage>(path(ids.today))
  expect(answer.status).toBe(status)
  if (status === 200) expect(answer.body.writable).toBe(false)
})

test.each([
  'stranger',
  'substitute',
  'admin',
  'deputy',
  'homeroom',
  'motherOfAnna',
  'otherSchoolTeacher',
] as const)('for %s nothing of this lesson can be written', async (who) => {
  const { as } = await world()
  const client = as(who)
  const work = { typeId: ids.test, title: '', weight: 3, removed: false, version: 0 }
  const answers = await Promise.all([
    client.put(path(ids.today, '/record'), record()),
    client.put(path(ids.today, '/homework'), { text: '§ 1', minutes: null, version: 0 }),
    client.put(path(ids.today, '/attendance'), everybody()),
    client.put(path(ids.today, `/works/${newId()}`), work),
  ])
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})
