import { expect, test } from 'vitest'
import { operations } from '#server/operations.ts'
import { asCookie, codeOf, giveHalf, halfOf, later, setUpSecondFactor } from '#test/second-factor.ts'
import { givePassword, PASSWORD, sessionOf, signInAs } from '#test/sign-in.ts'
import { ids, type World, world } from '#test/world.ts'

async function withFactor(who: 'teacher' | 'admin' | 'carer' = 'teacher') {
  const school = await world()
  await givePassword(school, who)
  const holder = await setUpSecondFactor(school, who)
  return { school, holder }
}

const count = async ({ database }: World, text: string): Promise<number> =>
  Number((await database.owner.query<{ n: string }>(`select count(*) as n from ${text}`)).rows[0]?.n)

test('password and then the code open a session, and the browser is known only then', async () => {
  const { school, holder } = await withFactor()
  const first = await signInAs(school, 'teacher')
  expect([first.status, first.setCookie]).toEqual([200, ''])
  expect(await count(school, 'known_device')).toBe(0)
  const second = await giveHalf(school, first.half ?? '', codeOf(school, holder))
  expect([second.status, await sessionOf(school, second.cookie)]).toEqual([200, 200])
  expect(second.setCookie).toContain('zhuravl-device=')
  expect(await count(school, 'known_device')).toBe(1)
})

test('whoever has no second factor signs in as before', async () => {
  const school = await world()
  await givePassword(school, 'carer')
  const { half, cookie } = await signInAs(school, 'carer')
  expect([half, await sessionOf(school, cookie)]).toEqual([undefined, 200])
})

test('half a session opens nothing: no operation, no stream, no confirmation', async () => {
  const { school } = await withFactor('admin')
  const half = await halfOf(school, 'admin')
  for (const cookie of [`zhuravl=${half}`, `zhuravl-device=${half}`]) {
    for (const { id, method, path, runPublic } of operations) {
      if (runPublic) continue
      const url = path.replace(/:\w+/g, ids.today)
      const headers = { cookie, 'idempotency-key': crypto.randomUUID() }
      const answer = await school.server.inject({
        method,
        url,
        headers,
        ...(method !== 'GET' && { payload: {} }),
      })
      // A shape that does not fit is told before anybody is asked who they are.
      expect([id, [400, 401].includes(answer.statusCode)]).toEqual([id, true])
    }
  }
  const stream = await school.server.inject({ url: '/api/events', headers: { cookie: `zhuravl=${half}` } })
  expect(stream.statusCode).toBe(401)
})

test('a code is taken once: not again in its own time, and neither is an older one', async () => {
  const { school, holder } = await withFactor()
  const [first, second, third] = [
    await halfOf(school, 'teacher'),
    await halfOf(school, 'teacher'),
    await halfOf(school, 'teacher'),
  ]
  const [older, code] = [codeOf(school, holder), codeOf(school, holder, 30)]
  expect((await giveHalf(school, first, code)).status).toBe(200)
  expect(await giveHalf(school, second, code)).toMatchObject({ status: 409, refusal: 'code-used' })
  expect(await giveHalf(school, second, older)).toMatchObject({ status: 409, refusal: 'code-used' })
  later(school, 60)
  expect((await giveHalf(school, third, codeOf(school, holder))).status).toBe(200)
})

test('the code that set it up is taken too', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const holder = await setUpSecondFactor(school, 'teacher')
  later(school, -30)
  expect((await giveHalf(school, await halfOf(school, 'teacher'), codeOf(school, holder))).refusal).toBe(
    'code-used',
  )
})

