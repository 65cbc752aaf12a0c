import { expect, test } from 'vitest'
import type { AccessSlip, AccessSlips, BatchClasses } from '#contract/accounts.ts'
import type { CreatedPerson, Person } from '#contract/people.ts'
import { newId } from '#platform/ids.ts'
import { operations } from '#server/operations.ts'
import { givePassword, sessionOf, signInAs } from '#test/sign-in.ts'
import { ids, insert, type World, world } from '#test/world.ts'
import { FIRST_PASSWORD_WORDS } from './first-password.words.ts'

const account = (personId: string) => `/api/people/${personId}/account`
const issue = (school: World, personId: string, body: object = {}) =>
  school.as('admin').post<AccessSlip & { refusal?: string }>(account(personId), body)

async function newPerson({ as }: World, lastName = 'Лаптев', role = 'teacher'): Promise<string> {
  const person = {
    lastName,
    firstName: 'Пётр',
    middleName: 'Ильич',
    sex: null,
    birthOn: null,
    email: null,
    phone: null,
    roles: [{ role, from: '2026-11-01', to: null }],
    confirmDouble: true,
  }
  return (await as('admin').post<CreatedPerson>('/api/people', person)).body.id
}

test('a login made of the name and a first password open the way to an own password', async () => {
  const school = await world()
  const { body, status } = await issue(school, await newPerson(school))
  expect(status).toBe(200)
  expect(body).toMatchObject({
    name: 'Лаптев Пётр Ильич',
    login: 'laptev.pi',
    validUntil: '2026-11-15T09:00:00.000Z',
  })
  expect(body.password).toMatch(/^([a-z]+-){4}\d\d$/)
  const { cookie } = await signInAs(school, body.login, body.password)
  const session = await school.server.inject({ url: '/api/session', headers: { cookie } })
  expect(session.json()).toMatchObject({ mustChangePassword: true, mustAcceptRules: true })
  expect((await school.server.inject({ url: '/api/sessions', headers: { cookie } })).json().refusal).toBe(
    'password-change-needed',
  )
})

test('a first password nobody used for three days opens nothing', async () => {
  const school = await world()
  const { login, password } = (await issue(school, await newPerson(school))).body
  school.clock.now = new Date('2026-11-15T09:00:01Z')
  expect((await signInAs(school, login, password)).refusal).toBe('first-password-expired')
})

test('words of first passwords are as many as their strength is reckoned with', () => {
  expect(new Set(FIRST_PASSWORD_WORDS).size).toBe(128)
})

test('namesakes get numbers, across organisations too, and a login of choice must be free', async () => {
  const school = await world()
  await school.database.owner.query(
    `update account set login = 'laptev.pi' where login = 'otherschoolteacher'`,
  )
  expect((await issue(school, await newPerson(school))).body.login).toBe('laptev.pi2')
  expect((await issue(school, await newPerson(school))).body.login).toBe('laptev.pi3')
  const third = await newPerson(school)
  expect((await issue(school, third, { login: 'laptev.pi' })).body.refusal).toBe('login-taken')
  expect((await issue(school, third, { login: 'x' })).status).toBe(400)
  expect((await issue(school, third, { login: 'Laptev.Petr' })).body.login).toBe('laptev.petr')
  expect((await issue(school, third)).body.refusal).toBe('account-exists')
})

test('a password is answered once: the same operation again has one effect and is refused', async () => {
  const school = await world()
  const personId = await newPerson(school)
  const operationId = newId()
  const first = await school.as('admin').post<AccessSlip>(account(personId), {}, { operationId })
  const again = await school.as('admin').post(account(personId), {}, { operationId })
  expect([again.status, again.body.refusal]).toEqual([409, 'shown-once'])
  const other = await school.as('admin').post(account(personId), { login: 'drugoy' }, { operationId })
  expect([other.status, other.body.refusal]).toEqual([422, 'operation-reused'])
  const { rows } = await school.database.owner.query(`
    select string_agg(line, ' ') as everything from (
      select to_jsonb(o)::text as line from operation o union all select to_jsonb(h)::text from history h
      union all select to_jsonb(a)::text from audit_event a union all select to_jsonb(c)::text from account c) lines`)
  expect(rows[0].everything).not.toContain(first.body.password)
})

test('a new first password ends every session, forgets failures and takes the place of the old one', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  for (let n = 0; n < 11; n++) await signInAs(school, 'teacher', 'забыл')
  const { body } = await school.as('admin').post<AccessSlip>(`${account(ids.teacher)}/first-password`, {})
  expect(await sessionOf(school, cookie)).toBe(401)
  expect((await signInAs(school, 'teacher')).refusal).toBe('wrong-login-or-password')
  expect((await signInAs(school, body.login, body.password)).status).toBe(200)
})

