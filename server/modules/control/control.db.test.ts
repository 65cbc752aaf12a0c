import { expect, test } from 'vitest'
import type { ControlList, ControlSummary } from '#contract/control.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, type World, world } from '#test/world.ts'

const span = 'from=2026-11-02&to=2026-11-20'
const list = (more = '') => `/api/control?${span}${more}`
const summary = `/api/control/summary?${span}`

const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false, version: 1 }

/** Physics of 7А: kept in time, kept late, and taught by a substitute without a topic; music of today rung and empty. */
async function kept(): Promise<World> {
  const school = await world()
  const add = (table: string, ...rows: Record<string, unknown>[]) => insert(school.database, table, rows)
  const record = (lesson_id: string, late: boolean) => ({
    id: newId(),
    lesson_id,
    topic: 'Тема',
    taught_by: ids.teacher,
    ...entered,
    late,
  })
  const homework = (lesson_id: string) => ({ id: newId(), lesson_id, text: null, minutes: null, ...entered })
  const roll = (lesson_id: string, student_id: string, code: string | null) => ({
    id: newId(),
    lesson_id,
    student_id,
    code,
    ...entered,
  })
  await add('lesson_record', record(ids.first, false), record(ids.second, true))
  await add('homework', homework(ids.first), homework(ids.second), homework(ids.substituted))
  await add(
    'attendance',
    roll(ids.first, ids.anna, null),
    roll(ids.first, ids.boris, 'б'),
    roll(ids.second, ids.anna, 'п'),
    roll(ids.second, ids.boris, 'н'),
    roll(ids.substituted, ids.anna, null),
  )
  await add('late_entry', {
    id: newId(),
    lesson_id: ids.second,
    reason: 'Болел учитель',
    entered_on: '2026-11-09',
    actor_id: ids.teacher,
    version: 1,
  })
  // Half past two in Moscow: physics, music and those of 8А have ended, chess has not.
  school.clock.now = new Date('2026-11-12T11:30:00Z')
  return school
}

const byLesson = ({ rows }: ControlList) => Object.fromEntries(rows.map((row) => [row.lessonId, row]))

test('a lesson shows what it lacks, why it was late and who taught instead', async () => {
  const { as } = await kept()
  const { status, body } = await as('deputy').get<ControlList>(list())
  expect([status, body.total]).toEqual([200, 5])
  const found = byLesson(body)
  expect(found[ids.first]).toBeUndefined()
  expect(found[ids.second]).toMatchObject({
    state: 'filled-late',
    gaps: [],
    late: { reason: 'Болел учитель', by: 'Саркисов Вадим Рубенович', enteredOn: '2026-11-09' },
  })
  expect(found[ids.substituted]).toMatchObject({
    state: 'missing',
    gaps: ['no-topic'],
    teacher: 'Чхеидзе Нино Зурабовна',
    insteadOf: 'Саркисов Вадим Рубенович',
    substitutionReason: 'болезнь',
    className: '7А',
  })
  expect(found[ids.musicToday]).toMatchObject({ gaps: ['no-topic', 'no-attendance', 'no-homework'] })
})

test('a lesson of today counts after its bell, a lesson ahead never', async () => {
  const { as, clock } = await kept()
  const lessons = async () => {
    const { body } = await as('deputy').get<ControlList>(list('&show=held'))
    return body.rows.filter(({ day }) => day >= '2026-11-12').map(({ lessonId }) => lessonId)
  }
  clock.now = new Date('2026-11-12T07:39:00Z')
  expect(await lessons()).toEqual([])
  clock.now = new Date('2026-11-12T07:40:00Z')
  expect(await lessons()).toEqual([ids.today])
  clock.now = new Date('2026-11-12T20:59:00Z')
  expect((await lessons()).sort()).toEqual(
    [ids.today, ids.physics8Today, ids.chessToday, ids.musicToday].sort(),
  )
})

test('a word that nothing was set is homework, and a school may not ask for it at all', async () => {
  const { as, database } = await kept()
  const without = async () => (await as('deputy').get<ControlList>(list('&show=no-homework'))).body.rows
  expect((await without()).map(({ lessonId }) => lessonId).sort()).toEqual(
    [ids.today, ids.physics8Today, ids.musicToday].sort(),
  )
  await database.owner.query('update organization set homework_expected = false')
  expect(await without()).toEqual([])
})

