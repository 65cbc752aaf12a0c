import { expect, test } from 'vitest'
import type { Settings } from '#contract/settings.ts'
import { codeOf, later, setUpSecondFactor } from '#test/second-factor.ts'
import { ids, type World, world } from '#test/world.ts'

const DAY = 86_400

async function require(school: World, roles: string[], days = 14) {
  const { body } = await school.as('director').get<Settings>('/api/settings')
  return school.as('director').put('/api/settings/second-factor', { roles, days, version: body.version })
}
const stateOf = async (school: World, who: keyof typeof ids) =>
  (await school.as(who).get('/api/session')).body.secondFactor

test('whoever must have one is told the last day, and then nothing but setting it up is open', async () => {
  const school = await world()
  expect((await require(school, ['system-admin', 'teacher'])).status).toBe(200)
  expect(await stateOf(school, 'admin')).toEqual({ has: false, due: '2026-11-26', mustSetUp: false })
  expect(await stateOf(school, 'carer')).toEqual({ has: false, due: null, mustSetUp: false })
  later(school, 14 * DAY)
  expect((await school.as('admin').get('/api/people')).status).toBe(200)
  later(school, DAY)
  expect(await stateOf(school, 'admin')).toMatchObject({ mustSetUp: true })
  const refused = { status: 409, body: { refusal: 'second-factor-needed' } }
  expect(await school.as('admin').get('/api/people')).toMatchObject(refused)
  expect(await school.as('teacher').get('/api/journals')).toMatchObject(refused)
  expect(await school.as('teacher').get('/api/events')).toMatchObject(refused)
  expect((await school.as('carer').get('/api/diaries')).status).toBe(200)
  await setUpSecondFactor(school, 'admin')
  expect((await school.as('admin').get('/api/people')).status).toBe(200)
})

test('the term of a role counts from its first day, and asking it of one more role gives the others no new one', async () => {
  const school = await world()
  await require(school, ['system-admin'])
  later(school, 10 * DAY)
  await require(school, ['system-admin', 'deputy'])
  expect(await stateOf(school, 'admin')).toMatchObject({ due: '2026-11-26' })
  expect(await stateOf(school, 'deputy')).toMatchObject({ due: '2026-12-06' })
  await school.database.owner.query(
    `do $$ begin perform set_config('app.reason', 'test', true);
      update role_assignment set starts_on = '2026-11-20', version = version + 1 where person_id = '${ids.admin}'; end $$`,
  )
  expect(await stateOf(school, 'admin')).toMatchObject({ due: '2026-12-04' })
  await require(school, ['deputy'])
  expect(await stateOf(school, 'admin')).toMatchObject({ due: null })
})

test('where it is required it cannot be turned off', async () => {
  const school = await world()
  const holder = await setUpSecondFactor(school, 'admin')
  await require(school, ['system-admin'])
  const removal = await school
    .as('admin')
    .post('/api/session/second-factor/removal', { code: codeOf(school, holder) })
  expect(removal.body.refusal).toBe('second-factor-required')
  expect(await stateOf(school, 'admin')).toMatchObject({ has: true, mustSetUp: false })
})

test('the setting is the director’s, with a version, and of staff alone', async () => {
  const school = await world()
  const put = (who: 'director' | 'admin' | 'deputy', body: object) =>
    school.as(who).put('/api/settings/second-factor', { roles: ['director'], days: 5, version: 1, ...body })
  expect((await put('admin', {})).status).toBe(404)
  expect((await put('deputy', {})).status).toBe(404)
  expect((await put('director', { roles: ['guardian'] })).status).toBe(400)
  expect((await put('director', { days: 400 })).status).toBe(400)
  expect((await put('director', { version: 7 })).body.refusal).toBe('version-conflict')
  expect((await put('director', {})).status).toBe(200)
  const { body } = await school.as('deputy').get<Settings>('/api/settings')
  expect(body.secondFactor).toEqual({ roles: ['director'], days: 5 })
})

test('rights wait for a code not older than five minutes, and the same request goes through after it', async () => {
  const school = await world()
  const holder = await setUpSecondFactor(school, 'admin')
  const operationId = crypto.randomUUID()
  const reset = () =>
    school.as('admin').post(`/api/people/${ids.carer}/account/first-password`, {}, { operationId })
  later(school, 270)
  expect((await reset()).status).toBe(200)
  later(school, 1)
  const other = crypto.randomUUID()
  const renew = () =>
    school.as('admin').post(`/api/people/${ids.carer}/account/first-password`, {}, { operationId: other })
  expect(await renew()).toMatchObject({ status: 409, body: { refusal: 'code-needed' } })
  const confirmed = await school
    .as('admin')
    .post('/api/session/confirmation', { code: codeOf(school, holder) })
  expect(confirmed.status).toBe(200)
  expect((await renew()).status).toBe(200)
  // Everything else goes on without it.
  later(school, 3600)
  expect((await school.as('admin').get('/api/people')).status).toBe(200)
})

test('a code given in one session confirms no other', async () => {
  const school = await world()
  await setUpSecondFactor(school, 'admin')
  await school.database.owner.query(
    `insert into session (organization_id, id, account_id, token_hash, started_at, seen_at, expires_at)
     values ($1, gen_random_uuid(), $2, sha256('token-of-other'), now(), now(), '2027-01-01')`,
    [ids.school, ids.admin],
  )
  const answer = await school.server.inject({
    method: 'POST',
    url: `/api/people/${ids.carer}/account/first-password`,
    headers: { cookie: 'zhuravl=token-of-other', 'idempotency-key': crypto.randomUUID() },
    payload: {},
  })
  expect([answer.statusCode, answer.json().refusal]).toEqual([409, 'code-needed'])
})
