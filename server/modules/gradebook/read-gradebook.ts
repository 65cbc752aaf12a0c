import type { GradebookLesson, PackedGradebook } from '#contract/gradebook.ts'
import type { Day } from '#domain/calendar/day.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import { MARK_VALUES } from '#domain/marks/mark.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { noteUsage } from '#platform/usage.ts'
import { type LessonRow, readGradebookRow } from './gradebook.sql.ts'

/** One class journal with everything the grid shows (4.3); another's journal does not exist. */
export async function readGradebook(call: Call, journalId: string): Promise<PackedGradebook> {
  const row = await readGradebookRow(call, journalId)
  if (!row) throw new NotFound()
  const children = row.students.map(({ id }) => id)
  const own = !call.reach.has('organization') || row.head.teacherId === call.actor.personId
  noteUsage(call, { kind: 'read', resource: 'journal', subjectId: journalId, children, own })
  const writable = call.reach.has('own-journal') && row.head.teacherId === call.actor.personId
  return {
    journal: { ...row.head, writable },
    today: call.today,
    scale: row.head.gradeless ? [] : [...MARK_VALUES],
    codes: row.codes,
    lessons: row.lessons.map((lesson) => lessonView(lesson, writable, call.today)),
    students: row.students,
    marks: row.marks,
    attendance: row.attendance,
    comments: row.comments,
  }
}

function lessonView(
  { opened, windowDays, ...lesson }: LessonRow,
  writable: boolean,
  today: Day,
): GradebookLesson {
  const state = lessonState({ heldOn: lesson.day, windowDays, windowOpened: opened }, today)
  return { ...lesson, state, writable: writable && (state === 'today' || state === 'late') }
}
