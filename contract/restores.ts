import { z } from 'zod'
import { Backup } from './backups.ts'
import { GivenBack } from './lost-entries.ts'

const Moment = z.iso.datetime()
const Count = z.number().int().min(0)
// As in the first run: it travels in bodies only, since addresses end up in logs and histories.
const token = z.string().min(20).max(100)

/** How a restore stands, for whoever waits for the journal: hundredths of the whole, null when none is under way. */
export const RestoreState = z.strictObject({
  running: z.strictObject({ percent: z.number().int().min(0).max(100) }).nullable(),
})
export type RestoreState = z.infer<typeof RestoreState>

/**
 * How the last restore that was begun from a page ended. `until` is the moment the journal was brought to, `aside` where
 * the folder that stood there lies; a `failure`, in words, has changed nothing.
 */
export const RestoreOutcome = z.strictObject({
  at: Moment,
  until: Moment.nullable(),
  aside: z.string().nullable(),
  failure: z.string().nullable(),
})
export type RestoreOutcome = z.infer<typeof RestoreOutcome>

/** A moment to go back to: any that a backup holds. */
export const LossesQuery = z.strictObject({ to: Moment })
export type LossesQuery = z.infer<typeof LossesQuery>

/**
 * What was recorded in the journal after a moment, as counts of records made or changed since: all of it is lost by going
 * back to that moment. `minutes` is about how long nobody could work meanwhile.
 */
export const Losses = z.strictObject({
  lessons: Count,
  marks: Count,
  attendance: Count,
  homework: Count,
  people: Count,
  others: Count,
  minutes: Count,
})
export type Losses = z.infer<typeof Losses>

/**
 * What is known to have been lost by the last restore: the counts told before it, and whose entries they were, those of
 * most first. `until` is the moment that was gone back to; who had not come by then has no name any more.
 */
export const KnownLoss = Losses.omit({ minutes: true }).extend({
  at: Moment,
  until: Moment,
  authors: z.array(z.strictObject({ name: z.string().nullable(), records: Count })),
})
export type KnownLoss = z.infer<typeof KnownLoss>

/** What somebody's browsers have given back after a restore; a name is null where its person is not in the journal. */
export const AuthorsReturn = GivenBack.extend({ name: z.string().nullable() })
export type AuthorsReturn = z.infer<typeof AuthorsReturn>

/**
 * Whether this program can restore the journal by itself and how that went the last time it was begun from a page. Of the
 * newest restore, whoever made it: `restored` is when, and the moment the journal goes on from (null: the last the copies
 * knew), null where there was none; `lost` what is known lost by it, null where nobody counted; `givenBack` what authors
 * have decided since about what their browsers still had, those of most first.
 */
export const RestoreOverview = z.strictObject({
  possible: z.boolean(),
  last: RestoreOutcome.nullable(),
  restored: z.strictObject({ at: Moment, until: Moment.nullable() }).nullable(),
  lost: KnownLoss.nullable(),
  givenBack: z.array(AuthorsReturn),
})
export type RestoreOverview = z.infer<typeof RestoreOverview>

/**
 * Going back to a moment, null for the last there is; `word` is the one that has to be typed, `words` those of the key on
 * paper where the server has lost its own.
 */
export const AskRestore = z.strictObject({
  to: Moment.nullable(),
  word: z.string().max(100),
  words: z.string().max(2000).nullable(),
})
export type AskRestore = z.infer<typeof AskRestore>

/** A folder of copies on the server of an empty installation, with the words of its key, null for a key lying there. */
export const FindCopies = z.strictObject({
  token,
  folder: z.string().trim().min(1).max(1000),
  words: z.string().max(2000).nullable(),
})
export type FindCopies = z.infer<typeof FindCopies>

/**
 * The copies that the key opens, newest first, and of those it does not open the moments they are of: they were made
 * while the key was another. Where a folder holds those of several journals there are none: one of `journals` is to be
 * named by its own folder; `newest` is its last copy, null where none can be read.
 */
export const FoundCopies = z.strictObject({
  copies: z.array(Backup),
  locked: z.array(Moment),
  journals: z.array(z.strictObject({ folder: z.string(), newest: Backup.nullable() })),
})
export type FoundCopies = z.infer<typeof FoundCopies>

/** As the folder was found, and the moment to bring back: null for the last there is. */
export const RestoreSchool = FindCopies.extend({ to: Moment.nullable() })
export type RestoreSchool = z.infer<typeof RestoreSchool>

/** Of an installation whose first link is open: whether it can be filled from a copy, and how that went if tried. */
export const SetupState = z.strictObject({ restorable: z.boolean(), last: RestoreOutcome.nullable() })
export type SetupState = z.infer<typeof SetupState>
