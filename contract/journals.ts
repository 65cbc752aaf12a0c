import { z } from 'zod'
import { JOURNAL_KINDS } from './gradebook.ts'
import { Day, Id, Name } from './shapes.ts'

/** A journal in the list: whose it is and how well it is kept. */
export const JournalLine = z.strictObject({
  id: Id,
  kind: z.enum(JOURNAL_KINDS),
  subject: z.string(),
  group: z.string(),
  teacher: Name,
  /** The reader teaches it. */
  own: z.boolean(),
  intake: z.string(),
  /** The last lesson day with a record; null when nothing has been recorded. */
  lastFilledOn: Day.nullable(),
  /** Past lessons without a topic or without attendance. */
  unfilled: z.number().int(),
  held: z.number().int(),
})
export type JournalLine = z.infer<typeof JournalLine>

/** Journals of the intake that is on, or of one that is asked for. */
export const JournalList = z.strictObject({ journals: z.array(JournalLine) })
export type JournalList = z.infer<typeof JournalList>
