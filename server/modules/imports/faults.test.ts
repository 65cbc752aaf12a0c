import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CellValue as WrittenValue } from 'hucre/xlsx'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { faultPlace, faultSentence } from './fault.words.ts'
import type { Fault } from './faults.ts'
import { importable } from './importable.ts'
import type { FolderReading, GivenFile } from './read-folder.ts'
import { readFiles } from './read-folder.ts'

const FOLDER = join(import.meta.dirname, '../../../demo/first-intake')
const NONE = { faultIds: [], allQuestions: false }
const files = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xlsx'))
    .map((name) => [name, readFileSync(join(FOLDER, name))]),
)

type Edit = { file: string; sheet?: number; cell: string; value?: WrittenValue; formula?: string }

// The folder with some cells typed over, as a tired person would.
async function withEdits(edits: Edit[], names = [...files.keys()]): Promise<FolderReading> {
  const given: GivenFile[] = []
  for (const name of new Set([...names, ...edits.map(({ file }) => file)])) {
    const own = edits.filter(({ file }) => file === name)
    const bytes = files.get(name) ?? null
    given.push({ name, bytes: own.length === 0 || bytes === null ? bytes : await edited(bytes, own) })
  }
  return readFiles(given)
}

async function edited(bytes: Uint8Array, edits: Edit[]): Promise<Uint8Array> {
  const { sheets } = await readXlsx(bytes)
  const written = sheets.map(({ name, rows, merges }) => ({
    name,
    rows,
    merges: merges ?? [],
    cells: new Map<string, { value: WrittenValue; formula: string; formulaResult: WrittenValue }>(),
  }))
  for (const { sheet = 0, cell, value = null, formula } of edits) {
    const [column, row] = [cell.charCodeAt(0) - 65, Number(cell.slice(1)) - 1]
    const target = written[sheet]
    const cells = (target?.rows ?? [])[row]
    if (target === undefined || cells === undefined) throw new Error(`no row for ${cell}`)
    cells[column] = value
    if (formula !== undefined) target.cells.set(`${row},${column}`, { value, formula, formulaResult: value })
  }
  return writeXlsx({ sheets: written })
}

const all = (reading: FolderReading): Fault[] => reading.files.flatMap(({ faults }) => faults)
const places = (reading: FolderReading): string[] =>
  all(reading).map(({ file, cell, code }) => `${file.replace('.xlsx', '')} ${cell} ${code}`)

const STAFF = 'Сотрудники.xlsx'
const CHILDREN = 'Воспитанники.xlsx'
const LOAD = 'Нагрузка.xlsx'
const PLAN = 'Учебный план.xlsx'
const BELLS = 'Звонки и календарь.xlsx'
const WEEK = 'Расписание.xlsx'
const CARE = 'Процедуры.xlsx'
const CLUBS = 'Дополнительное образование.xlsx'
const CENTRE = [STAFF, CHILDREN, LOAD, PLAN, BELLS, WEEK, CARE, CLUBS]

