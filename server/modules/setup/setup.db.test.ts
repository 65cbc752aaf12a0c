import { expect, test } from 'vitest'
import type { SessionView } from '#contract/session.ts'
import type { Settings } from '#contract/settings.ts'
import { newId } from '#platform/ids.ts'
import { createServer } from '#server/app.ts'
import { freshDatabase } from '#test/database.ts'
import { signInAs } from '#test/sign-in.ts'
import { world } from '#test/world.ts'
import { createSetupLink } from './index.ts'

async function emptyInstallation() {
  const database = await freshDatabase()
  const clock = { now: new Date('2026-11-12T09:00:00Z') }
  const server = await createServer({ database, clock: () => clock.now, checkAnswers: true })
  const token = (await createSetupLink(database, clock.now)) ?? ''
  const post = (url: string, payload: object) => server.inject({ method: 'POST', url, payload })
  return { database, clock, server, token, post }
}

const wanted = (token: string, change: object = {}) => ({
  token,
  organizationName: 'Центр реабилитации и образования',
  shortName: 'Центр',
  timeZone: 'Europe/Moscow',
  lastName: 'Ким',
  firstName: 'Чжи Хун',
  middleName: null,
  login: 'kim.ch',
  password: 'три весёлых журавля',
  ...change,
})

test('the link of the console creates the organisation and signs its first administrator in', async () => {
  const { server, token, post } = await emptyInstallation()
  expect((await post('/api/setup/check', { token })).statusCode).toBe(200)
  const done = await post('/api/setup', wanted(token))
  expect([done.statusCode, done.body]).toEqual([200, '{}'])
  const cookie = String(done.headers['set-cookie']).split(';')[0] ?? ''
  const get = async (url: string) => (await server.inject({ url, headers: { cookie } })).json()
  expect((await get('/api/session')) as SessionView).toMatchObject({
    person: { name: 'Ким Чжи Хун' },
    roles: ['system-admin'],
    organization: { name: 'Центр реабилитации и образования', shortName: 'Центр' },
    today: '2026-11-12',
    demo: false,
    mustChangePassword: false,
    mustAcceptRules: true,
  })
  await server.inject({
    method: 'PUT',
    url: '/api/session/rules-acceptance',
    headers: { cookie, 'idempotency-key': newId() },
    payload: {},
  })
  const settings = (await get('/api/settings')) as Settings
  expect(settings.workTypes[0]).toMatchObject({ name: 'Ответ на уроке', weight: 1 })
  expect(settings.workTypes.map(({ name }) => name)).toContain('Контрольная работа')
  expect(settings.attendanceCodes.map(({ code }) => code)).toEqual([
    'н',
    'б',
    'у',
    'нп',
    'о',
    'ос',
    'п',
    'пр',
    'уб',
  ])
  expect(settings.attendanceCodes.find(({ code }) => code === 'п')).toMatchObject({
    absent: true,
    counted: false,
  })
})

test('the administrator signs in with the chosen login afterwards', async () => {
  const installation = await emptyInstallation()
  await installation.post('/api/setup', wanted(installation.token))
  const { status } = await signInAs(
    {
      ...installation,
      as: () => {
        throw new Error('unused')
      },
    },
    'Kim.Ch',
  )
  expect(status).toBe(200)
})

test('a link works once, even for two browsers at the same moment', async () => {
  const { database, clock, token, post } = await emptyInstallation()
  const second = (await createSetupLink(database, clock.now)) ?? ''
  const answers = await Promise.all(
    [token, token, second].map((one, n) => post('/api/setup', wanted(one, { login: `kim.${n}aa` }))),
  )
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
  for (const one of [token, second])
    expect((await post('/api/setup/check', { token: one })).json().refusal).toBe('setup-link-used')
  const { rows } = await database.owner.query(`select (select count(*) from organization) as organizations,
    (select count(*) from person) as people`)
  expect(rows).toEqual([{ organizations: 1, people: 1 }])
  expect(await createSetupLink(database, clock.now)).toBeNull()
})

