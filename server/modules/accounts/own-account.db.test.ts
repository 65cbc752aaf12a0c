import { expect, test } from 'vitest'
import type { OwnSessions, SessionView } from '#contract/session.ts'
import { createServer } from '#server/app.ts'
import { givePassword, PASSWORD, sendWith, sessionOf, signInAs } from '#test/sign-in.ts'
import { ids, type World, world } from '#test/world.ts'

const NEXT = 'четыре тихих совы'

const change = (school: World, cookie: string, next = NEXT, current = PASSWORD) =>
  sendWith(school, cookie, ['PUT', '/api/session/password'], { current, next })

test('a first password must be changed and the rules accepted before anything else', async () => {
  const school = await world()
  await givePassword(school, 'teacher', {
    must_change_password: true,
    rules_accepted_at: null,
    first_password_until: new Date('2026-11-13T00:00:00Z'),
  })
  const { cookie } = await signInAs(school, 'teacher')
  const grid = () => sendWith(school, cookie, ['GET', `/api/journals/${ids.physics7}`])
  expect((await grid()).json().refusal).toBe('password-change-needed')
  expect((await sendWith(school, cookie, ['GET', '/api/session'])).json()).toMatchObject({
    mustChangePassword: true,
    mustAcceptRules: true,
  })
  expect((await change(school, cookie)).statusCode).toBe(200)
  expect((await grid()).json().refusal).toBe('rules-acceptance-needed')
  expect((await sendWith(school, cookie, ['PUT', '/api/session/rules-acceptance'], {})).statusCode).toBe(200)
  expect((await grid()).statusCode).toBe(200)
  const { rows } = await school.database.owner.query('select action from audit_event order by id')
  expect(rows.map(({ action }) => action)).toEqual(['password.change', 'rules.accept'])
})

test.each([
  ['a wrong present password', NEXT, 'не он', 'wrong-password', 'current'],
  ['a short one', 'короткий', PASSWORD, 'password-too-short', 'next'],
  ['one that is all runs', 'qwertyuiop1234567890', PASSWORD, 'password-too-common', 'next'],
  ['one of the own name', 'Саркисов-Вадим-1985', PASSWORD, 'password-from-name', 'next'],
  ['one of the name of the centre', 'Сосновый берег!', PASSWORD, 'password-from-name', 'next'],
  ['the same one', PASSWORD, PASSWORD, 'password-unchanged', 'next'],
])('%s is refused at its field, and the old password stays', async (_, next, current, refusal, path) => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  const answer = await change(school, cookie, next, current)
  expect([answer.statusCode, answer.json().refusal, answer.json().faults[0].path]).toEqual([
    409,
    refusal,
    path,
  ])
  expect((await signInAs(school, 'teacher')).status).toBe(200)
})

test('a change of password ends every other session of the account and none of anybody else', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const [here, there] = [await signInAs(school, 'teacher'), await signInAs(school, 'teacher')]
  expect((await change(school, here.cookie)).statusCode).toBe(200)
  expect(await sessionOf(school, here.cookie)).toBe(200)
  expect(await sessionOf(school, there.cookie)).toBe(401)
  expect((await school.as('deputy').get('/api/session')).status).toBe(200)
  expect((await signInAs(school, 'teacher')).refusal).toBe('wrong-login-or-password')
  expect((await signInAs(school, 'teacher', NEXT)).status).toBe(200)
})

test('own sessions are listed with this one marked, and any of them can be ended', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const [here, there] = [await signInAs(school, 'teacher'), await signInAs(school, 'teacher')]
  const list = async () =>
    (await sendWith(school, here.cookie, ['GET', '/api/sessions'])).json() as OwnSessions
  const { sessions } = await list()
  expect(sessions).toHaveLength(3)
  expect(sessions.filter(({ current }) => current)).toHaveLength(1)
  for (const { id } of sessions.filter(({ current }) => !current))
    expect((await sendWith(school, here.cookie, ['DELETE', `/api/sessions/${id}`])).statusCode).toBe(200)
  expect((await list()).sessions).toHaveLength(1)
  expect(await sessionOf(school, there.cookie)).toBe(401)
})

test("another's session does not exist for this one", async () => {
  const school = await world()
  const { rows } = await school.database.owner.query(
    `select s.id from session s join account a on a.id = s.account_id where a.login = 'deputy'`,
  )
  expect((await school.as('teacher').delete(`/api/sessions/${rows[0].id}`)).status).toBe(404)
  expect((await school.as('deputy').get('/api/session')).status).toBe(200)
})

