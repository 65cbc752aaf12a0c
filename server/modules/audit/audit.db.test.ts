import { expect, onTestFinished, test } from 'vitest'
import type { AuditChoices, AuditExport, AuditPage, BulkReads } from '#contract/audit.ts'
import type { Person, VersionedOrAsked } from '#contract/people.ts'
import { auditActionWords } from '#domain/access/audit-action.words.ts'
import { newId } from '#platform/ids.ts'
import { createServer } from '#server/app.ts'
import { codeOf, giveHalf, halfOf, setUpSecondFactor } from '#test/second-factor.ts'
import { givePassword, PASSWORD, signInAs } from '#test/sign-in.ts'
import { ids, insert, type World, world } from '#test/world.ts'

const lines = async (school: World, query: string) => {
  const answer = await school.as('director').get<AuditPage>(`/api/audit?${query}`)
  expect(answer.status).toBe(200)
  return answer.body.lines
}
const seen = async (school: World, query: string) =>
  (await lines(school, query)).map(({ action, who, about }) => [action, who, about])

test('who came, who failed and who left stands in the list, without a password, a login or a whole address', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  await signInAs(school, 'teacher', 'не тот пароль')
  await signInAs(school, 'teacher', PASSWORD)
  const { cookie } = await signInAs(school, 'teacher', PASSWORD, { address: '198.51.100.77' })
  await school.server.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } })
  const teacher = 'Саркисов Вадим Рубенович'
  const came = await lines(school, `section=came&personId=${ids.teacher}`)
  expect(came.map(({ action, who, address }) => [action, who, address])).toEqual([
    ['sign-out', teacher, '127.0.0.0'],
    ['sign-in', teacher, '198.51.100.0'],
    ['sign-in', teacher, '203.0.113.0'],
    ['sign-in-failed', teacher, '203.0.113.0'],
  ])
  expect(await seen(school, `section=came&action=sign-in-failed`)).toEqual([
    ['sign-in-failed', teacher, null],
  ])
  const { rows } = await school.database.owner.query('select to_jsonb(e)::text as row from usage_event e')
  for (const { row } of rows)
    for (const canary of ['не тот', PASSWORD, '.77']) expect(row).not.toContain(canary)
})

test('wrong and used codes of the second factor stand in the list, at the sign-in and in a session', async () => {
  const school = await world()
  await givePassword(school, 'teacher')
  const holder = await setUpSecondFactor(school, 'teacher')
  const code = codeOf(school, holder)
  expect((await giveHalf(school, await halfOf(school, 'teacher'), '000000')).refusal).toBe('wrong-code')
  expect((await giveHalf(school, await halfOf(school, 'teacher'), code)).status).toBe(200)
  expect((await giveHalf(school, await halfOf(school, 'teacher'), code)).refusal).toBe('code-used')
  const inside = await school.as('teacher').post<{ refusal: string }>('/api/session/confirmation', { code })
  expect(inside.body.refusal).toBe('code-used')
  const failed = await lines(school, `section=came&action=code-failed`)
  expect(failed.map(({ who, address }) => [who, address])).toEqual([
    ['Саркисов Вадим Рубенович', null],
    ['Саркисов Вадим Рубенович', '203.0.113.0'],
    ['Саркисов Вадим Рубенович', '203.0.113.0'],
  ])
})

test('whatever kind of line there may be stands in one section of the list, with words', async () => {
  const school = await world()
  const { rows } = await school.database.owner.query<{ kinds: string }>(
    `select pg_get_constraintdef(oid) as kinds from pg_constraint where conname = 'usage_event_kind_check'`,
  )
  const kinds = [...(rows[0]?.kinds ?? '').matchAll(/'([a-z-]+)'::text/g)].map(([, kind]) => kind ?? '')
  const { body } = await school.as('director').get<AuditChoices>('/api/audit/choices')
  expect([...body.actions.came, ...body.actions.read].sort()).toEqual(kinds.sort())
  expect(kinds.filter((kind) => !auditActionWords[kind])).toEqual([])
})

test('a login nobody has is told only where one school is served, once for an address', async () => {
  const school = await world()
  await signInAs(school, 'nobody-here')
  expect(await seen(school, 'section=came&action=unknown-login')).toEqual([])
})

test('a restore stands in the list with the moment to which it went back, in the time of the organisation', async () => {
  const school = await world()
  const [at, detail] = ['2026-11-12T06:00:00Z', { id: ids.anna, until: '2026-11-11T21:30:00.000Z' }]
  await insert(school.database, 'audit_event', [
    { action: 'backup.restore', resource: 'organization', detail: detail, at },
    { action: 'backup.restore', resource: 'organization', detail: { ...detail, until: null }, at },
    { action: 'moment.open', resource: 'moment', detail: { at: '2026-11-10T09:00:00.000Z' }, at },
  ])
  expect((await lines(school, 'section=done')).map(({ action, about }) => [action, about])).toEqual([
    ['moment.open', '10.11.2026 12:00'],
    ['backup.restore', null],
    ['backup.restore', '12.11.2026 00:30'],
  ])
})

