import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase, freshDatabase, type OwnDatabase } from '#test/database.ts'
import { importable } from '../importable.ts'
import type { IntakeData } from '../intake-data.ts'
import { readFolder } from '../read-folder.ts'
import { ImportRefused, type ImportSummary, writeIntake } from './write-intake.ts'

// What the numbers below must be stands in the folder itself, in its page of totals.
const FOLDER = join(import.meta.dirname, '../../../../demo/first-intake')
const now = new Date('2026-11-02T05:00:00Z')
const later = new Date('2026-11-20T05:00:00Z')
const { data } = importable(await readFolder(FOLDER), { faultIds: [], allQuestions: false })

let keeper: OwnDatabase
let template = ''
let database: OwnDatabase
beforeAll(async () => {
  const filled = await createDatabase()
  await writeIntake(filled, data, { now })
  keeper = await createDatabase()
  template = filled.name
  // A database is copied only while nobody is connected to it.
  await Promise.all([filled.app.destroy(), filled.owner.end()])
  await keeper.owner.query(
    'select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1',
    [template],
  )
})
afterAll(async () => {
  await keeper.owner.query(`drop database ${template} with (force)`)
  await keeper.close()
})

beforeEach(async () => {
  database = await createDatabase(template)
})
afterEach(() => database.close())

