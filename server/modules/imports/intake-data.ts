import type { Day } from '#domain/calendar/day.ts'
import type { ExplainedKind } from './faults.ts'
import type { ClassLabel } from './values/class-labels.ts'
import type { PersonName } from './values/names.ts'
import type { TimeSpan, Weekday } from './values/times.ts'

// Keys are natural: the same person, class or lesson has the same key in every import of the centre.

/** Roles a position, a class, a club or a load gives a member of the staff. */
export type StaffRole =
  | 'director'
  | 'deputy'
  | 'system-admin'
  | 'journal-officer'
  | 'secretary'
  | 'teacher'
  | 'homeroom-teacher'
  | 'activity-teacher'
  | 'carer'
  | 'specialist'

/** One stay of children at the centre («заезд»); `schoolYear` as «2026/27». */
export type IntakeRecord = { key: string; number: number; schoolYear: string; startsOn: Day; endsOn: Day }

/** Days off and vacations of the school year; `grades` is null when they concern everybody. */
export type CalendarEventRecord = {
  key: string
  kind: 'year-start' | 'year-end' | 'vacation' | 'intake' | 'day-off'
  name: string
  startsOn: Day
  endsOn: Day
  grades: number[] | null
  note: string | null
}

/** A quarter, trimester or half-year («учебный период») for some grades. */
export type GradingPeriodRecord = {
  key: string
  kind: 'quarter' | 'trimester' | 'half-year' | 'year'
  name: string
  grades: number[]
  startsOn: Day
  endsOn: Day
  /** Null when the table does not say. */
  marks: 'none' | 'home-school' | 'current-only' | 'period' | null
}

/** Bells of one lesson of the day for some grades. */
export type BellRecord = TimeSpan & {
  key: string
  grades: number[]
  period: number
  extracurricular: boolean
}

export type RoomRecord = { key: string; name: string }

/** A member of the staff; `homeroomClassKey` is the class in their charge. */
export type StaffRecord = {
  key: string
  name: PersonName
  positions: string[]
  roles: StaffRole[]
  subjects: string | null
  roomKey: string | null
  email: string | null
  phone: string | null
  methodDay: Weekday | null
  homeroomClassKey: string | null
}

/** School a child comes from («школа по месту обучения»). */
export type HomeSchoolRecord = { key: string; name: string; region: string | null }

/** Programme («ООП», «АООП» with its variant) as written and in parts. */
export type Programme = {
  text: string
  level: 'primary' | 'basic' | 'secondary' | null
  adapted: boolean
  variant: string | null
}

/** A child and the dates of their stay; `admission` tells a temporary stay from an enrolment. */
export type StudentRecord = {
  key: string
  name: PersonName
  birthDate: Day
  sex: 'male' | 'female' | null
  classKey: string
  programme: Programme | null
  homeSchoolKey: string | null
  homeClass: string | null
  arrivesOn: Day
  leavesOn: Day
  admission: 'temporary' | 'enrolled' | null
  note: string | null
  /** Which of the dates the list gives; the others are those of the intake and no news about a child who is known. */
  said: { arrival: boolean; departure: boolean }
}

/** Legal representative («законный представитель»), one for all their children. */
export type GuardianRecord = { key: string; name: PersonName; phone: string | null; email: string | null }

export type GuardianLinkRecord = {
  key: string
  guardianKey: string
  studentKey: string
  relation: string | null
  kind: 'mother' | 'father' | 'guardian' | 'relative' | 'other'
  livesApart: boolean
  priority: number
}

/** A class of the intake; a set of grades taught together names them all. */
export type ClassRecord = ClassLabel & { weeklyLimit: number | null }

export type SubjectRecord = { key: string; name: string }

/** A part of a class («подгруппа») that is taught apart in one division of subjects. */
export type SubgroupRecord = {
  key: string
  classKey: string
  division: string
  name: string
  memberKeys: string[]
}

export type CurriculumPart = 'mandatory' | 'formed' | 'extracurricular' | 'corrective'

/** Hours a week of one subject in one class («строка учебного плана»). */
export type CurriculumLineRecord = {
  key: string
  classKey: string
  subjectKey: string
  part: CurriculumPart
  hours: number
}

/** Who teaches what to whom («нагрузка»): a class, a subgroup of it, or a corrective group. */
export type TeachingAssignmentRecord = {
  key: string
  teacherKey: string
  subjectKey: string
  classKey: string | null
  subgroupKey: string | null
  correctiveGroupKey: string | null
  hours: number
  part: CurriculumPart | null
}

/** Calendar-thematic plan («КТП») of one subject in one class. */
export type LessonPlanRecord = {
  key: string
  subjectKey: string
  classKey: string
  teacherKeys: string[]
  hoursPerWeek: number
  textbook: string | null
  items: LessonPlanItemRecord[]
}

