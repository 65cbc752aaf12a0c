import { expect, test } from 'vitest'
import { createServer } from '#server/app.ts'
import { type From, givePassword, PASSWORD, sessionOf, signInAs } from '#test/sign-in.ts'
import { ids, type World, world } from '#test/world.ts'

test('the right login and password open a session, whatever the case of the login', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { status, cookie } = await signInAs(school, ' Teacher ')
  expect([status, await sessionOf(school, cookie)]).toEqual([200, 200])
})

test('a wrong password and an unknown login are answered alike, to the byte and to the class of time', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const ask = async (login: string) => {
    const began = performance.now()
    const payload = { login, password: 'совсем не тот пароль' }
    const answer = await school.server.inject({ method: 'POST', url: '/api/session', payload })
    return { status: answer.statusCode, text: answer.body, ms: performance.now() - began }
  }
  const [wrong, unknown] = [await ask('teacher'), await ask('nobody-here')]
  expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text])
  expect(wrong.status).toBe(401)
  // Both cost a whole hash; without it an unknown login would be answered some twenty times sooner.
  expect(unknown.ms).toBeGreaterThan(wrong.ms / 6)
})

test('a closed account is answered like a wrong password', async () => {
  const school = await world()
  await givePassword(school, 'teacher', { disabled_at: new Date() })
  expect(await signInAs(school, 'teacher')).toMatchObject({ status: 401, refusal: 'wrong-login-or-password' })
})

test.each([['teacher'], ['nobody-here']])(
  'after ten failures each further attempt for %s from there waits longer, for every process of the installation',
  async (login) => {
    const school = await world()
    await givePassword(school, 'teacher')
    const second = {
      ...school,
      server: await createServer({ database: school.database, clock: () => school.clock.now }),
    }
    const later = (seconds: number) => {
      school.clock.now = new Date(school.clock.now.getTime() + seconds * 1000)
    }
    for (let n = 0; n < 10; n++)
      expect((await signInAs(n % 2 === 0 ? school : second, login, 'не тот')).refusal).toBe(
        'wrong-login-or-password',
      )
    for (const wait of [1, 2, 4, 8, 16, 32, 64, 90, 90]) {
      expect(await signInAs(school, login, 'не тот')).toMatchObject({
        status: 429,
        refusal: 'too-many-failures',
      })
      later(wait - 0.1)
      expect(await signInAs(second, login, 'не тот')).toMatchObject({ status: 429, retryAfter: '1' })
      later(0.1)
      expect((await signInAs(school, login, 'не тот')).refusal).toBe('wrong-login-or-password')
    }
    later(90)
    expect((await signInAs(school, login)).status).toBe(login === 'teacher' ? 200 : 401)
  },
  60_000,
)

test('ten failures from one address stop nobody at another, for as many hours as they go on', async () => {
  const school = await world()
  await givePassword(school, 'teacher', { first_password_until: new Date('2026-11-15T08:59:00Z') })
  for (const hours of [0, 24, 47]) {
    school.clock.now = new Date(Date.parse('2026-11-12T09:00:00Z') + hours * 3_600_000)
    await tries(school, 11, 'teacher', { address: '203.0.113.9' })
  }
  expect((await signInAs(school, 'teacher', PASSWORD, { address: '198.51.100.4' })).status).toBe(200)
}, 60_000)

const tries = async (school: World, count: number, login = 'teacher', from: From = {}) => {
  const refusals: (string | undefined)[] = []
  for (let n = 0; n < count; n++) refusals.push((await signInAs(school, login, 'не тот', from)).refusal)
  return refusals
}

test('a login locked by somebody else still lets in the browser that signed in before', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { deviceCookie } = await signInAs(school, 'teacher')
  const pupil = { address: '203.0.113.9' }
  await tries(school, 10, 'teacher', pupil)
  expect((await signInAs(school, 'teacher', PASSWORD, pupil)).refusal).toBe('too-many-failures')
  const owner = await signInAs(school, 'teacher', PASSWORD, { cookie: deviceCookie })
  expect([owner.status, await sessionOf(school, owner.cookie)]).toEqual([200, 200])
  // The owner's success gives the pupil no further attempts.
  expect((await tries(school, 1, 'teacher', pupil))[0]).toBe('too-many-failures')
})