test('every fault of a list of children is told at its cell', async () => {
  const reading = await withEdits(
    [
      { file: CHILDREN, cell: 'C6', value: '31.02.2019' },
      { file: CHILDREN, cell: 'C7', value: 'апрель' },
      { file: CHILDREN, cell: 'C8', value: new Date(Date.UTC(1919, 8, 6)) },
      { file: CHILDREN, cell: 'B9', value: 'А'.repeat(300) },
      { file: CHILDREN, cell: 'B10', value: '<img src=x onerror=alert(1)>' },
      { file: CHILDREN, cell: 'B11', value: 'Рябинин \u202eйиртимД' },
      { file: CHILDREN, cell: 'B12', value: 'Уварова' },
      { file: CHILDREN, cell: 'D13', value: 'x' },
      { file: CHILDREN, cell: 'E14', value: '12Ю' },
      { file: CHILDREN, cell: 'J15', value: new Date(Date.UTC(2026, 9, 1)) },
      { file: CHILDREN, cell: 'B16' },
      { file: CHILDREN, cell: 'N17', value: '12-34' },
      { file: CHILDREN, cell: 'O18', value: 'без почты' },
      { file: CHILDREN, cell: 'B20', value: 'Нгуен Минь Tуан' },
      { file: CHILDREN, cell: 'K21', value: '#REF!' },
    ],
    [CHILDREN, PLAN],
  )
  expect(places(reading)).toEqual([
    'Воспитанники C6 date-invalid',
    'Воспитанники C7 date-invalid',
    'Воспитанники B9 value-too-long',
    'Воспитанники B10 name-characters',
    'Воспитанники B11 hidden-characters',
    'Воспитанники B12 name-incomplete',
    'Воспитанники D13 value-unknown',
    'Воспитанники J15 date-order',
    'Воспитанники B16 value-missing',
    'Воспитанники N17 phone-unclear',
    'Воспитанники O18 email-unclear',
    'Воспитанники B20 mixed-alphabets',
    'Воспитанники K21 cell-error',
    'Воспитанники C8 age-unlikely',
    'Воспитанники E14 class-unknown',
    'Воспитанники J15 date-outside-intake',
  ])
})

test('one child twice is refused, a likely double is asked about', async () => {
  const reading = await withEdits(
    [
      { file: CHILDREN, cell: 'B7', value: 'КОРОЛЕВА  Алена Саввична' },
      { file: CHILDREN, cell: 'C7', value: '22.09.2019' },
      { file: CHILDREN, cell: 'B9', value: 'Мкртчян Ани Вартановна' },
      { file: CHILDREN, cell: 'B13', value: 'Уварова Анна Константинова' },
      { file: CHILDREN, cell: 'C13', value: '01.08.2019' },
    ],
    [CHILDREN, PLAN],
  )
  expect(places(reading)).toEqual([
    'Воспитанники B7 child-duplicated',
    'Воспитанники B9 child-probably-duplicated',
    'Воспитанники B13 child-probably-duplicated',
  ])
})

test('words that programs reserve are only words', async () => {
  const reading = await withEdits(
    [
      { file: CHILDREN, cell: 'D6', value: 'constructor' },
      { file: CHILDREN, cell: 'B7', value: 'Constructor Proto' },
      { file: CHILDREN, cell: 'C8', value: 43_714 },
    ],
    [CHILDREN, PLAN],
  )
  expect(places(reading)).toEqual(['Воспитанники D6 value-unknown'])
  expect(reading.data.students[2]?.birthDate).toBe('2019-09-06')
})

test('a sheet with thousands of wrong rows is judged in seconds and its faults are counted out', async () => {
  const rows: WrittenValue[][] = [['ФИО воспитанника', 'Дата рождения', 'Класс']]
  for (let row = 0; row < 20_000; row += 1) rows.push([`Иванов Иван ${row}`, '31.02.2015', '5А'])
  const bytes = await writeXlsx({ sheets: [{ name: 'Лист1', rows }] })
  const reading = await readFiles([{ name: 'много.xlsx', bytes }])
  expect(all(reading)).toHaveLength(500)
})

test('a wrong heading is told at its cell, whatever the order of columns', async () => {
  const wrong = await withEdits([{ file: STAFF, cell: 'C5', value: 'Кем работает' }], [STAFF])
  expect(all(wrong)).toMatchObject([
    {
      cell: 'C5',
      code: 'heading-missing',
      value: 'Кем работает',
      hint: { kind: 'staff', field: 'position' },
    },
  ])
  const twice = await withEdits([{ file: STAFF, cell: 'E5', value: 'Должность' }], [STAFF])
  expect(places(twice)).toEqual(['Сотрудники E5 heading-repeated'])
})

