import { expect, test } from 'vitest'
import { unpackCells } from './packed-cells.ts'

const page = {
  students: [{ id: 'anna' }, { id: 'boris' }],
  lessons: [
    { id: 'monday', works: [{ id: 'answer' }, { id: 'test' }] },
    { id: 'friday', works: [{ id: 'dictation' }] },
  ],
  comments: [{ studentId: 'boris', workId: 'dictation', comment: 'Без ошибок' }],
}

test('cells name children, works and lessons by their place in the lists', () => {
  const { marks, attendance } = unpackCells({
    ...page,
    marks: '0,1,3,4;1,2,1,5',
    attendance: '1,1,2,н;0,0,1,',
  })
  expect(marks).toEqual([
    { studentId: 'anna', workId: 'test', value: '4', version: 3, comment: null },
    { studentId: 'boris', workId: 'dictation', value: '5', version: 1, comment: 'Без ошибок' },
  ])
  expect(attendance).toEqual([
    { studentId: 'boris', lessonId: 'friday', code: 'н', version: 2 },
    { studentId: 'anna', lessonId: 'monday', code: null, version: 1 },
  ])
})

test('an empty page has no cells, and a mark taken back has no value', () => {
  expect(unpackCells({ ...page, marks: '', attendance: '' })).toEqual({ marks: [], attendance: [] })
  expect(unpackCells({ ...page, marks: '0,0,2,', attendance: '' }).marks).toMatchObject([
    { value: null, version: 2 },
  ])
})

test('a place beyond the lists is left out', () => {
  expect(unpackCells({ ...page, marks: '7,0,1,5;0,9,1,5', attendance: '0,5,1,н' })).toEqual({
    marks: [],
    attendance: [],
  })
})
