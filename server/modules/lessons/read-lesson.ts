import type { LessonChild, LessonPage, PlanItem } from '#contract/lessons.ts'
import { offeredAttendance } from '#domain/attendance/offer.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import { nextPlanLine } from '#domain/lessons/plan.ts'
import { MARK_VALUES } from '#domain/marks/mark.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { noteUsage } from '#platform/usage.ts'
import { type LessonChildRow, type LessonRow, readLessonRow } from './lesson.sql.ts'

/** One lesson with everything its screen shows and proposes (4.3–4.5); another's lesson does not exist. */
export async function readLesson(call: Call, lessonId: string): Promise<LessonPage> {
  const row = await readLessonRow(call, lessonId)
  if (!row) throw new NotFound()
  const children = row.children.map(({ id }) => id)
  const own =
    !call.reach.has('organization') || [row.teacherId, row.substituteId].includes(call.actor.personId)
  noteUsage(call, { kind: 'read', resource: 'lesson', subjectId: lessonId, children, own })
  const { teacher, teacherId, lateReason, correction, codes, workTypes, works, marks, attendance, lesson } =
    row
  return {
    lesson: { ...lesson, state: stateOf(row, call) },
    today: call.today,
    teacher,
    teacherId,
    lateReason,
    correction,
    codes,
    workTypes,
    works,
    marks,
    attendance,
    ...rightsOf(row, call),
    ...recordsOf(row),
    ...neighboursOf(row),
    plan: planOf(row),
    scale: lesson.gradeless ? [] : [...MARK_VALUES],
    children: row.children.map((child) => childView(child, row)),
  }
}

const stateOf = ({ lesson, windowDays, opened }: LessonRow, { today }: Call) =>
  lessonState({ heldOn: lesson.day, windowDays, windowOpened: opened }, today)

function rightsOf(row: LessonRow, call: Call): Pick<LessonPage, 'writable' | 'maySubstitute'> {
  const state = stateOf(row, call)
  const { reach, actor } = call
  const own = reach.has('own-journal') && row.teacherId === actor.personId
  const teaches = own || (reach.has('substituted-lesson') && row.substituteId === actor.personId)
  return {
    writable: teaches && (state === 'today' || state === 'late'),
    maySubstitute: reach.has('organization') || (own && state !== 'closed'),
  }
}

const recordsOf = (row: LessonRow): Pick<LessonPage, 'record' | 'homework' | 'substitution'> => ({
  record: row.record
    ? {
        ...row.record,
        enteredAt: instant(row.record.enteredAt),
        correctedAt: instant(row.record.correctedAt),
      }
    : NO_RECORD,
  homework: row.homework ?? { text: null, minutes: null, version: 0, late: false },
  substitution: row.substitution ?? {
    substituteId: null,
    name: null,
    reason: null,
    merged: false,
    version: 0,
  },
})

function neighboursOf({ neighbours, lesson }: LessonRow): Pick<LessonPage, 'previousId' | 'nextId'> {
  const at = neighbours.indexOf(lesson.id)
  if (at < 0) return { previousId: null, nextId: null }
  return { previousId: neighbours[at - 1] ?? null, nextId: neighbours[at + 1] ?? null }
}

const NO_RECORD: LessonPage['record'] = {
  topic: null,
  planItemId: null,
  comment: null,
  version: 0,
  taughtBy: null,
  late: false,
  enteredAt: null,
  enteredBy: null,
  correctedAt: null,
  correctedBy: null,
}

const instant = (at: string | null): string | null => at && new Date(at).toISOString()

function planOf({ plan }: LessonRow): LessonPage['plan'] {
  if (!plan) return null
  const items = plan.map(({ hours, before: _, ...item }): PlanItem => {
    const { taken, ...shown } = item
    return { ...shown, used: taken >= hours }
  })
  return {
    proposedId: nextPlanLine(plan.map(({ id, hours, before }) => ({ id, hours, taken: before }))),
    items,
  }
}

const childView = ({ earlier, procedure, ...child }: LessonChildRow, { codes }: LessonRow): LessonChild => ({
  ...child,
  offered: offeredAttendance({ earlier, procedure }, codes),
})
