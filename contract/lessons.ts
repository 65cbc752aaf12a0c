import { z } from 'zod'
import {
  AttendanceCode,
  GradebookAttendance,
  GradebookMark,
  GradebookWork,
  JOURNAL_KINDS,
  LESSON_STATES,
} from './gradebook.ts'
import { Day, Id, Name, Version } from './shapes.ts'

const Time = z.string().regex(/^\d\d:\d\d$/)
const Minutes = z.number().int().min(0).max(600)

/** Why entries of a past lesson are made late, or corrected; asked once a lesson for either (4.4, 4.5). */
export const LateReason = z.string().trim().min(3).max(300)

/** What a lesson is: its journal, its place in the day and how far it is from being writable. */
export const LessonHead = z.strictObject({
  id: Id,
  journalId: Id,
  kind: z.enum(JOURNAL_KINDS),
  gradeless: z.boolean(),
  subject: z.string(),
  group: z.string(),
  day: Day,
  period: z.number().int().nullable(),
  startsAt: Time,
  endsAt: Time,
  room: z.string().nullable(),
  state: z.enum(LESSON_STATES),
})
export type LessonHead = z.infer<typeof LessonHead>

/** A child who is away from a lesson: by its roll, or before that by what the roll would propose. Names are as short as the class can be told apart by. */
export const AbsentChild = z.strictObject({ studentId: Id, name: Name, code: z.string() })

/** One child on the roll as it is proposed: `code` null is «present». */
export const RollLine = z.strictObject({ studentId: Id, code: z.string().nullable() })
export type RollLine = z.infer<typeof RollLine>

/** A lesson of one's day as a card: what is filled, who is away, who came and who leaves. */
export const DayLesson = z.strictObject({
  ...LessonHead.shape,
  topic: z.string().nullable(),
  proposedTopic: z.string().nullable(),
  /** Children in the group that day, and how many of them have attendance. */
  children: z.number().int(),
  attended: z.number().int(),
  homework: z.enum(['given', 'none-given', 'missing']),
  marks: z.number().int(),
  lateReason: z.string().nullable(),
  /** Who teaches it instead of the journal's teacher, and whether that is the reader. */
  substitute: z.strictObject({ name: Name, self: z.boolean() }).nullable(),
  absent: z.array(AbsentChild),
  arrived: z.array(Name),
  left: z.array(Name),
  /** Children without attendance yet, with what is proposed for them: one press saves it. */
  roll: z.array(RollLine),
})
export type DayLesson = z.infer<typeof DayLesson>

/** One's own lessons of a day, substituted ones included, in order of time. */
export const TeachingDay = z.strictObject({
  day: Day,
  today: Day,
  /** The nearest days with own lessons on either side. */
  previous: Day.nullable(),
  next: Day.nullable(),
  lessons: z.array(DayLesson),
  overdue: z.number().int(),
})
export type TeachingDay = z.infer<typeof TeachingDay>

export const LESSON_PARTS = ['topic', 'attendance'] as const

/** Past lessons of one's own without a topic or without attendance. */
export const OverdueLessons = z.strictObject({
  lessons: z.array(
    z.strictObject({
      id: Id,
      subject: z.string(),
      group: z.string(),
      day: Day,
      period: z.number().int().nullable(),
      state: z.enum(LESSON_STATES),
      missing: z.array(z.enum(LESSON_PARTS)),
    }),
  ),
})
export type OverdueLessons = z.infer<typeof OverdueLessons>

/** Why and by whom something of a lesson was first changed after the day of its entry; it makes nothing late. */
export const CorrectionView = z.strictObject({ reason: z.string(), by: Name, enteredOn: Day })
export type CorrectionView = z.infer<typeof CorrectionView>

/** The record of a lesson («запись урока»): topic, comment, who taught, when and by whom it was entered. */
export const LessonRecordView = z.strictObject({
  topic: z.string().nullable(),
  planItemId: Id.nullable(),
  comment: z.string().nullable(),
  version: Version,
  taughtBy: Name.nullable(),
  late: z.boolean(),
  enteredAt: z.string().nullable(),
  enteredBy: Name.nullable(),
  /** The last change made after the day of entry. */
  correctedAt: z.string().nullable(),
  correctedBy: Name.nullable(),
})
export type LessonRecordView = z.infer<typeof LessonRecordView>

/** Homework of a lesson; with a version above 0 and no text it says that nothing was set. */
export const HomeworkView = z.strictObject({
  text: z.string().nullable(),
  minutes: Minutes.nullable(),
  version: Version,
  late: z.boolean(),
})
export type HomeworkView = z.infer<typeof HomeworkView>

