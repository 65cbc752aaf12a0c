import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type OwnDatabase } from '#test/database.ts'
import { book, firstIntake, imported, sheetsOf } from '#test/imported-folder.ts'
import type { GivenFile } from '../read-folder.ts'

let whole: OwnDatabase
let apart: OwnDatabase
let tables: GivenFile[]

// What a centre's records say, by names and without their ids.
const SAYS = {
  classes: `select g.name, concat_ws(' ', p.last_name, p.first_name) as leader from study_group g
    left join person p on p.id = g.homeroom_teacher_id where g.kind = 'class'`,
  groups: 'select kind, name, division from study_group',
  members: `select g.kind, g.name, g.division, p.last_name, p.first_name, m.starts_on, m.ends_on from group_member m
    join study_group g on g.id = m.group_id join person p on p.id = m.student_id`,
  journals: `select s.name as subject, g.name, g.division, p.last_name, j.part, j.kind, j.gradeless, j.weekly_hours,
      l.title from teaching_assignment j join subject s on s.id = j.subject_id join study_group g on g.id = j.group_id
    join person p on p.id = j.teacher_id left join lesson_plan l on l.id = j.lesson_plan_id`,
  slots: `select s.name as subject, g.name, g.division, p.last_name, t.weekday, t.period, t.starts_at, t.ends_at, t.room
    from timetable_slot t join teaching_assignment j on j.id = t.journal_id join subject s on s.id = j.subject_id
    join study_group g on g.id = j.group_id join person p on p.id = j.teacher_id`,
  lessons: `select g.name, g.division, l.held_on, l.starts_at, l.room, count(*) from lesson l
    join teaching_assignment j on j.id = l.journal_id join study_group g on g.id = j.group_id group by 1, 2, 3, 4, 5`,
  topics: `select l.title, i.position, i.topic from lesson_plan_item i join lesson_plan l on l.id = i.plan_id`,
  procedures: `select p.last_name, p.first_name, c.name, c.weekday, c.starts_at, c.period from procedure c
    join person p on p.id = c.student_id`,
  marks: `select p.last_name, m.subject, m.position, m.value from incoming_mark m join person p on p.id = m.student_id`,
  roles:
    'select p.last_name, p.first_name, r.role from role_assignment r join person p on p.id = r.person_id',
  curriculum: `select g.name, s.name as subject, c.part, c.weekly_hours from curriculum_line c
    join study_group g on g.id = c.group_id join subject s on s.id = c.subject_id`,
} as const

async function says({ owner }: OwnDatabase, text: string): Promise<string[]> {
  const { rows } = await owner.query<{ text: string }>(
    `select to_jsonb(t)::text as text from (${text}) t order by 1`,
  )
  return rows.map((row) => row.text)
}

// Each sheet as a workbook of its own, in an order in which a centre may get them ready.
const ORDER = [
  'НОО',
  'ООО',
  'СОО',
  'АООП',
  'Календарь 2026-27',
  'Учебные периоды',
  'Сотрудники',
  'Воспитанники',
  'Подгруппы',
  'Коррекционные группы',
  'Нагрузка',
  // Once more: the times of a group are kept with its load.
  'Коррекционные группы',
  'Звонки',
  'Расписание',
  'Процедуры',
  'Объединения',
  'Состав групп',
]
const OTHERS = /^КТП|^Отметки/

beforeAll(async () => {
  const files = firstIntake()
  const sheets = new Map<string, GivenFile>()
  for (const file of files.filter(({ name }) => !OTHERS.test(name)))
    for (const sheet of await sheetsOf(file))
      sheets.set(sheet.name, await book(`${sheet.name}.xlsx`, [sheet]))
  tables = ORDER.map((name) => sheets.get(name) as GivenFile)
  tables.push(...files.filter(({ name }) => OTHERS.test(name)))
  whole = await createDatabase()
  apart = await createDatabase()
  await imported(whole, files)
}, 240_000)
afterAll(async () => {
  await whole.close()
  await apart.close()
})

test('tables read one by one, each alone, make the same centre as all of them at once', {
  timeout: 240_000,
}, async () => {
  for (const table of tables) {
    // A plan with subjects the journal has not heard of is asked about each of them.
    const { faults: asked } = await imported(apart, [table], { dryRun: true })
    const accept = asked.filter(({ code }) => code === 'subject-new').map(({ id }) => id)
    const { held, faults } = await imported(apart, [table], { accept })
    expect([table.name, held, faults.filter(({ severity }) => severity === 'error')]).toEqual([
      table.name,
      [],
      [],
    ])
  }
  for (const [what, text] of Object.entries(SAYS))
    expect([what, await says(apart, text)]).toEqual([what, await says(whole, text)])
})
