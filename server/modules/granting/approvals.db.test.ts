import { expect, test } from 'vitest'
import type { AccessSlip } from '#contract/accounts.ts'
import type { AccessEvents, ApprovalOutcome, Approvals, Asked } from '#contract/approvals.ts'
import type { CreatedPerson, Person, VersionedOrAsked } from '#contract/people.ts'
import { ROLES, type Role } from '#domain/access/access.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { newId } from '#platform/ids.ts'
import { givePassword, PASSWORD, sessionOf, signInAs } from '#test/sign-in.ts'
import { type Client, ids, insert, type World, world } from '#test/world.ts'
import { administratorByConsole, confirmByConsole, passwordByConsole, readWaiting } from './index.ts'

const FROM = '2026-11-12'
const roleOf = (role: Role, from = FROM, to: string | null = null) => ({ role, from, to })
const person = (school: World, id: string, who: 'admin' | 'director' = 'admin') =>
  school.as(who).get<Person>(`/api/people/${id}`)
const rolesOf = async (school: World, id: string) =>
  (await person(school, id)).body.roles.map(({ role, from, to }) => ({ role, from, to }))

async function putRoles(school: World, id: string, roles: { role: Role; from: string; to: string | null }[]) {
  const { version } = (await person(school, id)).body
  return school
    .as('admin')
    .put<VersionedOrAsked & { refusal?: string }>(`/api/people/${id}/roles`, { version, roles })
}

async function newPerson(school: World, roles: ReturnType<typeof roleOf>[]): Promise<CreatedPerson> {
  const particulars = { lastName: 'Лаптев', firstName: 'Пётр', middleName: 'Ильич', sex: null, birthOn: null }
  const sent = { ...particulars, email: null, phone: null, roles, confirmDouble: true }
  return (await school.as('admin').post<CreatedPerson>('/api/people', sent)).body
}

const waiting = async (client: Client) =>
  (await client.get<Approvals>('/api/approvals')).body.approvals.filter(({ state }) => state === 'waiting')
const decide = (client: Client, id: string, body: object = { decision: 'confirm', version: 1 }) =>
  client.put<ApprovalOutcome & { refusal?: string }>(`/api/approvals/${id}/decision`, body)
const take = (client: Client, id: string) =>
  client.post<AccessSlip & { refusal?: string }>(`/api/approvals/${id}/first-password`, {})
const accountOf = (id: string) => `/api/people/${id}/account`

test('the database and the rules know the same privileged roles', async () => {
  const { database } = await world()
  const { rows } = await database.owner.query('select r from unnest($1::text[]) r where is_privileged(r)', [
    ROLES,
  ])
  expect(rows.map(({ r }) => r).sort()).toEqual([...PRIVILEGED].sort())
})

test.each(PRIVILEGED)(
  '%s given with a new person waits for the director, the other roles do not',
  async (role) => {
    const school = await world()
    const made = await newPerson(school, [roleOf(role), roleOf('teacher')])
    expect(await rolesOf(school, made.id)).toEqual([roleOf('teacher')])
    expect((await decide(school.as('director'), made.request ?? '')).body.state).toBe('confirmed')
    expect(await rolesOf(school, made.id)).toEqual(expect.arrayContaining([roleOf(role), roleOf('teacher')]))
  },
)

const ROUNDS: [string, ReturnType<typeof roleOf>[]][] = [
  ['a new role', [roleOf('carer'), roleOf('director')]],
  ['a role of a day to come', [roleOf('deputy', '2027-09-01')]],
  ['a role that began in the past', [roleOf('system-admin', '2026-01-01')]],
  ['a role for a single day', [roleOf('journal-officer', FROM, FROM)]],
  ['a role that is over already', [roleOf('director', '2026-01-01', '2026-02-01')]],
]
test.each(ROUNDS)('%s put into the set changes nothing of it until it is confirmed', async (_, roles) => {
  const school = await world()
  const { body, status } = await putRoles(school, ids.teacher, roles)
  expect([status, body.request]).toEqual([200, expect.any(String)])
  expect((await rolesOf(school, ids.teacher)).filter(({ role }) => PRIVILEGED.includes(role))).toEqual([])
  expect((await decide(school.as('director'), body.request ?? '')).status).toBe(200)
  const given = roles.filter(({ role }) => PRIVILEGED.includes(role))
  expect(await rolesOf(school, ids.teacher)).toEqual(expect.arrayContaining(given))
})

