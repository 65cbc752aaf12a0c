import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '#platform/root.ts'
import { createDatabase, type OwnDatabase } from '#test/database.ts'
import {
  book,
  edited,
  everyRow,
  firstIntake,
  type Importing,
  imported,
  sheetsOf,
  sums,
} from '#test/imported-folder.ts'
import type { GivenFile } from '../read-folder.ts'

const FIRST = '2-й заезд 2026/27 учебного года (02.11.2026 – 19.12.2026)'
const NEXT = '3-й заезд 2026/27 учебного года (11.01.2027 – 27.02.2027)'
const TEN_WEEKS = 70 * 86_400_000
const PHONE = '+7 (900) 000-77-77'

const later = (day: Date): Date => new Date(day.getTime() + TEN_WEEKS)
const isOfIntake = (value: unknown): value is Date =>
  value instanceof Date && value >= new Date('2026-11-02') && value <= new Date('2026-12-19')

// The worst next intake there can be: all classes, groups, teachers, hours, plans and children are called the same.
async function nextIntake(files: GivenFile[]): Promise<GivenFile[]> {
  return edited(files, (value, file, row) => {
    if (typeof value === 'string' && value.includes(FIRST)) return value.replace(FIRST, NEXT)
    if (value === '2-й заезд') return '3-й заезд'
    if (row.includes('2-й заезд') && /учебн/.test(String(value))) return null
    const isStay = file === 'Воспитанники.xlsx' || row.includes('2-й заезд')
    return isStay && isOfIntake(value) ? later(value) : value
  })
}

// One child who comes again has another class and a guardian with another telephone.
async function withNews(files: GivenFile[]): Promise<GivenFile[]> {
  return Promise.all(
    files.map(async (file) => {
      if (file.name !== 'Воспитанники.xlsx') return file
      const sheets = await sheetsOf(file)
      const row = sheets[0]?.rows.find((one) => one.includes('Королёва Алёна Саввична')) as unknown[]
      row[row.indexOf('1А')] = '2А'
      const phone = row.find((value) => /^\+7/.test(String(value)))
      for (const one of sheets[0]?.rows ?? [])
        for (const [at, value] of one.entries()) if (value === phone) one[at] = PHONE
      return book(file.name, sheets)
    }),
  )
}

let database: OwnDatabase
let files: GivenFile[]
let next: GivenFile[]
const read = (given: GivenFile[], how: Importing = {}) => imported(database, given, how)
const rows = async <Row>(text: string): Promise<Row[]> => (await database.owner.query(text)).rows as Row[]

beforeAll(async () => {
  database = await createDatabase()
  files = firstIntake()
  next = await withNews(await nextIntake(files))
  await read(files)
}, 240_000)
afterAll(() => database.close())

const PATIENT = { timeout: 240_000 }

const TOTALS = {
  "study_group where kind = 'class'": 12,
  "study_group where kind = 'activity'": 13,
  "study_group where kind = 'corrective'": 8,
  stay: 108,
  "teaching_assignment where kind <> 'activity'": 210,
  lesson_plan: 16,
}
const MIGRATION = join(projectRoot, 'server/migrations/0024-next-intake-is-another.sql')
// As the first release kept what it had read.
const AS_BEFORE = `
alter table import_key drop constraint import_key_of_an_intake, drop constraint import_key_once, drop column intake_id;
update import_key set natural_key = substr(natural_key, 6) where kind = 'grading-period';
alter table import_key add primary key (organization_id, kind, natural_key);
alter table incoming_mark drop constraint one_incoming_mark_at_a_place, drop column intake_id;
alter table incoming_mark add constraint incoming_mark_organization_id_student_id_source_file_subjec_key
  unique (organization_id, student_id, source_file, subject, position);
alter table procedure drop constraint one_procedure_at_an_hour;
alter table procedure add constraint procedure_organization_id_student_id_weekday_starts_at_key
  unique (organization_id, student_id, weekday, starts_at);
drop index one_grading_period_a_year;`

test('what an earlier release has read in is known again, of the intake it was of', PATIENT, async () => {
  const keys = `select kind, natural_key, record_id, content_hash, intake_id from import_key order by 1, 2`
  const before = await rows(keys)
  await database.owner.query(AS_BEFORE)
  await database.owner.query(readFileSync(MIGRATION, 'utf8'))
  expect(await rows(keys)).toEqual(before)
  expect(before.length).toBeGreaterThan(6000)
  expect(
    await rows(`select distinct i.number, m.version, (select count(*)::int from history h
      where h.record_id = m.id and h.reason = 'migration') as told from incoming_mark m join intake i on i.id = m.intake_id`),
  ).toEqual([{ number: 2, version: 2, told: 1 }])
  const { summary } = await read(files)
  expect(summary?.kinds.filter(({ created, changed }) => created + changed > 0)).toEqual([])
  expect(summary?.gone).toEqual([])
})

