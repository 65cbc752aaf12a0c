import { addDays, type Day, daysBetween, weekdayOf } from '#domain/calendar/day.ts'
import { chance, grouped } from './chance.ts'
import type { LessonFact, MemberFact, ProcedureFact } from './demo.sql.ts'

/** Why each child was away, lesson by lesson; null is «на уроке». */
export type Absences = (member: MemberFact, lesson: LessonFact) => string | null

const ILL = 0.22
const RARE: [string, number][] = [
  ['у', 0.012],
  ['н', 0.02],
  ['нп', 0.023],
]

/** Spells of illness, single days away, procedures at their times, latecomers: about what a centre sees. */
export function absencesOf(procedures: ProcedureFact[], startsOn: Day): Absences {
  const treated = grouped(procedures, ({ student_id }) => student_id)
  return (member, lesson) => {
    const { student_id, starts_on } = member
    if (starts_on !== startsOn && isFirstHour(lesson, starts_on)) return 'пр'
    const wholeDay = awayAllDay(student_id, daysBetween(startsOn, lesson.held_on))
    if (wholeDay !== null) return wholeDay
    if ((treated.get(student_id) ?? []).some((one) => isDuring(one, lesson))) return 'п'
    return chance('late', student_id, lesson.id) < 0.012 ? 'о' : null
  }
}

function awayAllDay(student: string, day: number): string | null {
  if (isIll(student, day)) return 'б'
  const away = chance('away', student, day)
  return RARE.find(([, upTo]) => away < upTo)?.[0] ?? null
}

const isFirstHour = ({ held_on, period }: LessonFact, day: Day): boolean =>
  held_on === day && (period ?? 1) <= 2

const isDuring = (one: ProcedureFact, { held_on, starts_at, ends_at }: LessonFact): boolean =>
  one.weekday === weekdayOf(held_on) && one.starts_at < ends_at && starts_at < one.ends_at

function isIll(student: string, day: number): boolean {
  if (chance('ill', student) >= ILL) return false
  const from = 1 + Math.floor(chance('from', student) * 16)
  const length = 2 + Math.floor(chance('length', student) * 3)
  return from <= day && day < from + length
}

/** The day a late record was made: a day or two after the lesson, never ahead of today. */
export function enteredOn({ id, held_on }: LessonFact, isLate: boolean, today: Day): Day {
  if (!isLate || held_on === today) return held_on
  const day = addDays(held_on, chance('entered', id) < 0.7 ? 1 : 2)
  return day > today ? today : day
}
