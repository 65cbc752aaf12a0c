import { expect, test } from 'vitest'
import type { DiaryChildren } from '#contract/diary.ts'
import type { Gradebook } from '#contract/gradebook.ts'
import type { LessonPage, TeachingDay } from '#contract/lessons.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, TODAY, world } from '../world.ts'

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