test('a known browser has ten attempts of its own, and takes none from the others', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { deviceCookie: cookie } = await signInAs(school, 'teacher')
  const refusals = await tries(school, 11, 'teacher', { cookie })
  expect(refusals.map((one) => one === 'too-many-failures')).toEqual([...Array(10).fill(false), true])
  expect((await signInAs(school, 'teacher')).status).toBe(200)
  school.clock.now = new Date(school.clock.now.getTime() + 16 * 60_000)
  expect((await signInAs(school, 'teacher', PASSWORD, { cookie })).status).toBe(200)
})

test('a browser is known for the logins it has signed in with and for no other', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  await givePassword(school, 'anna')
  const { deviceCookie: cookie } = await signInAs(school, 'anna')
  await tries(school, 10, 'teacher', { cookie })
  expect((await signInAs(school, 'teacher', PASSWORD, { cookie })).refusal).toBe('too-many-failures')
  expect((await signInAs(school, 'anna', PASSWORD, { cookie })).status).toBe(200)
})

test('a device token is new at each sign-in, kept as a hash, and worth nothing once replaced', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  await givePassword(school, 'anna')
  // A pupil leaves a known token in the browser of a classroom and waits for the teacher to sign in there.
  const planted = (await signInAs(school, 'anna')).deviceCookie
  const { deviceCookie: own } = await signInAs(school, 'teacher', PASSWORD, { cookie: planted })
  expect(own).not.toBe(planted)
  const pupil = { address: '203.0.113.9' }
  await tries(school, 10, 'teacher', pupil)
  const lastTry = await signInAs(school, 'teacher', PASSWORD, { ...pupil, cookie: planted })
  expect(lastTry.refusal).toBe('too-many-failures')
  expect((await signInAs(school, 'teacher', PASSWORD, { cookie: own })).status).toBe(200)
  const { rows } = await school.database.owner.query('select row_to_json(d)::text as row from known_device d')
  expect(rows.length).toBeGreaterThan(0)
  for (const { row } of rows) expect(row).not.toContain(own.split('=')[1])
})

test('two hundred failures from an address of any names stop no browser behind it; trying one login again there waits', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  await givePassword(school, 'anna')
  const address = '203.0.113.9'
  await school.database.owner.query(
    `insert into sign_in_failure (kind, login_key, failures, last_at) values ('address', $1, 400, $2)`,
    [address, school.clock.now],
  )
  expect((await signInAs(school, 'anna', PASSWORD, { address })).status).toBe(200)
  expect(await tries(school, 2, 'teacher', { address })).toEqual(Array(2).fill('wrong-login-or-password'))
  expect((await signInAs(school, 'teacher', PASSWORD, { address })).status).toBe(200)
  expect(await tries(school, 4, 'nobody-here', { address })).toEqual([
    ...Array(3).fill('wrong-login-or-password'),
    'too-many-failures',
  ])
})

test('of thirty attempts sent at once ten are looked at', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const answers = await Promise.all(Array.from({ length: 30 }, () => signInAs(school, 'teacher', 'не тот')))
  const refusals = answers.map(({ refusal }) => refusal)
  expect(refusals.filter((one) => one === 'wrong-login-or-password')).toHaveLength(10)
  expect(refusals.filter((one) => one === 'too-many-failures')).toHaveLength(20)
})

test('a success forgets the failures before it', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  for (let round = 0; round < 2; round++) {
    for (let n = 0; n < 9; n++) await signInAs(school, 'teacher', 'не тот')
    expect((await signInAs(school, 'teacher')).status).toBe(200)
  }
})

test('a first password past its days opens nothing, and says so only to who knows it', async () => {
  const school = await world()
  await givePassword(school, 'teacher', { first_password_until: new Date('2026-11-12T08:59:00Z') })
  expect((await signInAs(school, 'teacher')).refusal).toBe('first-password-expired')
  expect((await signInAs(school, 'teacher', 'не тот')).refusal).toBe('wrong-login-or-password')
})

