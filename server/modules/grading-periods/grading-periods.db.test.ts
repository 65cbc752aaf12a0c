import { expect, test } from 'vitest'
import type { DecidedPeriod, GradingPeriod, GradingPeriods } from '#contract/grading-periods.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, type World, world } from '#test/world.ts'

const path = '/api/grading-periods'
const period = newId()
const reason = 'Итоги подведены'

/** A school with one period of its middle classes, around today, 12 November. */
async function school(change: Record<string, unknown> = {}): Promise<World> {
  const made = await world()
  const span = { grade_from: 5, grade_to: 9, starts_on: '2026-11-02', ends_on: '2026-12-29' }
  await insert(made.database, 'grading_period', [
    { id: period, name: '2 четверть', ...span, version: 1, ...change },
  ])
  return made
}

const close = ({ as }: World, version = 1, who: Parameters<World['as']>[0] = 'deputy') =>
  as(who).put<DecidedPeriod>(`${path}/${period}/closing`, { reason, version })
const reopen = (
  { as }: World,
  version: number,
  change: object = {},
  who: Parameters<World['as']>[0] = 'deputy',
) =>
  as(who).put<DecidedPeriod>(`${path}/${period}/reopening`, {
    ...{ reason: 'Исправление по приказу № 15', openUntil: '2026-11-13', version },
    ...change,
  })

async function listed({ as }: World): Promise<GradingPeriod> {
  const { body } = await as('deputy').get<GradingPeriods>(path)
  return body.periods.find(({ id }) => id === period) as GradingPeriod
}

/** What becomes of a mark of today: saved, or sent to whoever decides. */
async function enter({ as }: World, version = 0): Promise<string> {
  const { status, body } = await as('teacher').put(`/api/journals/${ids.physics7}/cells`, {
    cells: [{ lessonId: ids.today, workId: ids.today, studentId: ids.anna, value: '4', version }],
  })
  if (status !== 200) return String(body.refusal)
  return 'referred' in body ? 'referred' : 'saved'
}

test('a period is closed with a reason, opened again until a day, and closes by itself after it', async () => {
  const made = await school()
  expect(await listed(made)).toMatchObject({ state: 'open', reason: null, decidedBy: null, decidedAt: null })
  expect(await enter(made)).toBe('saved')

  expect((await close(made)).body).toEqual({ id: period, version: 2 })
  expect(await enter(made, 1)).toBe('referred')
  const { decidedBy, ...closed } = await listed(made)
  expect(closed).toMatchObject({ state: 'closed', reason, openUntil: null, version: 2 })
  expect([decidedBy, new Date(closed.decidedAt ?? '')]).toEqual([
    'Осокина Людмила Геннадьевна',
    made.clock.now,
  ])

  expect((await reopen(made, 2)).body).toEqual({ id: period, version: 3 })
  expect(await listed(made)).toMatchObject({
    state: 'reopened',
    openUntil: '2026-11-13',
    reason: expect.stringContaining('приказу'),
  })
  expect(await enter(made, 1)).toBe('saved')

  made.clock.now = new Date('2026-11-14T09:00:00Z')
  expect((await listed(made)).state).toBe('closed')
  expect(await enter(made, 2)).toBe('referred')

  const { rows } = await made.database.owner.query(
    `select version, actor_id, after->>'reason' as reason, after->>'open_until' as until from history
     where kind = 'grading_period' and record_id = $1 and version > 1 order by version`,
    [period],
  )
  expect(rows).toEqual([
    { version: 2, actor_id: ids.deputy, reason, until: null },
    { version: 3, actor_id: ids.deputy, reason: 'Исправление по приказу № 15', until: '2026-11-13' },
  ])
  const { rows: acts } = await made.database.owner.query(
    `select action, actor_id from audit_event where resource = 'grading-period' order by id`,
  )
  expect(acts).toEqual([
    { action: 'grading-period.close', actor_id: ids.deputy },
    { action: 'grading-period.reopen', actor_id: ids.deputy },
  ])
})

test('a period opened again is closed before its end, and its end may be put off', async () => {
  const made = await school()
  await close(made)
  await reopen(made, 2)
  expect((await reopen(made, 3, { openUntil: '2026-11-20' }, 'director')).status).toBe(200)
  expect((await listed(made)).openUntil).toBe('2026-11-20')
  expect((await close(made, 4, 'director')).status).toBe(200)
  expect(await listed(made)).toMatchObject({ state: 'closed', openUntil: null, version: 5 })
  expect(await enter(made)).toBe('referred')
})

test.each<
  [
    string,
    Record<string, unknown>,
    (made: World) => Promise<{ status: number; body: object }>,
    number,
    string,
  ]