test('what was opened, printed and refused stands in the list, found by person, by child and by kind', async () => {
  const school = await world()
  await school.as('teacher').get(`/api/journals/${ids.physics7}`)
  await school.as('deputy').get(`/api/students/${ids.anna}/diary`)
  await school.as('motherOfAnna').get(`/api/students/${ids.anna}/diary`)
  await school.as('homeroom').get(`/api/lessons/${ids.today}`)
  await school.as('deputy').post('/api/prints', { resource: 'diary', subjectId: ids.galina })
  for (let n = 0; n < 3; n++) await school.as('motherOfAnna').get(`/api/students/${ids.galina}/diary`)
  const teacher = 'Саркисов Вадим Рубенович'
  const [deputy, mother] = ['Осокина Людмила Геннадьевна', 'Абрамова Ольга Юрьевна']
  const anna = 'Абрамова Анна Сергеевна'
  expect((await seen(school, `section=read&childId=${ids.anna}`)).reverse()).toEqual([
    ['read', teacher, 'Физика, 7А'],
    ['read', deputy, anna],
    ['read', mother, anna],
    ['read', 'Фёдорова Галина Петровна', 'Физика, 7А'],
  ])
  expect(await seen(school, `section=read&personId=${ids.deputy}&action=printed`)).toEqual([
    ['printed', deputy, 'Дёмина Галина Павловна'],
  ])
  // One line for three refusals of a kind in ten minutes.
  const refused = await lines(school, 'section=read&action=refused')
  expect(refused.map(({ who, resource }) => [who, resource])).toEqual([[mother, 'diary.read']])
  expect(await lines(school, 'section=read&from=2026-11-13')).toEqual([])
  expect(await lines(school, 'section=read&from=2026-11-12&to=2026-11-12')).toHaveLength(6)
})

test('the list goes on page by page to its end, each line once', async () => {
  const school = await world()
  await school.database.owner.query(
    `insert into usage_event (organization_id, at, kind, person_id, resource)
     select $1, '2026-11-12T08:00:00Z', 'printed', $2, 'people' from generate_series(1, 120)`,
    [ids.school, ids.deputy],
  )
  const found: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const { body }: { body: AuditPage } = await school
      .as('admin')
      .get<AuditPage>(`/api/audit?section=read${next && `&before=${next}`}`)
    found.push(...body.lines.map(({ id }) => id))
    next = body.next
  }
  expect(new Set(found).size).toBe(120)
  expect(found).toHaveLength(120)
})

