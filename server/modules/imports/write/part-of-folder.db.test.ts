import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type OwnDatabase } from '#test/database.ts'
import {
  book,
  type CellSheet,
  firstIntake,
  type Imported,
  type Importing,
  imported as importInto,
  sheetsOf,
  sums as sumsOf,
} from '#test/imported-folder.ts'
import type { Answers } from '../faults.ts'
import type { GivenFile } from '../read-folder.ts'
import { HEADINGS } from '../sheet/headings.words.ts'
import { recognise } from '../sheet/recognise.ts'
import { readWorkbook } from '../workbook.ts'

const files = firstIntake()
const fileOf = (name: string): GivenFile => files.find((one) => one.name === name) as GivenFile

let database: OwnDatabase
let before: Record<string, string>

const imported = (given: GivenFile[], how?: Importing): Promise<Imported> => importInto(database, given, how)
const sums = (): Promise<Record<string, string>> => sumsOf(database)

const rows = async <Row>(text: string): Promise<Row[]> => (await database.owner.query(text)).rows as Row[]

beforeAll(async () => {
  database = await createDatabase()
  await imported(files)
  before = await sums()
}, 240_000)
afterAll(() => database.close())

const PATIENT = { timeout: 240_000 }

test('each workbook of the folder alone, imported once more, changes not one row', PATIENT, async () => {
  for (const file of files) {
    const { held } = await imported([file])
    expect([file.name, held]).toEqual([file.name, []])
    expect([file.name, await sums()]).toEqual([file.name, before])
  }
})

// One column of one table emptied, heading and all.
async function withoutColumns(file: GivenFile): Promise<{ column: string; file: GivenFile }[]> {
  const reading = await readWorkbook(file.bytes as Uint8Array)
  if (!('workbook' in reading)) throw new Error('the workbook is not read')
  const made: { column: string; file: GivenFile }[] = []
  for (const [index, sheet] of reading.workbook.sheets.entries()) {
    const found = recognise(sheet)
    if (found === null || 'problem' in found) continue
    for (const [field, column] of found.columns) {
      if (HEADINGS[found.kind].fields[field]?.required) continue
      const sheets = await sheetsOf(file)
      for (const row of (sheets[index] as CellSheet).rows.slice(found.headingRow)) row[column] = null
      made.push({ column: `${file.name}: ${sheet.name}, ${field}`, file: await book(file.name, sheets) })
    }
  }
  return made
}

test.each([
  'Сотрудники.xlsx',
  'Воспитанники.xlsx',
  'Нагрузка.xlsx',
  'Звонки и календарь.xlsx',
  'Процедуры.xlsx',
  'Дополнительное образование.xlsx',
  'Учебный план.xlsx',
  'КТП/Физика 7.xlsx',
])('%s without any one of its columns changes not one row', PATIENT, async (name) => {
  for (const { column, file } of await withoutColumns(fileOf(name))) {
    await imported([file])
    expect([column, await sums()]).toEqual([column, before])
  }
})

async function children(edit: (row: unknown[]) => void, only = true): Promise<GivenFile> {
  const [sheet, ...others] = await sheetsOf(fileOf('Воспитанники.xlsx'))
  const at = (sheet as CellSheet).rows.findIndex((row) =>
    row.some((value) => /^Королёва Алёна/.test(String(value))),
  )
  const row = (sheet as CellSheet).rows[at] as unknown[]
  edit(row)
  const kept = only
    ? (sheet as CellSheet).rows.filter((one, index) => index === at || isAbove(one, index))
    : (sheet as CellSheet).rows
  return book('Воспитанники.xlsx', [{ ...(sheet as CellSheet), rows: kept }, ...(only ? [] : others)])
}

const isAbove = (row: unknown[], index: number): boolean =>
  index < 6 && !row.some((value) => value instanceof Date)
const indexOf = (row: unknown[], fits: (value: unknown) => boolean): number => row.findIndex(fits)
const setName = (name: string) => (row: unknown[]) => {
  row[indexOf(row, (value) => /^Королёва Алёна/.test(String(value)))] = name
}
const setBirth = (row: unknown[]): void => {
  row[indexOf(row, (value) => /^\d{1,2}\.\d{1,2}\.20[01]\d$/.test(String(value)) || value instanceof Date)] =
    '05.04.2019'
}

test.each<[string, (row: unknown[]) => void]>([
  ['a corrected day of birth', setBirth],
  ['a corrected family name', setName('Берёзкина Алёна Саввична')],
  ['a slip in the name mended', setName('Королёва Алена Савична')],
  ['the words in another order', setName('Алёна Саввична Королёва')],
  ['a name without the patronymic', setName('Королёва Алёна')],
])(
  '%s makes no second child: it is asked, and no answer to all questions answers it',
  PATIENT,
  async (what, edit) => {
    const file = await children(edit)
    const { faults, held } = await imported([file])
    expect(faults.map(({ code }) => code)).toContain('child-corrected')
    expect(held).toEqual(['Воспитанники.xlsx'])
    expect(await sums()).toEqual(before)
    const id = faults.find(({ code }) => code === 'child-corrected')?.id ?? ''
    const created = async (answers: Partial<Answers>) =>
      (await imported([file], { answers, dryRun: true })).summary?.kinds.find(
        ({ kind }) => kind === 'student-person',
      )
    // A name without the patronymic says nothing of it.
    const changed = what === 'a name without the patronymic' ? 0 : 1
    expect(await created({ same: new Set([id]) })).toMatchObject({ created: 0, changed })
    expect(await created({ other: new Set([id]) })).toMatchObject({ created: 1, changed: 0 })
  },
)

test.each([
  ['look-alike Latin letters', 'Кopoлёвa Алёна Саввична'],
  ['no ё', 'Королева Алена Саввична'],
  ['capitals', 'КОРОЛЁВА АЛЁНА САВВИЧНА'],
])('another spelling is the same child and changes nothing: %s', PATIENT, async (_, name) => {
  const { summary } = await imported([await children(setName(name))])
  expect(summary?.kinds.find(({ kind }) => kind === 'student-person')).toMatchObject({
    created: 0,
    changed: 0,
  })
  expect(await sums()).toEqual(before)
})

test('two rows of the staff change what they say of two people and nothing else', PATIENT, async () => {
  const people = await rows<{ name: string }>(
    `select concat_ws(' ', last_name, first_name, middle_name) as name from person p
     join staff_member m on m.id = p.id order by 1 limit 2`,
  )
  const list = people.map(({ name }) => [name, 'учитель'])
  const { summary } = await imported(
    [await book('Кадры.xlsx', [{ name: 'Кадры', rows: [['ФИО', 'Должность'], ...list] }])],
    {
      dryRun: true,
    },
  )
  const touched = summary?.kinds
    .filter(({ created, changed }) => created + changed > 0)
    .map(({ kind, changed }) => [kind, changed])
  expect(touched?.filter(([kind]) => kind !== 'role')).toEqual([['staff-member', expect.any(Number)]])
  expect(summary?.gone).toEqual([])
})
