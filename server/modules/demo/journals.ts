import type { Day } from '#domain/calendar/day.ts'
import { newId } from '#platform/ids.ts'
import { absencesOf, enteredOn } from './absences.ts'
import { chance, grouped, oneOf } from './chance.ts'
import { COURSES } from './courses.words.ts'
import {
  type Batch,
  DEMO_TABLES,
  type DemoTable,
  type Facts,
  type LessonFact,
  type PlanFact,
} from './demo.sql.ts'
import { marksOf } from './marks.ts'
import { substitutesOf } from './substitutes.ts'
import { LATE_REASONS, LESSON_COMMENTS, SUBSTITUTION_REASONS } from './texts.words.ts'

/** When the demo is made: past lessons are filled, of today's only the first that have ended. */
export type Moment = { today: Day; now: Date }

const ZONE = '+03:00'
const LATE = 0.05
const FIRST_OF_TODAY = 2

/** Two weeks of journals as a centre leaves them: mostly filled, some late, some with gaps for the deputy to find. */
export function journalBatches(facts: Facts, moment: Moment): Batch[] {
  const batches = new Map<string, Batch>()
  const into: Into = (actor, day, table, row) => {
    const key = `${day}|${actor}`
    const batch = batches.get(key) ?? emptyBatch(actor, day, moment)
    batches.set(key, batch)
    batch.tables[table].push({ id: newId(Date.parse(batch.at)), ...row })
  }
  const scene = sceneOf(facts, moment)
  for (const lesson of facts.lessons) writeLesson(lesson, scene, into)
  return [...batches.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
}

export type Into = (actor: string, day: Day, table: DemoTable, row: Record<string, unknown>) => void

function emptyBatch(actor: string, day: Day, { now }: Moment): Batch {
  const evening = new Date(`${day}T18:00:00${ZONE}`)
  const tables = Object.fromEntries(Object.keys(DEMO_TABLES).map((table) => [table, []]))
  return {
    actor,
    at: (evening < now ? evening : now).toISOString(),
    tables: tables as unknown as Batch['tables'],
  }
}

type Scene = ReturnType<typeof sceneOf>

function sceneOf(facts: Facts, { today, now }: Moment) {
  const { lessons, members, plans, procedures, startsOn } = facts
  const order = new Map<string, number>()
  for (const [, ofJournal] of grouped(lessons, ({ journal_id }) => journal_id))
    for (const [n, { id }] of ofJournal.entries()) order.set(id, n)
  const teachers = [...new Set(lessons.map(({ teacher_id }) => teacher_id))]
  return {
    facts,
    today,
    now,
    order,
    members: grouped(members, ({ group_id }) => group_id),
    plans: grouped(plans, ({ plan_id }) => plan_id),
    absences: absencesOf(procedures, startsOn),
    substitutes: substitutesOf(lessons, today),
    // Every seventh teacher keeps the journal carelessly, so that control has something to show.
    careless: new Set(teachers.filter((_, n) => n % 7 === 3)),
  }
}

type Entered = { entered_on: Day; entered_at: string; late: boolean }

function writeLesson(lesson: LessonFact, scene: Scene, into: Into): void {
  const { substitutes, facts } = scene
  const substitute = substitutes.get(lesson.id)
  if (substitute !== undefined)
    into(facts.deputy, lesson.held_on, 'substitution', {
      lesson_id: lesson.id,
      substitute_id: substitute,
      reason: oneOf(SUBSTITUTION_REASONS, lesson.held_on),
    })
  if (isAhead(lesson, scene) || isForgotten(lesson, scene)) return
  const writing = { actor: substitute ?? lesson.teacher_id, entered: enteredFor(lesson, scene), into }
  if (writing.entered.late)
    into(writing.actor, writing.entered.entered_on, 'late_entry', {
      lesson_id: lesson.id,
      reason: oneOf(LATE_REASONS, ...placeOf(lesson, scene)),
      entered_on: writing.entered.entered_on,
      actor_id: writing.actor,
    })
  writeContent(lesson, scene, writing)
  writeCells(lesson, scene, writing)
}

function enteredFor(lesson: LessonFact, scene: Scene): Entered {
  const { today } = scene
  const isLate = lesson.held_on < today && chance('late-entry', ...placeOf(lesson, scene)) < LATE
  const day = enteredOn(lesson, isLate, today)
  return { entered_on: day, entered_at: enteredAt(lesson, day, scene), late: day !== lesson.held_on }
}

function writeCells(lesson: LessonFact, scene: Scene, { actor, entered, into }: Writing): void {
  const { members, absences, order, facts } = scene
  const day = entered.entered_on
  const roll = (members.get(lesson.group_id) ?? [])
    .filter(({ starts_on, ends_on }) => starts_on <= lesson.held_on && lesson.held_on <= ends_on)
    .map((member) => ({ student: member.student_id, code: absences(member, lesson) }))
  for (const { student, code } of roll)
    into(actor, day, 'attendance', { lesson_id: lesson.id, student_id: student, code, ...entered })
  const sheet = { lesson, roll, n: order.get(lesson.id) ?? 0, workTypes: facts.workTypes }
  for (const { table, row } of marksOf(sheet)) {
    const dated = table === 'mark' ? { ...row, ...entered } : row
    into(actor, day, table, { lesson_id: lesson.id, ...dated })
  }
}

// A lesson's place in the timetable, the same in every demo; ids are not.
const placeOf = (
  { subject, starts_at, held_on }: LessonFact,
  { order, facts }: Scene,
): (string | number)[] => [subject, starts_at, facts.lessons.length, held_on.slice(-2), order.size]

const isAhead = ({ held_on, ends_at, period }: LessonFact, { today, now }: Scene): boolean =>
  held_on === today &&
  ((period ?? FIRST_OF_TODAY + 1) > FIRST_OF_TODAY || new Date(`${held_on}T${ends_at}${ZONE}`) > now)

function isForgotten(lesson: LessonFact, scene: Scene): boolean {
  const careless = scene.careless.has(lesson.teacher_id) ? 0.22 : 0.012
  return chance('forgotten', lesson.teacher_id.slice(-1), ...placeOf(lesson, scene)) < careless
}

function enteredAt({ held_on, ends_at, id }: LessonFact, day: Day, { now }: Scene): string {
  const minutes = Math.floor(chance('minute', id) * 20)
  const onTime = new Date(Date.parse(`${held_on}T${ends_at}${ZONE}`) + minutes * 60_000)
  const moment = day === held_on ? onTime : new Date(`${day}T17:${String(minutes + 10)}:00${ZONE}`)
  return (moment < now ? moment : now).toISOString()
}

type Writing = { actor: string; entered: Entered; into: Into }

function writeContent(lesson: LessonFact, scene: Scene, { actor, entered, into }: Writing): void {
  const n = scene.order.get(lesson.id) ?? 0
  const item = planLine(scene.plans.get(lesson.lesson_plan_id ?? '') ?? [], n)
  const course = COURSES.find(({ subject }) => subject.test(lesson.subject))
  const words = placeOf(lesson, scene)
  const topic = item?.topic ?? course?.topics[n % course.topics.length] ?? null
  into(actor, entered.entered_on, 'lesson_record', {
    lesson_id: lesson.id,
    topic: chance('no topic', ...words) < 0.02 ? null : topic,
    plan_item_id: item?.id ?? null,
    comment: chance('comment', ...words) < 0.03 ? oneOf(LESSON_COMMENTS, ...words) : null,
    taught_by: actor,
    ...entered,
  })
  if (lesson.kind !== 'lessons' || chance('no homework', ...words) < 0.05) return
  into(actor, entered.entered_on, 'homework', {
    lesson_id: lesson.id,
    ...homeworkOf(lesson, { item, course, n }),
    ...entered,
  })
}

function planLine(items: PlanFact[], n: number): PlanFact | undefined {
  let hours = 0
  return items.find((item) => {
    hours += item.hours
    return n < hours
  })
}

type Source = { item: PlanFact | undefined; course: (typeof COURSES)[number] | undefined; n: number }

// No text is the teacher's word that nothing is set, as always in the first grade.
function homeworkOf(
  { gradeless }: LessonFact,
  { item, course, n }: Source,
): { text: string | null; minutes: number | null } {
  const listed = course?.homework ?? []
  const text = item ? item.homework : listed[n % Math.max(1, listed.length)]
  if (!text || gradeless) return { text: null, minutes: null }
  return { text, minutes: item?.homework_minutes ?? course?.minutes ?? null }
}