test('a closed account loses its sessions at once and does not get them back with the account', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const { cookie } = await signInAs(school, 'teacher')
  const put = (disabled: boolean, version: number) =>
    school.as('admin').put(account(ids.teacher), { disabled, version })
  const { version } = (await school.as('admin').get<Person>(`/api/people/${ids.teacher}`)).body.account ?? {
    version: 0,
  }
  expect((await put(true, version - 1)).body.refusal).toBe('version-conflict')
  expect((await put(true, version)).status).toBe(200)
  expect(await sessionOf(school, cookie)).toBe(401)
  expect((await signInAs(school, 'teacher')).status).toBe(401)
  expect((await put(false, version + 1)).status).toBe(200)
  expect(await sessionOf(school, cookie)).toBe(401)
  expect((await signInAs(school, 'teacher')).status).toBe(200)
})

test('an administrator cannot close the own account', async () => {
  const { as } = await world()
  const own = await as('admin').put(account(ids.admin), { disabled: true, version: 1 })
  expect(own.body.refusal).toBe('own-account-stays')
})

test('a class gets its slips at once: who has no account, and on demand who never signed in', async () => {
  const school = await world()
  const { as, database } = school
  const twin = await newPerson(school, 'Белова', 'guardian')
  const span = { starts_on: '2026-11-02', version: 1 }
  await insert(database, 'guardian_link', [
    { id: newId(), guardian_id: twin, student_id: ids.boris, kinship: 'мать', ...span },
    { id: newId(), guardian_id: twin, student_id: ids.late, kinship: 'мать', ...span },
  ])
  await database.owner.query(`update account set last_sign_in_at = now() where login = 'motherofanna'`)
  const classes = async () => (await as('admin').get<BatchClasses>('/api/account-batches')).body.classes
  expect((await classes())[0]).toEqual({
    id: ids.class7,
    name: '7А',
    students: { total: 3, withoutAccount: 0, neverSignedIn: 3 },
    guardians: { total: 2, withoutAccount: 1, neverSignedIn: 0 },
  })
  const batch = (again: boolean) =>
    as('admin').post<AccessSlips>('/api/account-batches', { groupId: ids.class7, who: 'guardians', again })
  const { body } = await batch(false)
  expect([body.className, body.slips.map(({ login, about }) => [login, about])]).toEqual([
    '7А',
    [['belova.pi', 'Белов Борис Ильич, Власов Пётр Ильич']],
  ])
  expect((await batch(false)).body.slips).toEqual([])
  const renewed = (await batch(true)).body.slips
  expect(renewed.map(({ login }) => login)).toEqual(['belova.pi'])
  expect((await signInAs(school, 'belova.pi', body.slips[0]?.password)).status).toBe(401)
  expect((await signInAs(school, 'belova.pi', renewed[0]?.password)).status).toBe(200)
  const students = await as('admin').post<AccessSlips>('/api/account-batches', {
    groupId: ids.class7,
    who: 'students',
    again: true,
  })
  expect(students.body.slips.map(({ name }) => name)).toEqual([
    'Абрамова Анна Сергеевна',
    'Белов Борис Ильич',
    'Власов Пётр Ильич',
  ])
})

test.each(['secretary', 'director', 'deputy', 'teacher', 'anna', 'otherSchoolTeacher'] as const)(
  'for %s the access of others does not exist',
  async (who) => {
    const { as } = await world()
    const password = await as(who).post(`${account(ids.anna)}/first-password`, {})
    expect(password.status).toBe(404)
    expect((await as(who).put(account(ids.anna), { disabled: true, version: 1 })).status).toBe(404)
    const batch = { groupId: ids.class7, who: 'students', again: true }
    expect((await as(who).post('/api/account-batches', batch)).status).toBe(404)
  },
)

test('signed out is 401', async () => {
  const { as } = await world()
  expect((await as(null).post(account(ids.anna), {})).status).toBe(401)
  expect((await as(null).get('/api/account-batches')).status).toBe(401)
})

test('the system administrator keeps lists and accounts and is given nothing of lessons, marks or attendance', () => {
  const granted = operations.filter(
    ({ access }) =>
      'grants' in access &&
      access.grants.some(({ roles }) => (roles as readonly string[]).includes('system-admin')),
  )
  const journal = /journal|gradebook|lesson|mark|attendance|homework|diary|control|substitution/
  expect(granted.filter(({ access }) => journal.test(access.resource)).map(({ id }) => id)).toEqual([])
  expect(granted.length).toBeGreaterThan(10)
})
