import { expect, test } from 'vitest'
import type { JournalList } from '#contract/journals.ts'
import { ids, world } from '#test/world.ts'

const list = async (who: 'teacher' | 'homeroom' | 'deputy' | 'clubTeacher', query = '') => {
  const { as } = await world()
  return (await as(who).get<JournalList>(`/api/journals${query}`)).body.journals
}

test('a teacher sees own journals with what is not filled in them', async () => {
  expect(await list('teacher')).toMatchObject([
    { id: ids.physics7, kind: 'lessons', group: '7А', own: true, unfilled: 3, held: 3, lastFilledOn: null },
  ])
})

test('a homeroom teacher sees the journals of the class, control sees all', async () => {
  const ofClass = await list('homeroom')
  expect(ofClass.map(({ subject, own }) => [subject, own])).toEqual([
    ['Музыка', false],
    ['Физика', false],
  ])
  expect(await list('deputy')).toHaveLength(4)
})

test('journals are picked by kind', async () => {
  const clubs = await list('deputy', '?kind=activity')
  expect(clubs.map(({ id }) => id)).toEqual([ids.chessJournal])
})

test('a lesson recorded today is the last one filled', async () => {
  const { as } = await world()
  const record = { topic: 'Дебют', planItemId: null, comment: null, version: 0 }
  await as('clubTeacher').put(`/api/lessons/${ids.chessToday}/record`, record)
  const { body } = await as('clubTeacher').get<JournalList>('/api/journals')
  expect(body.journals).toMatchObject([{ lastFilledOn: '2026-11-12', unfilled: 0 }])
})

test.each([
  ['motherOfAnna', 404],
  ['admin', 404],
  [null, 401],
] as const)('for %s there is no list of journals: %s', async (who, status) => {
  const { as } = await world()
  expect((await as(who).get('/api/journals')).status).toBe(status)
})
