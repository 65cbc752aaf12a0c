import { schoolYearOf } from '#domain/calendar/day.ts'
import type { IntakeData, IntakeRecord } from '../intake-data.ts'
import { intakeName } from './names.words.ts'
import { byKey, type Keyed, type RecordKind, type Source } from './records.ts'

const EVENT_KINDS: Partial<Record<IntakeData['calendar'][number]['kind'], string>> = {
  'day-off': 'holiday',
  vacation: 'vacation',
}

const spanOf = (grades: number[]) => ({ grade_from: Math.min(...grades), grade_to: Math.max(...grades) })

function intakeRows({ data }: Source): Keyed[] {
  const intake = data.intake as IntakeRecord
  const { key, number, schoolYear, startsOn, endsOn } = intake
  const name = intakeName(number)
  return [{ key, row: { number, name, school_year: schoolYear, starts_on: startsOn, ends_on: endsOn } }]
}

function eventRows({ data }: Source): Keyed[] {
  return data.calendar.map(({ key, kind, name, startsOn, endsOn }) => ({
    key,
    row: { name, kind: EVENT_KINDS[kind] ?? 'other', starts_on: startsOn, ends_on: endsOn },
  }))
}

function periodRows({ data }: Source): Keyed[] {
  return data.gradingPeriods.map(({ key, name, grades, startsOn, endsOn, marks }) => ({
    // The first quarter of the next school year is another one.
    key: `${schoolYearOf(startsOn).slice(0, 4)}|${key}`,
    row: { name, ...spanOf(grades), starts_on: startsOn, ends_on: endsOn, marking: marks },
  }))
}

function bellRows({ data, intakeId }: Source): Keyed[] {
  return data.bells.map(({ key, grades, period, startsAt, endsAt }) => ({
    key,
    row: { intake_id: intakeId, ...spanOf(grades), period, starts_at: startsAt, ends_at: endsAt },
  }))
}

function schoolRows({ data }: Source): Keyed[] {
  return data.homeSchools.map(({ key, name, region }) => ({
    key,
    row: { name: region === null ? name : `${name}, ${region}` },
  }))
}

/** Key of the subject a club stands for; a club named as a subject is that subject. */
export const clubSubjectKey = (activity: string): string => activity.toLowerCase()

function subjectRows({ data }: Source): Keyed[] {
  const subjects = byKey(data.subjects)
  for (const { activity } of data.activityGroups) {
    const key = clubSubjectKey(activity)
    if (!subjects.has(key)) subjects.set(key, { key, name: activity })
  }
  return [...subjects.values()].map(({ key, name }) => ({ key, row: { name } }))
}

export const centreKinds: RecordKind[] = [
  { kind: 'intake', table: 'intake', rows: intakeRows, sameBy: ['school_year', 'number'] },
  { kind: 'calendar-event', table: 'calendar_event', rows: eventRows, sameBy: ['name', 'starts_on'] },
  {
    kind: 'grading-period',
    table: 'grading_period',
    rows: periodRows,
    otherwise: { marking: 'period' },
    sameBy: ['name', 'grade_from', 'grade_to', 'starts_on'],
  },
  { kind: 'bell', table: 'bell', rows: bellRows, sameBy: ['intake_id', 'grade_from', 'grade_to', 'period'] },
  { kind: 'home-school', table: 'home_school', rows: schoolRows, sameBy: ['name'] },
  { kind: 'subject', table: 'subject', rows: subjectRows, sameBy: ['name'] },
]
