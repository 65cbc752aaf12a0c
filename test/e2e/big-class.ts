import { addDays, type Day, weekdayOf } from '#domain/calendar/day.ts'
import type { Database } from '#platform/db.ts'
import { ids, insert, TODAY } from '../small-school.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** One of them has already left, so a column of today takes thirty marks. */
export const CHILDREN = 31
const LESSONS = 20
const version = 1

/** 7Б and its algebra, kept by the teacher of the small school: 31 children × 20 lessons, every third with a test. */
export const algebra = {
  journal: id(500),
  class: id(501),
  subject: id(502),
  lesson: (n: number) => id(3000 + n),
  test: (n: number) => id(4000 + n),
  /** Lessons before this one are past, this one is today; the 9th and the 10th may still be filled. */
  today: 6,
  ninth: 4,
} as const

const lastNames =
  `Агеев Бобров Васильев Гринёв Дунаев Елизаров Ёлкин Жарков Зуев Исаев Йовович Котов Лаптев Мальцев
  Носов Орлов Пахомов Рябов Сизов Тихонов Уваров Филин Хохлов Цветков Чернов Шубин Щукин Эйдельман Юдин Якушев Яшин`.split(
    /\s+/,
  )

/** The child's name as the journal shows it, by the line of the grid. */
export const childName = (row: number): string => `${lastNames[row]} Егор`
/** The child's own id, by the same line. The first child is also in the care of Anna's mother. */
export const child = (row: number): string => id(2000 + row)

/** The column of the grid that a lesson's ordinary answers stand in; its test, if any, is the next one. */
export const columnOf = (lesson: number): number => lesson + Math.ceil(lesson / 3)

const days: Day[] = []
for (let day: Day = '2026-11-02'; days.length < LESSONS; day = addDays(day, 1)) {
  if ([1, 2, 4, 5].includes(weekdayOf(day))) days.push(day)
}

/** When each child is here: the third arrived on the 10th, the fourth left on the 6th. */
function spanOf(row: number) {
  if (row === 2) return { starts_on: '2026-11-10', ends_on: '2026-12-19' }
  if (row === 3) return { starts_on: '2026-11-02', ends_on: '2026-11-06' }
  return { starts_on: '2026-11-02', ends_on: '2026-12-19' }
}

const present = (row: number, day: Day): boolean => {
  const { starts_on, ends_on } = spanOf(row)
  return starts_on <= day && day <= ends_on
}

/** Adds 7Б to a database that holds the small school. */
export async function fillClass(database: Database): Promise<void> {
  const add = (table: string, rows: Record<string, unknown>[]) => insert(database, table, rows)
  await addChildren(add)
  await add('subject', [{ id: algebra.subject, name: 'Алгебра', version }])
  await add('teaching_assignment', [
    {
      id: algebra.journal,
      intake_id: ids.intake,
      kind: 'lessons',
      subject_id: algebra.subject,
      group_id: algebra.class,
      teacher_id: ids.teacher,
      part: 'mandatory',
      weekly_hours: 4,
      gradeless: false,
      version,
    },
  ])
  await add(
    'lesson',
    days.map((held_on, n) => ({
      id: algebra.lesson(n),
      journal_id: algebra.journal,
      held_on,
      period: 3,
      starts_at: '11:00',
      ends_at: '11:40',
      room: '12',
      version,
    })),
  )
  await addEntries(add)
}

type Add = (table: string, rows: Record<string, unknown>[]) => Promise<void>

async function addChildren(add: Add): Promise<void> {
  const rows = Array.from({ length: CHILDREN }, (_, row) => row)
  await add(
    'person',
    rows.map((row) => ({
      id: child(row),
      last_name: lastNames[row],
      first_name: 'Егор',
      middle_name: 'Павлович',
      version,
    })),
  )
  await add(
    'student',
    rows.map((row) => ({ id: child(row), program: 'ООП ООО', adapted: false, version })),
  )
  await add('study_group', [
    {
      id: algebra.class,
      intake_id: ids.intake,
      kind: 'class',
      name: '7Б',
      grade_from: 7,
      grade_to: 7,
      homeroom_teacher_id: ids.homeroom,
      version,
    },
  ])
  await add(
    'group_member',
    rows.map((row) => ({
      id: id(5000 + row),
      group_id: algebra.class,
      group_kind: 'class',
      student_id: child(row),
      ...spanOf(row),
      version,
    })),
  )
  await add(
    'stay',
    rows.map((row) => ({
      id: id(6000 + row),
      student_id: child(row),
      intake_id: ids.intake,
      kind: 'temporary',
      ...spanOf(row),
      version,
    })),
  )
  await add('guardian_link', [
    {
      id: id(9000),
      guardian_id: ids.motherOfAnna,
      student_id: child(0),
      kinship: 'опекун',
      starts_on: '2026-11-02',
      version,
    },
  ])
}

async function addEntries(add: Add): Promise<void> {
  const past = days.filter((day) => day < TODAY)
  const entered = (day: Day) => ({
    entered_on: day,
    entered_at: `${day}T09:00:00Z`,
    late: false,
    version,
  })
  await add(
    'lesson_work',
    days.flatMap((_, n) => {
      const work = {
        id: algebra.test(n),
        lesson_id: algebra.lesson(n),
        work_type_id: ids.test,
        title: 'Линейные уравнения',
        weight: 3,
        position: 1,
        version,
      }
      return n % 3 === 0 ? [work] : []
    }),
  )
  await add(
    'lesson_record',
    past.map((day, n) => ({
      id: id(7000 + n),
      lesson_id: algebra.lesson(n),
      topic: `Линейные уравнения, часть ${n + 1}`,
      taught_by: ids.teacher,
      ...entered(day),
    })),
  )
  await add(
    'homework',
    past.map((day, n) => ({
      id: id(8000 + n),
      lesson_id: algebra.lesson(n),
      text: `№ ${100 + n * 7}, ${103 + n * 7} письменно, повторить правило`,
      minutes: 20,
      ...entered(day),
    })),
  )
  const cells = past.flatMap((day, n) =>
    Array.from({ length: CHILDREN }, (_, row) => ({ day, n, row })).filter(({ row }) => present(row, day)),
  )
  await add(
    'mark',
    cells
      .filter(({ n, row }) => (n + row) % 3 === 0)
      .map(({ day, n, row }) => ({
        id: id(10_000 + n * 100 + row),
        lesson_id: algebra.lesson(n),
        work_id: algebra.lesson(n),
        student_id: child(row),
        value: String(2 + ((n * 7 + row * 5) % 4)),
        ...entered(day),
      })),
  )
  await add(
    'attendance',
    cells
      .filter(({ n, row }) => (n * 5 + row) % 11 === 0)
      .map(({ day, n, row }) => ({
        id: id(20_000 + n * 100 + row),
        lesson_id: algebra.lesson(n),
        student_id: child(row),
        code: ['н', 'б', 'о', 'п'][(n + row) % 4],
        ...entered(day),
      })),
  )
}