test('a link is good for 72 hours and a made-up one for none', async () => {
  const { clock, token, post } = await emptyInstallation()
  expect((await post('/api/setup/check', { token: 'x'.repeat(43) })).json().refusal).toBe('setup-link-used')
  clock.now = new Date('2026-11-15T08:59:00Z')
  expect((await post('/api/setup/check', { token })).statusCode).toBe(200)
  clock.now = new Date('2026-11-15T09:00:01Z')
  expect((await post('/api/setup', wanted(token))).json().refusal).toBe('setup-link-used')
})

test.each([
  ['a password of the login', { password: 'kim.ch kim.ch' }, 409, 'password-from-name'],
  ['a common password', { password: 'учитель2026!' }, 409, 'password-too-common'],
  ['a login of Russian letters', { login: 'ким' }, 400, 'bad-shape'],
  ['a name that is markup', { lastName: '<script>' }, 400, 'bad-shape'],
  ['no name of the organisation', { organizationName: ' ' }, 400, 'bad-shape'],
])('%s is refused and the link stays good', async (_, change, status, refusal) => {
  const { token, post } = await emptyInstallation()
  const answer = await post('/api/setup', wanted(token, change))
  expect([answer.statusCode, answer.json().refusal]).toEqual([status, refusal])
  expect((await post('/api/setup', wanted(token))).statusCode).toBe(200)
})

test('an installation with an organisation gives no link and takes none', async () => {
  const { database, clock, server } = await world()
  expect(await createSetupLink(database, clock.now)).toBeNull()
  const payload = wanted('x'.repeat(43))
  const answer = await server.inject({ method: 'POST', url: '/api/setup', payload })
  expect([answer.statusCode, answer.json().refusal]).toEqual([409, 'setup-link-used'])
})

test('of the token only a hash is kept', async () => {
  const { database, token } = await emptyInstallation()
  const { rows } = await database.owner.query('select to_jsonb(s)::text as line from setup_link s')
  expect(rows[0].line).not.toContain(token)
})

test('an organisation that was imported before anybody had an account is entered by the same link', async () => {
  const { database, server, token, post } = await emptyInstallation()
  const school = '00000000-0000-4000-8000-000000000001'
  const admin = '00000000-0000-4000-8000-000000000002'
  await database.owner.query(`do $$ begin
    perform set_config('app.reason', 'test', true);
    insert into organization (id, name, short_name) values ('${school}', 'Из таблиц', 'Из таблиц');
    insert into person (organization_id, id, last_name, first_name) values ('${school}', '${admin}', 'Ким', 'Чжи Хун');
    insert into staff_member (organization_id, id, position) values ('${school}', '${admin}', 'Системный администратор');
    insert into role_assignment (organization_id, id, person_id, role, starts_on)
      values ('${school}', gen_random_uuid(), '${admin}', 'system-admin', '2026-09-01');
  end $$`)
  expect((await post('/api/setup/check', { token })).statusCode).toBe(200)
  // There is something here now: no folder of the server is looked into any more.
  for (const [way, more] of [
    ['copies', {}],
    ['restore', { to: null }],
  ] as const) {
    const answer = await post(`/api/setup/${way}`, { token, folder: '/', words: null, ...more })
    expect([way, answer.statusCode, answer.json().refusal]).toEqual([way, 409, 'setup-link-used'])
  }
  const done = await post('/api/setup', wanted(token))
  expect(done.statusCode).toBe(200)
  const cookie = String(done.headers['set-cookie']).split(';')[0] ?? ''
  const session = (await server.inject({ url: '/api/session', headers: { cookie } })).json() as SessionView
  expect([session.person.id, session.roles]).toEqual([admin, ['system-admin']])
  const { rows } = await database.owner.query('select id, short_name from organization')
  expect(rows).toEqual([{ id: school, short_name: 'Центр' }])
  expect(await createSetupLink(database, new Date('2026-11-12T09:00:00Z'))).toBeNull()
})
