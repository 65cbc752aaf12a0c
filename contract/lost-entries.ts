import { z } from 'zod'
import { ASKED_AT_ONCE } from '#domain/backups/lost-entries.ts'
import { Id } from './shapes.ts'

const Moment = z.iso.datetime()

/**
 * The restore from which the journal goes on: as it was at `until` (null: as late as the copies knew it), begun at `at`.
 * What was answered between the two is no longer in the journal.
 */
export const Restore = z.strictObject({ id: Id, until: Moment.nullable(), at: Moment })
export type Restore = z.infer<typeof Restore>

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

/** Operations of the actor that a browser remembers as saved: their ids, with commas between them. */
export const FindLost = z.strictObject({
  operationIds: z.string().regex(new RegExp(`^${UUID}(,${UUID}){0,${ASKED_AT_ONCE - 1}}$`)),
})
export type FindLost = z.infer<typeof FindLost>

/** Those of them the journal does not know, in the order in which they were asked about. */
export const LostOperations = z.strictObject({ lost: z.array(Id) })
export type LostOperations = z.infer<typeof LostOperations>

/** What an author has decided about entries that a restore has taken back: so many entered again, so many put aside. */
export const GivenBack = z.strictObject({
  entered: z.number().int().min(0).max(10_000),
  putAside: z.number().int().min(0).max(10_000),
})
export type GivenBack = z.infer<typeof GivenBack>
