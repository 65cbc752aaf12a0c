import { expect, test } from 'vitest'
import type { Children, DiaryChildren, DiaryLesson, DiaryWeek } from '#contract/diary.ts'
import { newId } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'
import { ids, insert, type World, world } from '#test/world.ts'

const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false, version: 1 }

/** Values of several children in every kind of record a diary reads; each text names its child. */
async function taught(): Promise<World> {
  const school = await world()
  const add = (table: string, ...rows: Record<string, unknown>[]) => insert(school.database, table, rows)
  const mark = (lesson_id: string, student_id: string, value: string, comment: string) => ({
    id: newId(),
    lesson_id,
    work_id: lesson_id,
    student_id,
    value,
    comment,
    ...entered,
  })
  const away = (lesson_id: string, student_id: string, code: string, note: string | null = null) => ({
    id: newId(),
    lesson_id,
    student_id,
    code,
    note,
    ...entered,
  })
  const homework = (lesson_id: string, text: string | null, minutes: number | null) => ({
    id: newId(),
    lesson_id,
    text,
    minutes,
    ...entered,
  })
  await add('lesson_work', {
    id: ids.test,
    lesson_id: ids.second,
    work_type_id: ids.test,
    title: 'Молекулы',
    weight: 3,
    position: 1,
    removed: false,
    version: 1,
  })
  await add(
    'mark',
    mark(ids.today, ids.anna, '5', 'Анна решила задачу'),
    { ...mark(ids.second, ids.anna, '3', 'Анна, повтори § 2'), work_id: ids.test },
    mark(ids.today, ids.boris, '2', 'Борис не готов'),
    mark(ids.physics8Today, ids.galina, '4', 'Галина молодец'),
    mark(ids.first, ids.former, '4', 'Иван старался'),
  )
  await add(
    'attendance',
    away(ids.substituted, ids.anna, 'б', 'Анна у врача'),
    away(ids.today, ids.boris, 'н', 'Борис ушёл'),
    away(ids.physics8Today, ids.galina, 'о', 'Галина проспала'),
  )
  await add(
    'homework',
    homework(ids.substituted, '§ 3, задача 5', 25),
    homework(ids.today, '§ 4', 30),
    homework(ids.musicToday, null, null),
  )
  await add('lesson_record', {
    id: newId(),
    lesson_id: ids.today,
    topic: 'Диффузия',
    taught_by: ids.teacher,
    ...entered,
  })
  return school
}

const diary = (studentId: string, from = '2026-11-12') => `/api/students/${studentId}/diary?from=${from}`
const lessonsOf = ({ days }: DiaryWeek): DiaryLesson[] => days.flatMap(({ lessons }) => lessons)
const OTHERS_OF_ANNA = [
  'Борис',
  'Белов',
  'Галина',
  'Дёмина',
  'Иван',
  'Гусев',
  'Власов',
  ids.boris,
  ids.galina,
]

test('a week shows the child what was taught, given and set', async () => {
  const { as } = await taught()
  const { status, body } = await as('anna').get<DiaryWeek>(diary(ids.anna))
  expect([status, body.from, body.to, body.previous, body.next]).toEqual([
    200,
    '2026-11-09',
    '2026-11-15',
    '2026-11-02',
    '2026-11-16',
  ])
  expect(body.student).toEqual({ id: ids.anna, name: 'Абрамова Анна Сергеевна', className: '7А' })
  expect(body.days.map(({ lessons }) => lessons.map(({ subject }) => subject))).toEqual([
    ['Физика'],
    [],
    [],
    ['Физика', 'Музыка', 'Шахматы'],
    [],
    [],
    [],
  ])
  const [monday, today, , chess] = lessonsOf(body)
  expect(monday).toMatchObject({
    teacher: 'Саркисов Вадим Рубенович',
    substitute: 'Чхеидзе Нино Зурабовна',
    attendance: { code: 'б', name: 'Болезнь', absent: true, counted: true, note: 'Анна у врача' },
    homework: { text: '§ 3, задача 5', minutes: 25 },
  })
  expect(today).toMatchObject({
    topic: 'Диффузия',
    group: null,
    marks: [{ value: '5', work: 'Ответ на уроке', weight: 1, comment: 'Анна решила задачу' }],
    due: { text: '§ 3, задача 5', minutes: 25, setOn: '2026-11-09' },
  })
  expect(chess).toMatchObject({ kind: 'activity', group: 'Шахматы', marks: [] })
  expect(body.days[3]?.minutes).toBe(25)
})

test('an average comes with the marks and weights it was made of', async () => {
  const { as } = await taught()
  const { body } = await as('motherOfAnna').get<DiaryWeek>(diary(ids.anna))
  expect(body.averages).toEqual([
    {
      subject: 'Физика',
      average: (3 * 3 + 5) / 4,
      marks: [
        { value: '3', weight: 3, work: 'Контрольная работа', title: 'Молекулы', day: '2026-11-05' },
        { value: '5', weight: 1, work: 'Ответ на уроке', title: '', day: '2026-11-12' },
      ],
    },
  ])
})

