import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable } from './copied-table.ts'

describe('a table on the clipboard', () => {
  test.each([
    [
      'rows and cells',
      '5\t4\r\nн\t\r\n',
      [
        ['5', '4'],
        ['н', ''],
      ],
    ],
    ['a cell in quotes', '"5"', [['5']]],
    ['a line break inside a cell', '"5\n"\t3\n', [['5\n', '3']]],
    ['a line break of Windows inside a cell', '"4\r\n(за диктант)"\r\n5\r\n', [['4\n(за диктант)'], ['5']]],
    ['a tab inside a cell', '"5\t4"\t3', [['5\t4', '3']]],
    ['quotation marks of the cell itself', '"""5"""\t"a""b"', [['"5"', 'a"b']]],
    ['a quotation mark that nothing closes', '"5\t4\n3', [['"5', '4'], ['3']]],
    ['quotation marks inside a word', 'к"р"\t5', [['к"р"', '5']]],
    ['an empty row between two', '5\n\n4', [['5'], [''], ['4']]],
    ['old line ends', '5\r4\r', [['5'], ['4']]],
    ['nothing', '', [['']]],
  ])('%s', (_, text, table) => {
    expect(readTable(text)).toEqual(table)
  })

  test('whatever the cells, a spreadsheet writes them and they are read back', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'5н4 /"\n\t,'), maxLength: 6 })
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
    const quoted = (text: string) => (/["\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    fc.assert(
      fc.property(table, (rows) => {
        expect(readTable(`${rows.map((row) => row.map(quoted).join('\t')).join('\n')}\n`)).toEqual(rows)
      }),
    )
  })
})
