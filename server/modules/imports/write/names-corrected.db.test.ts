import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type OwnDatabase } from '#test/database.ts'
import { edited, firstIntake, type Imported, type Importing, imported, sums } from '#test/imported-folder.ts'
import type { GivenFile } from '../read-folder.ts'

let database: OwnDatabase
let files: GivenFile[]
let before: Record<string, string>
const read = (given: GivenFile[], how: Importing = {}) => imported(database, given, how)
const rows = async <Row>(text: string): Promise<Row[]> => (await database.owner.query(text)).rows as Row[]
const named = (name: string): GivenFile[] => files.filter((file) => file.name === name)

beforeAll(async () => {
  database = await createDatabase()
  files = firstIntake()
  await read(files)
  before = await sums(database)
}, 240_000)
afterAll(() => database.close())

const PATIENT = { timeout: 120_000 }
const TEACHER = 'Осокина Людмила Геннадьевна'
const CONTACTS = /@|^\+7/

// The list of the staff with one row changed.
const staff = (name: string, change: (value: unknown) => unknown = (value) => value): Promise<GivenFile[]> =>
  edited(named('Сотрудники.xlsx'), (value, _, row) => {
    if (value === TEACHER) return name
    return row.includes(TEACHER) ? change(value) : value
  })
const silent = (value: unknown): unknown => (CONTACTS.test(String(value)) ? null : value)

test.each<[string, string, ((value: unknown) => unknown)?]>([
  ['a slip mended', 'Осокина Людмила Генадьевна', silent],
  ['another family name, the same telephone and mail', 'Петрова Людмила Геннадьевна'],
  ['another family name, the same position', 'Петрова Людмила Геннадьевна', silent],
  ['the words in another order', 'Людмила Геннадьевна Осокина', silent],
  ['no patronymic', 'Осокина Людмила', silent],
  ['another name at the same telephone', 'Юрьева Майя Сергеевна'],
])('a corrected member of the staff makes no second one unasked: %s', PATIENT, async (_, name, change) => {
  const file = await staff(name, change)
  const { faults, held } = await read(file)
  expect(held).toEqual(['Сотрудники.xlsx'])
  const asked = faults.filter(({ code }) => code === 'staff-corrected')
  expect(asked.map(({ hint }) => hint.name)).toEqual([TEACHER])
  expect(await sums(database)).toEqual(before)
  const people = async (answers: NonNullable<Importing['answers']>) =>
    (await read(file, { answers, dryRun: true })).summary?.kinds.find(({ kind }) => kind === 'staff')
  const id = new Set([asked[0]?.id ?? ''])
  const changed = name === 'Осокина Людмила' ? 0 : 1
  expect(await people({ same: id })).toMatchObject({ created: 0, changed })
  expect(await people({ other: id })).toMatchObject({ created: 1, changed: 0 })
})

test('a person made by hand and corrected in the list is the same person', PATIENT, async () => {
  await database.owner.query(`create table kept as select * from import_key where kind in ('staff', 'staff-member');
    delete from import_key where kind in ('staff', 'staff-member')`)
  const file = await staff('Петрова Людмила Геннадьевна')
  const id = (await read(file)).faults.find(({ code }) => code === 'staff-corrected')?.id ?? ''
  const { summary } = await read(file, { answers: { same: new Set([id]) }, dryRun: true })
  expect(summary?.kinds.find(({ kind }) => kind === 'staff')).toMatchObject({ created: 0, changed: 1 })
  await database.owner.query('insert into import_key select * from kept; drop table kept')
})

test('somebody new is asked nothing, and a telephone of several people tells nobody', PATIENT, async () => {
  const someone = await staff('Юрьева Майя Сергеевна', silent)
  const { faults, summary } = await read(someone, { dryRun: true })
  expect(faults.filter(({ code }) => code.startsWith('staff'))).toEqual([])
  expect(summary?.kinds.find(({ kind }) => kind === 'staff')).toMatchObject({ created: 1, changed: 0 })
})

test('one person twice in a list is asked about', PATIENT, async () => {
  const twice = await edited(named('Сотрудники.xlsx'), (value) =>
    value === 'Белозерская Ирина Вячеславовна' ? 'Осокина Людмила Генадьевна' : value,
  )
  const { faults, held } = await read(twice)
  expect(held).toEqual(['Сотрудники.xlsx'])
  expect(faults.map(({ code }) => code)).toContain('staff-probably-duplicated')
  expect(await sums(database)).toEqual(before)
})

test('the other tables may call a renamed person by either name', PATIENT, async () => {
  const renamed = await staff('Петрова Людмила Геннадьевна')
  const id = (await read(renamed)).faults.find(({ code }) => code === 'staff-corrected')?.id ?? ''
  const others = [...named('Нагрузка.xlsx'), ...named('Расписание.xlsx')]
  const { held, faults } = await read([...renamed, ...others], {
    answers: { same: new Set([id]) },
    dryRun: true,
  })
  expect([held, faults.filter(({ severity }) => severity === 'error')]).toEqual([[], []])
})

