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
  staff: (raw, table, report) => raw.staff.push(...readStaff(table, report)),
  students: (raw, table, report) => raw.students.push(...readStudents(table, report)),
  curriculum: (raw, table, report) => {
    const { lines, limits, groups } = readCurriculum(table, report)
    raw.curriculum.lines.push(...lines)
    raw.curriculum.limits.push(...limits)
    raw.curriculum.groups.push(...groups)
  },
  load: (raw, table, report) => raw.load.push(...readLoad(table, report)),
  subgroups: (raw, table, report) => raw.subgroups.push(...readSubgroups(table, report)),
  bells: (raw, table, report) => raw.bells.push(...readBells(table, report)),
  calendar: (raw, table, report) => raw.events.push(...readCalendar(table, report)),
  'grading-periods': (raw, table, report) => raw.periods.push(...readGradingPeriods(table, report)),
  timetable: (raw, table, report) => raw.lessons.push(...readTimetable(table, report)),
  procedures: (raw, table, report) => raw.procedures.push(...readProcedures(table, report)),
  'corrective-groups': (raw, table, report) =>
    raw.correctiveGroups.push(...readCorrectiveGroups(table, report)),
  clubs: (raw, table, report) => raw.clubs.push(...readClubs(table, report)),
  'club-members': (raw, table, report) => raw.clubMembers.push(...readClubMembers(table, report)),
  'lesson-plan': (raw, table, report) => raw.lessonPlans.push(...readLessonPlan(table, report)),
  'marks-by-day': (raw, table, report) => raw.marks.push(...readIncomingMarks(table, 1, report)),
  'marks-in-line': (raw, table, report) => raw.marks.push(...readIncomingMarks(table, 2, report)),
  'marks-of-period': (raw, table, report) => raw.marks.push(...readIncomingMarks(table, 3, report)),
  'marks-in-words': (raw, table, report) => raw.marks.push(...readIncomingMarks(table, 4, report)),
}

/** Reads one recognised table and adds its rows; faults go to the report. */
export function readTable(raw: RawTables, table: Table, report: Report): void {
  // A sheet of marks carries the name of another school.
  if (!table.kind.startsWith('marks-')) raw.titles.push(...readCentreTitles(table))
  READERS[table.kind](raw, table, report)
}

/** Puts the tables of several files together. */
export function joinTables(all: RawTables[]): RawTables {
  const joined = noTables()
  for (const raw of all) {
    joined.curriculum.lines.push(...raw.curriculum.lines)
    joined.curriculum.limits.push(...raw.curriculum.limits)
    joined.curriculum.groups.push(...raw.curriculum.groups)
    for (const name of Object.keys(joined) as (keyof RawTables)[]) {
      if (name !== 'curriculum') (joined[name] as unknown[]).push(...raw[name])
    }
  }
  return joined
}