test('of twelve requests at once with one code, or with one recovery code, one gets in', async () => {
  const { school, holder } = await withFactor()
  for (const code of [codeOf(school, holder), holder.codes[0] ?? '']) {
    const halves = await Promise.all(Array.from({ length: 6 }, () => halfOf(school, 'teacher')))
    const before = await count(school, 'session')
    const answers = await Promise.all(
      [...halves, ...halves].map((half, n) => giveHalf(school, half, code, { address: `198.51.100.${n}` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await count(school, 'session')).toBe(before + 1)
    later(school, 16 * 60)
  }
}, 60_000)

test.each([
  [-60, 409],
  [-30, 200],
  [0, 200],
  [30, 200],
  [60, 409],
])('a phone whose clock is %d seconds off: %d', async (off, status) => {
  const { school, holder } = await withFactor()
  later(school, 60)
  const half = await halfOf(school, 'teacher')
  expect((await giveHalf(school, half, codeOf(school, holder, off))).status).toBe(status)
})

test('a recovery code opens once, however it is typed, and the number left is told', async () => {
  const { school, holder } = await withFactor()
  expect(new Set(holder.codes).size).toBe(10)
  const typed = (holder.codes[3] ?? '').toUpperCase().replaceAll(' ', ' - ')
  const { status, cookie } = await giveHalf(school, await halfOf(school, 'teacher'), typed)
  expect(status).toBe(200)
  const own = await asCookie(school, cookie, { url: '/api/session/second-factor' })
  expect(own.body).toMatchObject({ codesLeft: 9 })
  const again = await giveHalf(school, await halfOf(school, 'teacher'), holder.codes[3] ?? '')
  expect(again).toMatchObject({ status: 409, refusal: 'wrong-code' })
  expect((await giveHalf(school, await halfOf(school, 'teacher'), holder.codes[4] ?? '')).status).toBe(200)
})

test('a half session has five tries and ten minutes, and is used once', async () => {
  const { school, holder } = await withFactor()
  const tried = await halfOf(school, 'teacher')
  for (let n = 0; n < 5; n++) expect((await giveHalf(school, tried, '000000')).refusal).toBe('wrong-code')
  expect(await giveHalf(school, tried, codeOf(school, holder))).toMatchObject({
    status: 401,
    refusal: 'half-session-over',
  })
  const old = await halfOf(school, 'teacher')
  later(school, 10 * 60)
  expect((await giveHalf(school, old, codeOf(school, holder))).refusal).toBe('half-session-over')
  const used = await halfOf(school, 'teacher')
  expect((await giveHalf(school, used, codeOf(school, holder))).status).toBe(200)
  later(school, 30)
  expect((await giveHalf(school, used, codeOf(school, holder))).refusal).toBe('half-session-over')
  expect((await giveHalf(school, 'x'.repeat(43), codeOf(school, holder))).refusal).toBe('half-session-over')
})

test('ten wrong codes from anywhere stop the eleventh, and neither the browser that is known nor another account', async () => {
  const { school, holder } = await withFactor()
  await givePassword(school, 'carer')
  const carer = await setUpSecondFactor(school, 'carer')
  const home = await signInAs(school, 'teacher')
  const { setCookie } = await giveHalf(school, home.half ?? '', codeOf(school, holder))
  const device = /zhuravl-device=[\w-]+/.exec(setCookie)?.[0] ?? ''
  later(school, 30)
  for (let n = 0; n < 10; n++) {
    const address = `198.51.100.${n}`
    const half = (await signInAs(school, 'teacher', PASSWORD, { address })).half ?? ''
    expect((await giveHalf(school, half, '000000', { address })).refusal).toBe('wrong-code')
  }
  const away = { address: '198.51.100.99' }
  const stranger = await signInAs(school, 'teacher', PASSWORD, { ...away, cookie: device })
  expect(await giveHalf(school, stranger.half ?? '', codeOf(school, holder), away)).toMatchObject({
    status: 429,
    refusal: 'too-many-failures',
  })
  const known = await giveHalf(school, stranger.half ?? '', codeOf(school, holder), {
    ...away,
    cookie: device,
  })
  expect(known.status).toBe(200)
  expect((await giveHalf(school, await halfOf(school, 'carer'), codeOf(school, carer))).status).toBe(200)
}, 60_000)

test('anything that happens to the account between password and code voids the half', async () => {
  const { school, holder } = await withFactor()
  for (const change of [
    `update account set disabled_at = now() where login = 'teacher'`,
    `update account set disabled_at = null, password_hash = password_hash || ' ' where login = 'teacher'`,
  ]) {
    const half = await halfOf(school, 'teacher')
    await school.database.owner.query(change)
    expect((await giveHalf(school, half, codeOf(school, holder))).refusal).toBe('half-session-over')
    await givePassword(school, 'teacher', { disabled_at: null })
  }
})

test('a wrong password says nothing of a second factor', async () => {
  const { school } = await withFactor()
  await givePassword(school, 'carer')
  const [one, other] = [
    await signInAs(school, 'teacher', 'не тот'),
    await signInAs(school, 'carer', 'не тот'),
  ]
  expect([one.status, one.refusal, one.half]).toEqual([other.status, other.refusal, other.half])
  expect(one.half).toBeUndefined()
})

test('where the server has lost its key, recovery codes go on and the reason is told', async () => {
  const { school, holder } = await withFactor()
  await school.database.owner.query(
    `update second_factor set sealed_secret = overlay(sealed_secret placing '\\x00' from 1)`,
  )
  const half = await halfOf(school, 'teacher')
  expect((await giveHalf(school, half, codeOf(school, holder))).refusal).toBe('second-factor-unreadable')
  expect((await giveHalf(school, half, holder.codes[0] ?? '')).status).toBe(200)
})

test('the secret of one account opens for no other', async () => {
  const { school } = await withFactor()
  await givePassword(school, 'carer')
  const carer = await setUpSecondFactor(school, 'carer')
  await school.database.owner.query(
    `update second_factor set sealed_secret = (select sealed_secret from second_factor where account_id = $1)`,
    [ids.carer],
  )
  expect((await giveHalf(school, await halfOf(school, 'teacher'), codeOf(school, carer))).refusal).toBe(
    'second-factor-unreadable',
  )
  expect((await giveHalf(school, await halfOf(school, 'carer'), codeOf(school, carer))).status).toBe(200)
})
