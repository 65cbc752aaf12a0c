import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { ids, insert, world } from '#test/world.ts'
import { readHoldings } from './index.ts'

const moment = { entered_on: '2026-11-12', entered_at: '2026-11-12T09:00:00Z', late: false, version: 1 }

test('a moment is told by its students, the lessons and marks that stand, and the day of the last lesson', async () => {
  const { as, database } = await world()
  const holdings = () => readHoldings(database.owner)
  expect(await holdings()).toEqual({ students: 5, lessons: 0, marks: 0, lastLessonOn: null })

  const record = (lessonId: string, topic: string | null) => ({
    ...moment,
    id: newId(),
    lesson_id: lessonId,
    taught_by: ids.teacher,
    topic,
  })
  await insert(database, 'lesson_record', [
    record(ids.first, 'Диффузия'),
    record(ids.second, 'Строение вещества'),
    // A remark without a topic is no record of the lesson yet.
    record(ids.today, null),
  ])
  expect(await holdings()).toMatchObject({ lessons: 2, lastLessonOn: '2026-11-05' })

  const [path, lesson] = [`/api/journals/${ids.physics7}/cells`, { lessonId: ids.today, workId: ids.today }]
  const put = (studentId: string, value: string | null, version: number) =>
    as('teacher').put(path, { cells: [{ ...lesson, studentId, value, version }] })
  expect(await put(ids.anna, '5', 0)).toMatchObject({ status: 200 })
  expect(await put(ids.boris, '4', 0)).toMatchObject({ status: 200 })
  expect(await holdings()).toMatchObject({ marks: 2, lessons: 2 })
  expect(await put(ids.boris, null, 1)).toMatchObject({ status: 200 })
  expect(await holdings()).toMatchObject({ marks: 1 })

  const topic = { topic: 'Диффузия', planItemId: null, comment: null, version: 1 }
  expect(await as('teacher').put(`/api/lessons/${ids.today}/record`, topic)).toMatchObject({ status: 200 })
  expect(await holdings()).toEqual({ students: 5, lessons: 3, marks: 1, lastLessonOn: '2026-11-12' })

  // A work that was removed takes its marks from the page, and from the count.
  const [work] = [newId()]
  await insert(database, 'lesson_work', [
    {
      id: work,
      lesson_id: ids.today,
      work_type_id: ids.test,
      weight: 3,
      position: 2,
      title: '',
      removed: true,
      version: 1,
    },
  ])
  await insert(database, 'mark', [
    { ...moment, id: newId(), lesson_id: ids.today, work_id: work, student_id: ids.anna, value: '3' },
  ])
  expect(await holdings()).toMatchObject({ marks: 1 })
})
