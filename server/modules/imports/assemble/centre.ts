import { type Day, schoolYearOf } from '#domain/calendar/day.ts'
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
import { intakeNumber, intakeRecord } from '../readers/titles.ts'
import { classLabel } from '../values/class-labels.ts'
import { subjectKey as ownSubjectKey } from '../values/subjects.ts'
import { fold } from '../values/text.ts'
import { daysBetween, type TimeSpan, weekdayOfDay } from '../values/times.ts'
import { keysOfEvents } from './days-off.ts'
import { subjectCalled } from './explained.ts'
import type { Registry } from './registry.ts'
import { askOfNew, findClass, isHeard, saidAt } from './registry.ts'

/** The intake the tables name: in a title, or as the one intake of the calendar; null when they name none. */
export function intakeSaid({ titles, events }: Pick<RawTables, 'titles' | 'events'>): IntakeRecord | null {
  const titled = titles.find((title) => title.intake !== null)?.intake
  if (titled) return titled
  const [only, another] = events.filter(({ kind }) => kind === 'intake')
  const number = only === undefined || another !== undefined ? null : intakeNumber(only.name)
  return only === undefined || number === null
    ? null
    : intakeRecord(number, schoolYearOf(only.startsOn), only)
}

/** The intake that is meant: the one named, or the journal's; a title or an event of another one is told of. */
export function assembleIntake(
  raw: Pick<RawTables, 'titles' | 'events'>,
  { report, known }: Registry,
): IntakeRecord | null {
  const intake = intakeSaid(raw) ?? known.intake
  if (intake === null) return null
  const span = { start: intake.startsOn, end: intake.endsOn }
  const differs = (at: Place, said: IntakeRecord): void => {
    if (!isSame(said, intake)) report(at, 'intake-differs', said.startsOn, span)
  }
  for (const { at, text, intake: said, number } of raw.titles)
    if (said !== null) differs(at, said)
    else if (number !== null && number !== intake.number)
      report(at, 'intake-other', text, { number: String(intake.number), ...span })
  for (const { at, startsOn, endsOn } of raw.events.filter((event) => isIntakeEvent(event, intake)))
    differs(at, { ...intake, startsOn, endsOn })
  return intake
}

// A calendar of the whole year names the other intakes too.
const isIntakeEvent = ({ kind, name }: EventRow, { number }: IntakeRecord): boolean =>
  kind === 'intake' && (intakeNumber(name) ?? number) === number

/** Events of the school year; the study days promised for the intake are counted again. */
export function assembleCalendar(
  events: EventRow[],
  intake: IntakeRecord | null,
  { report, known }: Registry,
): CalendarEventRecord[] {
  const once = withoutRepeats(events, ({ name, startsOn }) => `${fold(name)}|${startsOn}`, report)
  const keys = keysOfEvents(once, known.calendar, intake)
  const calendar = once.map((row) => {
    const { kind, name, startsOn, endsOn, grades, note } = row
    return { key: keys.get(row) ?? '', kind, name, startsOn, endsOn, grades, note }
  })
  for (const event of events) {
    const { studyDays, noteAt } = event
    if (studyDays === null || intake === null || !isIntakeEvent(event, intake)) continue
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
  for (const [index, period] of once.entries()) {
    const other = once.slice(0, index).find((before) => isOtherTerm(before, period))
    if (other !== undefined) report(period.at, 'rows-differ', period.name, saidAt(other.at, period.at))
  }
  return once.map(({ at: _, ...period }) => ({
    key: `${period.grades.join(',')}|${fold(period.name)}`,
    ...period,
  }))
}

// One quarter of one grade with two spans.
function isOtherTerm(one: PeriodRow, other: PeriodRow): boolean {
  const isShared = one.grades.some((grade) => other.grades.includes(grade))
  const differs = one.startsOn !== other.startsOn || one.endsOn !== other.endsOn
  return isShared && differs && fold(one.name) === fold(other.name)
}

export function assembleBells(bells: BellRow[], { report }: Registry): BellRecord[] {
  const records = new Map<string, BellRecord & { at: Place }>()
  for (const bell of bells) {
    const key = `${bell.grades.join(',')}|${bell.period}`
    const other = [...records.values()].find(
      ({ period, grades }) => period === bell.period && grades.some((grade) => bell.grades.includes(grade)),
    )
    if (records.has(key))
      report(bell.at, 'row-duplicated', bell.period, { cell: records.get(key)?.at.cell ?? '' })
    else records.set(key, { key, ...bell })
    if (other !== undefined && other.key !== key && !isSameTime(other, bell))
      report(bell.at, 'rows-differ', bell.period, { cell: other.at.cell ?? '' })
  }
  return [...records.values()].map(({ at: _, ...bell }) => bell)
}

const isSameTime = (one: TimeSpan, other: TimeSpan): boolean =>
  one.startsAt === other.startsAt && one.endsAt === other.endsAt

/** Makes classes and subjects known: those of the curriculum, or without one those of the other lists. */
export function learnClassesAndSubjects(raw: RawTables, registry: Registry): void {
  const { lines, limits } = raw.curriculum
  const named = [...limits, ...lines].map(({ classUnit }) => classUnit.text)
  for (const text of named.length > 0 ? named : raw.students.map(({ classUnit }) => classUnit.text)) {
    const label = classLabel(text)
    if (label !== null) registry.classes.set(label.key, label)
  }
  learnSubjects(raw, registry)
}

// Where the journal has subjects, a load with another one may be misspelt, and a plan is asked about.
function learnSubjects({ curriculum, load }: RawTables, registry: Registry): void {
  const { known, subjects } = registry
  const { lines } = curriculum
  const isNew = known.subjects.length === 0
  for (const { subject } of lines.length > 0 || !isNew ? lines : load) {
    const { key, name } = subjectCalled(registry, subject.text)
    if (!isNew && key === ownSubjectKey(subject.text) && !isHeard(registry, key)) askOfNew(registry, subject)
    if (key === ownSubjectKey(subject.text) || !isHeard(registry, key)) subjects.set(key, name)
  }
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
    const { key: subjectKey } = subjectCalled(registry, subject.text)
    const key = `${classKey}|${subjectKey}`
    const before = registry.places.get(`curriculum|${key}`)?.cell
    if (lines.has(key)) registry.report(at, 'row-duplicated', subject.text, before ? { cell: before } : {})
    lines.set(key, { key, classKey, subjectKey, part, hours })
    registry.places.set(`curriculum|${key}`, at)
  }
  for (const limit of raw.curriculum.limits) noteLimit(limit, registry)
  return [...lines.values()]
}

function noteLimit(
  { classUnit, hours, at }: RawTables['curriculum']['limits'][number],
  registry: Registry,
): void {
  const place = `limit|${classLabel(classUnit.text)?.key}`
  const before = registry.places.get(place)
  if (before) registry.report(at, 'rows-differ', hours, saidAt(before, at))
  registry.places.set(place, at)
}

function isSame(one: IntakeRecord, other: IntakeRecord): boolean {
  return one.key === other.key && one.startsOn === other.startsOn && one.endsOn === other.endsOn
}
