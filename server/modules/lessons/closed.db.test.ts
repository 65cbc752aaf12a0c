import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { ids, insert, type World, world } from '#test/world.ts'

/** Everything a teacher writes to the lesson, each with what it leaves when it is refused. */
const ENTRIES: [string, (lesson: string) => [string, object]][] = [
  [
    'a mark',
    (lesson) => [
      `/api/journals/${ids.physics7}/cells`,
      {
        cells: [{ lessonId: lesson, workId: lesson, studentId: ids.anna, value: '4', version: 0 }],
        lateReason: 'Болела',
      },
    ],
  ],
  [
    'attendance of a child',
    (lesson) => [
      `/api/journals/${ids.physics7}/cells`,
      { cells: [{ lessonId: lesson, studentId: ids.anna, value: 'н', version: 0 }], lateReason: 'Болела' },
    ],
  ],
  [
    'the roll',
    (lesson) => [
      `/api/lessons/${lesson}/attendance`,
      { children: [{ studentId: ids.anna, code: null, version: 0 }], lateReason: 'Болела' },
    ],
  ],
  [
    'the topic',
    (lesson) => [
      `/api/lessons/${lesson}/record`,
      { topic: 'Движение', planItemId: null, comment: null, version: 0, lateReason: 'Болела' },
    ],
  ],
  [
    'homework',
    (lesson) => [
      `/api/lessons/${lesson}/homework`,
      { text: '§ 1', minutes: 20, version: 0, lateReason: 'Болела' },
    ],
  ],
]

/** Whether the teacher's entry went into the journal, to whoever decides, or nowhere. */
async function enter(school: World, [path, body]: [string, object]): Promise<string> {
  const answer = await school.as('teacher').put(path, body)
  if (answer.status === 200) return 'referred' in answer.body ? 'referred' : 'saved'
  return String(answer.body.refusal)
}

const rules = (school: World, entryWindowDays: number, version: number) =>
  school.as('deputy').put('/api/settings/journal', {
    entryWindowDays,
    windowOpenerRoles: ['deputy', 'journal-officer'],
    familyAccessDays: 180,
    homeworkExpected: true,
    version,
  })

const versionOf = async ({ database }: World): Promise<number> =>
  (await database.owner.query('select version from organization where id = $1', [ids.school])).rows[0].version

test('a wider window opens nothing that the former one had closed, and leaves open what was open', async () => {
  const school = await world()
  // The window of five days has closed Monday, 2 November; Thursday, 5 November is out of it since yesterday.
  for (const days of [366, 3, 30]) {
    expect((await rules(school, days, await versionOf(school))).status).toBe(200)
    for (const [name, entry] of ENTRIES)
      expect([days, name, await enter(school, entry(ids.first))]).toEqual([days, name, 'referred'])
  }
  const [lesson] = (
    await school
      .as('teacher')
      .get<{ lessons: { id: string; state: string }[] }>(`/api/journals/${ids.physics7}`)
  ).body.lessons
  expect(lesson).toMatchObject({ id: ids.first, state: 'closed' })
})

test('what a wider window closes later it closes as wide as it is', async () => {
  const school = await world()
  expect((await rules(school, 30, 1)).status).toBe(200)
  // Today's lesson is open thirty days from now on; under the former window it would be closed after five.
  school.clock.now = new Date('2026-11-30T09:00:00Z')
  const [, entry] = ENTRIES[0] as (typeof ENTRIES)[number]
  expect(await enter(school, entry(ids.today))).toBe('saved')
  expect(await enter(school, entry(ids.first))).toBe('referred')
})

test('a window opened by the way of windows opens it all the same', async () => {
  const school = await world()
  await rules(school, 366, 1)
  const window = { journalId: ids.physics7, from: '2026-11-02', to: '2026-11-03', openUntil: '2026-11-13' }
  const opened = await school
    .as('deputy')
    .post('/api/entry-windows', { ...window, reason: 'Болела две недели' })
  expect(opened.status).toBe(200)
  for (const [name, entry] of ENTRIES.slice(0, 2))
    expect([name, await enter(school, entry(ids.first))]).toEqual([name, 'saved'])
})

