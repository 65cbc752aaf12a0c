import type { IntakeData } from '../intake-data.ts'
import type { KnownCentre } from '../known-centre.ts'

/** Kinds of records an import makes, in the order they are written: what is referred to comes first. */
export const KINDS = [
  'intake',
  'calendar-event',
  'grading-period',
  'bell',
  'home-school',
  'subject',
  'staff',
  'staff-member',
  'student-person',
  'student',
  'stay',
  'guardian',
  'guardian-link',
  'role',
  'class',
  'subgroup',
  'activity-group',
  'corrective-group',
  'member',
  'curriculum-line',
  'lesson-plan',
  'lesson-plan-item',
  'journal',
  'timetable-slot',
  'lesson',
  'procedure',
  'incoming-mark',
] as const
export type Kind = (typeof KINDS)[number]

/**
 * Whose a record is: the centre's for good, or one intake's. «5А» of the next intake is another class, so what is an
 * intake's is looked for in that intake alone. The database holds the same list (`import_key_of_an_intake`).
 */
export const BELONGS_TO: Record<Kind, 'centre' | 'intake'> = {
  intake: 'centre',
  'calendar-event': 'centre',
  'grading-period': 'centre',
  bell: 'intake',
  'home-school': 'centre',
  subject: 'centre',
  staff: 'centre',
  'staff-member': 'centre',
  'student-person': 'centre',
  student: 'centre',
  stay: 'intake',
  guardian: 'centre',
  'guardian-link': 'centre',
  role: 'centre',
  class: 'intake',
  subgroup: 'intake',
  'activity-group': 'intake',
  'corrective-group': 'intake',
  member: 'intake',
  'curriculum-line': 'intake',
  'lesson-plan': 'intake',
  'lesson-plan-item': 'intake',
  journal: 'intake',
  'timetable-slot': 'intake',
  lesson: 'intake',
  procedure: 'intake',
  'incoming-mark': 'intake',
}

/**
 * Columns of one record without the organisation; `id` only where another record lends its own. Null says nothing: the
 * record keeps what it has. An empty text says that there is none.
 */
export type Row = Record<string, unknown>
/** `otherwise`: what this record has, when it is new, where its row says nothing. */
export type Keyed = { key: string; row: Row; otherwise?: Row }

/** Gives the id of a record by its natural key: the one it has, or the one it will get. */
export type IdOf = (kind: Kind, key: string) => string

/** `known` is what the journal has already and the spreadsheets only refer to. */
export type Source = { data: IntakeData; idOf: IdOf; intakeId: string; today: string; known: KnownCentre }

/** How one kind is made of the spreadsheets and where it is kept. */
export type RecordKind = {
  kind: Kind
  table: string
  rows: (source: Source) => Keyed[]
  /** Columns by which a record made by hand is recognised as the one a row means; it stays as it is. */
  sameBy?: string[]
  /** Columns that are set when the record is made and then left alone. */
  once?: string[]
  /** What a new record has where the spreadsheets say nothing. */
  otherwise?: Row
}

/** The record of a key, which the spreadsheets' reading has already proved to be there. */
export function found<T>(known: ReadonlyMap<string, T>, key: string): T {
  const value = known.get(key)
  if (value === undefined) throw new Error('a record refers to one that was not read')
  return value
}

export const byKey = <T extends { key: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.key, one]))