/** One topic of a plan; `minutes` is what the homework should take. */
export type LessonPlanItemRecord = {
  number: number
  section: string | null
  topic: string
  hours: number
  workForm: string | null
  homework: string | null
  minutes: number | null
}

/** One weekly lesson of one assignment; two subgroups at once are two slots of one lesson. */
export type TimetableSlotRecord = TimeSpan & {
  key: string
  assignmentKey: string
  classKey: string
  weekday: Weekday
  period: number
  roomKey: string | null
}

/** A procedure of a child; `missedSubjectKey` tells which lesson it takes. */
export type ProcedureRecord = TimeSpan & {
  key: string
  studentKey: string
  name: string
  place: string | null
  weekdays: Weekday[]
  period: number | null
  missedSubjectKey: string | null
  note: string | null
}

export type WeeklyTime = TimeSpan & { weekday: Weekday; roomKey: string | null }

/** A corrective group («сборная группа») of children of several classes. */
export type CorrectiveGroupRecord = {
  key: string
  name: string
  specialistKey: string
  slots: WeeklyTime[]
  memberKeys: string[]
}

/** A group of a club («объединение дополнительного образования»). */
export type ActivityGroupRecord = {
  key: string
  activity: string
  name: string
  teacherKey: string
  classKeys: string[]
  slots: WeeklyTime[]
  memberKeys: string[]
}

/** Children added to a group of a club that the journal has already: the folder has its list and not its times. */
export type JoinedGroupRecord = { key: string; memberKeys: string[] }

export type IncomingMark = {
  value: string
  meaning: 'mark' | 'passed' | 'not-passed' | 'not-attested' | 'exempt' | 'absent' | 'ill'
  day: Day | null
  /** Month or period the value stands for, as its column says; null for a mark of a day or of a list. */
  column: string | null
  isPeriodMark: boolean
}

/** Marks a child brings from the home school for one subject. */
export type IncomingSubjectMarks = {
  subjectKey: string
  marks: IncomingMark[]
  plannedHours: number | null
  taughtHours: number | null
  missedLessons: number | null
}

/** One sheet of marks from a home school; `form` counts the four kinds of table met, 1 to 4. */
export type IncomingMarksRecord = {
  key: string
  studentKey: string
  form: 1 | 2 | 3 | 4
  schoolName: string | null
  homeClass: string | null
  periodName: string | null
  startsOn: Day | null
  endsOn: Day | null
  subjects: IncomingSubjectMarks[]
}

/** A name of the tables that somebody has explained: `key` and `means` are what the centre has. */
export type ExplainedName = { kind: ExplainedKind; said: string; key: string; means: string }

/** A whole centre for one intake as its spreadsheets tell it, every reference resolved. */
export type IntakeData = {
  organizationName: string | null
  intake: IntakeRecord | null
  calendar: CalendarEventRecord[]
  gradingPeriods: GradingPeriodRecord[]
  bells: BellRecord[]
  rooms: RoomRecord[]
  staff: StaffRecord[]
  homeSchools: HomeSchoolRecord[]
  classes: ClassRecord[]
  subjects: SubjectRecord[]
  students: StudentRecord[]
  guardians: GuardianRecord[]
  guardianLinks: GuardianLinkRecord[]
  subgroups: SubgroupRecord[]
  curriculum: CurriculumLineRecord[]
  assignments: TeachingAssignmentRecord[]
  lessonPlans: LessonPlanRecord[]
  timetable: TimetableSlotRecord[]
  procedures: ProcedureRecord[]
  correctiveGroups: CorrectiveGroupRecord[]
  activityGroups: ActivityGroupRecord[]
  joinedGroups: JoinedGroupRecord[]
  incomingMarks: IncomingMarksRecord[]
  explained: ExplainedName[]
}

/**
 * Roles a person needs besides those of the position: who leads a club or has hours in the load keeps a journal,
 * whatever the position is called.
 */
export function taughtRoles(
  { key, roles }: { key: string; roles: readonly string[] },
  { assignments, activityGroups }: Pick<IntakeData, 'assignments' | 'activityGroups'>,
): StaffRole[] {
  const leads = activityGroups.some(({ teacherKey }) => teacherKey === key)
  const teaches = assignments.some(({ classKey, teacherKey }) => classKey !== null && teacherKey === key)
  const needed: StaffRole[] = []
  if (leads && !roles.includes('activity-teacher')) needed.push('activity-teacher')
  if (teaches && !roles.includes('teacher') && !roles.includes('specialist')) needed.push('teacher')
  return needed
}
