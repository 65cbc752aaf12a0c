import { expect, test } from 'vitest'
import { journalPage } from '#test/journal-page.ts'
import { planPaste, readTable, writeTable } from './clipboard.ts'
import { gridModel } from './grid-model.ts'
import { entriesOf } from './typed-entry.ts'

const page = journalPage()
const model = gridModel(page, 'intake')
const entries = entriesOf(page.scale, page.codes)
const at = (row: number, column: number) => ({ top: row, left: column, bottom: row, right: column })

test('what a spreadsheet copies is read as rows and cells', () => {
  expect(readTable('5\t4\r\nн\t\r\n')).toEqual([
    ['5', '4'],
    ['н', ''],
  ])
  expect(readTable('"5"')).toEqual([['5']])
})

test('a pasted block becomes marks of works and attendance of lessons; empty cells change nothing', () => {
  const plan = planPaste(model, entries, at(0, 2), readTable('5\t\nн\t3'))
  expect(plan.faults).toEqual([])
  expect(plan.edits).toEqual([
    { lessonId: 'monday', studentId: 'maria', workId: 'monday-answer', value: '5' },
    { lessonId: 'monday', studentId: 'pyotr', value: 'н' },
    { lessonId: 'monday', studentId: 'pyotr', workId: 'monday-test', value: '3' },
  ])
  expect(plan.block).toEqual({ top: 0, left: 2, bottom: 1, right: 3 })
})

test('a mark and an absence in one cell go out as «4 н» and come back as both', () => {
  const text = writeTable(at(0, 2), () => '4 н')
  expect(planPaste(model, entries, at(0, 2), readTable(text)).edits.map(({ value }) => value)).toEqual([
    '4',
    'н',
  ])
})

test('one copied value fills the whole selection', () => {
  const plan = planPaste(model, entries, { top: 0, left: 2, bottom: 1, right: 3 }, [['5']])
  expect(plan.edits).toHaveLength(4)
})

test.each([
  ['a value the scale does not have', '5\t6', at(0, 2), 'unknown-value'],
  ['a closed cell', '5', at(1, 0), 'closed'],
  ['a block wider than the grid', '5\t4\t3\t2\t5', at(0, 2), 'outside'],
  ['more rows than children', '5\n5\n5\n5', at(2, 1), 'outside'],
] as const)('%s is named', (_, text, selection, why) => {
  const { faults } = planPaste(model, entries, selection, readTable(text))
  expect(faults.map((fault) => fault.why)).toContain(why)
})