test('headings are found under other names, in other rows and another order', async () => {
  const rows = [
    [null, null, null],
    ['должность', 'ДАТА РОЖДЕНИЯ', 'Ф.И.О.  сотрудника', 'Тел.'],
    ['Директор', null, 'Белозёрская Ирина Вячеславовна', '89830000313'],
    ['Итого: 1', null, null, null],
    [null, null, null, null],
    ['Сведения верны на 1 ноября', null, null, null],
  ]
  const bytes = await writeXlsx({ sheets: [{ name: 'Лист1', rows }] })
  const reading = await readFiles([{ name: 'Кадры (новый).xlsx', bytes }])
  expect(all(reading)).toEqual([])
  expect(reading.data.staff).toMatchObject([
    { key: 'белозерская ирина вячеславовна', phone: '+79830000313', roles: ['director'] },
  ])
})

test('faults between files are told at the cell that mentions what is not there', async () => {
  const reading = await withEdits(
    [
      { file: LOAD, cell: 'A5', value: 'Осокина Людмила Геннадиевна' },
      { file: LOAD, cell: 'B11', value: 'Цифровая живопись' },
      { file: LOAD, cell: 'C16', value: '5Щ' },
      { file: LOAD, cell: 'D18', value: 'гр. 3' },
      { file: LOAD, cell: 'E23', value: -5 },
      { file: LOAD, cell: 'E24', value: 'четыре' },
      { file: LOAD, sheet: 1, cell: 'B4', value: 'Королёва Алина Саввична' },
      { file: LOAD, sheet: 1, cell: 'E12' },
      { file: STAFF, cell: 'I12', value: '1Ъ' },
      { file: CARE, cell: 'B5', value: 'Неизвестный Пётр Ильич' },
      { file: CARE, cell: 'I6', value: 'пропускает урок: Математика' },
      { file: CARE, sheet: 1, cell: 'E4', value: 5 },
      { file: CARE, sheet: 1, cell: 'B5', value: 'Иванов Иван Иванович' },
      { file: CLUBS, cell: 'H5', value: 11 },
      { file: CLUBS, sheet: 1, cell: 'B8', value: 'гр. 7' },
      { file: CLUBS, sheet: 1, cell: 'D9', value: '9А' },
      { file: PLAN, cell: 'B21', value: 22 },
      { file: PLAN, sheet: 1, cell: 'B37', value: 28 },
      { file: BELLS, cell: 'C5', value: '8:15' },
      { file: BELLS, sheet: 1, cell: 'D8', value: '7 учебных недель, 35 учебных дней' },
    ],
    CENTRE,
  )
  const found = places(reading)
  for (const place of [
    'Нагрузка A5 teacher-unknown',
    'Нагрузка B11 subject-unknown',
    'Нагрузка C16 class-unknown',
    'Нагрузка D18 subgroup-unknown',
    'Нагрузка E23 number-out-of-range',
    'Нагрузка E24 number-invalid',
    'Нагрузка E31 total-differs',
    'Нагрузка B4 child-unknown',
    'Нагрузка E12 child-without-subgroup',
    'Сотрудники I12 class-unknown',
    'Процедуры B5 child-unknown',
    'Процедуры I6 missed-lesson-differs',
    'Процедуры E4 size-differs',
    'Процедуры B5 teacher-unknown',
    'Дополнительное образование H5 size-differs',
    'Дополнительное образование B8 group-unknown',
    'Дополнительное образование D9 child-class-differs',
    'Учебный план B21 total-differs',
    'Учебный план B37 load-over-limit',
    'Звонки и календарь C5 time-invalid',
    'Звонки и календарь D8 study-days-differ',
    // What is taught and not in the load any more.
    'Расписание O19 lesson-not-in-load',
  ])
    expect(found).toContain(place)
  expect(all(reading).find(({ code }) => code === 'teacher-unknown')?.hint).toEqual({
    near: 'Осокина Людмила Геннадьевна',
  })
})

