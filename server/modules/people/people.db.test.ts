import { expect, test } from 'vitest'
import type { CreatedPerson, People, Person } from '#contract/people.ts'
import { ids, insert, type World, world } from '#test/world.ts'

const NEW = {
  lastName: 'Ёлкина',
  firstName: 'Мария',
  middleName: null,
  sex: 'female',
  birthOn: '1990-05-01',
  email: 'elkina@example.org',
  phone: '+7 (900) 000-00-00',
  roles: [{ role: 'teacher', from: '2026-11-12', to: null }],
  confirmDouble: false,
}
const read = async ({ as }: World, id: string) => (await as('admin').get<Person>(`/api/people/${id}`)).body
const create = (school: World, change: object = {}) =>
  school.as('admin').post<CreatedPerson & { refusal?: string }>('/api/people', { ...NEW, ...change })

test.each([
  ['query=бел', ['Белов Борис Ильич', 'Белозерская Ирина Вячеславовна']],
  ['query=борис%20бел', ['Белов Борис Ильич']],
  ['query=федорова', ['Фёдорова Галина Петровна']],
  ['query=ФЁД', ['Фёдорова Галина Петровна']],
  ['query=%25', []],
  ['kind=students&query=г', ['Гусев Иван Олегович', 'Дёмина Галина Павловна']],
  ['kind=guardians', ['Абрамова Ольга Юрьевна', 'Дёмина Раиса Львовна']],
  ['kind=staff&query=абр', []],
])('%s finds whose names begin so', async (query, names) => {
  const { as } = await world()
  const { body } = await as('secretary').get<People>(`/api/people?${query}`)
  expect([body.people.map(({ name }) => name), body.total]).toEqual([names, names.length])
})

test('a line tells roles, class and access', async () => {
  const { as } = await world()
  const { body } = await as('admin').get<People>('/api/people?query=абрамова%20анна')
  expect(body.people).toEqual([
    { id: ids.anna, name: 'Абрамова Анна Сергеевна', roles: ['student'], place: '7А', account: 'active' },
  ])
})

test('a long list comes in pages by name', async () => {
  const school = await world()
  for (let n = 0; n < 3; n++)
    await Promise.all(
      Array.from({ length: 20 }, (_, m) =>
        create(school, {
          lastName: `Яшин-${String.fromCodePoint(1072 + n)}${String.fromCodePoint(1072 + m)}`,
          roles: [],
        }),
      ),
    )
  const page = async (n: number) =>
    (await school.as('admin').get<People>(`/api/people?query=яшин&page=${n}`)).body
  const [one, two] = [await page(1), await page(2)]
  expect([one.people.length, two.people.length, one.total, one.pages]).toEqual([50, 10, 60, 2])
  const names = [...one.people, ...two.people].map(({ name }) => name)
  expect(new Set(names).size).toBe(60)
})

test('a person is added, read, corrected, and each step is in the audit without names', async () => {
  const school = await world()
  const { id } = (await create(school)).body
  const before = await read(school, id)
  expect(before).toMatchObject({
    lastName: 'Ёлкина',
    birthOn: '1990-05-01',
    proposedLogin: 'elkina.m',
    account: null,
  })
  expect(before.roles).toMatchObject([{ role: 'teacher', from: '2026-11-12', to: null }])
  const { roles: _, confirmDouble: __, ...particulars } = NEW
  const change = { ...particulars, lastName: 'Соснина', version: before.version }
  expect((await school.as('admin').put(`/api/people/${id}`, change)).body).toEqual({ version: 2 })
  expect((await read(school, id)).name).toBe('Соснина Мария')
  expect((await school.as('admin').put(`/api/people/${id}`, change)).body.refusal).toBe('version-conflict')
  const { rows } = await school.database.owner.query('select * from audit_event order by id')
  expect(rows.map(({ action }) => action)).toEqual(['person.create', 'person.update'])
  expect(JSON.stringify(rows)).not.toMatch(/Ёлкина|Соснина|example\.org/)
})

test('a namesake born the same day is asked about, and added when it is another person', async () => {
  const school = await world()
  await create(school)
  expect((await create(school, { lastName: 'ёлкина' })).body.refusal).toBe('person-may-be-double')
  expect((await create(school, { birthOn: null })).body.refusal).toBe('person-may-be-double')
  expect((await create(school, { birthOn: '1991-05-01' })).status).toBe(200)
  expect((await create(school, { confirmDouble: true })).status).toBe(200)
})

const answered = async (school: World, change: object) => {
  const { status, body } = await create(school, { roles: [], ...change })
  return status === 200 ? 'added' : body.refusal
}
const CHILD = { lastName: 'Семёнов', firstName: 'Артём', birthOn: '2014-05-06', email: null, phone: null }

