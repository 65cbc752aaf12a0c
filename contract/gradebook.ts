import { z } from 'zod'
import { PACKET_LIMITS } from '#domain/marks/packet.ts'
import { Day, Id, Name, Version } from './shapes.ts'

/** A piece of work that marks are given for («вид работы»); one column of the gradebook grid. */
export const GradebookWork = z.strictObject({
  id: Id,
  typeId: Id,
  short: z.string(),
  name: z.string(),
  title: z.string(),
  weight: z.number(),
  version: Version,
})
export type GradebookWork = z.infer<typeof GradebookWork>

/** How far a lesson is from being writable today: still ahead, today, past but open, past the window. */
export const LESSON_STATES = ['ahead', 'today', 'late', 'closed'] as const

/** One lesson date of the journal: a group of columns. */
export const GradebookLesson = z.strictObject({
  id: Id,
  day: Day,
  period: z.number().int().nullable(),
  topic: z.string().nullable(),
  state: z.enum(LESSON_STATES),
  /** Why entries of this lesson were made late, once somebody has said so. */
  lateReason: z.string().nullable(),
  recorded: z.boolean(),
  hasHomework: z.boolean(),
  /** Name of the substitute who taught it, when it was not the journal's own teacher. */
  substitute: z.string().nullable(),
  writable: z.boolean(),
  works: z.array(GradebookWork),
})
export type GradebookLesson = z.infer<typeof GradebookLesson>

/** A child of the journal with the span in which its cells are open; outside it they are closed. */
export const GradebookStudent = z.strictObject({
  id: Id,
  name: Name,
  from: Day,
  to: Day.nullable(),
})
export type GradebookStudent = z.infer<typeof GradebookStudent>

/** A mark in the grid. `value` null is a mark that was taken back: its version lives on. */
export const GradebookMark = z.strictObject({
  studentId: Id,
  workId: Id,
  value: z.string().nullable(),
  comment: z.string().nullable(),
  version: Version,
})
export type GradebookMark = z.infer<typeof GradebookMark>

/** Attendance of a child at a lesson as the grid shows it: the short code («н», «б»…). */
export const GradebookAttendance = z.strictObject({
  studentId: Id,
  lessonId: Id,
  code: z.string().nullable(),
  version: Version,
})
export type GradebookAttendance = z.infer<typeof GradebookAttendance>

/** An attendance code as data: what is typed, what it means, whether it counts as a miss. */
export const AttendanceCode = z.strictObject({
  code: z.string(),
  name: z.string(),
  absent: z.boolean(),
  counted: z.boolean(),
})
export type AttendanceCode = z.infer<typeof AttendanceCode>

export const JOURNAL_KINDS = ['lessons', 'activity', 'corrective'] as const

/** Which journal: subject, group and teacher of one intake. */
export const JournalHead = z.strictObject({
  id: Id,
  kind: z.enum(JOURNAL_KINDS),
  subject: z.string(),
  group: z.string(),
  teacher: Name,
  teacherId: Id,
  intake: z.string(),
  from: Day,
  to: Day,
  /** Grade 1 and clubs are kept without marks. */
  gradeless: z.boolean(),
  writable: z.boolean(),
})
export type JournalHead = z.infer<typeof JournalHead>

/**
 * The class journal page of one subject and class or subgroup over an intake, as it travels. `marks` and `attendance`
 * are packed: cells «child,column,version,value» joined by «;», child and column being places in `students`, in the
 * works of all `lessons` in order (marks) or in `lessons` (attendance). `unpackCells` of the domain opens them.
 */
export const PackedGradebook = z.strictObject({
  journal: JournalHead,
  today: Day,
  scale: z.array(z.string()),
  codes: z.array(AttendanceCode),
  lessons: z.array(GradebookLesson),
  students: z.array(GradebookStudent),
  marks: z.string(),
  attendance: z.string(),
  comments: z.array(z.strictObject({ studentId: Id, workId: Id, comment: z.string() })),
})
export type PackedGradebook = z.infer<typeof PackedGradebook>

/** The same page with its cells unpacked, as screens use it. */
export type Gradebook = Omit<PackedGradebook, 'marks' | 'attendance' | 'comments'> & {
  marks: GradebookMark[]
  attendance: GradebookAttendance[]
}

/**
 * One typed cell on its way to the server. With `workId` it is a mark, without it attendance of the lesson.
 * `version` is the version the writer saw (0 when the cell was empty and never written).
 */
export const CellWrite = z.strictObject({
  lessonId: Id,
  studentId: Id,
  workId: Id.optional(),
  value: z.string().max(8).nullable(),
  comment: z.string().max(500).nullable().optional(),
  version: Version,
})
export type CellWrite = z.infer<typeof CellWrite>

/** All cells of one intention (a key press, a pasted block, an undo): each once, saved together or not at all. */
export const PutCells = z.strictObject({
  cells: z
    .array(CellWrite)
    .min(1)
    .max(PACKET_LIMITS.cells)
    .refine((cells) => new Set(cells.map(cellKey)).size === cells.length)
    .refine((cells) => new Set(cells.map(({ lessonId }) => lessonId)).size <= PACKET_LIMITS.lessons),
  lateReason: z.string().trim().min(3).max(300).optional(),
})
export type PutCells = z.infer<typeof PutCells>

function cellKey({ lessonId, studentId, workId = '' }: CellWrite): string {
  return [lessonId, studentId, workId].join().toLowerCase()
}

/** A cell as saved, or as it stands on the server when somebody else was first. */
export const SavedCell = z.strictObject({
  lessonId: Id,
  studentId: Id,
  workId: Id.optional(),
  value: z.string().nullable(),
  comment: z.string().nullable().optional(),
  version: Version,
})
export type SavedCell = z.infer<typeof SavedCell>

export const SavedCells = z.strictObject({ cells: z.array(SavedCell) })
export type SavedCells = z.infer<typeof SavedCells>

/** One past value of a cell: history is only ever added to. */
export const CellVersion = z.strictObject({
  version: Version,
  value: z.string().nullable(),
  comment: z.string().nullable(),
  actor: Name,
  at: z.string(),
  late: z.boolean(),
  /** Changed after the day of its entry. */
  corrected: z.boolean(),
  reason: z.string().nullable(),
  /** Who let it in after the window had closed. */
  approvedBy: Name.nullable(),
  /** The moment of the past as which it was written again. */
  takenBackFrom: z.string().nullable(),
})
export const CellHistory = z.strictObject({ versions: z.array(CellVersion) })
export type CellHistory = z.infer<typeof CellHistory>
