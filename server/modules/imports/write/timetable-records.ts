import type { Day } from '#domain/calendar/day.ts'
import { dayOffFor } from '../assemble/days-off.ts'
import { withKnown } from '../assemble/load.ts'
import type { IntakeData, IntakeRecord } from '../intake-data.ts'
import type { Slot } from '../known-centre.ts'
import { daysBetween, weekdayOfDay } from '../values/times.ts'
import { byKey, type Keyed, type RecordKind, type Source } from './records.ts'
import { clubJournalKey } from './teaching-records.ts'

/** All weekly times of an intake: of classes, of corrective groups and of clubs. */
export function slotsOf(data: IntakeData): Slot[] {
  const [rooms, classes] = [byKey(data.rooms), byKey(data.classes)]
  const room = (key: string | null): string | null => rooms.get(key ?? '')?.name ?? null
  const ofClasses = data.timetable.map(({ key, assignmentKey, classKey, roomKey, ...time }) => ({
    key,
    journalKey: assignmentKey,
    weekday: time.weekday,
    period: time.period,
    startsAt: time.startsAt,
    endsAt: time.endsAt,
    room: room(roomKey),
    grades: classes.get(classKey)?.grades ?? [],
  }))
  const grouped = (journalKey: string, slots: IntakeData['activityGroups'][number]['slots']): Slot[] =>
    slots.map(({ weekday, startsAt, endsAt, roomKey }) => {
      const key = `${weekday}|${startsAt}|${journalKey}`
      return { key, journalKey, weekday, period: null, startsAt, endsAt, room: room(roomKey), grades: [] }
    })
  const journalOf = new Map(data.assignments.map((one) => [one.correctiveGroupKey, one.key]))
  const ofGroups = data.correctiveGroups.flatMap(({ key, slots }) => {
    const journalKey = journalOf.get(key)
    return journalKey === undefined ? [] : grouped(journalKey, slots)
  })
  const ofClubs = data.activityGroups.flatMap(({ key, slots }) => grouped(clubJournalKey(key), slots))
  return [...ofClasses, ...ofGroups, ...ofClubs]
}

/** Every lesson of the intake: each weekly time on each of its days that is nobody's day off. */
export function lessonsOf(data: IntakeData, slots: Slot[] = slotsOf(data)): { day: Day; slot: Slot }[] {
  const { startsOn, endsOn } = data.intake as IntakeRecord
  return daysBetween(startsOn, endsOn).flatMap((day) =>
    slots
      .filter(
        ({ weekday, grades }) =>
          weekday === weekdayOfDay(day) && dayOffFor(grades, day, data.calendar) === undefined,
      )
      .map((slot) => ({ day, slot })),
  )
}

const timeRow = ({ period, startsAt, endsAt, room }: Slot) => ({
  period,
  starts_at: startsAt,
  ends_at: endsAt,
  room,
})

// A timetable alone is of classes and load the journal has.
function withWhatIsKnown({ data, known }: Source): IntakeData {
  return {
    ...data,
    calendar: withKnown(data.calendar, known.calendar),
    classes: [...known.classes.map((one) => ({ ...one, weeklyLimit: null })), ...data.classes],
    assignments: withKnown(data.assignments, known.assignments),
  }
}

function slotRows(source: Source): Keyed[] {
  const { idOf } = source
  return slotsOf(withWhatIsKnown(source)).map((slot) => ({
    key: slot.key,
    row: { journal_id: idOf('journal', slot.journalKey), weekday: slot.weekday, ...timeRow(slot) },
  }))
}

function lessonRows(source: Source): Keyed[] {
  const { idOf } = source
  const whole = withWhatIsKnown(source)
  return lessonsOf(whole, slotsMeant(source, slotsOf(whole))).map(({ day, slot }) => ({
    key: `${day}|${slot.key}`,
    row: { journal_id: idOf('journal', slot.journalKey), held_on: day, ...timeRow(slot) },
  }))
}

// What tells of days tells of all lessons of the journal; another table tells nothing of them.
function slotsMeant(source: Source, said: Slot[]): Slot[] {
  if (!tellsOfDays(source)) return said
  const at = ({ journalKey, weekday, startsAt }: Slot): string => [journalKey, weekday, startsAt].join('|')
  const taken = new Set(said.map(at))
  return withKnown(
    said,
    source.known.slots.filter((one) => !taken.has(at(one))),
  )
}

/** Whether the tables say on which days there is school: a calendar, or other dates of the intake. */
export function tellsOfDays({ data: { calendar, intake }, known }: Source): boolean {
  if (calendar.length > 0) return true
  return (
    known.intake !== null &&
    (known.intake.startsOn !== intake?.startsOn || known.intake.endsOn !== intake.endsOn)
  )
}

function procedureRows({ data, idOf, intakeId }: Source): Keyed[] {
  return data.procedures.flatMap(({ key, studentKey, name, place, weekdays, period, startsAt, endsAt }) =>
    weekdays.map((weekday) => ({
      key: `${key}|${weekday}`,
      row: {
        student_id: idOf('student-person', studentKey),
        intake_id: intakeId,
        name,
        place,
        weekday,
        period,
        starts_at: startsAt,
        ends_at: endsAt,
      },
    })),
  )
}

function markRows({ data, idOf, intakeId, known }: Source): Keyed[] {
  const subjects = byKey([...known.subjects, ...data.subjects])
  return data.incomingMarks.flatMap(({ key, studentKey, form, schoolName, periodName, subjects: list }) => {
    const source_file = [schoolName, periodName, form].filter((part) => part !== null).join(', ')
    return list.flatMap(({ subjectKey, marks }) =>
      marks.map(({ value, day, column, isPeriodMark }, index) => ({
        key: `${key}|${subjectKey}|${index + 1}`,
        row: {
          student_id: idOf('student-person', studentKey),
          intake_id: intakeId,
          subject: subjects.get(subjectKey)?.name ?? subjectKey,
          kind: markKind(day, isPeriodMark),
          position: index + 1,
          day,
          label: column,
          value,
          source_file,
        },
      })),
    )
  })
}

function markKind(day: Day | null, isPeriodMark: boolean): 'dated' | 'listed' | 'period' {
  if (isPeriodMark) return 'period'
  return day === null ? 'listed' : 'dated'
}

export const timetableKinds: RecordKind[] = [
  {
    kind: 'timetable-slot',
    table: 'timetable_slot',
    rows: slotRows,
    sameBy: ['journal_id', 'weekday', 'starts_at'],
  },
  { kind: 'lesson', table: 'lesson', rows: lessonRows, sameBy: ['journal_id', 'held_on', 'starts_at'] },
  {
    kind: 'procedure',
    table: 'procedure',
    rows: procedureRows,
    sameBy: ['intake_id', 'student_id', 'weekday', 'starts_at'],
  },
  { kind: 'incoming-mark', table: 'incoming_mark', rows: markRows },
]