const DOUBLES: [string, object, object][] = [
  ['«ё» as «е»', CHILD, { ...CHILD, lastName: 'Семенов', firstName: 'Артем' }],
  ['decomposed letters', CHILD, { ...CHILD, lastName: 'Семе\u0308нов' }],
  ['Latin letters', CHILD, { ...CHILD, lastName: 'Ceмёнов' }],
  ['names in the other order', CHILD, { ...CHILD, lastName: 'Артём', firstName: 'Семёнов' }],
  ['a patronymic more', CHILD, { ...CHILD, middleName: 'Игоревич' }],
  ['a slip of one letter', CHILD, { ...CHILD, lastName: 'Симёнов' }],
  ['capitals', CHILD, { ...CHILD, lastName: 'СЕМЁНОВ' }],
  ...['Римский\u2013Корсаков', 'Римский\u2011Корсаков', 'Римский - Корсаков', 'Римский\u00a0Корсаков'].map(
    (lastName): [string, object, object] => [
      `«${lastName}»`,
      { ...CHILD, lastName: 'Римский-Корсаков' },
      { ...CHILD, lastName },
    ],
  ),
  ...['О\u2019Нил', 'О`Нил', 'ОНил', "о'нил"].map((lastName): [string, object, object] => [
    `«${lastName}»`,
    { ...CHILD, lastName: "О'Нил" },
    { ...CHILD, lastName },
  ]),
  ['a hard space', { ...CHILD, firstName: 'Чжи Хун' }, { ...CHILD, firstName: 'Чжи\u00a0Хун' }],
  [
    'no day of birth, as of relatives and staff',
    { ...CHILD, birthOn: null },
    { ...CHILD, lastName: 'Семенов', birthOn: null },
  ],
]

test('no spelling of a name makes a second person unasked', async () => {
  const school = await world()
  for (const [n, [what, one, other]] of DOUBLES.entries()) {
    // Each pair has a day of birth of its own, so that no pair meets another.
    const birthOn =
      'birthOn' in other && other.birthOn === null ? null : `2014-05-${String(n + 1).padStart(2, '0')}`
    const pair = birthOn === null ? { firstName: 'Ян' } : { birthOn }
    expect(await answered(school, { ...one, ...pair }), what).toBe('added')
    expect(await answered(school, { ...other, ...pair }), what).toBe('person-may-be-double')
    const answers = { confirmDouble: true, confirmUnusual: true }
    expect(await answered(school, { ...other, ...pair, ...answers }), what).toBe('added')
  }
})

test('the question about a double names whom it means, by day of birth and class', async () => {
  const school = await world()
  const { body } = await create(school, {
    ...CHILD,
    lastName: 'Абрамовa',
    firstName: 'Aнна',
    middleName: 'Сергеевна',
  })
  expect(body).toMatchObject({
    refusal: 'person-may-be-double',
    people: [{ id: ids.anna, name: 'Абрамова Анна Сергеевна', place: '7А' }],
  })
})

test.each([
  ['Latin letters in a Russian name', { lastName: 'Ceмёнов' }, 'name-mixes-alphabets'],
  ['a digit in a name', { lastName: 'Семёнов2' }, 'name-has-signs'],
  ['a day of birth ahead', { birthOn: '2035-05-06' }, 'birth-day-unlikely'],
  ['a day of birth of 1902', { birthOn: '1902-05-06' }, 'birth-day-unlikely'],
])('%s is asked about and kept when it is so', async (_, change, refusal) => {
  const school = await world()
  expect(await answered(school, { ...CHILD, ...change })).toBe(refusal)
  expect(await answered(school, { ...CHILD, ...change, confirmDouble: true })).toBe(refusal)
  expect(await answered(school, { ...CHILD, ...change, confirmUnusual: true })).toBe('added')
})

test('a changed name is asked about like a new one; other fields are not', async () => {
  const school = await world()
  const { roles: _, confirmDouble: __, ...particulars } = { ...NEW, ...CHILD, middleName: null }
  await create(school, { ...CHILD, roles: [] })
  const { id } = (await create(school, { ...CHILD, lastName: 'Петров', roles: [] })).body
  const change = (wanted: object) =>
    school.as('admin').put<{ refusal?: string; version?: number }>(`/api/people/${id}`, {
      ...particulars,
      lastName: 'Петров',
      version: 1,
      ...wanted,
    })
  expect((await change({ lastName: 'Семенов' })).body.refusal).toBe('person-may-be-double')
  expect((await change({ lastName: 'Пeтров' })).body.refusal).toBe('name-mixes-alphabets')
  expect((await change({ birthOn: '2035-01-01' })).body.refusal).toBe('birth-day-unlikely')
  expect((await change({ lastName: 'Семенов', confirmDouble: true })).body).toEqual({ version: 2 })
  expect((await change({ lastName: 'Семенов', phone: '89160000177', version: 2 })).body).toEqual({
    version: 3,
  })
})

