import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { createDatabase, type OwnDatabase } from '#test/database.ts'
import { book, firstIntake, type Importing, imported, sheetsOf, sums } from '#test/imported-folder.ts'
import { importable } from '../importable.ts'
import { type GivenFile, readFiles } from '../read-folder.ts'
import { lessonsOf } from './timetable-records.ts'

const BELLS = 'Звонки и календарь.xlsx'
const CALENDAR = /^Календарь/
const PATIENT = { timeout: 240_000 }

let database: OwnDatabase
let files: GivenFile[]
/** Lessons by day, as the folder read at once has them. */
let expected: Map<string, number>
let filled: { id: string; subject: string; group: string }

const read = (given: GivenFile[], how: Importing = {}) => imported(database, given, how)
const rows = async <Row>(text: string): Promise<Row[]> => (await database.owner.query(text)).rows as Row[]

async function lessonsByDay(): Promise<Map<string, number>> {
  const list = await rows<{ day: string; count: number }>(
    'select held_on::text as day, count(*)::int as count from lesson group by 1',
  )
  return new Map(list.map(({ day, count }) => [day, count]))
}

type Cells = unknown[][]
const moved = (name: RegExp, day: string) => (list: Cells) =>
  list.map((row) => (name.test(String(row[0])) ? [row[0], day, day, row[3]] : row))

// The calendar alone, each row as `edit` has it.
async function calendar(edit: (list: Cells) => Cells = (list) => list): Promise<GivenFile[]> {
  const all = await sheetsOf(files.find(({ name }) => name === BELLS) as GivenFile)
  const own = all.filter(({ name }) => CALENDAR.test(name))
  return [
    await book(
      'Календарь.xlsx',
      own.map(({ name, rows: list }) => ({ name, rows: edit(list) })),
    ),
  ]
}
const plus = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  database = await createDatabase()
  files = firstIntake()
  const { data } = importable(await readFiles(files), { faultIds: [], allQuestions: true })
  expected = new Map()
  for (const { day } of lessonsOf(data)) expected.set(day, (expected.get(day) ?? 0) + 1)
  const others = files.filter(({ name }) => name !== BELLS)
  const sheets = await sheetsOf(files.find(({ name }) => name === BELLS) as GivenFile)
  const bells = await book(
    BELLS,
    sheets.filter(({ name }) => !CALENDAR.test(name)),
  )
  await read([...others, bells])
}, 240_000)
afterAll(() => database.close())

test(
  'a calendar that comes after the timetable takes empty lessons of days off away and names the others',
  PATIENT,
  async () => {
    const before = await lessonsByDay()
    const onHoliday = before.get('2026-11-04') ?? 0
    expect([onHoliday > 50, expected.get('2026-11-04')]).toEqual([true, undefined])
    filled = (
      await rows<typeof filled>(`select l.id, s.name as subject, g.name as group from lesson l
      join teaching_assignment j on j.id = l.journal_id join subject s on s.id = j.subject_id
      join study_group g on g.id = j.group_id where l.held_on = '2026-11-04' and l.period = 2 order by l.id limit 1`)
    )[0] as typeof filled
    await database.owner.query(`begin; select set_config('app.reason', 'test', true);
    insert into lesson_record (organization_id, id, lesson_id, topic, taught_by, entered_on, entered_at, late)
    select l.organization_id, '${newId()}', l.id, 'Рычаги', j.teacher_id, held_on, now(), false from lesson l
    join teaching_assignment j on j.id = l.journal_id where l.id = '${filled.id}'; commit`)

    const { summary } = await read(await calendar())
    const { id: _, ...where } = filled
    expect(summary?.daysOff).toMatchObject({
      takenAway: onHoliday - 1,
      kept: [{ day: '2026-11-04', ...where }],
    })
    expect(await lessonsByDay()).toEqual(new Map([...expected, ['2026-11-04', 1]]))
    const told = await rows(
      `select count(*)::int as count from history where kind = 'lesson' and after ? 'taken_away'`,
    )
    expect(told).toEqual([{ count: onHoliday - 1 }])

    const was = await sums(database)
    expect((await read(await calendar())).summary?.daysOff).toMatchObject({ takenAway: 0, kept: [where] })
    expect(await sums(database)).toEqual(was)
  },
)

test('a day off that was moved is one event, and lessons move with it', PATIENT, async () => {
  const { summary } = await read(await calendar(moved(/народного единства/, '2026-11-05')))
  const days = await lessonsByDay()
  expect([days.get('2026-11-05'), (days.get('2026-11-04') ?? 0) > 50]).toEqual([undefined, true])
  expect(summary?.daysOff).toEqual({ takenAway: expected.get('2026-11-05'), kept: [] })
  const events = await rows(`select starts_on::text as day from calendar_event where name ~ 'единства'`)
  expect(events).toEqual([{ day: '2026-11-05' }])
  await read(await calendar())
  expect(await lessonsByDay()).toEqual(new Map([...expected, ['2026-11-04', 1]]))
})

test('a longer day off takes one more day, and a shorter one gives it back', PATIENT, async () => {
  const longer = (list: Cells) =>
    list.map((row) => (/единства/.test(String(row[0])) ? [row[0], row[1], '2026-11-06', row[3]] : row))
  await read(await calendar(longer))
  const days = await lessonsByDay()
  expect([days.get('2026-11-05'), days.get('2026-11-06'), days.get('2026-11-09')]).toEqual([
    undefined,
    undefined,
    expected.get('2026-11-09'),
  ])
  await read(await calendar())
  expect(await lessonsByDay()).toEqual(new Map([...expected, ['2026-11-04', 1]]))
})

test('one more day off of some grades is theirs alone, and moves no other of its name', PATIENT, async () => {
  const head = (list: Cells) => list.slice(0, 4)
  const only = await calendar((list) => [
    ...head(list),
    ['Дополнительные каникулы для 1 класса', '2026-11-16', '2026-11-20', ''],
    ['День народного единства (выходной)', '2026-12-10', '2026-12-10', ''],
  ])
  await read(only)
  const first = await rows<{ name: string }>(`select distinct g.name from lesson l
    join teaching_assignment j on j.id = l.journal_id join study_group g on g.id = j.group_id
    where l.held_on = '2026-11-17' and g.kind = 'class' and g.grade_from = 1`)
  const days = await lessonsByDay()
  expect([first, days.get('2026-12-10'), days.get('2026-11-04')]).toEqual([[], undefined, 1])
  expect(days.get('2026-11-17') ?? 0).toBeGreaterThan(50)
  expect(days.get('2026-11-17') ?? 0).toBeLessThan(expected.get('2026-11-17') ?? 0)
})

test('a timetable read once more makes no lesson on a day off the journal knows', PATIENT, async () => {
  const was = await lessonsByDay()
  await read(files.filter(({ name }) => name === 'Расписание.xlsx'))
  expect(await lessonsByDay()).toEqual(was)
})

test('a calendar that changes lessons of a closed study period is refused in words', PATIENT, async () => {
  await database.owner.query(`begin; select set_config('app.reason', 'test', true);
    update grading_period set closed_at = now(), reason = 'Итоги подведены' where starts_on = '2026-11-02'; commit`)
  const was = await sums(database)
  const day = plus('2026-11-24')
  await expect(read(await calendar(moved(/единства/, day)))).rejects.toMatchObject({
    refusal: 'period-closed',
  })
  expect(await sums(database)).toEqual(was)
})
