import type { Day } from '#domain/calendar/day.ts'
import type { CalendarEventRecord, IntakeRecord, StudentRecord } from './intake-data.ts'
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

/** What the journal has already of a centre: spreadsheets of a part of it refer to the rest. */
export type KnownCentre = {
  intake: IntakeRecord | null
  /** Whether that intake was taken since the tables name none, and is over: nobody may change it unasked. */
  isOver: boolean
  /** Days without lessons, so that a timetable alone makes none on them. */
  calendar: CalendarEventRecord[]
  classes: ClassLabel[]
  subjects: { key: string; name: string }[]
  staff: { key: string; name: PersonName }[]
  students: KnownChild[]
  /** Guardians of each child, so that a corrected name or telephone makes no second one. */
  guardians: { key: string; childKey: string; name: PersonName; phone: string | null; email: string | null }[]
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
    ids: new Map(),
  }
}

/** Which centre and intake the spreadsheets speak of, as far as they say. */
export type SaidCentre = { organizationName: string | null; intake: IntakeRecord | null; today: Day }