// What an import keeps of itself, and history of that, may grow.
async function records(): Promise<Record<string, string>> {
  const { import_name: _, history: __, ...others } = await sums(database)
  return others
}
const answer = (faults: Imported['faults'], code: string, name: string): Importing => ({
  allQuestions: true,
  answers: { names: new Map([[faults.find((one) => one.code === code)?.id ?? '', name]]) },
})

const ENGLISH = /(Иностранный язык \(английский\)|Английский язык|Англ\. язык)(?=$|,| \(гр)/
test.each([
  ['Учебный план.xlsx', 'subject-new', ENGLISH, 'План-инглиш', 'Иностранный язык (английский)'],
  ['Нагрузка.xlsx', 'subject-unknown', /^Иностранный язык \(английский\)$/, 'Нагрузочный', 'Англ. язык'],
  ['Расписание.xlsx', 'subject-unknown', ENGLISH, 'Недельный', 'Английский'],
  ['КТП/Английский язык 5.xlsx', 'subject-unknown', /^Английский язык/, 'Тематический', 'англ. яз.'],
  ['Процедуры.xlsx', 'subject-unknown', /Англ\. язык/, 'Пропускаемый', 'Иностранный язык'],
  ['Нагрузка.xlsx', 'teacher-unknown', new RegExp(`^${TEACHER}$`), 'Шишкина Людмила Геннадьевна', TEACHER],
  ['Расписание.xlsx', 'teacher-unknown', /Осокина Л\. Г\./, 'Шишкина Л. Г.', 'Осокина Л. Г.'],
  ['Нагрузка.xlsx', 'class-unknown', /^5А$/, '5Ы', '5А'],
  ['Расписание.xlsx', 'class-unknown', /^5А$/, '5Э', '5 а'],
])(
  '%s may call what is known otherwise, once somebody says what: %s',
  PATIENT,
  async (file, code, old, name, known) => {
    const was = await records()
    const other = await edited(named(file), (value) =>
      typeof value === 'string' ? value.replace(old, name) : value,
    )
    const { faults, held } = await read(other)
    expect(held).toEqual([file])
    const asked = faults.filter((fault) => fault.code === code)
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1)

    const wrong = await read(other, answer(faults, code, 'Ничего подобного'))
    expect(wrong.held).toEqual([file])
    expect(wrong.faults.find((fault) => fault.code === code)?.hint.answered).toBe('Ничего подобного')

    expect((await read(other, answer(faults, code, known))).held).toEqual([])
    expect(await records()).toEqual(was)
    const again = await read(other, { allQuestions: true })
    expect([again.held, again.faults.filter((fault) => fault.code === code)]).toEqual([[], []])
    expect(await records()).toEqual(was)
  },
)

test('a wrong answer about a name is taken back by another, and history keeps both', PATIENT, async () => {
  const marks = files.filter((file) => file.name.startsWith('Отметки'))
  const other = await edited(marks, inMarks('Языковой'))
  const { faults } = await read(other)
  const meant = `select s.name from import_name n join subject s on s.id = n.subject_id where n.said = 'языковой'`
  await read(other, { ...answer(faults, 'subject-new', 'Физика'), dryRun: false })
  expect(await rows(meant)).toEqual([{ name: 'Физика' }])
  await read(other, answer(faults, 'subject-new', 'Английский'))
  expect(await rows(meant)).toEqual([{ name: 'Иностранный язык (английский)' }])
  expect(await rows("select version from import_name where said = 'языковой'")).toEqual([{ version: 2 }])
})

const inMarks = (name: string) => (value: unknown, file: string) =>
  file.startsWith('Отметки') && value === 'Иностранный язык (английский)' ? name : value

test('a subject nobody has heard of is asked about once, and the answer is remembered', PATIENT, async () => {
  const marks = files.filter((file) => file.name.startsWith('Отметки'))
  const english = await edited(marks, inMarks('Инглиш'))
  const { faults, held } = await read(english)
  const asked = faults.filter(({ code }) => code === 'subject-new')
  expect([asked.length > 2, new Set(asked.map(({ id }) => id)).size]).toEqual([true, 1])
  expect(held.sort()).toEqual([...new Set(asked.map(({ file }) => file))].sort())
  expect(await rows("select name from subject where name = 'Инглиш'")).toEqual([])
  const { held: none } = await read(english, { accept: [asked[0]?.id ?? ''] })
  expect(none).toEqual([])
  expect(await rows("select name from subject where name = 'Инглиш'")).toHaveLength(1)
  const again = await read(english, { allQuestions: false })
  expect(again.faults.filter(({ code }) => code === 'subject-new')).toEqual([])
})

test.each([
  ['Учебный план.xlsx', 'subject-new'],
  ['Нагрузка.xlsx', 'subject-unknown'],
  ['КТП/Физика 7.xlsx', 'subject-unknown'],
])('a subject misspelt in %s makes no new one', PATIENT, async (name, code) => {
  const was = await sums(database)
  const slip = await edited(named(name), (value) =>
    typeof value === 'string' && !/^Учебник|Саркисов/.test(value)
      ? value.replace(/^Физика/, 'Физика и')
      : value,
  )
  const { faults, held } = await read(slip)
  expect(held).toEqual([name])
  expect(faults.map((fault) => fault.code)).toContain(code)
  expect(await sums(database)).toEqual(was)
})
