import { expect, test } from 'vitest'
import type { AccessSlips } from '#contract/accounts.ts'
import type { ControlList } from '#contract/control.ts'
import type { DiaryChildren, DiaryWeek } from '#contract/diary.ts'
import type { Gradebook } from '#contract/gradebook.ts'
import type { JournalList } from '#contract/journals.ts'
import type { LessonPage, TeachingDay } from '#contract/lessons.ts'
import type { People } from '#contract/people.ts'
import type { SessionView } from '#contract/session.ts'
import type { StaffChoices } from '#contract/substitutions.ts'
import type { EntryWindows } from '#contract/windows.ts'
import { nameWithInitials } from '#domain/people/short-names.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, TODAY, type Who, type World, world } from '../world.ts'

const NAMES = ['Белов Борис Ильич (05.03.2013)', 'Белов Борис Ильич (17.09.2012)']

test('two of one class with the very same name are told by the day of birth, and nobody else is', async () => {
  const { as, database } = await world()
  const twin = newId()
  const v = { version: 1 }
  const add = (table: string, row: Record<string, unknown>) => insert(database, table, [{ ...row, ...v }])
  const other = { last_name: 'Белов', first_name: 'Борис', middle_name: 'Ильич' }
  await add('person', { id: twin, ...other, birth_on: '2012-09-17' })
  await add('student', { id: twin, program: 'ООП ООО', adapted: false })
  const span = { starts_on: '2026-11-02', ends_on: '2026-12-19' }
  await add('group_member', {
    id: newId(),
    group_id: ids.class7,
    group_kind: 'class',
    student_id: twin,
    ...span,
  })
  const client = await database.owner.connect()
  await client.query('begin')
  await client.query(
    "select set_config('app.organization_id', $1, true), set_config('app.reason', 'test', true)",
    [ids.school],
  )
  await client.query("update person set birth_on = '2013-03-05', version = version + 1 where id = $1", [
    ids.boris,
  ])
  await client.query('commit')
  client.release()

  const told = (list: { name: string }[] | undefined) =>
    (list ?? []).map(({ name }) => name).filter((name) => name.startsWith('Белов'))
  const journal = await as('teacher').get<Gradebook>(`/api/journals/${ids.physics7}`)
  expect(told(journal.body.students).sort()).toEqual(NAMES)
  expect(journal.body.students.map(({ name }) => name)).toContain('Абрамова Анна Сергеевна')
  const lesson = await as('teacher').get<LessonPage>(`/api/lessons/${ids.today}`)
  expect(told(lesson.body.children).sort()).toEqual(NAMES)
  const diaries = await as('deputy').get<DiaryChildren>('/api/diaries')
  expect(told(diaries.body.students).sort()).toEqual(NAMES)

  const children = lesson.body.children.map(({ id }) => ({ studentId: id, code: 'б', version: 0 }))
  await as('teacher').put(`/api/lessons/${ids.today}/attendance`, { children })
  const day = await as('teacher').get<TeachingDay>(`/api/days/${TODAY}`)
  const card = day.body.lessons.find(({ id }) => id === ids.today)
  expect(told(card?.absent).sort()).toEqual(NAMES)
  expect(card?.absent.map(({ name }) => name)).toContain('Абрамова Анна')
})

type Named = { last_name: string; first_name: string; middle_name: string | null; birth_on?: string }
const iv: Named = { last_name: 'Иванова', first_name: 'Анна', middle_name: 'Петровна' }

/** Renames people of the world. */
async function rename({ database }: World, people: [string, Named][]): Promise<void> {
  const client = await database.owner.connect()
  await client.query('begin')
  await client.query(
    "select set_config('app.organization_id', $1, true), set_config('app.reason', 'test', true)",
    [ids.school],
  )
  for (const [id, { last_name, first_name, middle_name, birth_on }] of people)
    await client.query(
      `update person set last_name = $2, first_name = $3, middle_name = $4, birth_on = $5, version = version + 1
       where id = $1`,
      [id, last_name, first_name, middle_name, birth_on ?? null],
    )
  await client.query('commit')
  client.release()
}

