import { expect, test } from 'vitest'
import type { EntryWindows, OpenedWindow } from '#contract/windows.ts'
import { newId } from '#platform/ids.ts'
import { ids, type World, world } from '#test/world.ts'

const path = '/api/entry-windows'
const asked = {
  journalId: ids.physics7,
  from: '2026-11-02',
  to: '2026-11-03',
  openUntil: '2026-11-13',
  reason: 'Болела две недели',
}
const { journalId: _, ...days } = asked

/** Not made, and sent to whoever may decide. */
const REFERRED = { referred: expect.any(String) }

const writeFirst = ({ as }: World, version = 0) =>
  as('teacher').put(`/api/journals/${ids.physics7}/cells`, {
    cells: [{ lessonId: ids.first, workId: ids.first, studentId: ids.anna, value: '4', version }],
    lateReason: 'Болела',
  })

test.each([
  ['of the journal', asked],
  ['of the teacher', { ...days, teacherId: ids.teacher }],
])('a window %s lets a closed lesson be written until its last day', async (_, window) => {
  const school = await world()
  expect((await writeFirst(school)).body).toEqual(REFERRED)
  expect((await school.as('deputy').post(path, window)).status).toBe(200)
  expect((await writeFirst(school)).body).toHaveProperty('cells')
  school.clock.now = new Date('2026-11-14T09:00:00Z')
  expect((await writeFirst(school, 1)).body).toEqual(REFERRED)
})

test('a window of another teacher or of other days opens nothing', async () => {
  const school = await world()
  await school.as('deputy').post(path, { ...days, teacherId: ids.stranger })
  await school.as('deputy').post(path, { ...asked, from: '2026-11-03', to: '2026-11-06' })
  expect((await writeFirst(school)).body).toEqual(REFERRED)
})

test('a closed window stays in the list and lets nothing through', async () => {
  const school = await world()
  const { body } = await school.as('officer').post<OpenedWindow>(path, asked)
  const close = () => school.as('deputy').put(`${path}/${body.id}`, { closed: true, version: body.version })
  expect([(await close()).status, (await close()).status]).toEqual([200, 200])
  expect((await writeFirst(school)).body).toEqual(REFERRED)
  const { windows } = (await school.as('deputy').get<EntryWindows>(path)).body
  expect(windows).toMatchObject([
    {
      journal: { id: ids.physics7, name: 'Физика, 7А — Саркисов Вадим Рубенович' },
      teacher: null,
      reason: 'Болела две недели',
      openedBy: 'Щёголев Антон Юрьевич',
      active: false,
      closed: true,
      version: 2,
    },
  ])
  const { rows } = await school.database.owner.query(
    `select version, actor_id from history where kind = 'entry_window' order by version`,
  )
  expect(rows).toEqual([
    { version: 1, actor_id: ids.officer },
    { version: 2, actor_id: ids.deputy },
  ])
  const { rows: acts } = await school.database.owner.query(
    `select action from audit_event where resource = 'entry-window' order by id`,
  )
  expect(acts.map(({ action }) => action)).toEqual(['entry-window.open', 'entry-window.close'])
})

test('a stale version closes nothing', async () => {
  const { as } = await world()
  const { body } = await as('deputy').post<OpenedWindow>(path, asked)
  const answer = await as('deputy').put(`${path}/${body.id}`, { closed: true, version: 0 })
  expect([answer.status, answer.body.refusal]).toEqual([409, 'version-conflict'])
})

test('of several who close at once each is told that it is closed, and it is closed once', async () => {
  const { as, database } = await world()
  const { body } = await as('deputy').post<OpenedWindow>(path, asked)
  const answers = await Promise.all(
    [1, 2, 3].map(() => as('deputy').put(`${path}/${body.id}`, { closed: true, version: 1 })),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const { rows } = await database.owner.query(`select from history where kind = 'entry_window'`)
  expect(rows.length).toBe(2)
})

test('the same request sent again opens one window', async () => {
  const { as } = await world()
  const operationId = newId()
  const sent = await Promise.all(
    [1, 2, 3].map(() => as('deputy').post<OpenedWindow>(path, asked, { operationId })),
  )
  expect(new Set(sent.map(({ body }) => body.id)).size).toBe(1)
  expect((await as('deputy').get<EntryWindows>(path)).body.windows.length).toBe(1)
})

test.each([
  ['until yesterday', { openUntil: '2026-11-11' }, 409, 'window-already-over'],
  ['backwards', { to: '2026-11-01' }, 409, 'span-backwards'],
  ['of a journal nobody keeps', { journalId: newId() }, 404, 'not-found'],
  ['of a journal and a teacher', { teacherId: ids.teacher }, 400, 'bad-shape'],
  ['of nothing', { journalId: undefined }, 400, 'bad-shape'],
  ['without a reason', { reason: ' ' }, 400, 'bad-shape'],
])('a window %s is refused', async (_, change, status, refusal) => {
  const { as } = await world()
  const answer = await as('deputy').post(path, { ...asked, ...change })
  expect([answer.status, answer.body.refusal]).toEqual([status, refusal])
  expect((await as('deputy').get<EntryWindows>(path)).body.windows).toEqual([])
})

test('who may open is a setting: the rest of control reads and is told why not', async () => {
  const { as, database } = await world()
  const refused = await as('director').post(path, asked)
  expect([refused.status, refused.body.refusal]).toEqual([409, 'may-not-open-window'])
  expect((await as('director').get<EntryWindows>(path)).body).toMatchObject({ mayOpen: false, journals: [] })
  await database.owner.query(`update organization set window_opener_roles = '{director}'`)
  expect((await as('director').post(path, asked)).status).toBe(200)
  expect((await as('deputy').post(path, asked)).body.refusal).toBe('may-not-open-window')
})

test('a window of another organisation does not exist', async () => {
  const { as } = await world()
  const { body } = await as('deputy').post<OpenedWindow>(path, asked)
  expect((await as('otherSchoolTeacher').get<EntryWindows>(path)).body.windows).toEqual([])
  const close = await as('otherSchoolTeacher').put(`${path}/${body.id}`, { closed: true, version: 1 })
  expect(close.status).toBe(404)
  expect((await as('otherSchoolTeacher').post(path, asked)).status).toBe(404)
})

test.each(['teacher', 'homeroom', 'admin', 'secretary', 'carer', 'anna', 'motherOfAnna'] as const)(
  'for %s there are no windows',
  async (who) => {
    const { as } = await world()
    expect((await as(who).get(path)).status).toBe(404)
    expect((await as(who).post(path, asked)).status).toBe(404)
  },
)

test('signed out is 401', async () => {
  const { as } = await world()
  expect((await as(null).get(path)).status).toBe(401)
  expect((await as(null).post(path, asked)).status).toBe(401)
})
