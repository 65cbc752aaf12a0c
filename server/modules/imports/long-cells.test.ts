import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { expectOnce } from '#test/hostile-texts.ts'
import { importable } from './importable.ts'
import { readFiles } from './read-folder.ts'
import { noTables, readTable } from './readers/tables.ts'
import { HEADINGS, type OpenColumns, type TableKind } from './sheet/headings.words.ts'
import { recognise } from './sheet/recognise.ts'
import { unreadHeadings } from './sheet/unread-columns.ts'
import type { CellValue } from './workbook.ts'
import { MAX_CELL_CHARS, readWorkbook } from './workbook.ts'

const KINDS = Object.keys(HEADINGS) as TableKind[]
const OPEN: Record<OpenColumns, string[]> = {
  class: ['5А', '6Б'],
  day: ['02.11.2026', '03.11.2026'],
  subject: ['Математика', 'Физика'],
  month: ['Сентябрь', 'Октябрь'],
  period: ['1 четверть', '2 четверть'],
  grades: ['1-4 класс начало', '1-4 класс конец'],
}

function headingsOf(kind: TableKind): string[] {
  const { fields, open } = HEADINGS[kind]
  const words = Object.values(fields).map((field) => field.words.find((word) => !/^[№n]/.test(word)) ?? '№')
  return [...new Set(words), ...(open === undefined ? [] : OPEN[open])]
}

const PUMPS = [' ', '(', ' (', 'а ', 'класс', ', ', '1', '1.', '1 заезд ', 'а.', '\n', 'Иванов И. И.\n', '«']
const long = (pump: string, length: number): string => `А${pump.repeat(length / pump.length)}!`

async function tableOf(kind: TableKind, text: string): Promise<Uint8Array> {
  const headings = headingsOf(kind)
  const body = headings.map((_, column) => (column % 2 === 0 ? text : 'Понедельник'))
  return writeXlsx({ sheets: [{ name: 'Лист', rows: [[text], [text, text], headings, body, [text], body] }] })
}

test.each(KINDS)(
  'a table of %s is read at once with texts as long as may be in all its cells',
  async (kind) => {
    for (const pump of PUMPS) {
      const reading = await readWorkbook(await tableOf(kind, long(pump, MAX_CELL_CHARS - 100)))
      const [sheet] = 'workbook' in reading ? reading.workbook.sheets : []
      const found = sheet && recognise(sheet)
      if (!sheet || !found || 'problem' in found) throw new Error(`no table of ${kind}`)
      expect(found.kind).toBe(kind)
      const faults: string[] = []
      expectOnce('', () => {
        recognise(sheet)
        unreadHeadings(sheet, found)
        readTable(noTables(), { ...found, file: 'а.xlsx', sheet }, (_, code) => faults.push(code))
      })
      expect(faults.length).toBeGreaterThan(0)
    }
  },
)

test.each(KINDS)('a cell of %s that no table has a use for is named with its length', async (kind) => {
  const text = long('(', 30_000)
  const headings = headingsOf(kind)
  const rows: CellValue[][] = [[text], headings, headings.map(() => text), [text]]
  const { files, data } = await readFiles([
    { name: 'а.xlsx', bytes: await writeXlsx({ sheets: [{ name: 'Лист', rows }] }) },
  ])
  const [file] = files
  const found = (file?.faults ?? []).filter(({ code }) => code === 'value-too-long')
  expect(file?.kinds).toEqual([kind])
  expect(found.map(({ cell }) => cell)).toEqual(expect.arrayContaining(['A3', 'A4']))
  for (const { hint } of found)
    expect(hint).toEqual({ max: String(MAX_CELL_CHARS), length: String(text.length) })
  expect(
    importable({ files, data, unread: [] } as never, { faultIds: [], allQuestions: true }).ready,
  ).toEqual([])
})

test('a heading that is a text of its own is named, and the table is read', async () => {
  const rows = [['ФИО воспитанника', 'Дата рождения', 'Класс', 'Пол '.repeat(200)]]
  rows.push(['Ким Анна', '02.11.2015', '5А', 'ж'])
  const bytes = await writeXlsx({ sheets: [{ name: 'Лист', rows }] })
  const { files } = await readFiles([{ name: 'а.xlsx', bytes }])
  const [fault] = files[0]?.faults ?? []
  expect(fault).toMatchObject({ code: 'value-too-long', cell: 'D1', hint: { max: '300', length: '799' } })
})