test('a name is kept in one form, however it was typed', async () => {
  const school = await world()
  const { id } = (await create(school, { ...CHILD, lastName: ' О`Нил\u00a0\u2013 Йодов'.normalize('NFD') }))
    .body
  expect((await read(school, id)).name).toBe('О’Нил-Йодов Артём')
})

const CONTACTS = [
  ['8.916.123.45.67', 'Мама@Почта.рф', '+79161234567', 'мама@почта.рф'],
  ['+7 916 000\u201101\u201177', 'anna@example.org', '+79160000177', 'anna@example.org'],
  ['8 (495) 123-45-67 доб. 12', 'a@xn--80a1acny.xn--p1ai', '+74951234567 доб. 12', 'a@xn--80a1acny.xn--p1ai'],
] as const

test('contacts are kept in the form of the import', async () => {
  const school = await world()
  for (const [phone, email, keptPhone, keptEmail] of CONTACTS) {
    const { id } = (await create(school, { ...CHILD, phone, email, confirmDouble: true })).body
    expect(await read(school, id)).toMatchObject({ phone: keptPhone, email: keptEmail })
  }
})

test('an unclear contact is a clear 400 at its field', async () => {
  const school = await world()
  for (const [path, value] of [
    ['email', 'anna@mail'],
    ['email', 'anna@mаil.ru'],
    ['phone', '12-34'],
    ['phone', 'мама'],
  ]) {
    const answer = await create(school, { ...CHILD, [path as string]: value })
    expect([answer.status, answer.body]).toMatchObject([400, { refusal: 'bad-shape', faults: [{ path }] }])
  }
})

test('a contact that no rule would take now stays while other fields change', async () => {
  const school = await world()
  const { id } = (await create(school, { ...CHILD, roles: [] })).body
  await school.database.owner.query(
    `update person set email = 'мама@почта', phone = 'у соседей 5-12', version = 2 where id = $1`,
    [id],
  )
  const { roles: _, confirmDouble: __, ...particulars } = { ...NEW, ...CHILD }
  const odd = { ...particulars, email: 'мама@почта', version: 2 }
  const put = (body: object) => school.as('admin').put(`/api/people/${id}`, body)
  expect((await put({ ...odd, phone: '8.916.123.45.67' })).body).toEqual({ version: 3 })
  expect(await read(school, id)).toMatchObject({ email: 'мама@почта', phone: '+79161234567' })
  expect((await put({ ...odd, email: 'папа@почта', version: 3 })).status).toBe(400)
})

const FOUND = [
  ['йодов', 'И\u0306одов'],
  ["О'Нил", 'О’Нил'],
  ['нил', 'О’Нил'],
  ['Петрова', 'Иванова (Петрова)'],
  ['Сидоров', 'Cидоров'],
  ['римский\u2013корсаков', 'Римский-Корсаков'],
  ['яна семен', 'Семёнова'],
  ['корсак', 'Римский-Корсаков'],
] as const

test('a search finds a name in any of its spellings, however long it has stood so', async () => {
  const school = await world()
  const names = [...new Set(FOUND.map(([, lastName]) => lastName))]
  const people = names.map((last_name, n) => ({
    id: `00000000-0000-4000-8000-00000000099${n}`,
    last_name,
    first_name: 'Яна',
    version: 1,
  }))
  await insert(school.database, 'person', people)
  for (const [query, lastName] of FOUND) {
    const { body } = await school.as('admin').get<People>(`/api/people?query=${encodeURIComponent(query)}`)
    expect(body.people.map(({ name }) => name)).toEqual([`${lastName} Яна`])
  }
})