test('faults of the timetable are told at their cells', async () => {
  const reading = await withEdits(
    [
      { file: WEEK, cell: 'D5', value: 'Разговоры о важном' },
      { file: WEEK, cell: 'E5', value: 'Разговоры о важном, Ефимова О. И., каб. 2' },
      { file: WEEK, cell: 'D6', value: 'Окружающий мир, Иванов П. П., каб. 1' },
      { file: WEEK, cell: 'D7', value: 'Ботаника, Ефимова О. И., каб. 1' },
      { file: WEEK, cell: 'E7', value: 'Музыка, Чхеидзе Н. З., каб. 3' },
      { file: WEEK, cell: 'I8', value: 'История, Берёзкин П. И., каб. 28\nИстория, Берёзкин П. И., каб. 28' },
      { file: WEEK, cell: 'J10', value: 'Физкультура (гр. 5), Касьянов Р. Т., спортзал' },
      { file: WEEK, cell: 'C9', value: 'полдень' },
      { file: WEEK, cell: 'A13', value: 'ЗАВТРА' },
    ],
    CENTRE,
  )
  const found = places(reading)
  for (const place of [
    'Расписание D5 lesson-unreadable',
    'Расписание E5 lesson-not-in-load',
    'Расписание D6 teacher-unknown',
    'Расписание D7 subject-unknown',
    'Расписание F7 room-twice',
    'Расписание I8 lesson-twice',
    'Расписание J10 subgroup-unknown',
    'Расписание C9 time-invalid',
    'Расписание A13 value-unknown',
    'Нагрузка E29 hours-differ',
  ])
    expect(found).toContain(place)
})

test('a teacher in two places and a method day are asked about', async () => {
  const reading = await withEdits(
    [
      { file: WEEK, cell: 'E11', value: 'Музыка, Чхеидзе Н. З., каб. 5' },
      { file: STAFF, cell: 'H18', value: 'понедельник' },
    ],
    CENTRE,
  )
  expect(places(reading)).toContain('Расписание K11 teacher-twice')
  expect(places(reading)).toContain('Расписание K5 method-day')
})

test('a formula is asked about with its last value, one without a value is refused', async () => {
  const reading = await withEdits(
    [
      { file: STAFF, cell: 'E6', value: '101', formula: 'CONCATENATE("10","1")' },
      { file: STAFF, cell: 'C7', value: null, formula: 'A1' },
    ],
    [STAFF, PLAN],
  )
  expect(places(reading)).toEqual(['Сотрудники E6 formula', 'Сотрудники C7 formula-without-value'])
})

test('faults of plans and of marks from home schools are told at their cells', async () => {
  const plan = 'КТП/Алгебра 8.xlsx'
  const line = 'Отметки с места обучения/Выписка Ветров СК 4А.xlsx'
  const period = 'Отметки с места обучения/Ведомость Долгова ТД 4Б.xlsx'
  const reading = await withEdits(
    [
      { file: plan, cell: 'C6', value: null },
      { file: plan, cell: 'D7', value: -1 },
      { file: plan, cell: 'G8', value: 'полчаса' },
      { file: plan, cell: 'A2', value: 'Алгебра, 8А класс (5 ч в неделю)' },
      { file: plan, cell: 'A3', value: 'Учитель: Пономарев Денис Аркадиевич' },
      { file: line, cell: 'C7', value: '3, 5, 7' },
      { file: line, cell: 'D8', value: '4,90' },
      {
        file: period,
        cell: 'A3',
        value: 'Долгова Таисия Дмитриевна, обучающегося 4Б класса, 24.10.2016 г. р.',
      },
      { file: period, cell: 'A1', value: 'МБОУ «СОШ № 5 г. Нигде»' },
    ],
    CENTRE,
  )
  expect(places(reading)).toEqual(
    expect.arrayContaining([
      'КТП/Алгебра 8 C6 value-missing',
      'КТП/Алгебра 8 D7 number-out-of-range',
      'КТП/Алгебра 8 G8 number-invalid',
      'КТП/Алгебра 8 A2 hours-differ',
      'КТП/Алгебра 8 A3 teacher-unknown',
      'Отметки с места обучения/Выписка Ветров СК 4А C7 mark-unknown',
      'Отметки с места обучения/Выписка Ветров СК 4А D8 average-differs',
      'Отметки с места обучения/Ведомость Долгова ТД 4Б A3 birth-date-differs',
      'Отметки с места обучения/Ведомость Долгова ТД 4Б A1 home-school-differs',
    ]),
  )
})

