import { z } from 'zod'
import { SavedCell } from './gradebook.ts'
import { Day, Id, Name } from './shapes.ts'
import { SameHourLesson } from './substitutions.ts'

/**
 * The body of every answer that is not a success. `refusal` is a code the screens have words for; `message`
 * is a Russian sentence for whoever reads the answer without our screens; `faults` name the bad fields.
 */
export const Problem = z.strictObject({
  refusal: z.string(),
  message: z.string(),
  faults: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  /** For `version-conflict`: the cells as they stand on the server now. */
  current: z.array(SavedCell).optional(),
  /** For `version-conflict` of a record that is no cell: its fields as they stand on the server now. */
  currentRecord: z.record(z.string(), z.unknown()).optional(),
  /** For a refused block: which of the sent cells the refusal is about. */
  cells: z.array(z.number().int()).optional(),
  /** For `person-may-be-double`: who is there already; `place` is a child's class or a position. */
  people: z
    .array(z.strictObject({ id: Id, name: Name, birthOn: Day.nullable(), place: z.string().nullable() }))
    .optional(),
  /** For `substitute-busy`: what that person teaches at that hour. */
  sameHour: z.array(SameHourLesson).optional(),
  /** A number to quote when the failure is ours. */
  incident: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
