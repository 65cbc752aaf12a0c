import type { Report } from '../faults.ts'
import type { TableKind } from '../sheet/headings.words.ts'
import type { Table } from '../sheet/table.ts'
import type { BellRow } from './bells.ts'
import { readBells } from './bells.ts'
import type { EventRow, PeriodRow } from './calendar.ts'
import { readCalendar, readGradingPeriods } from './calendar.ts'
import type { ClubMemberRow, ClubRow } from './clubs.ts'
import { readClubMembers, readClubs } from './clubs.ts'
import type { CurriculumRows } from './curriculum.ts'
import { readCurriculum } from './curriculum.ts'
import type { IncomingMarksRow } from './incoming-marks.ts'
import { readIncomingMarks } from './incoming-marks.ts'
import type { LessonPlanRow } from './lesson-plan.ts'
import { readLessonPlan } from './lesson-plan.ts'
import type { LoadRow, SubgroupRow } from './load.ts'
import { readLoad, readSubgroups } from './load.ts'
import type { CorrectiveGroupRow, ProcedureRow } from './procedures.ts'
import { readCorrectiveGroups, readProcedures } from './procedures.ts'
import type { StaffRow } from './staff.ts'
import { readStaff } from './staff.ts'
import type { StudentRow } from './students.ts'
import { readStudents } from './students.ts'
import type { LessonRow } from './timetable.ts'
import { readTimetable } from './timetable.ts'
import type { CentreTitle } from './titles.ts'
import { readCentreTitles } from './titles.ts'

/** Rows of every kind as they stand in the files, nothing resolved yet; each knows its cell. */
export type RawTables = {
  titles: CentreTitle[]
  staff: StaffRow[]
  students: StudentRow[]
  curriculum: CurriculumRows
  load: LoadRow[]
  subgroups: SubgroupRow[]
  bells: BellRow[]
  events: EventRow[]
  periods: PeriodRow[]
  lessons: LessonRow[]
  procedures: ProcedureRow[]
  correctiveGroups: CorrectiveGroupRow[]
  clubs: ClubRow[]
  clubMembers: ClubMemberRow[]
  lessonPlans: LessonPlanRow[]
  marks: IncomingMarksRow[]
}

/** Tables with nothing in them. */
export function noTables(): RawTables {
  return {
    titles: [],
    staff: [],
    students: [],
    curriculum: { lines: [], limits: [], groups: [] },
    load: [],
    subgroups: [],
    bells: [],
    events: [],
    periods: [],
    lessons: [],
    procedures: [],
    correctiveGroups: [],
    clubs: [],
    clubMembers: [],
    lessonPlans: [],
    marks: [],
  }
}

const READERS: Record<TableKind, (raw: RawTables, table: Table, report: Report) => void> = {
  staff: (raw, table, report) => add(raw.staff, readStaff(table, report)),
  students: (raw, table, report) => add(raw.students, readStudents(table, report)),
  curriculum: (raw, table, report) => {
    const { lines, limits, groups } = readCurriculum(table, report)
    add(raw.curriculum.lines, lines)
    add(raw.curriculum.limits, limits)
    add(raw.curriculum.groups, groups)
  },
  load: (raw, table, report) => add(raw.load, readLoad(table, report)),
  subgroups: (raw, table, report) => add(raw.subgroups, readSubgroups(table, report)),
  bells: (raw, table, report) => add(raw.bells, readBells(table, report)),
  calendar: (raw, table, report) => add(raw.events, readCalendar(table, report)),
  'grading-periods': (raw, table, report) => add(raw.periods, readGradingPeriods(table, report)),
  timetable: (raw, table, report) => add(raw.lessons, readTimetable(table, report)),
  procedures: (raw, table, report) => add(raw.procedures, readProcedures(table, report)),
  'corrective-groups': (raw, table, report) => add(raw.correctiveGroups, readCorrectiveGroups(table, report)),
  clubs: (raw, table, report) => add(raw.clubs, readClubs(table, report)),
  'club-members': (raw, table, report) => add(raw.clubMembers, readClubMembers(table, report)),
  'lesson-plan': (raw, table, report) => add(raw.lessonPlans, readLessonPlan(table, report)),
  'marks-by-day': (raw, table, report) => add(raw.marks, readIncomingMarks(table, 1, report)),
  'marks-in-line': (raw, table, report) => add(raw.marks, readIncomingMarks(table, 2, report)),
  'marks-of-period': (raw, table, report) => add(raw.marks, readIncomingMarks(table, 3, report)),
  'marks-in-words': (raw, table, report) => add(raw.marks, readIncomingMarks(table, 4, report)),
}

/** Reads one recognised table and adds its rows; faults go to the report. */
export function readTable(raw: RawTables, table: Table, report: Report): void {
  // A sheet of marks carries the name of another school.
  if (!table.kind.startsWith('marks-')) add(raw.titles, readCentreTitles(table))
  READERS[table.kind](raw, table, report)
}

/** Puts the tables of several files together. */
export function joinTables(all: RawTables[]): RawTables {
  const joined = noTables()
  for (const raw of all) {
    add(joined.curriculum.lines, raw.curriculum.lines)
    add(joined.curriculum.limits, raw.curriculum.limits)
    add(joined.curriculum.groups, raw.curriculum.groups)
    for (const name of Object.keys(joined) as (keyof RawTables)[]) {
      if (name !== 'curriculum') add(joined[name] as unknown[], raw[name])
    }
  }
  return joined
}

// A call with a hundred thousand arguments is more than the engine takes.
function add<Row>(list: Row[], rows: readonly Row[]): void {
  for (const row of rows) list.push(row)
}
