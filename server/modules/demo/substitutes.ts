import type { Day } from '#domain/calendar/day.ts'
import { chance, grouped, oneOf } from './chance.ts'
import type { LessonFact } from './demo.sql.ts'

const DAYS_WITH_AN_ABSENT_TEACHER = 4

/** Who taught instead: on a few days one teacher is away, and colleagues free at that hour take the lessons. */
export function substitutesOf(lessons: LessonFact[], today: Day): Map<string, string> {
  const byDay = grouped(
    lessons.filter(({ kind }) => kind === 'lessons'),
    ({ held_on }) => held_on,
  )
  const past = [...byDay.keys()].filter((day) => day !== today)
  const days = past.filter((_, n) => n % Math.ceil(past.length / DAYS_WITH_AN_ABSENT_TEACHER) === 1)
  return new Map(
    [...days, today].flatMap((day) => {
      const ofDay = byDay.get(day) ?? []
      const all = lessons.filter(({ held_on }) => held_on === day)
      return ofDay.length === 0
        ? []
        : awayOn(
            ofDay,
            grouped(all, ({ teacher_id }) => teacher_id),
          )
    }),
  )
}

// Clubs and corrective lessons take an hour too.
function awayOn(lessons: LessonFact[], hours: Map<string, LessonFact[]>): [string, string][] {
  const byTeacher = grouped(lessons, ({ teacher_id }) => teacher_id)
  const [first] = lessons
  const busy = [...byTeacher]
    .filter(([, own]) => own.length >= 2 && own.length <= 4)
    .map(([teacher]) => teacher)
  if (busy.length === 0 || first === undefined) return []
  const away = oneOf(busy, 'away', place(first, lessons.length))
  const taken = new Set<string>()
  return (byTeacher.get(away) ?? []).flatMap((lesson): [string, string][] => {
    const free = [...byTeacher].filter(
      ([teacher, own]) =>
        teacher !== away &&
        !taken.has(`${teacher}|${lesson.starts_at}`) &&
        own.length > 0 &&
        (hours.get(teacher) ?? []).every(
          (one) => one.ends_at <= lesson.starts_at || lesson.ends_at <= one.starts_at,
        ),
    )
    if (free.length === 0) return []
    const sameSubject = free.filter(([, own]) => own.some(({ subject }) => subject === lesson.subject))
    const [substitute] = oneOf(
      sameSubject.length > 0 ? sameSubject : free,
      'free',
      lesson.starts_at,
      chance('day', lessons.length),
    )
    taken.add(`${substitute}|${lesson.starts_at}`)
    return [[lesson.id, substitute]]
  })
}

// Ids differ from start to start, places in the day do not.
const place = ({ starts_at }: LessonFact, count: number): string => `${starts_at}|${count}`
