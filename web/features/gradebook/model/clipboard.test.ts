import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainCellText, readCellText } from '#domain/marks/cell-text.ts'
import { journalPage } from '#test/journal-page.ts'
import { readTable } from '#web/copied-table.ts'
import { planPaste, writeTable } from './clipboard.ts'
import { attendanceAddress, type GridModel, gridModel, markAddress, type Position } from './grid-model.ts'
import { missedWords } from './paste-words.ts'
import { slotKey } from './slots.ts'

const model = gridModel(journalPage(), 'intake')
const at = (row: number, column: number) => ({ top: row, left: column, bottom: row, right: column })
const paste = (text: string, selection = at(0, 2), grid: GridModel = model) =>
  planPaste(grid, selection, readTable(text))
const values = (text: string, selection = at(0, 2)) => paste(text, selection).edits.map(({ value }) => value)
const missed = (text: string, selection = at(0, 2)) =>
  missedWords(model, paste(text, selection))?.lines.map(({ words }) => words)

test('a pasted block becomes marks of works and attendance of lessons; empty cells change nothing', () => {
  const plan = paste('5\t\nн\t3')
  expect(plan.faults).toEqual([])
  expect(plan.edits).toEqual([
    { lessonId: 'monday', studentId: 'maria', workId: 'monday-answer', value: '5' },
    { lessonId: 'monday', studentId: 'pyotr', value: 'н' },
    { lessonId: 'monday', studentId: 'pyotr', workId: 'monday-test', value: '3' },
  ])
  expect(plan.block).toEqual({ top: 0, left: 2, bottom: 1, right: 3 })
})

test('a mark and an absence in one cell go out as «4 н» and come back as both', () => {
  expect(values(writeTable(at(0, 2), () => '4 н'))).toEqual(['4', 'н'])
})

test('one copied value fills the whole selection', () => {
  expect(paste('5', { top: 0, left: 2, bottom: 1, right: 3 }).edits).toHaveLength(4)
})

describe('a cell that is not one value is named by child and date, and the others are pasted', () => {
  test.each(['5/4', '5 4', 'н у', 'н/у', '5 5', '5-', '4+', '5,4', '55', '6', '"4\n(за диктант)"'])(
    '%s',
    (cell) => {
      const text = `3\n${cell}`
      expect(values(text)).toEqual(['3'])
      const shown = cell.replace(/"/g, '').replace('\n', ' ')
      expect(missed(text)).toEqual([
        `Иванов Пётр, 23 ноября, 2-й урок, ответ на уроке: «${shown}» — не одно значение`,
      ])
    },
  )

  test.each([
    [
      'a closed cell',
      '5\t4',
      at(0, 0),
      ['4'],
      'Белова Мария, 10 ноября, 2-й урок, ответ на уроке: «5» — закрыто: срок записи прошёл',
    ],
    [
      'a child before its arrival',
      '5\n4',
      at(0, 0),
      [],
      'Иванов Пётр, 10 ноября, 2-й урок, ответ на уроке: «4» — закрыто: ребёнок ещё не прибыл',
    ],
    [
      'a lesson ahead',
      '3\t2',
      at(0, 3),
      ['3'],
      'Белова Мария, 24 ноября, 2-й урок, ответ на уроке: «2» — закрыто: урок ещё не прошёл',
    ],
    [
      'what is beyond the grid',
      '3\t4\t5\t5\t2',
      at(0, 2),
      ['3', '4'],
      'За краем таблицы: 2 значения («5», «2»)',
    ],
    ['more rows than children', '5\n4\n3', at(1, 1), ['5', '4'], 'За краем таблицы: 1 значение («3»)'],
  ])('%s', (_, text, selection, written, words) => {
    expect(values(text, selection)).toEqual(written)
    expect(missed(text, selection)).toContain(words)
  })

  test('empty cells beyond the grid are nothing to tell of', () => {
    expect(missed(`5${'\t'.repeat(20)}\n\n\n\n\n`)).toBeUndefined()
  })

  test('a block far longer than any class is told in one line', () => {
    expect(missed('5\n'.repeat(130_000))?.at(-1)).toMatch(/^За краем таблицы: 129.997 значений/)
  })
})

describe('columns of one lesson share its attendance', () => {
  test('the same code in two of them is written once', () => {
    expect(paste('н\tн').edits).toEqual([{ lessonId: 'monday', studentId: 'maria', value: 'н' }])
  })

  test('two different codes are both refused, with the marks beside them', () => {
    expect(values('4 н\tу\n5\tн')).toEqual(['5', 'н'])
    expect(missed('4 н\tу')).toEqual([
      'Белова Мария, 23 ноября, 2-й урок, ответ на уроке: «4 н» — на этот урок скопированы разные обозначения посещаемости',
      'Белова Мария, 23 ноября, 2-й урок, ответ на уроке: «у» — на этот урок скопированы разные обозначения посещаемости',
    ])
  })
})

const { scale, codes } = model.gradebook
const alphabet = { scale, codes: codes.map(({ code }) => code) }

/** Records a cell of the clipboard asks for by its place, whether or not they may be written. */
function asked(position: Position, text: string): string[] {
  const said = readCellText(text, alphabet)
  const mark = markAddress(model, position)
  const attendance = attendanceAddress(model, position)
  return [
    ...(said?.mark != null && mark ? [`${slotKey(mark)} ${said.mark}`] : []),
    ...(said?.code != null && attendance ? [`${slotKey(attendance)} ${said.code}`] : []),
  ]
}

test('whatever is on the clipboard, exactly what the untold cells say is written, and nothing twice', () => {
  const words = [
    '5',
    '4',
    'н',
    'у',
    'ув',
    '5/4',
    '4 н',
    'н 5',
    '5-',
    '6',
    '',
    ' ',
    '5,0',
    'H',
    '55',
    '\u00a05',
    '４',
  ]
  const cell = fc.oneof(
    fc.constantFrom(...words),
    fc.string({ unit: fc.constantFrom(...'5432нуHв /-,\u00a0'), maxLength: 4 }),
  )
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 })
  const corner = fc.record({ row: fc.nat(2), column: fc.nat(model.columns.length - 1) })
  fc.assert(
    fc.property(table, corner, (rows, { row, column }) => {
      const { edits, faults } = planPaste(model, at(row, column), rows)
      const told = new Set(faults.map(({ position }) => `${position.row} ${position.column}`))
      const cells = rows.flatMap((line, n) =>
        line.map((text, m) => ({ text, position: { row: row + n, column: column + m } })),
      )
      const untold = cells.filter(({ position }) => !told.has(`${position.row} ${position.column}`))
      const written = edits.map((edit) => `${slotKey(edit)} ${edit.value}`)
      expect(new Set(edits.map(slotKey)).size).toBe(edits.length)
      expect(new Set(written)).toEqual(new Set(untold.flatMap(({ position, text }) => asked(position, text))))
      // What is not told says something that is written, or nothing at all.
      for (const { text, position } of untold)
        expect(asked(position, text).length > 0).toBe(plainCellText(text) !== '')
    }),
    { numRuns: 1000 },
  )
})
