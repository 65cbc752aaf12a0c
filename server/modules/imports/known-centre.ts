import type { Day } from '#domain/calendar/day.ts'
import type { ExplainedKind } from './faults.ts'
import type {
  ActivityGroupRecord,
  BellRecord,
  CalendarEventRecord,
  CorrectiveGroupRecord,
  CurriculumLineRecord,
  IntakeRecord,
  StudentRecord,
  SubgroupRecord,
  TeachingAssignmentRecord,
} from './intake-data.ts'
import type { ClassLabel } from './values/class-labels.ts'
import type { PersonName } from './values/names.ts'

/** A child the journal has, under the key imports know it by. */
export type KnownChild = Pick<
  StudentRecord,
  'key' | 'name' | 'birthDate' | 'classKey' | 'arrivesOn' | 'leavesOn'
> & {
  /** Whether the child is here in this intake: who was in another one alone is nobody a list of this one may mean. */
  stays: boolean
}

/** A member of the staff the journal has, with what tells two people of like names apart. */
export type KnownStaff = {
  key: string
  name: PersonName
  phone: string | null
  email: string | null
  position: string
  /** Roles that have not ended. */
  roles: string[]
}

/** A weekly time of one journal; `grades` are those of its class, none for groups of several classes. */
export type Slot = {
  key: string
  journalKey: string
  weekday: number
  period: number | null
  startsAt: string
  endsAt: string
  room: string | null
  grades: number[]
}

/** Groups, load, bells and plans the journal has of the intake: a table that refers to them alone finds them. */
export type KnownTeaching = {
  subgroups: Pick<SubgroupRecord, 'key' | 'classKey' | 'division' | 'name'>[]
  correctiveGroups: Pick<CorrectiveGroupRecord, 'key' | 'name'>[]
  activityGroups: Pick<ActivityGroupRecord, 'key' | 'activity' | 'name'>[]
  bells: BellRecord[]
  curriculum: CurriculumLineRecord[]
  /** By the teacher, subject and group each has now, under the key it was read with. */
  assignments: TeachingAssignmentRecord[]
  lessonPlans: { key: string }[]
  /** Weekly times, of which a calendar alone makes lessons. */
  slots: Slot[]
}

/** What the journal has already of a centre: spreadsheets of a part of it refer to the rest. */
export type KnownCentre = KnownTeaching & {
  intake: IntakeRecord | null
  /** Whether that intake was taken since the tables name none, and is over: nobody may change it unasked. */
  isOver: boolean
  /** Days without lessons, so that a timetable alone makes none on them. */
  calendar: CalendarEventRecord[]
  classes: ClassLabel[]
  subjects: { key: string; name: string }[]
  staff: KnownStaff[]
  students: KnownChild[]
  /** Guardians of each child, so that a corrected name or telephone makes no second one. */
  guardians: { key: string; childKey: string; name: PersonName; phone: string | null; email: string | null }[]
  /** Names earlier tables had for what the journal has, folded, with the key of what they mean. */
  explained: { kind: ExplainedKind; said: string; key: string }[]
  /** Records by kind and key («class|5а»), also those no import has made. */
  ids: ReadonlyMap<string, string>
}

/** A centre nothing is known of. */
export function nobodyKnown(): KnownCentre {
  return {
    intake: null,
    isOver: false,
    calendar: [],
    classes: [],
    subjects: [],
    staff: [],
    students: [],
    guardians: [],
    explained: [],
    ...noTeaching(),
    ids: new Map(),
  }
}

/** An intake in which nothing is taught yet. */
export function noTeaching(): KnownTeaching {
  return {
    subgroups: [],
    correctiveGroups: [],
    activityGroups: [],
    bells: [],
    curriculum: [],
    assignments: [],
    lessonPlans: [],
    slots: [],
  }
}

/** Which centre and intake the spreadsheets speak of, as far as they say. */
export type SaidCentre = { organizationName: string | null; intake: IntakeRecord | null; today: Day }