test.each<[string, (standing: Person['roles'][number]) => object[]]>([
  ['prolonged', (one) => [{ ...one, to: '2030-01-01' }]],
  ['begun earlier', (one) => [{ ...one, from: '2020-01-01' }]],
  ['ended today', (one) => [{ ...one, to: FROM }]],
  ['taken away', () => []],
  ['turned into another', (one) => [{ ...one, role: 'director' }]],
])('a privileged role is %s by two people only', async (_, change) => {
  const school = await world()
  const [standing] = (await person(school, ids.deputy)).body.roles
  const before = await rolesOf(school, ids.deputy)
  const roles = standing ? change(standing) : []
  const { body } = await putRoles(school, ids.deputy, roles as never)
  expect(body.request).toEqual(expect.any(String))
  expect(await rolesOf(school, ids.deputy)).toEqual(before)
  await decide(school.as('director'), body.request ?? '')
  expect(await rolesOf(school, ids.deputy)).not.toEqual(before)
})

test('ordinary roles, access and passwords need nobody else', async () => {
  const school = await world()
  const made = await newPerson(school, [roleOf('teacher'), roleOf('secretary')])
  expect(made.request).toBeNull()
  expect((await school.as('admin').post<AccessSlip>(accountOf(made.id), {})).body.password).toBeDefined()
  const again = await school.as('admin').post<AccessSlip>(`${accountOf(ids.teacher)}/first-password`, {})
  expect(again.body.password).toBeDefined()
  expect((await putRoles(school, ids.teacher, [roleOf('carer')])).body.request).toBeNull()
  expect(await waiting(school.as('director'))).toEqual([])
})

const asks = async (school: World, path: string, body: object = {}) => {
  const answer = await school.as('admin').post<Asked & AccessSlip>(path, body)
  expect(answer.body.password).toBeUndefined()
  return answer.body.request
}

test.each(['director', 'deputy', 'officer'] as const)(
  'the password of %s is not shown to the administrator, and stays good until somebody confirms',
  async (who) => {
    const school = await world()
    await givePassword(school, who)
    await asks(school, `${accountOf(ids[who])}/first-password`)
    expect((await signInAs(school, who)).status).toBe(200)
    expect((await school.as('admin').get<Approvals>('/api/approvals')).body.approvals[0]).toMatchObject({
      kind: 'first-password',
      approvers:
        who === 'director'
          ? expect.arrayContaining(['Осокина Людмила Геннадьевна'])
          : ['Белозерская Ирина Вячеславовна'],
      mayDecide: false,
    })
  },
)

test('the first password goes to whoever confirmed, is made anew when the answer was lost, and ends with its use', async () => {
  const school = await world()
  await givePassword(school, 'deputy')
  const request = await asks(school, `${accountOf(ids.deputy)}/first-password`)
  const director = school.as('director')
  expect((await take(director, request)).status).toBe(404)
  expect((await decide(director, request)).body).toMatchObject({ state: 'confirmed', mayTake: true })
  expect((await take(school.as('admin'), request)).status).toBe(404)
  const operationId = newId()
  const address = `/api/approvals/${request}/first-password`
  const lost = await director.post<AccessSlip>(address, {}, { operationId })
  const repeated = await director.post(address, {}, { operationId })
  expect([repeated.status, repeated.body.refusal]).toEqual([409, 'shown-once'])
  const { login, password } = (await take(director, request)).body
  expect((await signInAs(school, login, lost.body.password)).status).toBe(401)
  expect((await signInAs(school, 'deputy', PASSWORD)).status).toBe(401)
  expect((await signInAs(school, login, password)).status).toBe(200)
  expect((await take(director, request)).body.refusal).toBe('handover-over')
})

test('a first password that nobody fetched in three days needs a new request', async () => {
  const school = await world()
  const request = await asks(school, `${accountOf(ids.officer)}/first-password`)
  await decide(school.as('director'), request)
  school.clock.now = new Date('2026-11-15T09:00:01Z')
  expect((await take(school.as('director'), request)).body.refusal).toBe('handover-over')
})

test('access for a role that is held, to come or only asked for waits alike', async () => {
  const school = await world()
  const { id, request } = await newPerson(school, [roleOf('deputy', '2027-01-01')])
  // The role itself is not confirmed yet, and its future holder's password is nobody's already.
  const access = await asks(school, accountOf(id), { login: 'budushchiy' })
  await decide(school.as('director'), request ?? '')
  await decide(school.as('director'), access)
  expect((await take(school.as('director'), access)).body).toMatchObject({ login: 'budushchiy' })
})

