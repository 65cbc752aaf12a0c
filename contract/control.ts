import { z } from 'zod'
import { KEEPING_STATES, LESSON_GAPS, SHOWN_LESSONS } from '#domain/control/keeping.ts'
import { CorrectionView } from './lessons.ts'
import { Day, Id, Name } from './shapes.ts'

const DAYS_AT_ONCE = 100
const MS_PER_DAY = 86_400_000
const span = { from: Day, to: Day }
const isSpan = ({ from, to }: { from: string; to: string }) =>
  from <= to && Date.parse(to) - Date.parse(from) < DAYS_AT_ONCE * MS_PER_DAY

/** Days to look at, at most a hundred. */
export const ControlSpan = z.strictObject(span).refine(isSpan, { path: ['to'] })
export type ControlSpan = z.infer<typeof ControlSpan>

/** Days and filters of the control list; `classId` includes the subgroups of the class. */
export const ControlQuery = z
  .strictObject({
    ...span,
    teacherId: Id.optional(),
    classId: Id.optional(),
    show: z.enum(SHOWN_LESSONS).default('findings'),
  })
  .refine(isSpan, { path: ['to'] })
export type ControlQuery = z.infer<typeof ControlQuery>

const count = z.number().int()

/** How many lessons of some set are held, kept in time, kept late, not kept and why. */
export const KeepingCounts = z.strictObject({
  held: count,
  'in-time': count,
  'filled-late': count,
  missing: count,
  'no-topic': count,
  'no-attendance': count,
  'no-homework': count,
  late: count,
  corrected: count,
  substituted: count,
})
export type KeepingCounts = z.infer<typeof KeepingCounts>

/** A lesson on the control desk: whose it is, what it lacks, why it was late. */
export const ControlRow = z.strictObject({
  lessonId: Id,
  day: Day,
  period: count.nullable(),
  startsAt: z.string(),
  subject: z.string(),
  group: z.string(),
  /** The class, or the club itself. */
  classId: Id,
  className: z.string(),
  /** Who answers for the record: the substitute, when there was one. */
  teacherId: Id,
  teacher: Name,
  /** The teacher by assignment, when another one taught. */
  insteadOf: Name.nullable(),
  substitutionReason: z.string().nullable(),
  /** The substitute taught another lesson at the same hour, knowingly. */
  merged: z.boolean(),
  state: z.enum(KEEPING_STATES),
  gaps: z.array(z.enum(LESSON_GAPS)),
  late: z
    .strictObject({ reason: z.string().nullable(), by: Name.nullable(), enteredOn: Day.nullable() })
    .nullable(),
  /** The first correction of it; a corrected lesson is not late for that. */
  correction: CorrectionView.nullable(),
  /** Attendance entries of the lesson and how many of them are misses. */
  marked: count,
  missed: count,
})
export type ControlRow = z.infer<typeof ControlRow>

const counted = z.strictObject({ id: Id, name: z.string(), counts: KeepingCounts })

/** Lessons as the filters ask, newest first, at most five hundred of `total`. Counts leave the kind aside. */
export const ControlList = z.strictObject({
  today: Day,
  ...span,
  total: count,
  rows: z.array(ControlRow),
  counts: KeepingCounts,
  teachers: z.array(counted),
  classes: z.array(counted),
})
export type ControlList = z.infer<typeof ControlList>

const attendance = { marked: count, missed: count }
const figures = counted.extend(attendance)

/** One page of figures; each is the number of rows of the control list under the filter of its name. */
export const ControlSummary = z.strictObject({
  today: Day,
  ...span,
  counts: KeepingCounts,
  ...attendance,
  teachers: z.array(figures),
  classes: z.array(figures),
})
export type ControlSummary = z.infer<typeof ControlSummary>