// Each table is of the next intake and says so in some way, or is read when none is going on.
const titled = (title: string | null) => async (names: string[]) =>
  edited(
    files.filter(({ name }) => names.includes(name)),
    (value) =>
      typeof value === 'string' && value.includes(FIRST) ? value.replace(FIRST, title ?? '') : value,
  )
const ALONE = ['Нагрузка.xlsx', 'Процедуры.xlsx', 'Воспитанники.xlsx', 'Сотрудники.xlsx', 'Расписание.xlsx']

test.each([
  ['3-й заезд'],
  ['для 3 заезда 2026/27 учебного года'],
  ['Заезд № 3'],
  ['3-й заезд (11 января – 27 февраля)'],
])(
  'a table of another intake without its dates is held, and nothing is written: %s',
  PATIENT,
  async (title) => {
    const before = await sums(database)
    for (const file of await titled(title)(ALONE)) {
      const { held, faults } = await read([file])
      expect(held).toEqual([file.name])
      expect(faults.map(({ code }) => code)).toContain('intake-other')
    }
    expect(await sums(database)).toEqual(before)
  },
)

test.each([
  [NEXT],
  ['3-й заезд (11.01.2027 – 27.02.2027)'],
  ['3-й заезд 2026/27 (11.01.2027 – 27.02.2027)'],
  ['3 заезд с 11.01.2027 по 27.02.2027'],
])('a load of the next intake alone is never written into the one before: %s', PATIENT, async (title) => {
  const before = await sums(database)
  const { held, faults } = await read(await titled(title)(['Нагрузка.xlsx']))
  // The next intake has no classes yet.
  expect(held).toEqual(['Нагрузка.xlsx'])
  expect(new Set(faults.map(({ code }) => code))).toContain('class-unknown')
  expect(await sums(database)).toEqual(before)
})

test(
  'a table that names no intake changes one that is over only when somebody says so',
  PATIENT,
  async () => {
    const before = await sums(database)
    const afterwards = { now: new Date('2026-12-28T05:00:00Z') }
    const given = [
      ...(await titled(null)(ALONE)),
      ...files.filter(({ name }) => name === 'КТП/Физика 7.xlsx'),
    ]
    for (const file of given) {
      const { held, faults } = await read([file], afterwards)
      expect(held).toEqual([file.name])
      expect(faults.map(({ code }) => code)).toContain('intake-over')
    }
    expect(await sums(database)).toEqual(before)
  },
)

const BY_JOURNAL = {
  'timetable_slot where period is not null': 396,
}

async function totals(number: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  const intake = `(select id from intake where number = ${number})`
  const count = async (text: string) =>
    (await rows<{ n: number }>(`select count(*)::int as n from ${text}`))[0]?.n
  for (const from of Object.keys(TOTALS))
    found[from] =
      (await count(`${from} ${from.includes('where') ? 'and' : 'where'} intake_id = ${intake}`)) ?? -1
  for (const from of Object.keys(BY_JOURNAL))
    found[from] =
      (await count(
        `${from} and journal_id in (select id from teaching_assignment where intake_id = ${intake})`,
      )) ?? -1
  return found
}

test('the next intake changes nothing of the one before, and both have their totals', PATIENT, async () => {
  const before = await everyRow(database)
  const { held, summary } = await read(next, { now: new Date('2027-01-10T05:00:00Z') })
  expect([held, summary?.gone]).toEqual([[], []])
  const after = await everyRow(database)
  const changed = [...before]
    .filter(([at, text]) => after.get(at) !== text)
    .map(([at]) => after.get(at) ?? at)
  // What is said of a person who comes again is said of the person.
  expect(changed.map((text) => JSON.parse(text).phone)).toEqual(['+79000007777'])
  expect([await totals(2), await totals(3)]).toEqual([
    { ...TOTALS, ...BY_JOURNAL },
    { ...TOTALS, ...BY_JOURNAL },
  ])
  expect(
    await rows(`select i.number, g.name from group_member m join study_group g on g.id = m.group_id
      join intake i on i.id = g.intake_id join person p on p.id = m.student_id
      where g.kind = 'class' and p.last_name = 'Королёва' and p.first_name = 'Алёна' order by 1`),
  ).toEqual([
    { number: 2, name: '1А' },
    { number: 3, name: '2А' },
  ])
})

test('either of the two folders once more changes nothing and misses nothing', PATIENT, async () => {
  const before = await sums(database)
  for (const folder of [next, files]) {
    const { held, summary } = await read(folder)
    expect([held, summary?.gone]).toEqual([[], []])
    const touched = summary?.kinds.filter(({ created, changed }) => created + changed > 0)
    expect(touched).toEqual([])
  }
  expect(await sums(database)).toEqual(before)
})
