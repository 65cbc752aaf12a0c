import { expect, test } from 'vitest'
import type { RecoveryCodes, SecondFactorDraft } from '#contract/second-factor.ts'
import { newId } from '#platform/ids.ts'
import { asCookie, codeOf, giveHalf, halfOf, later, setUpSecondFactor } from '#test/second-factor.ts'
import { givePassword, sessionOf, signInAs } from '#test/sign-in.ts'
import { ids, world } from '#test/world.ts'

const OWN = '/api/session/second-factor'

test('a draft keeps nothing, is good for an hour, and for whoever asked for it', async () => {
  const school = await world()
  const { body: draft } = await school.as('teacher').get<SecondFactorDraft>(`${OWN}/draft`)
  expect(draft.address).toContain(`secret=${draft.secret}`)
  expect(draft.address).toMatch(/^otpauth:\/\/totp\/Zhuravl:teacher\?/)
  expect((await school.as('teacher').get(OWN)).body).toEqual({ since: null, codesLeft: 0, due: null })
  const body = { draft: draft.draft, code: codeOf(school, draft) }
  expect((await school.as('carer').put(OWN, body)).body.refusal).toBe('draft-over')
  expect((await school.as('teacher').put(OWN, { ...body, code: '000000' })).body).toMatchObject({
    refusal: 'wrong-code',
    faults: [{ path: 'code' }],
  })
  later(school, 3601)
  expect((await school.as('teacher').put(OWN, { ...body, code: codeOf(school, draft) })).body.refusal).toBe(
    'draft-over',
  )
  expect((await school.as('teacher').get(OWN)).body).toMatchObject({ since: null })
})

test('setting up ends the other sessions, tells of itself in the session, and is done once', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  const { body: draft } = await school.as('teacher').get<SecondFactorDraft>(`${OWN}/draft`)
  const put = (operationId = newId()) =>
    school
      .as('teacher')
      .put<RecoveryCodes>(OWN, { draft: draft.draft, code: codeOf(school, draft) }, { operationId })
  const operationId = newId()
  expect((await put(operationId)).body.codes).toHaveLength(10)
  expect((await put(operationId)).body).toMatchObject({ refusal: 'shown-once' })
  expect((await put()).body).toMatchObject({ refusal: 'second-factor-exists' })
  expect(await sessionOf(school, cookie)).toBe(401)
  const session = await school.as('teacher').get('/api/session')
  expect(session.body.secondFactor).toEqual({ has: true, due: null, mustSetUp: false })
})

test('families have none, and for them none of it exists', async () => {
  const school = await world()
  for (const who of ['anna', 'motherOfAnna'] as const) {
    expect((await school.as(who).get(OWN)).status).toBe(404)
    expect((await school.as(who).get(`${OWN}/draft`)).status).toBe(404)
    expect((await school.as(who).put(OWN, { draft: 'x', code: '1' })).status).toBe(404)
    for (const path of ['removal', 'recovery-codes'])
      expect((await school.as(who).post(`${OWN}/${path}`, { code: '123456' })).status).toBe(404)
    expect((await school.as(who).post('/api/session/confirmation', { code: '123456' })).status).toBe(404)
  }
})

test('it is turned off with a code, and then the password is enough', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const holder = await setUpSecondFactor(school, 'teacher')
  const remove = (code: string) => school.as('teacher').post(`${OWN}/removal`, { code })
  expect((await remove('000000')).body.refusal).toBe('wrong-code')
  expect((await remove(codeOf(school, holder))).status).toBe(200)
  expect((await remove(codeOf(school, holder))).body.refusal).toBe('second-factor-missing')
  const { half, cookie } = await signInAs(school, 'teacher')
  expect([half, await sessionOf(school, cookie)]).toEqual([undefined, 200])
})

test('new recovery codes make the old ones worth nothing', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const holder = await setUpSecondFactor(school, 'teacher')
  const half = await halfOf(school, 'teacher')
  const renewed = await school
    .as('teacher')
    .post<RecoveryCodes>(`${OWN}/recovery-codes`, { code: codeOf(school, holder) })
  expect(renewed.body.codes.filter((code) => holder.codes.includes(code))).toEqual([])
  expect((await giveHalf(school, half, holder.codes[0] ?? '')).refusal).toBe('wrong-code')
  expect((await giveHalf(school, half, renewed.body.codes[0] ?? '')).status).toBe(200)
})

test('codes in a session are counted, at once and by turns, and a right one forgets the wrong ones', async () => {
  const school = await world()
  const holder = await setUpSecondFactor(school, 'teacher')
  const confirm = (code: string) => school.as('teacher').post('/api/session/confirmation', { code })
  for (let n = 0; n < 9; n++) expect((await confirm('000000')).body.refusal).toBe('wrong-code')
  expect((await confirm(codeOf(school, holder))).status).toBe(200)
  later(school, 30)
  const refusals: unknown[] = []
  for (let n = 0; n < 4; n++) {
    const some = await Promise.all(Array.from({ length: 3 }, () => confirm('000000')))
    refusals.push(...some.map(({ body }) => body.refusal))
  }
  expect(refusals.filter((one) => one === 'wrong-code')).toHaveLength(10)
  expect(refusals.filter((one) => one === 'too-many-failures')).toHaveLength(2)
  expect((await confirm(codeOf(school, holder))).status).toBe(429)
  later(school, 16 * 60)
  expect((await confirm(codeOf(school, holder))).status).toBe(200)
})

test('of eight confirmations at once with one code one is taken', async () => {
  const school = await world()
  const holder = await setUpSecondFactor(school, 'teacher')
  const code = codeOf(school, holder)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => school.as('teacher').post('/api/session/confirmation', { code })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('neither secret nor code is in the log, in stored operations, in history or in audit', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const holder = await setUpSecondFactor(school, 'teacher')
  const used = codeOf(school, holder)
  const { cookie } = await giveHalf(school, await halfOf(school, 'teacher'), used)
  later(school, 30)
  await asCookie(school, cookie, {
    method: 'POST',
    url: `${OWN}/recovery-codes`,
    payload: { code: codeOf(school, holder) },
  })
  const { rows: tables } = await school.database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const secrets = [holder.secret, ...holder.codes, ...holder.codes.map((code) => code.replaceAll(' ', ''))]
  for (const { name } of tables) {
    const { rows } = await school.database.owner.query<{ all: string }>(
      `select string_agg(t::text, ' ') as all from ${name} t`,
    )
    const found = secrets.filter((secret) => (rows[0]?.all ?? '').includes(secret))
    expect([name, found]).toEqual([name, []])
  }
  const { rows: audit } = await school.database.owner.query<{ action: string }>(
    `select action from audit_event where actor_id = $1 order by id`,
    [ids.teacher],
  )
  expect(audit.map(({ action }) => action)).toEqual(['second-factor.set-up', 'second-factor.new-codes'])
})