test('a shadow made ready as a teacher is worth nothing once it is a deputy', async () => {
  const school = await world()
  const { id } = await newPerson(school, [roleOf('teacher')])
  const slip = (await school.as('admin').post<AccessSlip>(accountOf(id), {})).body
  const { cookie } = await signInAs(school, slip.login, slip.password)
  const own = 'совсем свой пароль'
  await school.server.inject({
    method: 'PUT',
    url: '/api/session/password',
    headers: { cookie, 'idempotency-key': newId() },
    payload: { current: slip.password, next: own },
  })
  expect((await signInAs(school, slip.login, own)).status).toBe(200)
  const { request } = (await putRoles(school, id, [roleOf('deputy')])).body
  expect((await decide(school.as('director'), request ?? '')).body.mayTake).toBe(true)
  expect(await sessionOf(school, cookie)).toBe(401)
  expect((await signInAs(school, slip.login, own)).refusal).toBe('first-password-expired')
  const { login, password } = (await take(school.as('director'), request ?? '')).body
  expect((await signInAs(school, login, password)).status).toBe(200)
})

test('whoever asked, and whoever it is about, confirms nothing', async () => {
  const school = await world()
  await insert(school.database, 'role_assignment', [
    { id: newId(), person_id: ids.director, role: 'system-admin', starts_on: '2026-09-01', version: 1 },
  ])
  const asked = await school.as('director').post<Asked>(`${accountOf(ids.deputy)}/first-password`, {})
  expect((await decide(school.as('director'), asked.body.request)).body.refusal).toBe('own-request')
  const own = await decide(school.as('deputy'), asked.body.request)
  expect([404, 409]).toContain(own.status)
  expect((await decide(school.as('officer'), asked.body.request)).status).toBe(200)
})

test('while there is a director nobody else confirms, and what is about the director another one does', async () => {
  const school = await world()
  const about = await asks(school, `${accountOf(ids.officer)}/first-password`)
  expect((await decide(school.as('deputy'), about)).status).toBe(404)
  expect(await waiting(school.as('deputy'))).toEqual([])
  const director = await asks(school, `${accountOf(ids.director)}/first-password`)
  expect((await decide(school.as('director'), director)).body.refusal).toBe('own-request')
  expect(await waiting(school.as('deputy'))).toMatchObject([{ id: director, mayDecide: true }])
  expect((await decide(school.as('deputy'), director)).status).toBe(200)
})

test('the director is closed by two people, so that nobody is left alone with the deciding; others at once', async () => {
  const school = await world()
  const close = async (who: 'director' | 'deputy', disabled = true) => {
    const { version } = (await person(school, ids[who])).body.account ?? { version: 0 }
    return school.as('admin').put<VersionedOrAsked>(accountOf(ids[who]), { disabled, version })
  }
  expect((await close('deputy')).body.request).toBeNull()
  expect((await school.as('deputy').get('/api/session')).status).toBe(401)
  const request = (await close('director')).body.request ?? ''
  expect((await school.as('director').get('/api/session')).status).toBe(200)
  // What is closed opens by two again.
  const opening = (await close('deputy', false)).body.request ?? ''
  expect((await person(school, ids.deputy)).body.account?.state).toBe('disabled')
  expect((await decide(school.as('director'), opening)).status).toBe(200)
  expect((await person(school, ids.deputy)).body.account?.state).toBe('active')
  expect((await decide(school.as('officer'), request)).status).toBe(200)
  expect((await school.as('director').get('/api/session')).status).toBe(401)
})

test('a batch of guardians passes over a deputy among them and says so', async () => {
  const school = await world()
  await insert(school.database, 'guardian_link', [
    {
      id: newId(),
      guardian_id: ids.deputy,
      student_id: ids.boris,
      kinship: 'мать',
      starts_on: '2026-11-02',
      version: 1,
    },
  ])
  const batch = await school
    .as('admin')
    .post<{ slips: AccessSlip[]; held: { personId: string }[] }>('/api/account-batches', {
      groupId: ids.class7,
      who: 'guardians',
      again: true,
    })
  expect(batch.body.slips.map(({ personId }) => personId)).toEqual([ids.motherOfAnna])
  expect(batch.body.held).toMatchObject([{ personId: ids.deputy }])
})