async function query<T>(text: string): Promise<T[]> {
  return (await database.owner.query(text)).rows as T[]
}
const count = async (from: string): Promise<number> =>
  (await query<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n ?? -1
const total = (summary: ImportSummary, of: 'created' | 'changed' | 'skipped'): number =>
  summary.kinds.reduce((sum, one) => sum + one[of], 0)

test('every record of the centre is written', async () => {
  const counts = {
    staff_member: 38,
    student: 108,
    stay: 108,
    "study_group where kind = 'class'": 12,
    "teaching_assignment where kind <> 'activity'": 210,
    guardian_link: 155,
    "role_assignment where role = 'guardian'": 149,
    lesson_plan: 16,
    lesson_plan_item: 359,
    "study_group where kind = 'corrective'": 8,
    "study_group where kind = 'activity'": 13,
    'timetable_slot where period is not null': 396,
    "stay where kind = 'permanent'": 13,
    "stay where starts_on > '2026-11-02'": 6,
    "stay where ends_on < '2026-12-19'": 5,
    account: 0,
  }
  const found = Object.fromEntries(
    await Promise.all(Object.keys(counts).map(async (from) => [from, await count(from)])),
  )
  expect(found).toEqual(counts)
  const [hours] = await query<{ hours: number; placed: number }>(
    `select sum(weekly_hours)::float8 as hours, (select count(distinct (coalesce(g.parent_id, g.id), s.weekday, s.period))::int
      from timetable_slot s join teaching_assignment j on j.id = s.journal_id join study_group g on g.id = j.group_id
      where s.period is not null) as placed
    from teaching_assignment where kind <> 'activity'`,
  )
  expect(hours).toEqual({ hours: 404, placed: 358 })
})

test('each class has its lessons on every study day and none on the holiday', async () => {
  const lessons = await query<{ name: string; lessons: number }>(
    `select coalesce(p.name, g.name) as name, count(distinct (l.held_on, l.period))::int as lessons
    from lesson l join teaching_assignment j on j.id = l.journal_id join study_group g on g.id = j.group_id
    left join study_group p on p.id = g.parent_id
    where j.part in ('mandatory', 'formed') group by 1`,
  )
  expect(Object.fromEntries(lessons.map((one) => [one.name, one.lessons]))).toEqual({
    '1А': 143,
    '2А': 156,
    '3А': 156,
    '4А': 156,
    '2–3 К': 156,
    '5А': 197,
    '5Б': 197,
    '6А': 204,
    '7А': 218,
    '8А': 224,
    '9А': 224,
    '10–11': 218,
  })
  expect(await count('(select distinct held_on from lesson where period is not null) d')).toBe(34)
  expect(await count("lesson where held_on = '2026-11-04'")).toBe(0)
})

test('the first grade, hours outside lessons and corrective hours are kept without marks', async () => {
  const marked = await query<{ name: string }>(
    `select distinct g.name from teaching_assignment j join study_group g on g.id = j.group_id
    where not gradeless and (g.grade_to = 1 or j.part in ('extracurricular', 'corrective', 'additional'))`,
  )
  expect(marked).toEqual([])
  expect(await count('teaching_assignment where not gradeless')).toBeGreaterThan(150)
  expect(await count('teaching_assignment where lesson_plan_id is not null')).toBeGreaterThan(16)
})

test('the same folder once more changes nothing', async () => {
  const before = await count('history')
  const summary = await writeIntake(database, data, { now: later })
  expect([total(summary, 'created'), total(summary, 'changed'), summary.gone]).toEqual([0, 0, []])
  expect(total(summary, 'skipped')).toBeGreaterThan(6000)
  expect(await count('history')).toBe(before)
  expect(await count('import_run')).toBe(2)
  expect(await count("audit_event where action = 'import' and actor_id is null")).toBe(2)
})

test('one changed cell changes one record and its version', async () => {
  const [first, ...others] = data.students
  const changed: IntakeData = {
    ...data,
    students: [{ ...(first as NonNullable<typeof first>), homeClass: '9Я' }, ...others],
  }
  const summary = await writeIntake(database, changed, { now: later })
  const touched = summary.kinds.filter((one) => one.created + one.changed > 0)
  expect(touched).toEqual([{ kind: 'student', read: 108, created: 0, changed: 1, skipped: 107 }])
  expect(await query("select home_class, version from student where home_class = '9Я'")).toEqual([
    { home_class: '9Я', version: 2 },
  ])
  expect(await count('student where version > 1')).toBe(1)
})

test('a row gone from the folder is told of and stays', async () => {
  const fewer: IntakeData = { ...data, procedures: data.procedures.slice(1) }
  const before = await count('procedure')
  const { gone } = await writeIntake(database, fewer, { now: later })
  expect(gone.map(({ kind }) => kind)).toEqual(data.procedures[0]?.weekdays.map(() => 'procedure'))
  expect(await count('procedure')).toBe(before)
})

test('history names the import as the reason, nobody as the actor', async () => {
  expect(await query('select distinct actor_id, reason from history')).toEqual([
    { actor_id: null, reason: 'import' },
  ])
})

test('what was entered into a lesson survives the next import', async () => {
  await query(`do $$ begin
    perform set_config('app.reason', 'test', true);
    insert into lesson_record (organization_id, id, lesson_id, topic, taught_by, entered_on, entered_at, late)
    select l.organization_id, gen_random_uuid(), l.id, 'Дроби', j.teacher_id, l.held_on, now(), false
    from lesson l join teaching_assignment j on j.id = l.journal_id limit 1; end $$`)
  await writeIntake(database, data, { now: later })
  expect(await query('select topic, version from lesson_record')).toEqual([{ topic: 'Дроби', version: 1 }])
})

test('a rehearsal writes nothing', async () => {
  const runs = await count('import_run')
  const summary = await writeIntake(
    database,
    { ...data, procedures: data.procedures.slice(1) },
    { now: later, dryRun: true },
  )
  expect(summary.gone.length).toBeGreaterThan(0)
  expect(await count('import_run')).toBe(runs)
})

test('a folder that tells of no intake is refused', async () => {
  await expect(writeIntake(database, { ...data, intake: null }, { now })).rejects.toThrow(ImportRefused)
})

test('what was made by hand under the same name is taken, not doubled', async () => {
  const fresh = await freshDatabase()
  await fresh.owner.query(`insert into organization (id, name, short_name)
    values ('00000000-0000-4000-8000-000000000001', 'Центр', 'Центр')`)
  await fresh.owner.query(`insert into subject (organization_id, id, name)
    values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', 'Физика')`)
  const { kinds } = await writeIntake(fresh, data, { now })
  expect(kinds.find(({ kind }) => kind === 'subject')).toMatchObject({ skipped: 1 })
  const { rows } = await fresh.owner.query("select id, version from subject where name = 'Физика'")
  expect(rows).toEqual([{ id: '00000000-0000-4000-8000-000000000002', version: 1 }])
})

test('a child whom the spreadsheet puts into another class is named, and nothing is written', async () => {
  const before = await count('history')
  const moved: IntakeData = {
    ...data,
    students: data.students.map((child, n) => (n === 0 ? { ...child, classKey: '2а' } : child)),
  }
  const refusal = await writeIntake(database, moved, { now: later }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ImportRefused)
  expect((refusal as ImportRefused).refusal).toBe('class-changed')
  expect((refusal as ImportRefused).about).toEqual(['Королёва Алёна Саввична (1А)'])
  expect(await count('history')).toBe(before)
})

test('a real centre is not written into a demonstration', async () => {
  await database.owner.query('update organization set is_demo = true')
  await expect(writeIntake(database, data, { now: later })).rejects.toEqual(new ImportRefused('demo'))
})