test('of two who add the same person at once one is asked about a double', async () => {
  const school = await world()
  const answers = await Promise.all([create(school), create(school)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})

test.each([
  ['markup', { lastName: '<img onerror=alert(1)>' }],
  ['300 letters', { lastName: 'Щ'.repeat(300) }],
  ['a change of direction', { lastName: 'Иванов\u202Eвонави' }],
  ['a zero byte', { firstName: 'Иван\u0000' }],
  ['only spaces', { firstName: '   ' }],
  ['a day that is not', { birthOn: '2020-02-30' }],
  ['an unknown role', { roles: [{ role: 'emperor', from: '2026-11-12', to: null }] }],
  ['an unknown field', { isAdmin: true }],
  ['a number for a name', { firstName: 7 }],
])('%s in the particulars is a clear 400 and changes nothing', async (_, change) => {
  const school = await world()
  const answer = await school.as('admin').post('/api/people', { ...NEW, ...change })
  expect([answer.status, answer.body.refusal]).toEqual([400, 'bad-shape'])
  expect((await school.as('admin').get<People>('/api/people?query=елкина')).body.total).toBe(0)
})

test('roles are a set: kept, moved, added; what is left out ends yesterday', async () => {
  const school = await world()
  const [teacher] = (await read(school, ids.teacher)).roles
  const set = await school.as('admin').put(`/api/people/${ids.teacher}/roles`, {
    version: 1,
    roles: [
      { id: teacher?.id, role: 'teacher', from: '2026-09-01', to: '2027-05-31' },
      { role: 'homeroom-teacher', from: '2026-11-12', to: null },
    ],
  })
  expect(set.body).toEqual({ version: 2, request: null })
  const both = await read(school, ids.teacher)
  expect(both.roles.map(({ role, to }) => [role, to])).toEqual([
    ['teacher', '2027-05-31'],
    ['homeroom-teacher', null],
  ])
  await school.as('admin').put(`/api/people/${ids.teacher}/roles`, { version: 2, roles: [both.roles[0]] })
  // One begun today never was; withdrawn, it leaves its versions in the history.
  expect((await read(school, ids.teacher)).roles).toHaveLength(1)
  await school.as('admin').put(`/api/people/${ids.teacher}/roles`, { version: 3, roles: [] })
  expect((await read(school, ids.teacher)).roles).toMatchObject([{ role: 'teacher', to: '2026-11-11' }])
  expect((await school.as('teacher').get('/api/session')).status).toBe(401)
  const { rows } = await school.database.owner.query(
    `select version from history where kind = 'role_assignment' and after->>'person_id' = $1 order by id`,
    [ids.teacher],
  )
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 1, 2, 3])
})

test.each([
  ['a span that runs backwards', [{ role: 'carer', from: '2026-11-12', to: '2026-11-11' }], 'span-backwards'],
  [
    'one role twice on a day',
    [
      { role: 'carer', from: '2026-11-12', to: null },
      { role: 'carer', from: '2026-12-01', to: null },
    ],
    'role-twice',
  ],
])('%s is refused and changes nothing', async (_, roles, refusal) => {
  const school = await world()
  const answer = await school.as('admin').put(`/api/people/${ids.teacher}/roles`, { version: 1, roles })
  expect([answer.status, answer.body.refusal]).toEqual([409, refusal])
  expect((await read(school, ids.teacher)).version).toBe(1)
})

test('an administrator cannot take that role away from oneself, nor add to the own roles', async () => {
  const school = await world()
  const own = await school.as('admin').put(`/api/people/${ids.admin}/roles`, { version: 1, roles: [] })
  expect([own.status, own.body.refusal]).toEqual([409, 'own-role-stays'])
  const more = ['system-admin', 'teacher'].map((role) => ({ role, from: '2026-11-12', to: null }))
  const grown = await school.as('admin').put(`/api/people/${ids.admin}/roles`, { version: 1, roles: more })
  expect([grown.status, grown.body.refusal]).toEqual([409, 'own-role-added'])
})

test('of two editors of one set of roles one wins', async () => {
  const school = await world()
  const roles = (role: string) => [{ role, from: '2026-11-12', to: null }]
  const answers = await Promise.all(
    ['specialist', 'carer', 'secretary'].map((role) =>
      school.as('admin').put(`/api/people/${ids.teacher}/roles`, { version: 1, roles: roles(role) }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect((await read(school, ids.teacher)).roles).toHaveLength(2)
})

test.each(['secretary', 'director', 'deputy'] as const)('%s reads people and changes none', async (who) => {
  const { as } = await world()
  expect((await as(who).get(`/api/people/${ids.anna}`)).status).toBe(200)
  expect((await as(who).post('/api/people', NEW)).status).toBe(404)
  expect((await as(who).put(`/api/people/${ids.anna}/roles`, { version: 1, roles: [] })).status).toBe(404)
})

test.each(['teacher', 'homeroom', 'officer', 'carer', 'anna', 'motherOfAnna'] as const)(
  'for %s there is no list of people',
  async (who) => {
    const { as } = await world()
    expect((await as(who).get('/api/people')).status).toBe(404)
    expect((await as(who).get(`/api/people/${ids.anna}`)).status).toBe(404)
  },
)

test("another organisation's person does not exist for this administrator", async () => {
  const { as } = await world()
  const other = `/api/people/${ids.otherSchoolTeacher}`
  expect((await as('admin').get(other)).status).toBe(404)
  expect((await as('admin').put(`${other}/roles`, { version: 1, roles: [] })).status).toBe(404)
  expect((await as('otherSchoolTeacher').get(`/api/people/${ids.anna}`)).status).toBe(404)
})

test('signed out is 401', async () => {
  const { as } = await world()
  expect((await as(null).get('/api/people')).status).toBe(401)
  expect((await as(null).post('/api/people', NEW)).status).toBe(401)
})
