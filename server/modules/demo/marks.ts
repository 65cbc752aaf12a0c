import { newId } from '#platform/ids.ts'
import { chance, oneOf } from './chance.ts'
import type { DemoTable, LessonFact, WorkTypeFact } from './demo.sql.ts'
import { LARGER_WORKS, MARK_COMMENTS } from './texts.words.ts'

export type Sheet = {
  lesson: LessonFact
  roll: { student: string; code: string | null }[]
  /** Which lesson of its journal it is, from 0. */
  n: number
  workTypes: WorkTypeFact[]
}

type NewRow = { table: Extract<DemoTable, 'mark' | 'lesson_work'>; row: Record<string, unknown> }

const ANSWERS = 0.3
const EVERY_NTH_LESSON = 5

/** Marks of one lesson: a third of the children answers; every fifth lesson has a larger work that all write. */
export function marksOf({ lesson, roll, n, workTypes }: Sheet): NewRow[] {
  if (lesson.kind !== 'lessons' || lesson.gradeless) return []
  const present = roll.filter(({ code }) => code === null || code === 'о')
  const answers = present
    .filter(({ student }) => chance('answer', student, lesson.id) < ANSWERS)
    .map(({ student }) => markRow(lesson, lesson.id, student))
  const type = n % EVERY_NTH_LESSON === 3 ? largerWork(lesson, n, workTypes) : undefined
  if (type === undefined) return answers
  const id = newId(Date.parse(lesson.held_on))
  const { id: work_type_id, weight } = type
  const work: NewRow = { table: 'lesson_work', row: { id, work_type_id, title: '', weight, position: 1 } }
  return [...answers, work, ...present.map(({ student }) => markRow(lesson, id, student))]
}

function largerWork({ subject }: LessonFact, n: number, types: WorkTypeFact[]): WorkTypeFact | undefined {
  const names = LARGER_WORKS.find((one) => one.subject.test(subject))?.types ?? []
  const wanted = names[Math.floor(n / EVERY_NTH_LESSON) % names.length]
  return types.find(({ name }) => name === wanted)
}

function markRow(lesson: LessonFact, work: string, student: string): NewRow {
  const comment = chance('said', student, work) < 0.04 ? oneOf(MARK_COMMENTS, student, work) : null
  const value = String(markOf(student, lesson.subject, work))
  return { table: 'mark', row: { work_id: work, student_id: student, value, comment } }
}

// Each child has a level of its own, a little different in each subject; a day may be better or worse.
function markOf(student: string, subject: string, work: string): number {
  const level = 3.3 + chance('level', student) * 1.4 + (chance('level', student, subject) - 0.5) * 0.7
  const day = chance('a', work, student) + chance('b', work, student) + chance('c', work, student) - 1.5
  return Math.min(5, Math.max(2, Math.round(level + day * 1.1)))
}
