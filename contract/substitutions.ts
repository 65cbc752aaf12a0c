import { z } from 'zod'
import { Id, Name, Version } from './shapes.ts'

/** Who teaches a lesson instead of its teacher («замена», 4.4); null takes the substitution back. */
export const PutSubstitution = z.strictObject({
  substituteId: Id.nullable(),
  reason: z.string().trim().min(1).max(300).nullable(),
  version: Version,
})
export type PutSubstitution = z.infer<typeof PutSubstitution>

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

/** Somebody who teaches, to be chosen as a substitute. */
export const StaffChoice = z.strictObject({ id: Id, name: Name, position: z.string().nullable() })
export const StaffChoices = z.strictObject({ staff: z.array(StaffChoice) })
export type StaffChoices = z.infer<typeof StaffChoices>