test('an export cannot become a formula, and is itself in the list', async () => {
  const school = await world()
  await school.database.owner.query(`update session set device = '=HYPERLINK("x")'`)
  await school.as('deputy').get(`/api/students/${ids.boris}/diary`)
  const { body, status } = await school
    .as('admin')
    .post<AuditExport>('/api/audit/exports', { section: 'read' })
  expect(status).toBe(200)
  expect(body.csv).toContain('Белов Борис Ильич')
  expect(body.csv).toContain(`'=HYPERLINK`)
  // Nine in the morning by Greenwich is noon in Moscow.
  expect(body.csv).toContain('12.11.2026 12:00:00')
  expect(body.csv).not.toMatch(/(^|;|")[=+@-]/m)
  expect(await seen(school, 'section=read&action=exported')).toEqual([['exported', 'Ким Чжи Хун', null]])
  expect(await seen(school, 'section=done&action=audit.export')).toEqual([
    ['audit.export', 'Ким Чжи Хун', null],
  ])
})

test.each(['deputy', 'officer', 'teacher', 'secretary', 'motherOfAnna', 'otherSchoolTeacher'] as const)(
  'for %s there is no list of events of this school',
  async (who) => {
    const school = await world()
    await school.as('deputy').get(`/api/students/${ids.anna}/diary`)
    const { status, body } = await school.as(who).get<AuditPage>('/api/audit?section=read')
    if (status === 200) expect(body.lines.filter(({ about }) => about?.includes('Абрамова'))).toEqual([])
    else expect(status).toBe(404)
  },
)

const BULK = 100

/** A hundred and twenty more children of 8А, without anything else about them. */
async function manyChildren({ database }: World): Promise<string[]> {
  const id = (n: number) => `00000000-0000-4000-8000-${String(90_000 + n).padStart(12, '0')}`
  const all = Array.from({ length: 120 }, (_, n) => id(n))
  const { rows } = await database.owner.query('select * from student where id = $1', [ids.galina])
  const [stay] = (await database.owner.query('select * from stay where student_id = $1', [ids.galina])).rows
  const [member] = (
    await database.owner.query('select * from group_member where student_id = $1', [ids.galina])
  ).rows
  const person = { last_name: 'Дёмина', middle_name: null, version: 1 }
  await insert(
    database,
    'person',
    all.map((one, n) => ({ ...person, id: one, first_name: `Ребёнок ${n}` })),
  )
  await insert(
    database,
    'student',
    all.map((one) => ({ ...rows[0], id: one })),
  )
  if (stay)
    await insert(
      database,
      'stay',
      all.map((one) => ({ ...stay, id: newId(), student_id: one })),
    )
  await insert(
    database,
    'group_member',
    all.map((one) => ({ ...member, id: newId(), student_id: one })),
  )
  return all
}

const open = async (school: World, who: 'deputy' | 'carer', children: string[]) => {
  for (const child of children)
    expect((await school.as(who).get(`/api/students/${child}/diary`)).status).toBe(200)
}
const told = async (school: World, who: 'officer' | 'director' = 'officer') =>
  (await school.as(who).get<BulkReads>('/api/bulk-reads')).body.reads.map(({ who: name, children }) => [
    name,
    children,
  ])

test('a hundred children opened one by one are work; the next one is told to the officer, once for the burst', async () => {
  const school = await world()
  const children = await manyChildren(school)
  const elsewhere = {
    ...school,
    server: await createServer({ database: school.database, clock: () => school.clock.now }),
  }
  const address = await school.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => school.server.close())
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const stream = await fetch(`${address}/api/events`, {
    headers: { cookie: 'zhuravl=token-of-officer' },
    signal: abort.signal,
  })
  let heard = ''
  const read = async () => {
    for await (const chunk of stream.body ?? []) heard += new TextDecoder().decode(chunk)
  }
  read().catch(() => undefined)
  await open(school, 'deputy', children.slice(0, BULK))
  await open(elsewhere, 'deputy', children.slice(0, BULK))
  expect(await told(school)).toEqual([])
  await open(elsewhere, 'deputy', children.slice(BULK, BULK + 1))
  const deputy = 'Осокина Людмила Геннадьевна'
  expect(await told(school)).toEqual([[deputy, 101]])
  await open(school, 'deputy', children.slice(BULK, 120))
  expect(await told(school)).toEqual([[deputy, 120]])
  for (let n = 0; n < 500 && !heard.includes('event: alert'); n++)
    await new Promise((go) => setTimeout(go, 20))
  expect(heard.match(/event: alert/g)).toHaveLength(1)
  expect(await seen(school, 'section=read&action=bulk-read')).toEqual([['bulk-read', deputy, null]])
  // Another person has a count of one's own, and the director is told where nobody is the officer.
  await open(school, 'carer', children.slice(0, 20))
  expect(await told(school)).toHaveLength(1)
  expect(await told(school, 'director')).toEqual([])
  const { roles, version } = (await school.as('admin').get<Person>(`/api/people/${ids.officer}`)).body
  const ended = { version, roles: roles.map((role) => ({ ...role, to: '2026-11-11' })) }
  const asked = await school.as('admin').put<VersionedOrAsked>(`/api/people/${ids.officer}/roles`, ended)
  const decision = { decision: 'confirm', version: 1 }
  await school.as('director').put(`/api/approvals/${asked.body.request}/decision`, decision)
  expect(await told(school, 'director')).toHaveLength(1)
}, 120_000)

test('a burst is looked at by one, stays in the list, and ten quiet minutes begin another', async () => {
  const school = await world()
  const children = await manyChildren(school)
  await open(school, 'deputy', children.slice(0, 101))
  const officer = school.as('officer')
  const [first] = (await officer.get<BulkReads>('/api/bulk-reads')).body.reads
  const see = () => officer.put(`/api/bulk-reads/${first?.id}`, { seen: true, version: first?.version })
  expect([(await see()).status, (await see()).status]).toEqual([200, 409])
  const [after] = (await officer.get<BulkReads>('/api/bulk-reads')).body.reads
  expect(after).toMatchObject({ seenBy: 'Щёголев Антон Юрьевич', version: 2 })
  school.clock.now = new Date(school.clock.now.getTime() + 11 * 60_000)
  await open(school, 'deputy', children.slice(0, 100))
  expect(await told(school)).toHaveLength(1)
  await open(school, 'deputy', children.slice(100, 101))
  expect(await told(school)).toHaveLength(2)
}, 120_000)

test('own classes, own children and lists never count', async () => {
  const school = await world()
  await manyChildren(school)
  await school.database.owner.query(
    `insert into usage_event (organization_id, at, kind, person_id, children, own)
     select $1, $2, 'read', p.person, array(select gen_random_uuid() from generate_series(1, 99)), false
     from unnest($3::uuid[]) p(person)`,
    [ids.school, school.clock.now, [ids.stranger, ids.deputy]],
  )
  // Physics of 8А has a hundred and twenty children and one teacher, whose own work they are.
  await school.as('stranger').get(`/api/journals/${ids.physics8}`)
  await school.as('deputy').get('/api/diaries')
  await school.as('deputy').get('/api/journals')
  expect(await told(school)).toEqual([])
  await school.as('deputy').get(`/api/journals/${ids.physics8}`)
  expect(await told(school)).toHaveLength(1)
})
