import { z } from 'zod'
import { MOMENT_FAILURES, MOMENT_STEPS } from '#domain/backups/moment.ts'
import { COMPARED_PARTS, DIFFERENCES } from '#domain/backups/then-and-now.ts'
import { PACKET_LIMITS } from '#domain/marks/packet.ts'
import { LateReason, LessonHead } from './lessons.ts'
import { Day, Id, Name, Version } from './shapes.ts'

const Instant = z.iso.datetime()

/** The journal is wanted as it was then. */
export const OpenMoment = z.strictObject({ at: Instant })
export type OpenMoment = z.infer<typeof OpenMoment>

/**
 * A moment of a copy beside the journal («момент»): being opened, open to be read, or why it is not. `asked` is the
 * moment that was asked for, `at` the one that was reached: the same, or the end of what the copies know, before it.
 * `percent` counts hundredths of the step.
 */
export const Moment = z.discriminatedUnion('stage', [
  z.strictObject({
    stage: z.literal('opening'),
    asked: Instant,
    step: z.enum(MOMENT_STEPS),
    percent: z.number().int().min(0).max(100),
  }),
  z.strictObject({ stage: z.literal('open'), asked: Instant, at: Instant, closesAt: Instant }),
  z.strictObject({ stage: z.literal('failed'), asked: Instant, why: z.enum(MOMENT_FAILURES) }),
])
export type Moment = z.infer<typeof Moment>

/** The moment beside the journal, if any; one at a time. */
export const MomentOverview = z.strictObject({ moment: Moment.nullable() })
export type MomentOverview = z.infer<typeof MomentOverview>

const Stood = z.strictObject({ value: z.string().nullable(), more: z.string().nullable() })

/** One place of a lesson then and now («как было», «как сейчас»); a side is null where nothing stood. */
export const MomentLine = z.strictObject({
  part: z.enum(COMPARED_PARTS),
  studentId: Id.nullable(),
  student: Name.nullable(),
  workId: Id.nullable(),
  work: z.string().nullable(),
  before: Stood.nullable(),
  now: Stood.nullable(),
  version: Version,
  difference: z.enum(DIFFERENCES),
  /** The reader may take it back: it stood, does not stand so now, and the lesson is the reader's to write. */
  takeable: z.boolean(),
})
export type MomentLine = z.infer<typeof MomentLine>

/** A lesson then and now. `others` counts what stood then of children who are not on its list today. */
export const MomentLesson = z.strictObject({
  lesson: LessonHead,
  teacher: Name,
  /** The reader teaches it, by assignment or as a substitute. */
  teaches: z.boolean(),
  /** It was in the journal then. */
  stood: z.boolean(),
  lines: z.array(MomentLine),
  others: z.number().int(),
  codes: z.array(z.strictObject({ code: z.string(), name: z.string() })),
})
export type MomentLesson = z.infer<typeof MomentLesson>

/** One lesson of the open moment beside the same lesson of today. */
export const MomentLessonPage = z.strictObject({ at: Instant, lesson: MomentLesson })
export type MomentLessonPage = z.infer<typeof MomentLessonPage>

/** Lessons of one child over some days, then and now: attendance and marks, as far as the reader sees them today. */
export const MomentStudentPage = z.strictObject({
  at: Instant,
  student: z.strictObject({ id: Id, name: Name }),
  from: Day,
  to: Day,
  lessons: z.array(MomentLesson),
})
export type MomentStudentPage = z.infer<typeof MomentStudentPage>

const Wanted = { at: Instant, reason: LateReason }
const MomentCell = z.strictObject({ lessonId: Id, studentId: Id, workId: Id.optional(), version: Version })

/**
 * What is taken back from the moment `at`, over the records as they were seen: what stood then is written as an
 * ordinary correction, with this reason. Cells of one journal together or not at all.
 */
export const TakeBack = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('record'), ...Wanted, lessonId: Id, version: Version }),
  z.strictObject({ kind: z.literal('homework'), ...Wanted, lessonId: Id, version: Version }),
  z.strictObject({
    kind: z.literal('cells'),
    ...Wanted,
    journalId: Id,
    cells: z.array(MomentCell).min(1).max(PACKET_LIMITS.cells),
  }),
])
export type TakeBack = z.infer<typeof TakeBack>

/** Whether it was written, or waits for a decision because the lesson is closed. */
export const TakenBack = z.strictObject({ outcome: z.enum(['written', 'referred']) })
export type TakenBack = z.infer<typeof TakenBack>