type Figure = { figure: number; query: string }

const figuresOf = ({ counts, teachers, classes }: ControlSummary): Figure[] => [
  ...Object.entries(counts).map(([show, figure]) => ({ figure, query: `&show=${show}` })),
  ...teachers.flatMap(({ id, counts: own }) =>
    Object.entries(own).map(([show, figure]) => ({ figure, query: `&show=${show}&teacherId=${id}` })),
  ),
  ...classes.flatMap(({ id, counts: own }) =>
    Object.entries(own).map(([show, figure]) => ({ figure, query: `&show=${show}&classId=${id}` })),
  ),
]

test.each(['director', 'homeroom'] as const)(
  'for %s each figure of the page is the number of rows under its filter',
  async (who) => {
    const { as } = await kept()
    const page = (await as(who).get<ControlSummary>(summary)).body
    const figures = figuresOf(page)
    const rows: number[] = []
    for (const { query } of figures) {
      const { body } = await as(who).get<ControlList>(list(query))
      expect(body.total).toBe(body.rows.length)
      rows.push(body.rows.length)
    }
    expect(rows).toEqual(figures.map(({ figure }) => figure))
    expect(page.counts.held).toBe(page.counts['in-time'] + page.counts['filled-late'] + page.counts.missing)
    const held = (await as(who).get<ControlList>(list('&show=held'))).body.rows
    const sum = (of: (row: ControlList['rows'][number]) => number) =>
      held.reduce((all, row) => all + of(row), 0)
    expect([page.marked, page.missed]).toEqual([sum(({ marked }) => marked), sum(({ missed }) => missed)])
  },
)

test('the figures are those of the lessons', async () => {
  const { as } = await kept()
  const { body } = await as('director').get<ControlSummary>(summary)
  expect(body.counts).toEqual({
    held: 6,
    'in-time': 1,
    'filled-late': 1,
    missing: 4,
    'no-topic': 4,
    'no-attendance': 3,
    'no-homework': 3,
    late: 1,
    corrected: 0,
    substituted: 1,
  })
  // A procedure is no miss.
  expect([body.marked, body.missed]).toEqual([5, 2])
  expect(body.teachers.map(({ name, counts }) => [name, counts.held, counts.missing])).toEqual([
    ['Громов Степан Андреевич', 1, 1],
    ['Саркисов Вадим Рубенович', 3, 1],
    ['Чхеидзе Нино Зурабовна', 2, 2],
  ])
})

test('counts of the list keep the other filters', async () => {
  const { as } = await kept()
  const { body } = await as('deputy').get<ControlList>(list(`&classId=${ids.class8}&show=late`))
  expect([body.total, body.counts.held, body.counts.missing]).toEqual([0, 1, 1])
  expect(body.classes.map(({ name, counts }) => [name, counts.held])).toEqual([
    ['7А', 5],
    ['8А', 1],
  ])
  expect(body.teachers.map(({ name }) => name)).toEqual(['Громов Степан Андреевич'])
})

test('a homeroom teacher sees the own class and no other', async () => {
  const { as } = await kept()
  const { body } = await as('homeroom').get<ControlList>(list('&show=held'))
  expect(new Set(body.rows.map(({ className }) => className))).toEqual(new Set(['7А']))
  expect(JSON.stringify(body)).not.toContain('Громов')
})

test.each([
  'admin',
  'secretary',
  'teacher',
  'clubTeacher',
  'carer',
  'specialist',
  'anna',
  'motherOfAnna',
] as const)('for %s there is no control desk', async (who) => {
  const { as } = await world()
  expect((await as(who).get(list())).status).toBe(404)
  expect((await as(who).get(summary)).status).toBe(404)
})

test('another organisation sees none of it', async () => {
  const { as } = await kept()
  const { body } = await as('otherSchoolTeacher').get<ControlList>(list('&show=held'))
  expect([body.total, body.teachers]).toEqual([0, []])
})

test('signed out is 401; a backward, endless or unknown question is 400', async () => {
  const { as } = await world()
  expect((await as(null).get(list())).status).toBe(401)
  for (const query of [
    'from=2026-11-20&to=2026-11-02',
    'from=2026-01-01&to=2026-11-02',
    `${span}&show=all`,
    'from=x',
  ])
    expect((await as('deputy').get(`/api/control?${query}`)).status).toBe(400)
})
