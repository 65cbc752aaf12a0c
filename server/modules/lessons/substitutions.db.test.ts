import { expect, test } from 'vitest'
import type { LessonPage, TeachingDay } from '#contract/lessons.ts'
import type { LessonsToCover, StaffChoices } from '#contract/substitutions.ts'
import { ids, TODAY, world } from '#test/world.ts'

const path = (lessonId: string, part = '') => `/api/lessons/${lessonId}${part}`
const record = (topic: string, version = 0) => ({ topic, planItemId: null, comment: null, version })
const substitution = (substituteId: string | null, version = 0, reason: string | null = 'болезнь') => ({
  substituteId,
  reason,
  version,
})

test('a colleague takes an unrecorded lesson, writes it and nothing else', async () => {
  const { as, database } = await world()
  const colleague = as('stranger')
  const free = await colleague.get<LessonsToCover>('/api/lessons-to-cover')
  expect(free.body.lessons.map(({ id }) => id)).toEqual([ids.today, ids.musicToday])
  expect(JSON.stringify(free.body)).not.toContain('Абрамова')
  expect((await colleague.get(path(ids.today))).status).toBe(404)

  expect((await colleague.post(path(ids.today, '/substitution-claim'), undefined)).status).toBe(200)
  expect((await colleague.put(path(ids.today, '/record'), record('Диффузия'))).status).toBe(200)
  const lesson = await as('teacher').get<LessonPage>(path(ids.today))
  expect(lesson.body.record.taughtBy).toBe('Громов Степан Андреевич')
  expect(lesson.body.substitution.name).toBe('Громов Степан Андреевич')
  expect((await colleague.put(path(ids.second, '/record'), record('Чужая'))).status).toBe(404)
  expect((await colleague.get(path(ids.second))).status).toBe(404)

  const day = await colleague.get<TeachingDay>(`/api/days/${TODAY}`)
  expect(day.body.lessons.map(({ id, substitute }) => [id, substitute?.self])).toEqual([
    [ids.today, true],
    [ids.physics8Today, undefined],
  ])
  const { rows } = await database.owner.query(
    `select detail->>'substituteId' as who from audit_event where action = 'lesson.claim-substitution'`,
  )
  expect(rows).toEqual([{ who: ids.stranger }])
})

test('a lesson that is recorded, taken, or one’s own is not claimed', async () => {
  const { as } = await world()
  await as('teacher').put(path(ids.today, '/record'), record('Диффузия'))
  const claim = async (who: 'stranger' | 'clubTeacher' | 'teacher', lessonId: string) =>
    (await as(who).post(path(lessonId, '/substitution-claim'), undefined)).body.refusal
  expect(await claim('stranger', ids.today)).toBe('lesson-taken')
  expect(await claim('teacher', ids.today)).toBe('substitute-is-teacher')
  await as('stranger').post(path(ids.musicToday, '/substitution-claim'), undefined)
  expect(await claim('clubTeacher', ids.musicToday)).toBe('lesson-taken')
  expect((await as('stranger').post(path(ids.second, '/substitution-claim'), undefined)).status).toBe(404)
  expect(await claim('stranger', ids.chessToday)).toBe('lesson-ahead')
})

test('of two colleagues who claim at once one gets the lesson', async () => {
  const { as } = await world()
  const answers = await Promise.all(
    (['stranger', 'clubTeacher'] as const).map((who) =>
      as(who).post(path(ids.today, '/substitution-claim'), undefined),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('control names a substitute ahead of time and takes it back', async () => {
  const { as, database } = await world()
  const deputy = as('deputy')
  const ahead = await deputy.get<LessonsToCover>('/api/lessons-to-cover')
  expect(ahead.body.lessons.map(({ id }) => id)).toContain(ids.chessToday)
  const place = path(ids.ahead, '/substitution')
  expect((await deputy.put(place, substitution(ids.stranger))).body).toMatchObject({ version: 1 })
  expect((await as('stranger').get(path(ids.ahead))).status).toBe(200)
  const stale = await deputy.put<{ currentRecord?: unknown }>(place, substitution(null))
  expect([stale.status, stale.body.currentRecord]).toMatchObject([409, { substituteId: ids.stranger }])
  expect((await deputy.put(place, substitution(null, 1))).status).toBe(200)
  expect((await as('stranger').get(path(ids.ahead))).status).toBe(404)
  const { rows } = await database.owner.query(
    `select count(*)::int as n from history where kind = 'substitution' and after->>'lesson_id' = $1`,
    [ids.ahead],
  )
  expect(rows[0].n).toBe(2)
})

test('a substitute named after the record is the one who taught', async () => {
  const { as } = await world()
  await as('teacher').put(path(ids.today, '/record'), record('Диффузия'))
  expect((await as('teacher').put(path(ids.today, '/substitution'), substitution(ids.stranger))).status).toBe(
    200,
  )
  const lesson = await as('deputy').get<LessonPage>(path(ids.today))
  expect([lesson.body.record.taughtBy, lesson.body.record.version]).toEqual(['Громов Степан Андреевич', 2])
})

test.each([
  ['its own teacher', ids.teacher, 409],
  ['a child', ids.anna, 404],
  ['somebody of another school', ids.otherSchoolTeacher, 404],
])('%s is no substitute', async (_, substituteId, status) => {
  const { as } = await world()
  const answer = await as('deputy').put(path(ids.today, '/substitution'), substitution(substituteId))
  expect(answer.status).toBe(status)
})

test('a teacher names nobody for a closed lesson, control does', async () => {
  const { as } = await world()
  const place = path(ids.first, '/substitution')
  expect((await as('teacher').put(place, substitution(ids.stranger))).body.refusal).toBe('window-closed')
  expect((await as('officer').put(place, substitution(ids.stranger))).status).toBe(200)
})

test.each([
  ['stranger', 404],
  ['substitute', 404],
  ['homeroom', 404],
  ['admin', 404],
  ['motherOfAnna', 404],
  ['otherSchoolTeacher', 404],
  [null, 401],
] as const)('%s cannot name a substitute here: %s', async (who, status) => {
  const { as } = await world()
  const answer = await as(who).put(path(ids.today, '/substitution'), substitution(ids.clubTeacher))
  expect(answer.status).toBe(status)
})

test('substitutes are found by part of the name, and only those who teach', async () => {
  const { as } = await world()
  const find = async (query: string) =>
    (await as('teacher').get<StaffChoices>(`/api/staff?query=${encodeURIComponent(query)}`)).body.staff
  expect((await find('гром')).map(({ name }) => name)).toEqual(['Громов Степан Андреевич'])
  expect(await find('Абрамова')).toEqual([])
  expect(await find('%')).toEqual([])
  expect((await as('motherOfAnna').get('/api/staff')).status).toBe(404)
})
