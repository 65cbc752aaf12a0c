import { addDays, type Day, daysBetween, mondayOf, schoolYearOf, weekdayOf } from '#domain/calendar/day.ts'
import { type IntakeData, studyDaysOf } from '#modules/imports/index.ts'

const THIRD_WEEK = 14
const WEEK = 7

/** Whether the demo that starts on a day still stands in its third week; lessons today are asked about apart. */
export const inThirdWeek = (startsOn: Day, today: Day): boolean => {
  const day = daysBetween(startsOn, today)
  return day >= THIRD_WEEK && day < THIRD_WEEK + WEEK
}

/**
 * How many days to move an intake by so that today is a school day of its third week: whole weeks when today is a
 * usual school day, else the nearest weekday's timetable falls on today and the school's week moves with it.
 */
export function shiftFor(data: IntakeData, today: Day): number {
  if (data.intake === null) throw new Error('the demo folder tells of no intake')
  const monday = addDays(mondayOf(data.intake.startsOn), THIRD_WEEK)
  const candidates = studyDaysOf(data.intake, data.calendar).filter(
    (day) => monday <= day && day < addDays(monday, WEEK),
  )
  const distance = (day: Day): number => {
    const apart = Math.abs(weekdayOf(day) - weekdayOf(today))
    return Math.min(apart, WEEK - apart)
  }
  const [first, ...others] = candidates
  if (first === undefined) throw new Error('the demo folder has no school day in its third week')
  return daysBetween(
    others.reduce((best, day) => (distance(day) < distance(best) ? day : best), first),
    today,
  )
}

/** The same centre with every date of the intake `days` later; weekdays turn with the dates, birthdays stay. */
export function movedIntake(data: IntakeData, days: number): IntakeData {
  const move = (day: Day): Day => addDays(day, days)
  const turn = <T extends number>(weekday: T): T => (((((weekday - 1 + days) % WEEK) + WEEK) % WEEK) + 1) as T
  const span = <T extends { startsOn: Day; endsOn: Day }>(one: T): T => ({
    ...one,
    startsOn: move(one.startsOn),
    endsOn: move(one.endsOn),
  })
  const weekly = <T extends { weekday: number }>(one: T): T => ({ ...one, weekday: turn(one.weekday) })
  return {
    ...data,
    intake: data.intake && { ...span(data.intake), schoolYear: schoolYearOf(move(data.intake.startsOn)) },
    calendar: data.calendar.map((event) => ({ ...span(event), name: eventName(event, days) })),
    gradingPeriods: data.gradingPeriods.map(span),
    staff: data.staff.map((one) => ({ ...one, methodDay: one.methodDay && turn(one.methodDay) })),
    students: data.students.map((one) => ({
      ...one,
      arrivesOn: move(one.arrivesOn),
      leavesOn: move(one.leavesOn),
    })),
    timetable: data.timetable.map(weekly),
    procedures: data.procedures.map((one) => ({ ...one, weekdays: one.weekdays.map(turn) })),
    correctiveGroups: data.correctiveGroups.map((one) => ({ ...one, slots: one.slots.map(weekly) })),
    activityGroups: data.activityGroups.map((one) => ({ ...one, slots: one.slots.map(weekly) })),
    incomingMarks: data.incomingMarks.map((one) => ({
      ...one,
      startsOn: one.startsOn && move(one.startsOn),
      endsOn: one.endsOn && move(one.endsOn),
      subjects: one.subjects.map((subject) => ({
        ...subject,
        marks: subject.marks.map((mark) => ({ ...mark, day: mark.day && move(mark.day) })),
      })),
    })),
  }
}

// A holiday that was moved is no longer that holiday.
const eventName = ({ kind, name }: IntakeData['calendar'][number], days: number): string =>
  kind === 'day-off' && days !== 0 ? 'Выходной день' : name
