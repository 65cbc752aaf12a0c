import type { Day } from '#domain/calendar/day.ts'
import type { Place, Report } from '../faults.ts'
import type {
  BellRecord,
  CalendarEventRecord,
  ClassRecord,
  CurriculumLineRecord,
  GradingPeriodRecord,
  IntakeRecord,
} from '../intake-data.ts'
import type { BellRow } from '../readers/bells.ts'
import type { EventRow, PeriodRow } from '../readers/calendar.ts'
import type { RawTables } from '../readers/tables.ts'
import type { CentreTitle } from '../readers/titles.ts'
import { classLabel } from '../values/class-labels.ts'
import { subjectKey, subjectName } from '../values/subjects.ts'
import { fold } from '../values/text.ts'
import { daysBetween, weekdayOfDay } from '../values/times.ts'
import type { Registry } from './registry.ts'
import { findClass } from './registry.ts'

/** The intake the titles speak of; a title of another intake is asked about. */
export function assembleIntake(
  titles: CentreTitle[],
  events: EventRow[],
  { report }: Registry,
): IntakeRecord | null {
  const intake = titles.find((title) => title.intake !== null)?.intake ?? null
  for (const title of titles) {
    if (title.intake !== null && intake !== null && !isSame(title.intake, intake)) {
      report(title.at, 'intake-differs', title.intake.startsOn, {
        start: intake.startsOn,
        end: intake.endsOn,
      })
    }
  }
  const event = events.find(({ kind }) => kind === 'intake')
  if (intake !== null && event !== undefined && !isSame({ ...intake, ...datesOf(event) }, intake)) {
    report(event.at, 'intake-differs', event.startsOn, { start: intake.startsOn, end: intake.endsOn })
  }
  return intake
}

/** Events of the school year; the study days promised for the intake are counted again. */
export function assembleCalendar(
  events: EventRow[],
  intake: IntakeRecord | null,
  { report }: Registry,
): CalendarEventRecord[] {
  const once = withoutRepeats(events, ({ name, startsOn }) => `${fold(name)}|${startsOn}`, report)
  const calendar = once.map(({ kind, name, startsOn, endsOn, grades, note }) => ({
    key: `${fold(name)}|${startsOn}`,
    kind,
    name,
    startsOn,
    endsOn,
    grades,
    note,
  }))
  for (const { kind, studyDays, noteAt } of events) {
    if (kind !== 'intake' || studyDays === null || intake === null) continue
    const counted = studyDaysOf(intake, calendar).length
    if (counted !== studyDays) report(noteAt, 'study-days-differ', studyDays, { expected: String(counted) })
  }
  return calendar
}

/** Days of an intake on which there are lessons: five a week, without vacations and days off of everybody. */
export function studyDaysOf(intake: IntakeRecord, calendar: CalendarEventRecord[]): Day[] {
  const free = calendar.filter(
    ({ kind, grades }) => (kind === 'vacation' || kind === 'day-off') && grades === null,
  )
  return daysBetween(intake.startsOn, intake.endsOn).filter(
    (day) => weekdayOfDay(day) < 6 && !free.some(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn),
  )
}

// Two rows of one record: the first is taken and the second is told of, with the cell of the first.
function withoutRepeats<Row extends { at: Place; name: string }>(
  rows: Row[],
  keyOf: (row: Row) => string,
  report: Report,
): Row[] {
  const first = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row)
    const same = first.get(key)
    if (same === undefined) first.set(key, row)
    else report(row.at, 'row-duplicated', row.name, { cell: same.at.cell ?? '' })
  }
  return [...first.values()]
}

export function assembleGradingPeriods(periods: PeriodRow[], { report }: Registry): GradingPeriodRecord[] {
  const once = withoutRepeats(periods, ({ grades, name }) => `${grades.join(',')}|${fold(name)}`, report)
  return once.map(({ at: _, ...period }) => ({
    key: `${period.grades.join(',')}|${fold(period.name)}`,
    ...period,
  }))
}

export function assembleBells(bells: BellRow[], { report }: Registry): BellRecord[] {
  const records = new Map<string, BellRecord>()
  for (const { at, ...bell } of bells) {
    const key = `${bell.grades.join(',')}|${bell.period}`
    if (records.has(key)) report(at, 'row-duplicated', bell.period)
    else records.set(key, { key, ...bell })
  }
  return [...records.values()]
}

/** Makes classes and subjects known: those of the curriculum, or without one those of the other lists. */
export function learnClassesAndSubjects(raw: RawTables, registry: Registry): void {
  const { lines, limits } = raw.curriculum
  const named = [...limits, ...lines].map(({ classUnit }) => classUnit.text)
  for (const text of named.length > 0 ? named : raw.students.map(({ classUnit }) => classUnit.text)) {
    const label = classLabel(text)
    if (label !== null) registry.classes.set(label.key, label)
  }
  const subjects = lines.length > 0 ? lines : raw.load
  for (const { subject } of subjects)
    registry.subjects.set(subjectKey(subject.text), subjectName(subject.text))
}

export function assembleClasses(raw: RawTables, registry: Registry): ClassRecord[] {
  const limits = new Map(
    raw.curriculum.limits.map(({ classUnit, hours }) => [classLabel(classUnit.text)?.key, hours]),
  )
  return [...registry.classes.values()].map((label) => ({
    ...label,
    weeklyLimit: limits.get(label.key) ?? null,
  }))
}

export function assembleCurriculum(raw: RawTables, registry: Registry): CurriculumLineRecord[] {
  const lines = new Map<string, CurriculumLineRecord>()
  for (const { at, classUnit, subject, part, hours } of raw.curriculum.lines) {
    const classKey = findClass(registry, classUnit)
    if (classKey === null) continue
    const key = `${classKey}|${subjectKey(subject.text)}`
    const before = registry.places.get(`curriculum|${key}`)?.cell
    if (lines.has(key)) registry.report(at, 'row-duplicated', subject.text, before ? { cell: before } : {})
    lines.set(key, { key, classKey, subjectKey: subjectKey(subject.text), part, hours })
    registry.places.set(`curriculum|${key}`, at)
  }
  for (const limit of raw.curriculum.limits) {
    registry.places.set(`limit|${classLabel(limit.classUnit.text)?.key}`, limit.at)
  }
  return [...lines.values()]
}

function datesOf({ startsOn, endsOn }: EventRow): { startsOn: Day; endsOn: Day } {
  return { startsOn, endsOn }
}

function isSame(one: IntakeRecord, other: IntakeRecord): boolean {
  return one.key === other.key && one.startsOn === other.startsOn && one.endsOn === other.endsOn
}
