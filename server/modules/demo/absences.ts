import { addDays, type Day, daysBetween, weekdayOf } from '#domain/calendar/day.ts'
import { chance, grouped } from './chance.ts'
import type { LessonFact, MemberFact, ProcedureFact } from './demo.sql.ts'

/** Why each child was away, lesson by lesson; null is «был на уроке». */
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
  const place = (day: Day): number => daysBetween(startsOn, day)
  return ({ student_id, starts_on }, { held_on, starts_at, ends_at, period }) => {
    if (held_on === starts_on && starts_on !== startsOn && (period ?? 1) <= 2) return 'пр'
    if (isIll(student_id, place(held_on))) return 'б'
    const away = chance('away', student_id, place(held_on))
    const code = RARE.find(([, upTo]) => away < upTo)?.[0]
    if (code !== undefined) return code
    const isTreated = (treated.get(student_id) ?? []).some(
      (one) => one.weekday === weekdayOf(held_on) && one.starts_at < ends_at && starts_at < one.ends_at,
    )
    if (isTreated) return 'п'
    return chance('late', student_id, place(held_on), starts_at) < 0.012 ? 'о' : null
  }
}

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
