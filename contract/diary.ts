import { z } from 'zod'
import { JOURNAL_KINDS } from './gradebook.ts'
import { Day, Id, Name } from './shapes.ts'

/** A mark as its owner reads it: for what work, how much it weighs, and what the teacher wrote beside it. */
export const DiaryMark = z.strictObject({
  workId: Id,
  value: z.string(),
  work: z.string(),
  title: z.string(),
  weight: z.number(),
  comment: z.string().nullable(),
})
export type DiaryMark = z.infer<typeof DiaryMark>

/** What to do at home and for how long. */
export const DiaryHomework = z.strictObject({ text: z.string(), minutes: z.number().int().nullable() })
export type DiaryHomework = z.infer<typeof DiaryHomework>

/** Attendance in words; `counted` is a miss («пропуск»), a procedure is none. */
export const DiaryAttendance = z.strictObject({
  code: z.string(),
  name: z.string(),
  absent: z.boolean(),
  counted: z.boolean(),
  note: z.string().nullable(),
})
export type DiaryAttendance = z.infer<typeof DiaryAttendance>

/** Where and when a lesson of the child is, and who gives it. */
const lesson = {
  id: Id,
  kind: z.enum(JOURNAL_KINDS),
  subject: z.string(),
  /** Name of the subgroup, club or corrective group; null when it is the whole class. */
  group: z.string().nullable(),
  period: z.number().int().nullable(),
  startsAt: z.string(),
  endsAt: z.string(),
  room: z.string().nullable(),
  teacher: Name,
  /** Who teaches it this time instead of `teacher`. */
  substitute: Name.nullable(),
  attendance: DiaryAttendance.nullable(),
}

/** One lesson of the child's day. */
export const DiaryLesson = z.strictObject({
  ...lesson,
  topic: z.string().nullable(),
  marks: z.array(DiaryMark),
  /** Set at this lesson. */
  homework: DiaryHomework.nullable(),
  /** To be done by this lesson: set at the one before it in the same journal. */
  due: DiaryHomework.extend({ setOn: Day }).nullable(),
})
export type DiaryLesson = z.infer<typeof DiaryLesson>

/** A day of the week shown; `event` names a holiday, `away` says that the child is not at the centre. */
export const DiaryDay = z.strictObject({
  day: Day,
  away: z.boolean(),
  event: z.string().nullable(),
  lessons: z.array(DiaryLesson),
  /** Minutes of all homework due that day. */
  minutes: z.number().int(),
})
export type DiaryDay = z.infer<typeof DiaryDay>

/** The weighted average of a subject over the intake, with the marks it was made of. */
export const DiaryAverage = z.strictObject({
  subject: z.string(),
  average: z.number().nullable(),
  marks: z.array(
    z.strictObject({ value: z.string(), weight: z.number(), work: z.string(), title: z.string(), day: Day }),
  ),
})
export type DiaryAverage = z.infer<typeof DiaryAverage>

/** A child as the heading of its own page. */
export const DiaryChild = z.strictObject({ id: Id, name: Name, className: z.string().nullable() })
export type DiaryChild = z.infer<typeof DiaryChild>

/** Children whose diary the reader may open, by class. */
export const DiaryChildren = z.strictObject({ students: z.array(DiaryChild) })
export type DiaryChildren = z.infer<typeof DiaryChildren>

/** One week of one child from Monday to Sunday. */
export const DiaryWeek = z.strictObject({
  student: DiaryChild,
  today: Day,
  from: Day,
  to: Day,
  /** Mondays of the neighbouring weeks in which the child is at the centre. */
  previous: Day.nullable(),
  next: Day.nullable(),
  days: z.array(DiaryDay),
  averages: z.array(DiaryAverage),
  /** Carers see lessons and homework without marks. */
  marksShown: z.boolean(),
})
export type DiaryWeek = z.infer<typeof DiaryWeek>

/** A lesson of today on the start page. */
export const TodayLesson = z.strictObject(lesson)
export type TodayLesson = z.infer<typeof TodayLesson>

/** One child on the start page of a family: today, what to prepare, and what is new of the last seven days. */
export const ChildToday = z.strictObject({
  ...DiaryChild.shape,
  stay: z.strictObject({ from: Day, to: Day }).nullable(),
  today: z.array(TodayLesson),
  /** The next day with lessons and what is due on it. */
  next: z
    .strictObject({
      day: Day,
      homework: z.array(DiaryHomework.extend({ lessonId: Id, subject: z.string() })),
      minutes: z.number().int(),
    })
    .nullable(),
  marks: z.array(DiaryMark.extend({ subject: z.string(), day: Day })),
  absences: z.array(
    DiaryAttendance.extend({
      lessonId: Id,
      subject: z.string(),
      day: Day,
      period: z.number().int().nullable(),
    }),
  ),
})
export type ChildToday = z.infer<typeof ChildToday>

/** The start page of a guardian, with each of the children, or of a student. */
export const Children = z.strictObject({ today: Day, children: z.array(ChildToday) })
export type Children = z.infer<typeof Children>