test('another time zone opens no day that was closed', async () => {
  const school = await world()
  school.clock.now = new Date('2026-11-12T21:30:00Z')
  // In Moscow it is the 13th already, in Kaliningrad the 12th still: the 7th was closed and would be open again.
  await insert(school.database, 'lesson', [
    {
      id: newId(),
      journal_id: ids.physics7,
      held_on: '2026-11-07',
      period: 2,
      starts_at: '10:00',
      ends_at: '10:40',
      version: 1,
    },
  ])
  const { rows } = await school.database.owner.query(`select id from lesson where held_on = '2026-11-07'`)
  const [, entry] = ENTRIES[0] as (typeof ENTRIES)[number]
  expect(await enter(school, entry(rows[0].id))).toBe('referred')
  const names = { name: 'Центр', shortName: 'Центр', timeZone: 'Europe/Kaliningrad' }
  const moved = await school.as('admin').put('/api/settings/organization', { ...names, version: 1 })
  expect(moved.status).toBe(200)
  expect(await enter(school, entry(rows[0].id))).toBe('referred')
})

async function closePeriod({ database }: World, change: Record<string, unknown> = {}): Promise<void> {
  await insert(database, 'grading_period', [
    {
      id: newId(),
      name: '1-й заезд',
      grade_from: 5,
      grade_to: 9,
      starts_on: '2026-11-02',
      ends_on: '2026-11-12',
      closed_at: '2026-11-12T08:00:00Z',
      reason: 'Итоги подведены',
      version: 1,
      ...change,
    },
  ])
}

test('in a closed study period nothing of a lesson is written, today’s lesson and opened windows included', async () => {
  const school = await world()
  await closePeriod(school)
  await school.as('deputy').post('/api/entry-windows', {
    journalId: ids.physics7,
    from: '2026-11-02',
    to: '2026-11-12',
    openUntil: '2026-11-13',
    reason: 'Болела две недели',
  })
  for (const lesson of [ids.today, ids.second])
    for (const [name, entry] of ENTRIES)
      expect([name, await enter(school, entry(lesson))]).toEqual([name, 'referred'])
  const work = {
    typeId: ids.test,
    title: 'Новая',
    weight: 1,
    removed: false,
    version: 0,
    lateReason: 'Болела',
  }
  const put = await school.as('teacher').put(`/api/lessons/${ids.today}/works/${newId()}`, work)
  expect([put.status, put.body.refusal]).toEqual([409, 'period-closed'])
  // Whoever decides is told what to do first, and nothing is written past the period.
  const { body } = await school
    .as('deputy')
    .get<{ entries: { id: string; version: number; seen: number[] }[] }>('/api/referred-entries')
  const [first] = body.entries
  const decided = await school.as('deputy').put(`/api/referred-entries/${first?.id}/decision`, {
    decision: 'apply',
    reason: 'Проверено',
    seen: first?.seen,
    version: first?.version,
  })
  expect([decided.status, decided.body.refusal]).toEqual([409, 'period-closed'])
  const { rows } = await school.database.owner.query('select count(*) as n from mark')
  expect(rows).toEqual([{ n: 0 }])
})

test.each([
  ['of other days', { starts_on: '2026-09-01', ends_on: '2026-11-01' }, 'saved'],
  ['of other classes', { grade_from: 8 }, 'saved'],
  ['still open', { closed_at: null }, 'saved'],
  ['opened again until today', { open_until: '2026-11-12' }, 'saved'],
  ['opened again until yesterday', { open_until: '2026-11-11' }, 'referred'],
])('a period %s: %s', async (_, change, expected) => {
  const school = await world()
  await closePeriod(school, change)
  const [, entry] = ENTRIES[0] as (typeof ENTRIES)[number]
  expect(await enter(school, entry(ids.today))).toBe(expected)
})

