import { expect, test } from 'vitest'
import { spreadsheetCell, spreadsheetText } from './spreadsheet.ts'

test.each([
  ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['+7 900', "'+7 900"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['Иванов П. С.', 'Иванов П. С.'],
  ['a;b', '"a;b"'],
  ['два\nряда', '"два\nряда"'],
  ['«ёлка»', '«ёлка»'],
])('%j becomes %j', (text, cell) => {
  expect(spreadsheetCell(text)).toBe(cell)
})

test('lines end as spreadsheets expect, behind a mark of UTF-8', () => {
  expect(
    spreadsheetText([
      ['Кто', 'Что'],
      ['а', '=1'],
    ]),
  ).toBe("\ufeffКто;Что\r\nа;'=1\r\n")
})