/** A line of the lesson plan («КТП»); `used` when another lesson of the journal has taken it. */
export const PlanItem = z.strictObject({
  id: Id,
  position: z.number().int(),
  section: z.string().nullable(),
  topic: z.string(),
  homework: z.string().nullable(),
  minutes: z.number().int().nullable(),
  used: z.boolean(),
})
export type PlanItem = z.infer<typeof PlanItem>

/** A kind of work marks are given for («вид работы»), as data of the school. */
export const WorkTypeChoice = z.strictObject({
  id: Id,
  name: z.string(),
  short: z.string(),
  weight: z.number(),
})
export type WorkTypeChoice = z.infer<typeof WorkTypeChoice>

/** A child of the lesson. `offered` is the attendance proposed for it and why; null when nothing is known. */
export const LessonChild = z.strictObject({
  id: Id,
  name: Name,
  arrived: z.boolean(),
  leaves: z.boolean(),
  offered: z.strictObject({ code: z.string().nullable(), from: z.enum(['lesson', 'procedure']) }).nullable(),
})
export type LessonChild = z.infer<typeof LessonChild>

export const SubstitutionView = z.strictObject({
  substituteId: Id.nullable(),
  name: Name.nullable(),
  reason: z.string().nullable(),
  /** The substitute teaches another lesson at that hour too. */
  merged: z.boolean(),
  version: Version,
})
export type SubstitutionView = z.infer<typeof SubstitutionView>

/** Everything of one lesson on one screen (4.3, 4.4). */
export const LessonPage = z.strictObject({
  lesson: LessonHead,
  today: Day,
  teacher: Name,
  teacherId: Id,
  /** The reader teaches it, by assignment or as a substitute, and its window is open. */
  writable: z.boolean(),
  /** The reader may say who teaches it instead. */
  maySubstitute: z.boolean(),
  lateReason: z.string().nullable(),
  correction: CorrectionView.nullable(),
  record: LessonRecordView,
  homework: HomeworkView,
  substitution: SubstitutionView,
  plan: z.strictObject({ proposedId: Id.nullable(), items: z.array(PlanItem) }).nullable(),
  codes: z.array(AttendanceCode),
  scale: z.array(z.string()),
  workTypes: z.array(WorkTypeChoice),
  works: z.array(GradebookWork),
  children: z.array(LessonChild),
  marks: z.array(GradebookMark),
  attendance: z.array(GradebookAttendance),
  /** The reader's neighbouring lessons of the same day. */
  previousId: Id.nullable(),
  nextId: Id.nullable(),
})
export type LessonPage = z.infer<typeof LessonPage>

export const PutRecord = z.strictObject({
  topic: z.string().trim().min(1).max(500).nullable(),
  planItemId: Id.nullable(),
  comment: z.string().trim().max(1000).nullable(),
  version: Version,
  lateReason: LateReason.optional(),
})
export type PutRecord = z.infer<typeof PutRecord>

export const PutHomework = z.strictObject({
  text: z.string().trim().min(1).max(2000).nullable(),
  minutes: Minutes.nullable(),
  version: Version,
  lateReason: LateReason.optional(),
})
export type PutHomework = z.infer<typeof PutHomework>

/** Attendance of a lesson, the whole class or some of it: saved together or not at all. */
export const PutAttendance = z.strictObject({
  children: z
    .array(z.strictObject({ studentId: Id, code: z.string().max(4).nullable(), version: Version }))
    .min(1)
    .max(200)
    .refine((children) => new Set(children.map(({ studentId }) => studentId)).size === children.length),
  lateReason: LateReason.optional(),
})
export type PutAttendance = z.infer<typeof PutAttendance>

export const SavedAttendance = z.strictObject({ attendance: z.array(GradebookAttendance) })
export type SavedAttendance = z.infer<typeof SavedAttendance>

export const PutWork = z.strictObject({
  typeId: Id,
  title: z.string().trim().max(200),
  weight: z.number().min(0).max(10).multipleOf(0.01),
  removed: z.boolean(),
  version: Version,
  lateReason: LateReason.optional(),
})
export type PutWork = z.infer<typeof PutWork>

/** A work as saved; `removed` when it is no longer a column. */
export const SavedWork = z.strictObject({ ...GradebookWork.shape, removed: z.boolean() })
export type SavedWork = z.infer<typeof SavedWork>
