import type { DayLesson, OverdueLessons, TeachingDay } from '#contract/lessons.ts'
import { type CodeMeaning, offeredAttendance } from '#domain/attendance/offer.ts'
import type { Day } from '#domain/calendar/day.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import { missingParts } from '#domain/lessons/filling.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { type DayChildRow, type DayLessonRow, readDayRow, readOverdueRows } from './day.sql.ts'

/** Own lessons of a day in order of time: what is filled, what is late, who is away (4.3–4.5). */
export async function readDay(call: Call, day: Day): Promise<TeachingDay> {
  const row = await readDayRow(call, day)
  if (!row) throw new NotFound()
  const { previous, next, overdue, codes, windowDays } = row
  return {
    day,
    today: call.today,
    previous,
    next,
    overdue,
    lessons: row.lessons.map((lesson) => cardOf(lesson, codes, windowDays, call.today)),
  }
}

function cardOf(row: DayLessonRow, codes: CodeMeaning[], windowDays: number, today: Day): DayLesson {
  const { opened, roll, ...lesson } = row
  return {
    ...lesson,
    state: lessonState({ heldOn: lesson.day, windowDays, windowOpened: opened }, today),
    children: roll.length,
    attended: roll.filter(({ marked }) => marked).length,
    absent: roll.flatMap((child) => {
      const code = awayCode(child, codes)
      return code === null ? [] : [{ studentId: child.id, name: child.name, code }]
    }),
    arrived: roll.filter(({ arrived }) => arrived).map(({ name }) => name),
    left: roll.filter(({ leaves }) => leaves).map(({ name }) => name),
    roll: roll
      .filter(({ marked }) => !marked)
      .map((child) => ({ studentId: child.id, code: offeredAttendance(child, codes)?.code ?? null })),
  }
}

function awayCode(child: DayChildRow, codes: CodeMeaning[]): string | null {
  if (!child.marked && child.procedure) return offeredAttendance(child, codes)?.code ?? child.away
  return child.away
}

/** Past lessons of one's own that lack their topic or attendance, newest first. */
export async function readOverdue(call: Call): Promise<OverdueLessons> {
  const found = await readOverdueRows(call)
  return {
    lessons: found.map(({ topic, attendance, window_days: windowDays, opened, ...lesson }) => ({
      ...lesson,
      state: lessonState({ heldOn: lesson.day, windowDays, windowOpened: opened }, call.today),
      missing: missingParts({ topic, attendance }),
    })),
  }
}
