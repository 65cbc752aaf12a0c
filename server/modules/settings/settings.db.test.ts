import { expect, test } from 'vitest'
import type { AddedSetting, Settings } from '#contract/settings.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, world } from '#test/world.ts'

const RULES = {
  entryWindowDays: 3,
  windowOpenerRoles: ['director'],
  familyAccessDays: 30,
  homeworkExpected: false,
}
const NAMES = { name: 'Центр «Бор»', shortName: 'Бор', timeZone: 'Asia/Omsk' }

test('the deputy sets the rules of the journal, and lessons follow them', async () => {
  const { as } = await world()
  expect((await as('deputy').put('/api/settings/journal', { ...RULES, version: 1 })).status).toBe(200)
  const { body } = await as('officer').get<Settings>('/api/settings')
  expect([body.journal, body.version]).toEqual([RULES, 2])
  const stale = await as('director').put('/api/settings/journal', { ...RULES, version: 1 })
  expect([stale.status, stale.body.refusal]).toEqual([409, 'version-conflict'])
  // Monday's lesson is four days back and was within the window of five.
  const cell = {
    lessonId: ids.substituted,
    workId: ids.substituted,
    studentId: ids.anna,
    value: '5',
    version: 0,
  }
  const late = { cells: [cell], lateReason: 'Проверка тетрадей' }
  expect((await as('teacher').put(`/api/journals/${ids.physics7}/cells`, late)).status).toBe(200)
  const second = { ...cell, lessonId: ids.second, workId: ids.second }
  const closed = await as('teacher').put(`/api/journals/${ids.physics7}/cells`, { ...late, cells: [second] })
  expect(closed.body).toEqual({ referred: expect.any(String) })
})

test('the administrator keeps the names and the zone, and nothing else of the settings', async () => {
  const { as, database } = await world()
  expect((await as('admin').put('/api/settings/organization', { ...NAMES, version: 1 })).status).toBe(200)
  expect((await as('admin').get<Settings>('/api/settings')).body.organization).toEqual(NAMES)
  expect((await as('admin').put('/api/settings/journal', { ...RULES, version: 2 })).status).toBe(404)
  expect((await as('deputy').put('/api/settings/organization', { ...NAMES, version: 2 })).status).toBe(404)
  const elsewhere = await as('admin').put('/api/settings/organization', {
    ...NAMES,
    timeZone: 'Moon/Sea',
    version: 2,
  })
  expect(elsewhere.status).toBe(400)
  const { rows } = await database.owner.query('select action, detail from audit_event')
  expect(rows).toEqual([{ action: 'organization.put', detail: NAMES }])
})

test('a kind of work is added, weighed and archived, and its name stays its own', async () => {
  const { as } = await world()
  const type = { name: 'Зачёт', short: 'зач', weight: 2.5 }
  const { id } = (await as('deputy').post<AddedSetting>('/api/settings/work-types', type)).body
  const again = await as('director').post('/api/settings/work-types', type)
  expect([again.status, again.body.refusal]).toEqual([409, 'name-taken'])
  const put = (change: object) =>
    as('deputy').put(`/api/settings/work-types/${id}`, { ...type, archived: false, version: 1, ...change })
  expect((await put({ name: 'Контрольная работа' })).body.refusal).toBe('name-taken')
  expect((await put({ archived: true, weight: 3 })).status).toBe(200)
  expect((await put({})).body.refusal).toBe('version-conflict')
  const { workTypes } = (await as('deputy').get<Settings>('/api/settings')).body
  expect(workTypes.at(-1)).toEqual({ id, ...type, weight: 3, archived: true, version: 2 })
})

test('the last kind of work in use stays, and a new lesson begins with one in use', async () => {
  const { as, database } = await world()
  const archive = (id: string, name: string) =>
    as('deputy').put(`/api/settings/work-types/${id}`, {
      name,
      short: 'x',
      weight: 1,
      archived: true,
      version: 1,
    })
  expect((await archive(ids.answer, 'Ответ на уроке')).status).toBe(200)
  expect((await archive(ids.test, 'Контрольная работа')).body.refusal).toBe('last-work-type')
  await insert(database, 'lesson', [
    {
      id: newId(),
      journal_id: ids.physics7,
      held_on: '2026-11-19',
      period: 2,
      starts_at: '10:00',
      ends_at: '10:40',
      version: 1,
    },
  ])
  const { rows } = await database.owner.query(
    `select w.work_type_id from lesson_work w join lesson l on l.id = w.lesson_id where l.held_on = '2026-11-19'`,
  )
  expect(rows).toEqual([{ work_type_id: ids.test }])
})

test('a sign of attendance is added and changed; what is not an absence is no miss', async () => {
  const { as } = await world()
  const code = { code: 'К', name: 'На конкурсе', absent: true, counted: false }
  const { id } = (await as('deputy').post<AddedSetting>('/api/settings/attendance-codes', code)).body
  expect((await as('deputy').post('/api/settings/attendance-codes', code)).body.refusal).toBe('name-taken')
  const change = { name: 'Конкурс', absent: false, counted: true, version: 1 }
  expect((await as('deputy').put(`/api/settings/attendance-codes/${id}`, change)).status).toBe(200)
  const { attendanceCodes } = (await as('deputy').get<Settings>('/api/settings')).body
  expect(attendanceCodes.at(-1)).toMatchObject({ code: 'к', name: 'Конкурс', absent: false, counted: false })
})

test.each([
  ['/api/settings/attendance-codes', { code: '5', name: 'Пять', absent: true, counted: true }],
  ['/api/settings/attendance-codes', { code: '', name: 'Пусто', absent: true, counted: true }],
  ['/api/settings/work-types', { name: 'Х', short: 'х', weight: 11 }],
  ['/api/settings/work-types', { name: '<b>', short: 'х', weight: 1 }],
])('%s refuses %o as badly shaped', async (path, body) => {
  const { as } = await world()
  expect((await as('deputy').post(path, body)).status).toBe(400)
})

test("another organisation's settings do not exist for this one", async () => {
  const { as } = await world()
  const put = { name: 'Чужой', short: 'ч', weight: 1, archived: false, version: 1 }
  expect((await as('otherSchoolTeacher').put(`/api/settings/work-types/${ids.test}`, put)).status).toBe(404)
  expect((await as('otherSchoolTeacher').get<Settings>('/api/settings')).body.workTypes).toEqual([])
})

test.each(['teacher', 'secretary', 'carer', 'anna', 'motherOfAnna'] as const)(
  'for %s there are no settings',
  async (who) => {
    const { as } = await world()
    expect((await as(who).get('/api/settings')).status).toBe(404)
    expect((await as(who).put('/api/settings/journal', { ...RULES, version: 1 })).status).toBe(404)
  },
)

test.each(['officer', 'admin'] as const)(
  '%s reads the rules of the journal and does not write them',
  async (who) => {
    const { as } = await world()
    expect((await as(who).get('/api/settings')).status).toBe(200)
    const type = { name: 'Зачёт', short: 'зач', weight: 2 }
    expect((await as(who).post('/api/settings/work-types', type)).status).toBe(404)
  },
)

test('signed out is 401', async () => {
  const { as } = await world()
  expect((await as(null).get('/api/settings')).status).toBe(401)
})