>([
  [
    'closed twice',
    { closed_at: '2026-11-10T09:00:00Z' },
    (made) => close(made),
    409,
    'period-already-closed',
  ],
  ['closed before it begins', { starts_on: '2026-11-13' }, (made) => close(made), 409, 'period-not-begun'],
  ['closed over what somebody else did', {}, (made) => close(made, 7), 409, 'version-conflict'],
  ['opened while it is open', {}, (made) => reopen(made, 1), 409, 'period-not-closed'],
  [
    'opened until yesterday',
    { closed_at: '2026-11-10T09:00:00Z' },
    (made) => reopen(made, 1, { openUntil: '2026-11-11' }),
    409,
    'window-already-over',
  ],
  [
    'opened without an end',
    { closed_at: '2026-11-10T09:00:00Z' },
    (made) => reopen(made, 1, { openUntil: undefined }),
    400,
    'bad-shape',
  ],
  [
    'opened without a reason',
    { closed_at: '2026-11-10T09:00:00Z' },
    (made) => reopen(made, 1, { reason: '  ' }),
    400,
    'bad-shape',
  ],
])('a period %s is refused and stays as it is', async (_, change, ask, status, refusal) => {
  const made = await school(change)
  const before = await listed(made)
  const answer = await ask(made)
  expect([answer.status, answer.body]).toMatchObject([status, { refusal }])
  expect(await listed(made)).toEqual(before)
})

test('of two who decide at once one is told that somebody was faster', async () => {
  const made = await school()
  const answers = await Promise.all([close(made), close(made, 1, 'director')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await listed(made)).version).toBe(2)
})

test('nobody but the director and deputies closes or opens a period', async () => {
  const made = await school()
  const others = [
    'teacher',
    'homeroom',
    'admin',
    'officer',
    'secretary',
    'carer',
    'anna',
    'motherOfAnna',
  ] as const
  for (const who of others) {
    expect([who, (await close(made, 1, who)).status]).toEqual([who, 404])
    expect([who, (await reopen(made, 1, {}, who)).status]).toEqual([who, 404])
  }
  expect((await listed(made)).version).toBe(1)
})

test('a period of another organisation does not exist', async () => {
  const made = await school()
  expect((await close(made, 1, 'otherSchoolTeacher')).status).toBe(404)
  expect((await made.as('otherSchoolTeacher').get<GradingPeriods>(path)).body.periods).toEqual([])
})

/** What would open a closed period by another door, as the owner of the database would write it. */
const DOORS: [string, string, string][] = [
  ['forgotten', 'closed_at = null, reason = null', 'period_open'],
  ['made shorter', `ends_on = '2026-11-10'`, 'period_open'],
  ['moved', `starts_on = '2026-11-20'`, 'period_open'],
  ['of other classes', 'grade_from = 8', 'period_open'],
  ['opened without a reason', `open_until = '2026-11-20', reason = null`, 'opened_again_with_a_reason'],
  ['called otherwise', `name = 'II четверть'`, 'done'],
]

test.each(DOORS)('a closed period %s: %s', async (_, set, expected) => {
  const made = await school({ closed_at: '2026-11-10T09:00:00Z', reason })
  const client = await made.database.owner.connect()
  await client.query('begin')
  await client.query(
    `select set_config('app.reason', 'test', true), set_config('app.now', '2026-11-12T09:00:00Z', true)`,
  )
  const said = await client.query(`update grading_period set ${set}, version = version + 1`).then(
    () => 'done',
    (error) => error.constraint,
  )
  await client.query('rollback')
  client.release()
  expect(said).toBe(expected)
})

test('a closed period binds journals of its classes and of parts of them, and no club', async () => {
  const made = await school({ closed_at: '2026-11-10T09:00:00Z', reason })
  const parts = [
    { id: newId(), name: '7А, 1-я подгруппа', kind: 'subgroup', division: 'Труд', parent_id: ids.class7 },
    { id: newId(), name: 'Логопедия', kind: 'corrective', division: '' },
  ].map((group) => ({ ...group, intake_id: ids.intake, version: 1 }))
  for (const group of parts) await insert(made.database, 'study_group', [group])
  const { rows: journals } = await made.database.owner.query(
    `select * from teaching_assignment where id = $1`,
    [ids.physics7],
  )
  for (const { id } of parts) {
    const journal = { ...journals[0], id: newId(), group_id: id, lesson_plan_id: null }
    await insert(made.database, 'teaching_assignment', [journal])
  }
  const { rows } = await made.database.owner.query(
    `select g.kind, bool_and(in_closed_period(j.organization_id, j.id, '2026-11-12')) as all,
       bool_or(in_closed_period(j.organization_id, j.id, '2026-11-12')) as any
     from teaching_assignment j join study_group g on g.organization_id = j.organization_id and g.id = j.group_id
     where j.organization_id = $1 and (g.kind <> 'class' or g.id = $2) group by 1 order by 1`,
    [ids.school, ids.class7],
  )
  expect(rows).toEqual([
    { kind: 'activity', all: false, any: false },
    { kind: 'class', all: true, any: true },
    { kind: 'corrective', all: false, any: false },
    { kind: 'subgroup', all: true, any: true },
  ])
})