test('a mark taken back and a removed work are not shown', async () => {
  const { as } = await taught()
  const path = `/api/journals/${ids.physics7}/cells`
  const cell = { lessonId: ids.today, workId: ids.today, studentId: ids.anna, value: null, version: 1 }
  expect((await as('teacher').put(path, { cells: [cell] })).status).toBe(200)
  const { body } = await as('anna').get<DiaryWeek>(diary(ids.anna))
  expect(lessonsOf(body).flatMap(({ marks }) => marks)).toEqual([])
  expect(body.averages.map(({ average }) => average)).toEqual([3])
})

test('days outside the stay have no lessons and no homework from before it', async () => {
  const { as } = await taught()
  const late = await as('deputy').get<DiaryWeek>(diary(ids.late))
  expect(late.body.days.map(({ away }) => away)).toEqual([true, true, false, false, false, false, false])
  expect(lessonsOf(late.body).map(({ subject, due }) => [subject, due])).toEqual([
    ['Физика', null],
    ['Музыка', null],
  ])
  const former = await as('former').get<DiaryWeek>(diary(ids.former))
  expect([lessonsOf(former.body), former.body.next, former.body.previous]).toEqual([[], null, '2026-11-02'])
})

test('a holiday is named', async () => {
  const { as, database } = await taught()
  await insert(database, 'calendar_event', [
    {
      id: newId(),
      name: 'Праздник',
      kind: 'holiday',
      starts_on: '2026-11-14',
      ends_on: '2026-11-14',
      version: 1,
    },
  ])
  const { body } = await as('anna').get<DiaryWeek>(diary(ids.anna))
  expect(body.days.map(({ event }) => event)).toEqual([null, null, null, null, null, 'Праздник', null])
})

test.each(['director', 'deputy', 'officer', 'homeroom', 'anna', 'motherOfAnna'] as const)(
  'for %s the diary of Anna is open with marks',
  async (who) => {
    const { as } = await taught()
    const { status, body } = await as(who).get<DiaryWeek>(diary(ids.anna))
    expect([status, body.marksShown, body.averages.length]).toEqual([200, true, 1])
  },
)

test('a carer sees lessons and homework without marks', async () => {
  const { as, database } = await taught()
  const role = {
    id: newId(),
    person_id: ids.carer,
    role: 'homeroom-teacher',
    starts_on: '2026-09-01',
    version: 1,
  }
  await insert(database, 'role_assignment', [role])
  const { body } = await as('carer').get<DiaryWeek>(diary(ids.anna))
  expect([body.marksShown, body.averages, lessonsOf(body).flatMap(({ marks }) => marks)]).toEqual([
    false,
    [],
    [],
  ])
  expect(lessonsOf(body).map(({ due }) => due?.text)).toContain('§ 3, задача 5')
})

test.each([
  'admin',
  'secretary',
  'teacher',
  'substitute',
  'clubTeacher',
  'specialist',
  'stranger',
  'boris',
  'galina',
  'former',
  'motherOfGalina',
  'otherSchoolTeacher',
] as const)('for %s the diary of Anna does not exist', async (who) => {
  const { as } = await taught()
  expect((await as(who).get(diary(ids.anna))).status).toBe(404)
})

test('signed out is 401, a day that does not exist is 400', async () => {
  const { as } = await world()
  expect((await as(null).get(diary(ids.anna))).status).toBe(401)
  expect((await as(null).get('/api/children')).status).toBe(401)
  expect((await as('anna').get(diary(ids.anna, '2026-11-31'))).status).toBe(400)
})

test('the guardianship that ended yesterday and the stay past the family’s days open nothing', async () => {
  const { as, database, clock } = await taught()
  await database.owner.query(
    `update guardian_link set ends_on = '2026-11-11', version = version + 1 where guardian_id = $1`,
    [ids.motherOfGalina],
  )
  expect((await as('motherOfGalina').get(diary(ids.galina))).status).toBe(404)
  expect((await as('motherOfGalina').get<Children>('/api/children')).body.children).toEqual([])
  clock.now = new Date('2026-12-25T09:00:00Z')
  await database.owner.query('update organization set family_access_days = 5')
  expect((await as('anna').get(diary(ids.anna))).status).toBe(404)
  expect((await as('deputy').get(diary(ids.anna))).status).toBe(200)
})

