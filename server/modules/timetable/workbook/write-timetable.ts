import { writeXlsx } from 'hucre/xlsx'
import { nameWithInitials, sharedInitials } from '#domain/people/short-names.ts'
import { naturally } from '#domain/text/natural-order.ts'
import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '#domain/timetable/problem.ts'
import type { IntakeData, TeachingAssignmentRecord } from '#modules/imports/index.ts'
import { timeText } from './clock.ts'
import type { IntakeProblem } from './problem-of-intake.ts'
import { SHORT_SUBJECTS, TIMETABLE } from './workbook.words.ts'

const HEADING_ROW = 3
const WIDTHS = { day: 15, number: 9, time: 13, lesson: 28 }

/** A timetable of an intake as a workbook of the shape its tables have; the import reads it back to the same lessons. */
export async function writeIntakeTimetable(
  data: IntakeData,
  intake: IntakeProblem,
  timetable: PlacedTimetable,
): Promise<Uint8Array> {
  const { days, numbers } = intake.grid
  const cells = cellTexts(data, intake, timetable)
  const classes = data.classes.toSorted((one, other) => naturally(one.label, other.label))
  const columns = classes.length + TIMETABLE.headings.length
  const rows: (string | number | null)[][] = [
    [TIMETABLE.title],
    [headingOf(data)],
    [],
    [...TIMETABLE.headings, ...classes.map(({ label }) => label)],
  ]
  days.forEach((day, dayIndex) => {
    numbers.forEach((number, period) => {
      const slot = dayIndex * numbers.length + period
      const lessons = classes.map(({ key }) => cells.get(`${key}|${slot}`)?.join('\n') ?? null)
      rows.push([period === 0 ? day.toUpperCase() : null, number, timeOf(intake, period), ...lessons])
    })
  })
  const merges = days.map((_, day) => {
    const startRow = HEADING_ROW + 1 + day * numbers.length
    return { startRow, startCol: 0, endRow: startRow + numbers.length - 1, endCol: 0 }
  })
  const titles = [0, 1].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: columns - 1 }))
  return writeXlsx({
    sheets: [
      {
        name: TIMETABLE.sheet,
        rows: rows.map((row) => [...row, ...Array<null>(columns - row.length).fill(null)]),
        merges: [...titles, ...merges],
        columns: [
          { width: WIDTHS.day },
          { width: WIDTHS.number },
          { width: WIDTHS.time },
          ...classes.map(() => ({ width: WIDTHS.lesson })),
        ],
        freezePane: { rows: HEADING_ROW + 1, columns: TIMETABLE.headings.length },
      },
    ],
  })
}

function headingOf({ organizationName, intake }: IntakeData): string {
  const day = (text: string) => text.split('-').reverse().join('.')
  const dates =
    intake === null
      ? null
      : TIMETABLE.dates(intake.number, intake.schoolYear, day(intake.startsOn), day(intake.endsOn))
  return TIMETABLE.intake(organizationName, dates)
}

// The time of most classes; the youngest go by bells of their own.
function timeOf({ setting }: IntakeProblem, period: number): string | null {
  const all = setting.bells.filter((bell) => bell.period === period)
  const [bell] = all.toSorted((a, b) => b.grades.length - a.grades.length)
  return bell === undefined ? null : `${timeText(bell.startsAt)}–${timeText(bell.endsAt)}`
}

function cellTexts(
  data: IntakeData,
  { courses, problem }: IntakeProblem,
  { start, room }: PlacedTimetable,
): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  courses.forEach(({ classKey, assignments }, activity) => {
    const slot = start[activity] ?? NOWHERE
    if (slot === NOWHERE) return
    const key = `${classKey}|${slot}`
    const rooms = roomNames(problem, room[activity] ?? NOWHERE)
    const shared = sharedInitials(data.staff.map(({ name }) => name.full))
    const lines = assignments.map((one, index) => lessonText(data, one, rooms[index], shared))
    texts.set(key, [...(texts.get(key) ?? []), ...lines])
  })
  return texts
}

// A room of several is named in its parts, one for each of the subgroups.
function roomNames({ rooms }: TimetableProblem, index: number): string[] {
  const room = rooms[index]
  if (room === undefined) return []
  if (room.parts === undefined) return [room.name]
  return room.parts.map(([part]) => rooms[part ?? NOWHERE]?.name ?? '')
}

function lessonText(
  data: IntakeData,
  assignment: TeachingAssignmentRecord,
  room: string | undefined,
  shared: readonly string[],
): string {
  const name = data.subjects.find(({ key }) => key === assignment.subjectKey)?.name ?? ''
  const subject = SHORT_SUBJECTS.get(name) ?? name
  const subgroup = data.subgroups.find(({ key }) => key === assignment.subgroupKey)
  const teacher = data.staff.find(({ key }) => key === assignment.teacherKey)
  return [
    subgroup === undefined ? subject : `${subject} (${subgroup.name})`,
    teacher === undefined ? '' : nameWithInitials(teacher.name.full, shared),
    ...(room === undefined ? [] : [TIMETABLE.room(room)]),
  ].join(', ')
}