test('the sign-in before this one is told', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  await signInAs(school, 'teacher')
  school.clock.now = new Date('2026-11-12T10:00:00Z')
  const { cookie } = await signInAs(school, 'teacher')
  const session = (await sendWith(school, cookie, ['GET', '/api/session'])).json() as SessionView
  expect(session.lastSignInAt).toBe('2026-11-12T09:00:00.000Z')
})

test.each([
  ['PUT', '/api/session/password', { current: 'a', next: 'b' }],
  ['PUT', '/api/session/rules-acceptance', {}],
  ['GET', '/api/sessions', undefined],
  ['DELETE', `/api/sessions/${ids.teacher}`, undefined],
] as const)('signed out, %s %s is 401', async (method, url, payload) => {
  const school = await world()
  expect((await sendWith(school, '', [method, url], payload)).statusCode).toBe(401)
})

test('no password and no token is in the log, in stored operations, in history or in the audit', async () => {
  const school = await world()
  await givePassword(school, 'teacher', { must_change_password: true })
  const said: string[] = []
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (chunk: string | Uint8Array) => said.push(String(chunk)) > 0
  try {
    const server = await createServer({
      database: school.database,
      clock: () => school.clock.now,
      logLevel: 'debug',
    })
    const logged = { ...school, server }
    await signInAs(logged, 'teacher', 'канарейка-неверная')
    const { cookie } = await signInAs(logged, 'teacher')
    await change(logged, cookie, 'канарейка-длинная-новая')
    const token = cookie.replace('zhuravl=', '')
    const { rows } = await school.database.owner.query(`
      select string_agg(line, ' ') as everything from (
        select to_jsonb(o)::text as line from operation o union all select to_jsonb(h)::text from history h
        union all select to_jsonb(a)::text from audit_event a union all select to_jsonb(f)::text from sign_in_failure f
        union all select to_jsonb(s)::text from session s union all select to_jsonb(c)::text from account c) lines`)
    const everything = said.join('') + rows[0].everything
    expect(said.join('')).toContain('/api/session/password')
    for (const canary of ['канарейка', PASSWORD, token]) expect(everything).not.toContain(canary)
  } finally {
    process.stdout.write = write
  }
})

test('the current password is counted like one at sign-in: ten wrong ones, all at once or by turns, then none', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  const answers = []
  for (let n = 0; n < 4; n++)
    answers.push(
      ...(await Promise.all(Array.from({ length: 3 }, () => change(school, cookie, NEXT, 'не он')))),
    )
  const refusals = answers.map((answer) => answer.json().refusal)
  expect(refusals.filter((one) => one === 'wrong-password')).toHaveLength(10)
  expect(refusals.filter((one) => one === 'too-many-failures')).toHaveLength(2)
  const late = await change(school, cookie)
  expect([late.statusCode, late.json().refusal, late.headers['retry-after']]).toEqual([
    429,
    'too-many-failures',
    '60',
  ])
  // From another session of the same account too.
  const other = (await signInAs(school, 'teacher')).cookie
  expect((await change(school, other)).statusCode).toBe(429)
  school.clock.now = new Date(school.clock.now.getTime() + 16 * 60_000)
  expect((await change(school, cookie)).statusCode).toBe(200)
}, 60_000)

test('the right password forgets the wrong ones before it', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  const wrong = async () => {
    for (let n = 0; n < 9; n++) expect((await change(school, cookie, NEXT, 'не он')).statusCode).toBe(409)
  }
  await wrong()
  expect((await change(school, cookie)).statusCode).toBe(200)
  await wrong()
  expect((await change(school, cookie, 'пять рыжих белок', NEXT)).statusCode).toBe(200)
}, 60_000)

test('a password is the same typed in signs composed or not, with spaces of any kind, copied with an end of line', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, ' TEACHER\u00a0')
  const next = 'йогурт и ёлка зимой'
  const changed = await change(school, cookie, ` ${next.normalize('NFD')}\n`, PASSWORD.normalize('NFD'))
  expect(changed.statusCode).toBe(200)
  for (const typed of [next, next.normalize('NFD'), next.replaceAll(' ', '\u00a0'), `${next} \r\n`])
    expect((await signInAs(school, 'teacher', typed)).status).toBe(200)
})