/** A record of each table that hangs on a lesson, as the owner of the database would write it. */
const RECORDS: Record<string, string> = {
  mark: `insert into mark (organization_id, id, lesson_id, work_id, student_id, value, entered_on, entered_at, late)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', '${ids.today}', '${ids.anna}', '5', '2026-11-12', now(), false)`,
  attendance: `insert into attendance (organization_id, id, lesson_id, student_id, entered_on, entered_at, late)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', '${ids.anna}', '2026-11-12', now(), false)`,
  lesson_record: `insert into lesson_record (organization_id, id, lesson_id, topic, taught_by, entered_on, entered_at, late)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', 'x', '${ids.teacher}', '2026-11-12', now(), false)`,
  homework: `insert into homework (organization_id, id, lesson_id, text, entered_on, entered_at, late)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', 'x', '2026-11-12', now(), false)`,
  lesson_work: `update lesson_work set weight = 5, version = version + 1 where lesson_id = '${ids.today}'`,
  late_entry: `insert into late_entry (organization_id, id, lesson_id, reason, entered_on, actor_id)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', 'xxx', '2026-11-12', '${ids.teacher}')`,
  substitution: `insert into substitution (organization_id, id, lesson_id, substitute_id)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', '${ids.substitute}')`,
  lesson: `update lesson set held_on = '2026-11-20' where id = '${ids.today}'`,
  'lesson moved in': `update lesson set held_on = '2026-11-10' where id = '${ids.ahead}'`,
}

test('the database keeps every record of a lesson in a closed period as it is, whoever writes', async () => {
  const school = await world()
  await closePeriod(school)
  const { rows } = await school.database.owner.query<{ name: string }>(
    `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'lesson_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  )
  // No records of the lesson: a referred entry waits for a decision, and what was taken back may be one of those.
  const noRecords = ['referred_entry', 'taken_back']
  const onLessons = rows.map(({ name }) => name).filter((name) => !noRecords.includes(name))
  expect(
    Object.keys(RECORDS)
      .filter((name) => !name.startsWith('lesson moved') && name !== 'lesson')
      .sort(),
  ).toEqual(onLessons.sort())
  const client = await school.database.owner.connect()
  for (const [name, text] of Object.entries(RECORDS)) {
    await client.query('begin')
    await client.query(
      `select set_config('app.reason', 'test', true), set_config('app.now', '2026-11-12T09:00:00Z', true)`,
    )
    const said = await client.query(text).then(
      () => 'done',
      (error) => error.constraint,
    )
    await client.query('rollback')
    expect([name, said]).toEqual([name, 'period_open'])
  }
  client.release()
})

test('a clock that has gone back writes nothing, says so, and still reads', async () => {
  const school = await world()
  const [, entry] = ENTRIES[0] as (typeof ENTRIES)[number]
  expect(await enter(school, entry(ids.today))).toBe('saved')
  school.clock.now = new Date('2026-11-12T08:56:00Z')
  const [, topic] = ENTRIES[3] as (typeof ENTRIES)[number]
  expect(await enter(school, topic(ids.today)), 'minutes are a clock put right').toBe('saved')
  school.clock.now = new Date('2026-10-29T09:00:00Z')
  const before = await school.database.owner.query('select count(*) as n from history')
  for (const [name, write] of ENTRIES)
    expect([name, await enter(school, write(ids.today))]).toEqual([name, 'clock-behind'])
  const settings = await rules(school, 30, 1)
  expect([settings.status, settings.body.refusal]).toEqual([503, 'clock-behind'])
  expect((await school.as('teacher').get(`/api/journals/${ids.physics7}`)).status).toBe(200)
  expect(await school.database.owner.query('select count(*) as n from history')).toMatchObject({
    rows: before.rows,
  })
  const ready = await school.server.inject({ url: '/readyz' })
  expect([ready.statusCode, ready.json()]).toEqual([
    503,
    { ready: false, faults: expect.arrayContaining(['clock']) },
  ])
  // The newest line was written by a wrong clock: whoever runs the server says so once.
  await school.database.owner.query('select accept_clock()')
  expect((await rules(school, 30, 1)).status).toBe(200)
})
