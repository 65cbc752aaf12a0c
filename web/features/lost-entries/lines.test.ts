import { expect, test } from 'vitest'
import type { LessonPage } from '#contract/lessons.ts'
import type { LostOperation } from '#web/lost-operations.ts'
import { isSame, linesOf, ordersOf, standingOf, without } from './lines.ts'

const cells = '/api/journals/j/cells'
const operation = (path: string, body: object): LostOperation => ({
  ...{ operationId: 'o', accountId: 'a', method: 'PUT', path, body, refused: null },
})
const mark = { lessonId: 'l', studentId: 'anna', workId: 'w', value: '5', version: 0 }
const missed = { lessonId: 'l', studentId: 'boris', value: 'н', version: 2 }
const page = {
  lesson: { id: 'l', journalId: 'j' },
  record: { topic: 'Свет', planItemId: null, comment: null, version: 3 },
  homework: { text: null, minutes: null, version: 0 },
  marks: [{ studentId: 'anna', workId: 'w', value: '4', comment: 'устно', version: 7 }],
  attendance: [{ studentId: 'boris', lessonId: 'l', code: null, version: 1 }],
} as unknown as LessonPage

test('an operation is read record by record, and narrowed to those that are left', () => {
  const both = operation(cells, { cells: [mark, missed], lateReason: 'Не было связи' })
  const lines = linesOf(both)
  expect(lines).toMatchObject([
    { lessonId: 'l', value: { kind: 'mark', studentId: 'anna', workId: 'w', value: '5' }, version: 0 },
    {
      lessonId: 'l',
      value: { kind: 'roll', studentId: 'boris', code: 'н' },
      version: 2,
      lateReason: 'Не было связи',
    },
  ])
  const [first, second] = lines.map(({ key }) => key)
  if (!first || !second) throw new Error('two records')
  expect(without(both, new Set([first]))?.body).toEqual({ cells: [missed], lateReason: 'Не было связи' })
  expect(without(both, new Set([first, second]))).toBeNull()
  expect(without(both, new Set(['another']))).toBe(both)
  // The same record, whichever screen it was typed on.
  const roll = operation('/api/lessons/l/attendance', {
    children: [{ studentId: 'boris', code: 'н', version: 2 }],
  })
  expect(linesOf(roll).map(({ key }) => key)).toEqual([second])
  expect(linesOf(operation('/api/people/p', { version: 1 }))).toEqual([])
})

test('what is entered again is written over what its author has seen, with the comment only where one was typed', () => {
  const values = linesOf(operation(cells, { cells: [mark, missed] })).map(({ value }) => value)
  const record = { kind: 'record', topic: 'Тень', planItemId: null, comment: null } as const
  const homework = { kind: 'homework', text: '§ 1', minutes: null } as const
  expect(ordersOf(page, [...values, record, homework], 'Журнал восстановлен')).toEqual(
    [
      ['/api/lessons/l/record', { topic: 'Тень', planItemId: null, comment: null, version: 3 }],
      ['/api/lessons/l/homework', { text: '§ 1', minutes: null, version: 0 }],
      ['/api/lessons/l/attendance', { children: [{ studentId: 'boris', code: 'н', version: 1 }] }],
      [cells, { cells: [{ ...mark, version: 7 }] }],
    ].map(([path, body]) => ({
      method: 'PUT',
      path,
      body: { ...(body as object), lateReason: 'Журнал восстановлен' },
    })),
  )
})

test.each([
  [{ kind: 'mark', studentId: 'anna', workId: 'w', value: '4' }, true],
  [{ kind: 'mark', studentId: 'anna', workId: 'w', value: '4', comment: 'устно' }, true],
  [{ kind: 'mark', studentId: 'anna', workId: 'w', value: '4', comment: null }, false],
  [{ kind: 'mark', studentId: 'anna', workId: 'w', value: '5' }, false],
  [{ kind: 'roll', studentId: 'boris', code: null }, true],
  [{ kind: 'record', planItemId: null, comment: null, topic: 'Свет' }, true],
  [{ kind: 'homework', text: '§ 1', minutes: null }, false],
] as const)('%j beside what stands', (value, same) => {
  expect(isSame(value, standingOf(page, value).value)).toBe(same)
})
