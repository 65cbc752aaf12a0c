import { expect, test } from 'vitest'
import { book, firstIntake, sheetsOf } from '#test/imported-folder.ts'
import type { FaultCode } from './faults.ts'
import { importable } from './importable.ts'
import { type GivenFile, readFiles } from './read-folder.ts'
import { HEADINGS, type TableKind } from './sheet/headings.words.ts'
import { type Recognised, recognise } from './sheet/recognise.ts'
import { readWorkbook } from './workbook.ts'

const OPEN = ''
type Twice = { field: string; to: (value: unknown) => unknown; code: FaultCode }
const saying = (field: string, to: unknown, code: FaultCode): Twice => ({ field, to: () => to, code })

// For each kind of table: which cell of a row that is there twice says something else, and what is told of it.
const TWICE: Record<TableKind, Twice> = {
  staff: saying('position', 'Учитель', 'teacher-duplicated'),
  students: saying('homeClass', '9Я', 'child-duplicated'),
  curriculum: saying(OPEN, 9, 'row-duplicated'),
  load: saying('hours', 9, 'row-duplicated'),
  subgroups: {
    field: OPEN,
    to: (value) => (value === 'гр. 1' ? 'гр. 2' : 'гр. 1'),
    code: 'rows-differ',
  },
  bells: saying(OPEN, '07:15', 'row-duplicated'),
  calendar: saying('end', '05.11.2026', 'row-duplicated'),
  'grading-periods': saying('end', '25.05.2027', 'row-duplicated'),
  timetable: {
    field: OPEN,
    to: (value) => String(value).replace(/каб\. \d+/, 'каб. 99'),
    code: 'lesson-twice',
  },
  procedures: saying('procedure', 'магнит', 'rows-differ'),
  'corrective-groups': saying('room', 'каб. 99', 'row-duplicated'),
  clubs: saying('room', 'каб. 99', 'row-duplicated'),
  'club-members': saying('classUnit', '9А', 'row-duplicated'),
  'lesson-plan': saying('topic', 'Другая тема', 'rows-differ'),
  'marks-by-day': saying(OPEN, 2, 'rows-differ'),
  'marks-in-line': saying('marks', '2, 2', 'rows-differ'),
  'marks-of-period': saying(OPEN, 2, 'rows-differ'),
  'marks-in-words': saying(OPEN, 'уд', 'rows-differ'),
}
const KINDS = Object.keys(HEADINGS) as TableKind[]

const files = firstIntake()
type Found = { file: GivenFile; index: number; table: Recognised }

const tables = new Map<TableKind, Found>()
for (const file of files) {
  const reading = await readWorkbook(file.bytes as Uint8Array)
  if (!('workbook' in reading)) throw new Error('the workbook is not read')
  for (const [index, sheet] of reading.workbook.sheets.entries()) {
    const table = recognise(sheet)
    if (table !== null && 'open' in table && !tables.has(table.kind))
      tables.set(table.kind, { file, index, table })
  }
}
const found = (kind: TableKind): Found => tables.get(kind) as Found

async function withChanged(
  { file, index }: Found,
  change: (rows: unknown[][]) => void,
): Promise<GivenFile[]> {
  const sheets = await sheetsOf(file)
  change(sheets[index]?.rows as unknown[][])
  const changed = await book(file.name, sheets)
  return files.map((one) => (one === file ? changed : one))
}

const isFull = (row: unknown[], columns: number[]): boolean =>
  columns.every((column) => row[column] !== null && row[column] !== undefined)

test('the folder has a table of every kind', () => {
  expect(KINDS.filter((kind) => !tables.has(kind))).toEqual([])
})

test.each(KINDS)('two rows of one record that differ are both named and hold the file: %s', async (kind) => {
  const { field, to, code } = TWICE[kind]
  const { table, file } = found(kind)
  const required = [...table.columns]
    .filter(([name]) => HEADINGS[kind].fields[name]?.required)
    .map(([, column]) => column)
  const columns = field === OPEN ? table.open.map(({ column }) => column) : [table.columns.get(field) ?? -1]
  let said = 0
  const given = await withChanged(found(kind), (rows) => {
    // The last open column, since bells have their ends there.
    const [at, column] = rows
      .flatMap((_, row) => columns.map((one) => [row, one] as const))
      .filter(([row]) => row > table.headingRow)
      .find(([row, one]) => isFull(rows[row] ?? [], [...required, one])) as [number, number]
    const copy = [...(rows[at] as unknown[])]
    copy[column] = to(copy[column])
    rows.splice(at + 1, 0, copy)
    said = at + 1
  })
  const reading = await readFiles(given)
  const faults = reading.files.find(({ name }) => name === file.name)?.faults ?? []
  const told = faults.filter((fault) => fault.code === code)
  expect(
    told.map(({ cell, hint }) => [cell, hint.cell].map((one) => Number(/\d+/.exec(one ?? '')?.[0]))),
  ).toContainEqual([said + 1, said])
  const { held, ready } = importable(reading, { faultIds: faults.map(({ id }) => id), allQuestions: true })
  expect([held.some(({ name }) => name === file.name), ready.includes(file.name)]).toEqual([true, false])
})

test.each(KINDS)('a column that is not read is named: %s', async (kind) => {
  const { table, file } = found(kind)
  const given = await withChanged(found(kind), (rows) => {
    const width = Math.max(...rows.map((row) => row.length))
    for (const [index, row] of rows.entries()) {
      row.length = width
      if (index >= table.headingRow) row[width] = index === table.headingRow ? 'Любимый цвет' : 'синий'
    }
  })
  const { files: read } = await readFiles(given.filter(({ name }) => name === file.name))
  expect(read[0]?.unreadColumns.flatMap(({ headings }) => headings)).toContain('Любимый цвет')
})