test('two of the staff whose initials are one are told to every reader, to families as well', async () => {
  const school = await world()
  const shared = async (who: Who) =>
    (await school.as(who).get<SessionView>('/api/session')).body.sharedInitials
  expect(await shared('deputy')).toEqual([])
  await rename(school, [
    [ids.teacher, iv],
    [ids.substitute, { ...iv, first_name: 'Алла', middle_name: 'Павловна' }],
    // A child of the same initials is nobody's teacher.
    [ids.galina, { ...iv, last_name: 'Громов', first_name: 'Савва', middle_name: 'Андреевич' }],
  ])
  for (const who of ['deputy', 'teacher', 'motherOfAnna'] as const) {
    expect(nameWithInitials('Иванова Анна Петровна', await shared(who)), who).toBe('Иванова Анна Петровна')
    expect(nameWithInitials('Громов Степан Андреевич', await shared(who)), who).toBe('Громов С. А.')
  }
})

test.each<
  [
    string,
    {
      positions?: [string, string]
      born?: [string, string]
      told: [string, string]
      family: [string, string]
    },
  ]
>([
  [
    'by the position',
    {
      positions: ['Учитель физики', 'Учитель музыки'],
      born: ['1980-03-05', '1991-09-17'],
      told: ['(Учитель физики)', '(Учитель музыки)'],
      family: ['(Учитель физики)', '(Учитель музыки)'],
    },
  ],
  [
    'by the day of birth where the position is one, but to families by the subject',
    {
      positions: ['Учитель', 'Учитель'],
      born: ['1980-03-05', '1991-09-17'],
      told: ['(Учитель, 05.03.1980)', '(Учитель, 17.09.1991)'],
      family: ['(Учитель, Физика)', '(Учитель, Музыка)'],
    },
  ],
  [
    'by the subject where nothing else is known',
    { told: ['(Физика)', '(Музыка)'], family: ['(Физика)', '(Музыка)'] },
  ],
])('two teachers of the very same name are told %s', async (_, { positions, born, told, family }) => {
  const school = await world()
  const both = [ids.teacher, ids.substitute]
  await rename(
    school,
    both.map((id, n): [string, Named] => [id, { ...iv, ...(born && { birth_on: born[n] }) }]),
  )
  if (positions)
    await insert(
      school.database,
      'staff_member',
      both.map((id, n) => ({ id, position: positions[n], version: 1 })),
    )
  const whole = told.map((tell) => `Иванова Анна Петровна ${tell}`)
  const { windows, teachers } = (await school.as('deputy').get<EntryWindows>('/api/entry-windows')).body
  expect(windows).toEqual([])
  expect(teachers.map(({ name }) => name)).toEqual(expect.arrayContaining(whole))
  const { staff } = (await school.as('deputy').get<StaffChoices>('/api/staff?query=иванова')).body
  expect(staff.map(({ name }) => name).sort()).toEqual([...whole].sort())
  const { people } = (await school.as('admin').get<People>('/api/people?query=иванова')).body
  expect(people.map(({ name }) => name).sort()).toEqual([...whole].sort())
  const { journals } = (await school.as('deputy').get<JournalList>('/api/journals')).body
  expect(journals.map(({ teacher }) => teacher)).toEqual(expect.arrayContaining(whole))
  const { rows } = (await school.as('deputy').get<ControlList>(`/api/control?from=2026-11-02&to=${TODAY}`))
    .body
  expect(rows.map(({ teacher }) => teacher)).toEqual(expect.arrayContaining(whole))

  const week = await school
    .as('motherOfAnna')
    .get<DiaryWeek>(`/api/students/${ids.anna}/diary?from=2026-11-09`)
  const teaching = week.body.days.flatMap(({ lessons }) => lessons.map(({ teacher }) => teacher))
  expect(teaching).toContain(`Иванова Анна Петровна ${family[0]}`)
  expect(JSON.stringify(week.body)).not.toMatch(/0[0-9]\.\d\d\.19\d\d/)
})

test('children of one name are told by the class where no day of birth is known, on slips and in lists', async () => {
  const school = await world()
  const boris = { last_name: 'Белов', first_name: 'Борис', middle_name: 'Ильич' }
  await rename(school, [
    [ids.boris, boris],
    [ids.galina, boris],
  ])
  const whole = ['Белов Борис Ильич (7А)', 'Белов Борис Ильич (8А)']
  const { people } = (await school.as('admin').get<People>('/api/people?query=белов&kind=students')).body
  expect(people.map(({ name }) => name).sort()).toEqual(whole)
  const slips = await school.as('admin').post<AccessSlips>('/api/account-batches', {
    groupId: ids.class8,
    who: 'students',
    again: true,
  })
  expect(slips.body.slips.map(({ name }) => name)).toEqual([whole[1]])
})
