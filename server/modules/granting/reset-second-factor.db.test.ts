import { expect, test } from 'vitest'
import type { Approvals, Asked } from '#contract/approvals.ts'
import type { Person } from '#contract/people.ts'
import { codeOf, giveHalf, halfOf, later, setUpSecondFactor } from '#test/second-factor.ts'
import { givePassword, sessionOf, signInAs } from '#test/sign-in.ts'
import { ids, type World, world } from '#test/world.ts'
import { secondFactorByConsole } from './index.ts'

const resetOf = (id: string) => `/api/people/${id}/account/second-factor-reset`
const decide = (school: World, who: 'director' | 'admin' | 'deputy', id: string, body: object = {}) =>
  school.as(who).put(`/api/approvals/${id}/decision`, { decision: 'confirm', version: 1, ...body })

async function lost(who: 'carer' | 'deputy' | 'admin' = 'carer') {
  const school = await world()
  await givePassword(school, who)
  const holder = await setUpSecondFactor(school, who)
  return { school, holder }
}
const linesOf = async ({ database }: World, action: string) =>
  (
    await database.owner.query(
      'select actor_id, resource, resource_id, detail from audit_event where action = $1',
      [action],
    )
  ).rows

test.each(['carer', 'deputy'] as const)(
  'of %s it is taken off by two, and the owner is told',
  async (who) => {
    const { school, holder } = await lost(who)
    const open = await giveHalf(school, await halfOf(school, who), codeOf(school, holder))
    const { body: asked } = await school.as('admin').post<Asked>(resetOf(ids[who]), {})
    expect(await sessionOf(school, open.cookie)).toBe(200)
    expect((await school.as('admin').post(resetOf(ids[who]), {})).body.refusal).toBe('already-asked')
    expect((await decide(school, 'admin', asked.request)).body.refusal).toBe('own-request')
    const { body: card } = await school.as('admin').get<Person>(`/api/people/${ids[who]}`)
    expect(card.account).toMatchObject({ secondFactor: true })
    expect(card.requests).toMatchObject([{ kind: 'second-factor' }])
    const list = await school.as('director').get<Approvals>('/api/approvals')
    expect(list.body.approvals).toMatchObject([{ kind: 'second-factor', mayDecide: true }])
    const decided = await decide(school, 'director', asked.request)
    expect(decided.body).toEqual({ state: 'confirmed', version: 2, mayTake: false })
    expect(await sessionOf(school, open.cookie)).toBe(401)
    const { half, cookie } = await signInAs(school, who)
    expect(half).toBeUndefined()
    const session = await school.server.inject({ url: '/api/session', headers: { cookie } })
    expect(session.json().accessNews).toMatchObject([
      { action: 'second-factor.reset', by: expect.stringMatching(/^Белозерская/) },
    ])
    expect(await linesOf(school, 'second-factor.reset')).toEqual([
      {
        actor_id: ids.director,
        resource: 'account',
        resource_id: ids[who],
        detail: { approval: asked.request, askerId: ids.admin },
      },
    ])
  },
)

test('a declined request takes nothing off, and one that is outdated is refused', async () => {
  const { school, holder } = await lost()
  const ask = async () => (await school.as('admin').post<Asked>(resetOf(ids.carer), {})).body.request
  await decide(school, 'director', await ask(), { decision: 'decline', reason: 'не узнаю голос' })
  expect((await signInAs(school, 'carer')).half).toBeDefined()
  const second = await ask()
  await school.as('carer').post('/api/session/second-factor/removal', { code: codeOf(school, holder) })
  expect((await decide(school, 'director', second)).body.refusal).toBe('request-outdated')
})

test('there is nothing to ask for where there is none, and nobody else asks', async () => {
  const { school } = await lost()
  expect((await school.as('admin').post(resetOf(ids.teacher), {})).body.refusal).toBe('second-factor-missing')
  expect((await school.as('otherSchoolTeacher').post(resetOf(ids.carer), {})).status).toBe(404)
  for (const who of ['director', 'deputy', 'secretary', 'carer'] as const)
    expect((await school.as(who).post(resetOf(ids.carer), {})).status).toBe(404)
})

test('asking and confirming wait for a code of whoever has one', async () => {
  const { school } = await lost()
  const admin = await setUpSecondFactor(school, 'admin')
  const director = await setUpSecondFactor(school, 'director')
  later(school, 301)
  expect((await school.as('admin').post(resetOf(ids.carer), {})).body.refusal).toBe('code-needed')
  await school.as('admin').post('/api/session/confirmation', { code: codeOf(school, admin) })
  const { body } = await school.as('admin').post<Asked>(resetOf(ids.carer), {})
  expect((await decide(school, 'director', body.request)).body.refusal).toBe('code-needed')
  await school.as('director').post('/api/session/confirmation', { code: codeOf(school, director) })
  expect((await decide(school, 'director', body.request)).status).toBe(200)
})

test('the console takes it off for the only administrator, with its reason in the audit', async () => {
  const { school } = await lost('admin')
  const { database, clock } = school
  expect(await secondFactorByConsole(database, 'nobody-here', clock.now, 'потерян')).toBeNull()
  expect(await secondFactorByConsole(database, 'teacher', clock.now, 'потерян')).toBeNull()
  expect(await secondFactorByConsole(database, 'Admin', clock.now, 'телефон потерян')).toEqual({ slip: null })
  expect(await linesOf(school, 'rescue.second-factor')).toMatchObject([
    { actor_id: null, detail: { reason: 'телефон потерян' } },
  ])
  const { half, cookie } = await signInAs(school, 'admin')
  expect(half).toBeUndefined()
  const session = await school.server.inject({ url: '/api/session', headers: { cookie } })
  expect(session.json().accessNews).toMatchObject([{ action: 'second-factor.reset', by: null }])
})