test('the start page of a family has today, the next day and what is new', async () => {
  const { as } = await taught()
  const { status, body } = await as('motherOfAnna').get<Children>('/api/children')
  expect([status, body.today, body.children.map(({ name }) => name)]).toEqual([
    200,
    '2026-11-12',
    ['Абрамова Анна Сергеевна'],
  ])
  const [anna] = body.children
  expect(anna).toMatchObject({ className: '7А', stay: { from: '2026-11-02', to: '2026-12-19' } })
  expect(anna?.today.map(({ subject, startsAt }) => [subject, startsAt])).toEqual([
    ['Физика', '10:00'],
    ['Музыка', '12:00'],
    ['Шахматы', '15:00'],
  ])
  expect(anna?.next).toEqual({
    day: '2026-11-16',
    homework: [{ lessonId: ids.ahead, subject: 'Физика', text: '§ 4', minutes: 30 }],
    minutes: 30,
  })
  expect(anna?.marks.map(({ value, comment, day }) => [value, comment, day])).toEqual([
    ['5', 'Анна решила задачу', '2026-11-12'],
    ['3', 'Анна, повтори § 2', '2026-11-05'],
  ])
  expect(anna?.absences).toMatchObject([
    { day: '2026-11-09', code: 'б', name: 'Болезнь', note: 'Анна у врача' },
  ])
  expect((await as('anna').get<Children>('/api/children')).body).toEqual(body)
})

test('several children stand in one account, each with its own', async () => {
  const { as, database } = await taught()
  const link = { id: newId(), guardian_id: ids.motherOfAnna, student_id: ids.galina, kinship: 'тётя' }
  await insert(database, 'guardian_link', [{ ...link, starts_on: '2026-11-02', version: 1 }])
  const { body } = await as('motherOfAnna').get<Children>('/api/children')
  expect(
    body.children.map(({ className, marks }) => [className, marks.map(({ comment }) => comment)]),
  ).toEqual([
    ['7А', ['Анна решила задачу', 'Анна, повтори § 2']],
    ['8А', ['Галина молодец']],
  ])
})

test.each(['anna', 'motherOfAnna'] as const)('no answer to %s names another child', async (who) => {
  const { as } = await taught()
  const asked = ['/api/children', '/api/session']
  for (const child of [ids.anna, ids.boris, ids.late, ids.former, ids.galina, ids.motherOfGalina])
    for (const day of ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16']) asked.push(diary(child, day))
  for (const path of asked) {
    const text = JSON.stringify((await as(who).get(path)).body)
    expect(OTHERS_OF_ANNA.filter((word) => text.includes(word))).toEqual([])
  }
})

test('the database itself shows a family only its children, even to a query that forgets whose', async () => {
  const { database } = await taught()
  const asFamily = async (who: string) => {
    const client = await database.pool.connect()
    try {
      await client.query('begin')
      const now = new Date('2026-11-12T09:00:00Z')
      await client.query('select open_call($1, $2, null, null, null, null)', [sha256(`token-of-${who}`), now])
      const seen: Record<string, string[]> = {}
      for (const table of ['mark', 'attendance', 'group_member', 'stay', 'guardian_link'])
        seen[table] = (await client.query(`select distinct student_id from ${table}`)).rows.map(
          ({ student_id }) => student_id,
        )
      seen.student = (await client.query('select id from student')).rows.map(({ id }) => id)
      await client.query('rollback')
      return seen
    } finally {
      client.release()
    }
  }
  for (const seen of Object.values(await asFamily('motherOfAnna'))) expect(seen).toEqual([ids.anna])
  await database.owner.query(`update guardian_link set ends_on = '2026-11-11' where guardian_id = $1`, [
    ids.motherOfAnna,
  ])
  for (const seen of Object.values(await asFamily('motherOfAnna'))) expect(seen).toEqual([])
})

test.each([diary(ids.anna), '/api/children'])('%s takes at most six statements', async (path) => {
  const { as, database } = await taught()
  await as('motherOfAnna').get(path)
  const before = database.statements()
  await as('motherOfAnna').get(path)
  expect(database.statements() - before).toBeLessThanOrEqual(6)
})

test.each([
  ['homeroom', ['Абрамова', 'Белов', 'Власов']],
  ['deputy', ['Абрамова', 'Белов', 'Власов', 'Дёмина']],
  ['carer', ['Абрамова', 'Белов', 'Власов', 'Дёмина']],
] as const)('%s chooses a diary from the children of today', async (who, names) => {
  const { as } = await world()
  const { body } = await as(who).get<DiaryChildren>('/api/diaries')
  expect(body.students.map(({ name }) => name.split(' ')[0])).toEqual(names)
})

test.each(['anna', 'motherOfAnna', 'teacher', 'admin'] as const)(
  'for %s there is no list of diaries',
  async (who) => {
    const { as } = await world()
    expect((await as(who).get('/api/diaries')).status).toBe(404)
    expect((await as(null).get('/api/diaries')).status).toBe(401)
  },
)
