import type { Day } from '#domain/calendar/day.ts'
import { withKnown } from '../assemble/load.ts'
import type { IntakeData, IntakeRecord } from '../intake-data.ts'
import { daysBetween, weekdayOfDay } from '../values/times.ts'
import { byKey, type Keyed, type RecordKind, type Source } from './records.ts'
import { clubJournalKey } from './teaching-records.ts'

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

const isFree = (day: Day, grades: number[], calendar: IntakeData['calendar']): boolean =>
  calendar.some(
    (event) =>
      (event.kind === 'day-off' || event.kind === 'vacation') &&
      event.startsOn <= day &&
      day <= event.endsOn &&
      // Of several grades taught together some would still come.
      (event.grades === null ||
        (grades.length > 0 && grades.every((grade) => event.grades?.includes(grade)))),
  )

/** Every lesson of the intake: each weekly time on each of its days that is nobody's day off. */
export function lessonsOf(data: IntakeData): { day: Day; slot: Slot }[] {
  const { startsOn, endsOn } = data.intake as IntakeRecord
  const slots = slotsOf(data)
  return daysBetween(startsOn, endsOn).flatMap((day) =>
    slots
      .filter(({ weekday, grades }) => weekday === weekdayOfDay(day) && !isFree(day, grades, data.calendar))
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
    calendar: [...data.calendar, ...known.calendar],
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
  return lessonsOf(withWhatIsKnown(source)).map(({ day, slot }) => ({
    key: `${day}|${slot.key}`,
    row: { journal_id: idOf('journal', slot.journalKey), held_on: day, ...timeRow(slot) },
  }))
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