test('each sign-in gives a new token, and a token brought along is not kept', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const brought = `zhuravl=${'a'.repeat(43)}`
  const first = await school.server.inject({
    method: 'POST',
    url: '/api/session',
    headers: { cookie: brought },
    payload: { login: 'teacher', password: PASSWORD },
  })
  const one = String(first.headers['set-cookie']).split(';')[0] ?? ''
  const two = (await signInAs(school, 'teacher')).cookie
  expect(new Set([brought, one, two]).size).toBe(3)
  expect(await sessionOf(school, brought)).toBe(401)
  const { rows } = await school.database.owner.query('select token_hash from session')
  expect(rows.map((row) => row.token_hash.toString())).not.toContain(one.replace('zhuravl=', ''))
})

test('the cookie is for this server only, out of reach of scripts, and behind TLS bound to the host', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { setCookie } = await signInAs(school, 'teacher')
  expect(setCookie).toMatch(/^zhuravl=[\w-]{43};/)
  expect(setCookie).toMatch(/HttpOnly/)
  expect(setCookie).toMatch(/SameSite=Lax/)
  expect(setCookie).toMatch(/Path=\//)
  expect(setCookie).not.toMatch(/Domain|Secure/)
  const secure = await createServer({
    database: school.database,
    clock: () => school.clock.now,
    secure: true,
  })
  const behindTls = await signInAs({ ...school, server: secure }, 'teacher')
  expect(behindTls.setCookie).toMatch(/^__Host-zhuravl=/)
  expect(behindTls.setCookie).toMatch(/Secure/)
  expect(behindTls.setCookie).toMatch(/HttpOnly/)
})

test('signing out ends the session on the server too, and twice is no fault', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  const out = () => school.server.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } })
  expect((await out()).statusCode).toBe(200)
  expect(await sessionOf(school, cookie)).toBe(401)
  expect((await out()).statusCode).toBe(200)
})

test('a role that ends takes its holder out of a living session and lets nobody in again', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const roles = [{ role: 'teacher', from: '2026-11-12', to: '2026-11-12' }]
  expect(
    (await school.as('admin').put(`/api/people/${ids.teacher}/roles`, { version: 1, roles })).status,
  ).toBe(200)
  const { status, cookie } = await signInAs(school, 'teacher')
  expect([status, await sessionOf(school, cookie)]).toEqual([200, 200])
  // The next day begins in Moscow at 21:00 of this one in UTC.
  school.clock.now = new Date('2026-11-12T21:00:00Z')
  expect(await sessionOf(school, cookie)).toBe(401)
  expect((await signInAs(school, 'teacher')).refusal).toBe('no-role-now')
})

test('more passwords than can be hashed are refused at once, and the server stays up', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const arrived: number[] = []
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const answer = await school.server.inject({
        method: 'POST',
        url: '/api/session',
        payload: { login: `nobody-${n}`, password: 'не тот' },
      })
      arrived.push(n)
      return answer
    }),
  )
  const busy = answers.flatMap((answer, n) => (answer.statusCode === 503 ? [n] : []))
  expect(busy.length).toBeGreaterThan(20)
  expect(answers[busy[0] ?? 0]?.json()).toMatchObject({ refusal: 'busy' })
  expect(answers[busy[0] ?? 0]?.headers['retry-after']).toBe('2')
  // Refused at once: most of those that are hashed are answered when the last refusal has long been said.
  const lastRefused = arrived.findLastIndex((n) => busy.includes(n))
  expect(arrived.length - 1 - lastRefused).toBeGreaterThan((answers.length - busy.length) / 2)
  expect((await signInAs(school, 'teacher')).status).toBe(200)
})

test('a flood from one address takes no place of those who come from elsewhere, nor of known browsers behind it', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  await givePassword(school, 'anna')
  const address = '203.0.113.9'
  const { deviceCookie: cookie } = await signInAs(school, 'anna', PASSWORD, { address })
  const flood = Array.from({ length: 300 }, (_, n) => signInAs(school, `pupil-${n}`, 'не тот', { address }))
  const honest = await Promise.all([
    signInAs(school, 'teacher', PASSWORD, { address: '198.51.100.4' }),
    signInAs(school, 'anna', PASSWORD, { address, cookie }),
  ])
  expect(honest.map(({ status }) => status)).toEqual([200, 200])
  const answers = await Promise.all(flood)
  expect(answers.filter(({ refusal }) => refusal === 'busy').length).toBeGreaterThan(100)
}, 60_000)
