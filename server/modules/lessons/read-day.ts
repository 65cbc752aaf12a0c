import type { DayLesson, OverdueLessons, TeachingDay } from '#contract/lessons.ts'
import { type CodeMeaning, offeredAttendance } from '#domain/attendance/offer.ts'
import type { Day } from '#domain/calendar/day.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import { missingParts } from '#domain/lessons/filling.ts'
import { shortNames } from '#domain/people/short-names.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { type DayChildRow, type DayLessonRow, readDayRow, readOverdueRows } from './day.sql.ts'

/** Own lessons of a day in order of time: what is filled, what is late, who is away (4.3–4.5). */
export async function readDay(call: Call, day: Day): Promise<TeachingDay> {
  const row = await readDayRow(call, day)
  if (!row) throw new NotFound()
  const { previous, next, overdue, codes } = row
  return {
    day,
    today: call.today,
    previous,
    next,
    overdue,
    lessons: row.lessons.map((lesson) => cardOf(lesson, codes, call.today)),
  }
}

type Child = DayChildRow & { marked: boolean; earlier: { code: string | null } | null; away: string | null }

/** What the day says of a child, seen from one lesson. */
function seenFrom({ id, startsAt }: DayLessonRow, child: DayChildRow): Child {
  const here = child.told.find(({ lessonId }) => lessonId === id)
  return {
    ...child,
    marked: here !== undefined,
    earlier: child.told.filter((other) => other.startsAt < startsAt).at(-1) ?? null,
    away: here?.absent ? here.code : null,
  }
}

function cardOf(row: DayLessonRow, codes: CodeMeaning[], today: Day): DayLesson {
  const { opened, windowDays, roll, ...lesson } = row
  const names = shortNames(roll.map(({ name }) => name))
  const children = roll.map((child, n) => ({ ...seenFrom(row, child), name: names[n] ?? child.name }))
  return {
    ...lesson,
    state: lessonState({ heldOn: lesson.day, windowDays, windowOpened: opened }, today),
    children: children.length,
    attended: children.filter(({ marked }) => marked).length,
    absent: children.flatMap((child) => {
      const code = awayCode(child, codes)
      return code === null ? [] : [{ studentId: child.id, name: child.name, code }]
    }),
    arrived: children.filter(({ arrived }) => arrived).map(({ name }) => name),
    left: children.filter(({ leaves }) => leaves).map(({ name }) => name),
    roll: children
      .filter(({ marked }) => !marked)
      .map((child) => ({ studentId: child.id, code: offeredAttendance(child, codes)?.code ?? null })),
  }
}

// Before the roll is taken the list is what one press of the roll would write, so that the two never disagree.
function awayCode(child: Child, codes: CodeMeaning[]): string | null {
  return child.marked ? child.away : (offeredAttendance(child, codes)?.code ?? null)
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
