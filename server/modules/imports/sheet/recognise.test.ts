import { expect, test } from 'vitest'
import type { CellValue, Sheet } from '../workbook.ts'
import { recognise } from './recognise.ts'

const sheet = (...rows: CellValue[][]): Sheet => ({
  name: 'Лист1',
  rows,
  merges: [],
  formulas: new Set(),
  longTexts: new Map(),
})
const LESSONS: CellValue[][] = [
  ['Понедельник', 1, 'чтение', 'русский'],
  [null, 2, 'русский', 'математика'],
  ['Вторник', 1, 'музыка', null],
]

test.each([
  [['Дни', 'Уроки', '1а', '1б']],
  [['День', 'Урок №', '1а', '1б']],
  [['Дни недели', '№ уроков', '1а', '1б']],
  [['Дни', '№ урока', '1а', '1б']],
  [['Дни', 'Номер урока', '1а', '1б']],
  [['Дни', '№ п/п', '1а', '1б']],
  [['Дни', 'п/п', '1а', '1б']],
  [['Дни', 'N п/п', '1а', '1б']],
  [['Дни', 'Час', '1а', '1б']],
  [['Дни', '', '1а', '1б']],
  [['', 'Урок', '1а', '1б']],
  [[null, null, '1а', '1б']],
])('a plain school timetable is one with the headings %j', (headings) => {
  const found = recognise(sheet(['Расписание'], headings as CellValue[], ...LESSONS))
  expect(found).toMatchObject({ kind: 'timetable', headingRow: 1 })
  expect(found && 'columns' in found && Object.fromEntries(found.columns)).toEqual({ weekday: 0, period: 1 })
  expect(found && 'open' in found && found.open.map(({ column }) => column)).toEqual([2, 3])
})

test('a corner without a heading is a timetable only with days and numbers of lessons in it', () => {
  const rows = LESSONS.map(([, number, ...rest]) => ['каб. 5', number ?? null, ...rest])
  expect(recognise(sheet([null, null, '1а', '1б'], ...rows))).toMatchObject({ problem: 'missing' })
})

test('a timetable whose column of lessons has a strange heading is named as one with the column that is missing', () => {
  expect(recognise(sheet(['Дни', 'Порядок', '1а', '1б'], ...LESSONS))).toMatchObject({
    kind: 'timetable',
    problem: 'missing',
    field: 'period',
    column: 1,
  })
})
