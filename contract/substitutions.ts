import { z } from 'zod'
import { Id, Name, Version } from './shapes.ts'

/** Who teaches a lesson instead of its teacher («замена», 4.4); null takes the substitution back. */
export const PutSubstitution = z
  .strictObject({
    substituteId: Id.nullable(),
    reason: z.string().trim().min(1).max(300).nullable(),
    /** The substitute has another lesson at that hour and teaches both («объединённое занятие»); needs a reason. */
    merged: z.boolean().optional(),
    version: Version,
  })
  .refine(({ merged, substituteId, reason }) => !merged || (substituteId !== null && reason !== null))
export type PutSubstitution = z.infer<typeof PutSubstitution>

/** «I taught it» although one has another lesson at that hour: both at once, and why. */
export const ClaimSubstitution = z
  .strictObject({ mergedBecause: z.string().trim().min(3).max(300) })
  .optional()
export type ClaimSubstitution = z.infer<typeof ClaimSubstitution>

/** A lesson somebody has at the hour in question: no children's data. */
export const SameHourLesson = z.strictObject({ startsAt: z.string(), subject: z.string(), group: z.string() })
export type SameHourLesson = z.infer<typeof SameHourLesson>

/** Somebody else's lesson of today that nobody has recorded: no children's data. */
export const LessonToCover = z.strictObject({
  id: Id,
  subject: z.string(),
  group: z.string(),
  teacher: Name,
  period: z.number().int().nullable(),
  startsAt: z.string(),
  room: z.string().nullable(),
})
export const LessonsToCover = z.strictObject({ lessons: z.array(LessonToCover) })
export type LessonsToCover = z.infer<typeof LessonsToCover>

/** Somebody who teaches, to be chosen as a substitute; the free and those of the lesson's subject come first. */
export const StaffChoice = z.strictObject({
  id: Id,
  name: Name,
  position: z.string().nullable(),
  /** Teaches the subject of the lesson in its intake. */
  sameSubject: z.boolean(),
  /** What this person teaches at the hour of the lesson. */
  busyWith: z.array(SameHourLesson),
})
export const StaffChoices = z.strictObject({ staff: z.array(StaffChoice) })
export type StaffChoices = z.infer<typeof StaffChoices>