test('a request waits seven days, is asked for once, declined with a reason, withdrawn by its author alone', async () => {
  const school = await world()
  const path = `${accountOf(ids.officer)}/first-password`
  const first = await asks(school, path)
  expect((await school.as('admin').post(path, {})).body.refusal).toBe('already-asked')
  expect((await decide(school.as('director'), first, { decision: 'decline', version: 1 })).status).toBe(400)
  const declined = { decision: 'decline', version: 1, reason: 'не договаривались' }
  expect((await decide(school.as('director'), first, declined)).body.state).toBe('declined')
  expect((await decide(school.as('director'), first)).body.refusal).toBe('request-decided')
  const second = await asks(school, path)
  const withdrawal = `/api/approvals/${second}/withdrawal`
  expect((await school.as('director').put(withdrawal, { version: 1 })).status).toBe(404)
  expect((await school.as('admin').put(withdrawal, { version: 1 })).status).toBe(200)
  const third = await asks(school, path)
  school.clock.now = new Date('2026-11-19T09:00:00Z')
  expect((await decide(school.as('director'), third)).body.refusal).toBe('request-decided')
  expect(await asks(school, path)).toBeDefined()
})

test('of confirming and declining at once one holds, and roles changed meanwhile are not overwritten', async () => {
  const school = await world()
  const { request } = (await putRoles(school, ids.teacher, [roleOf('deputy')])).body
  await insert(school.database, 'role_assignment', [
    { id: newId(), person_id: ids.teacher, role: 'journal-officer', starts_on: FROM, version: 1 },
  ])
  expect((await decide(school.as('director'), request ?? '')).body.refusal).toBe('request-outdated')
  const about = await asks(school, `${accountOf(ids.officer)}/first-password`)
  const declined = { decision: 'decline', version: 1, reason: 'не сейчас' }
  const both = await Promise.all([
    decide(school.as('director'), about),
    decide(school.as('director'), about, declined),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('the last wall: the application itself cannot write such a role or such a password alone', async () => {
  const school = await world()
  const attempt = async (work: string) => {
    const client = await school.database.owner.connect()
    try {
      await client.query('begin')
      await client.query(
        `select set_config('app.organization_id', $1, true), set_config('app.actor_id', $2, true)`,
        [ids.school, ids.admin],
      )
      await client.query(work)
      return 'done'
    } catch (error) {
      return String((error as Error).message)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const role = (
    role: string,
  ) => `insert into role_assignment (organization_id, id, person_id, role, starts_on)
    values ('${ids.school}', gen_random_uuid(), '${ids.teacher}', '${role}', '2026-11-12')`
  const account = (set: string, who: string) =>
    `update account set ${set}, version = version + 1 where id = '${who}'`
  expect(await attempt(role('director'))).toMatch('given by two people')
  expect(
    await attempt(
      `update role_assignment set role = 'deputy', version = version + 1 where person_id = '${ids.teacher}'`,
    ),
  ).toMatch('given by two people')
  expect(
    await attempt(
      `update role_assignment set ends_on = '2026-11-13', version = version + 1 where person_id = '${ids.director}'`,
    ),
  ).toMatch('given by two people')
  expect(await attempt(account(`password_hash = 'mine'`, ids.director))).toMatch('given by two people')
  expect(await attempt(account(`login = 'mine'`, ids.officer))).toMatch('given by two people')
  expect(await attempt(role('carer'))).toBe('done')
  expect(await attempt(account(`password_hash = 'mine'`, ids.teacher))).toBe('done')
})

test('the director finds who asked, confirmed and handed out, by name', async () => {
  const school = await world()
  const request = await asks(school, `${accountOf(ids.deputy)}/first-password`)
  await decide(school.as('director'), request)
  await take(school.as('director'), request)
  await school.as('admin').post(`${accountOf(ids.teacher)}/first-password`, {})
  const found = async (query: string) =>
    (await school.as('director').get<AccessEvents>(`/api/access-events?query=${encodeURIComponent(query)}`))
      .body.events
  expect((await found('осокина')).map(({ action, by, asker }) => [action, by, asker])).toEqual([
    ['account.first-password', 'Белозерская Ирина Вячеславовна', 'Ким Чжи Хун'],
    ['approval.confirm', 'Белозерская Ирина Вячеславовна', 'Ким Чжи Хун'],
    ['approval.ask', 'Ким Чжи Хун', null],
  ])
  expect(await found('саркисов ким')).toHaveLength(1)
  expect((await school.as('officer').get('/api/access-events')).status).toBe(404)
})

/** A school in which the administrator is the only one with a privileged role. */
async function alone(): Promise<World> {
  const school = await world()
  await school.database.owner.query(
    `update account set disabled_at = now() where login in ('director', 'deputy', 'officer')`,
  )
  return school
}

test('where nobody can confirm, the console makes the first director, and is named for it', async () => {
  const school = await alone()
  const { database, clock } = school
  const { id } = await newPerson(school, [roleOf('director')])
  await asks(school, accountOf(id), { login: 'direktor' })
  const [roles, access] = await readWaiting(database, clock.now)
  expect((await school.as('admin').get<Approvals>('/api/approvals')).body.approvals[0]?.approvers).toEqual([])
  expect(await confirmByConsole(database, 999_999, clock.now)).toBeNull()
  expect(await confirmByConsole(database, roles?.number ?? 0, clock.now)).toEqual({ slip: null })
  const given = await confirmByConsole(database, access?.number ?? 0, clock.now)
  expect(await confirmByConsole(database, access?.number ?? 0, clock.now)).toBeNull()
  expect((await signInAs(school, 'direktor', given?.slip?.password)).status).toBe(200)
  const events = (await school.as('admin').get<AccessEvents>('/api/access-events')).body.events
  expect(events.slice(0, 3).map(({ action, by }) => [action, by])).toEqual([
    ['account.issue', null],
    ['rescue.confirm', null],
    ['rescue.confirm', null],
  ])
})

test('the console lets the only administrator in again, and makes one where none is left', async () => {
  const school = await alone()
  const { database, clock } = school
  const given = await passwordByConsole(database, 'Director', clock.now)
  expect((await signInAs(school, 'director', given?.slip?.password)).status).toBe(200)
  expect(await passwordByConsole(database, 'nobody-here', clock.now)).toBeNull()
  await administratorByConsole(database, 'secretary', clock.now)
  await administratorByConsole(database, 'secretary', clock.now)
  expect(await rolesOf(school, ids.secretary)).toEqual(expect.arrayContaining([roleOf('system-admin')]))
  const { events } = (await school.as('admin').get<AccessEvents>('/api/access-events')).body
  expect(events.filter(({ action }) => action === 'rescue.administrator')).toHaveLength(1)
})

test('an owner is told at the next sign-in who gave the access anew', async () => {
  const school = await world()
  const { password } = (
    await school.as('admin').post<AccessSlip>(`${accountOf(ids.teacher)}/first-password`, {})
  ).body
  const told = async () => {
    const { cookie } = await signInAs(school, 'teacher', password)
    return (await school.server.inject({ url: '/api/session', headers: { cookie } })).json().accessNews
  }
  const news = { action: 'account.first-password', by: 'Ким Чжи Хун', at: '2026-11-12T09:00:00.000Z' }
  expect(await told()).toEqual([{ ...news, fresh: true }])
  school.clock.now = new Date('2026-11-12T10:00:00Z')
  await told()
  expect(await told()).toEqual([{ ...news, fresh: false }])
})

test('a batch, a change of password and an issued login are told apart under one operation id', async () => {
  const school = await world()
  const operationId = newId()
  const address = `${accountOf(ids.teacher)}/first-password`
  await school.as('admin').post(address, {}, { operationId })
  expect((await school.as('admin').post(address, {}, { operationId })).body.refusal).toBe('shown-once')
  const batch = { groupId: ids.class7, who: 'students', again: true }
  const other = newId()
  await school.as('admin').post('/api/account-batches', batch, { operationId: other })
  const sent = (body: object) => school.as('admin').post('/api/account-batches', body, { operationId: other })
  expect((await sent(batch)).body.refusal).toBe('shown-once')
  expect((await sent({ ...batch, who: 'guardians' })).status).toBe(422)
  await givePassword(school, 'carer')
  const change = { current: PASSWORD, next: 'четыре тихих совы' }
  const third = { operationId: newId() }
  const put = (body: object) => school.as('carer').put('/api/session/password', body, third)
  expect((await put(change)).status).toBe(200)
  const again = await put(change)
  expect([again.status, again.body]).toEqual([200, {}])
  expect((await put({ ...change, next: 'пять громких сов' })).status).toBe(422)
})