test('files that are no workbooks, and workbooks that are no tables, are named', async () => {
  const stranger = await writeXlsx({
    sheets: [
      {
        name: 'Меню',
        rows: [
          ['Блюдо', 'Цена'],
          ['Каша', 10],
        ],
      },
    ],
  })
  const reading = await readFiles([
    { name: 'меню.xlsx', bytes: stranger },
    { name: 'текст.xlsx', bytes: Buffer.from('не таблица') },
    { name: 'огромный.xlsx', bytes: null },
  ])
  expect(all(reading).map(({ file, code }) => `${file} ${code}`)).toEqual([
    'меню.xlsx file-unknown',
    'текст.xlsx workbook-not-a-workbook',
    'огромный.xlsx workbook-file-too-big',
  ])
})

test('fault ids are the same in every run and differ from cell to cell', async () => {
  const edits = [
    { file: CARE, cell: 'B5', value: 'Неизвестный Пётр Ильич' },
    { file: CARE, cell: 'B6', value: 'Неизвестный Пётр Ильич' },
  ]
  const [one, two] = [await withEdits(edits, CENTRE), await withEdits(edits, CENTRE)]
  expect(all(one)).toEqual(all(two))
  expect(new Set(all(one).map(({ id }) => id)).size).toBe(2)
})

test('a question holds its file until it is accepted, and the doubtful row is then left out', async () => {
  const reading = await withEdits([{ file: CARE, cell: 'B5', value: 'Неизвестный Пётр Ильич' }], CENTRE)
  const [question] = all(reading)
  const held = importable(reading, NONE)
  expect(held.held).toMatchObject(
    [
      { name: LOAD, faults: [], waitsFor: [CARE] },
      { name: CARE, faults: [{ code: 'child-unknown' }] },
      { name: WEEK, waitsFor: [LOAD] },
    ].toSorted(
      (a, b) =>
        held.held.findIndex((one) => one.name === a.name) - held.held.findIndex((one) => one.name === b.name),
    ),
  )
  expect(held.data.procedures).toEqual([])
  expect(held.data.students).toHaveLength(108)
  for (const acceptance of [
    { faultIds: [question?.id ?? ''], allQuestions: false },
    { faultIds: [], allQuestions: true },
  ]) {
    const { held: rest, data } = importable(reading, acceptance)
    expect(rest).toEqual([])
    expect(data.procedures).toHaveLength(39)
  }
})

test('an error holds its file and everything that refers to it, whatever is accepted', async () => {
  const reading = await withEdits([{ file: STAFF, cell: 'B6', value: 'Белозерская 1' }])
  const { ready, data } = importable(reading, {
    faultIds: all(reading).map(({ id }) => id),
    allQuestions: true,
  })
  expect(ready).toContain(CHILDREN)
  expect(ready).toContain('Отметки с места обучения/Выписка Ветров СК 4А.xlsx')
  for (const name of [STAFF, LOAD, WEEK, CARE, CLUBS, 'КТП/Алгебра 8.xlsx']) expect(ready).not.toContain(name)
  expect(data.staff).toEqual([])
  expect(data.timetable).toEqual([])
  expect(data.incomingMarks).toHaveLength(12)
})

test('a fault says in Russian where it stands, what is wrong and what to do', async () => {
  const reading = await withEdits([{ file: LOAD, cell: 'A5', value: 'Осокина Людмила Геннадиевна' }], CENTRE)
  const fault = all(reading).find(({ code }) => code === 'teacher-unknown')
  if (fault === undefined) throw new Error('no fault')
  expect(faultPlace(fault)).toBe('Нагрузка.xlsx, лист «Нагрузка», ячейка A5')
  expect(faultSentence(fault)).toEqual({
    wrong: '«Осокина Людмила Геннадиевна»: такого человека нет среди сотрудников',
    todo: 'Исправьте фамилию; возможно, это «Осокина Людмила Геннадьевна»',
  })
})
