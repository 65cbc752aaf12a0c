import type { DiaryAverage, DiaryDay, DiaryWeek } from '#contract/diary.ts'
import { CONTROL } from '#domain/access/access.ts'
import { addDays, type Day, mondayOf } from '#domain/calendar/day.ts'
import { weightedAverage } from '#domain/marks/average.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { noteUsage } from '#platform/usage.ts'
import { type DiaryRow, readDiaryRow } from './diary.sql.ts'

const WEEK = [0, 1, 2, 3, 4, 5, 6]

/** One week of a child's diary, from the Monday of the day asked for; a child of others does not exist. */
export async function readDiary(call: Call, studentId: string, from: Day | undefined): Promise<DiaryWeek> {
  const monday = mondayOf(from ?? call.today)
  // A carer («воспитатель») needs the lessons and the homework of the evening, not how the child is judged.
  const allMarks = call.actor.roles.some((role) => CONTROL.includes(role))
  const row = await readDiaryRow(call, { studentId, monday, allMarks })
  if (!row) throw new NotFound()
  const own = !call.reach.has('organization')
  noteUsage(call, { kind: 'read', resource: 'diary', subjectId: studentId, children: [studentId], own })
  const sunday = addDays(monday, 6)
  return {
    student: { id: studentId, name: row.name, className: row.className },
    today: call.today,
    from: monday,
    to: sunday,
    previous: row.stays.some((stay) => stay.from < monday) ? addDays(monday, -7) : null,
    next: row.stays.some((stay) => stay.to > sunday) ? addDays(monday, 7) : null,
    days: WEEK.map((n) => dayOf(row, addDays(monday, n))),
    averages: averagesOf(row),
    marksShown: row.marksShown,
  }
}

function dayOf(row: DiaryRow, day: Day): DiaryDay {
  const lessons = row.lessons.filter((lesson) => lesson.day === day).map(({ day: _, ...lesson }) => lesson)
  const covers = ({ from, to }: { from: Day; to: Day }) => from <= day && day <= to
  return {
    day,
    away: !row.stays.some(covers),
    event: row.events.find(covers)?.name ?? null,
    lessons,
    minutes: lessons.reduce((sum, { due }) => sum + (due?.minutes ?? 0), 0),
  }
}

function averagesOf({ marks }: DiaryRow): DiaryAverage[] {
  const bySubject = new Map<string, DiaryAverage['marks']>()
  for (const { subject, ...mark } of marks) bySubject.set(subject, [...(bySubject.get(subject) ?? []), mark])
  return [...bySubject].map(([subject, own]) => ({ subject, average: weightedAverage(own), marks: own }))
}
