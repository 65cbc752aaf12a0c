import { z } from 'zod'
import { REFERRED_STATES } from '#domain/lessons/referral.ts'
import { Day, Id, Name, Version } from './shapes.ts'

/** The answer to an entry for a closed lesson: it was not made, and waits for a decision under this id. */
export const Referred = z.strictObject({ referred: Id })
export type Referred = z.infer<typeof Referred>

/** What an entry is about. */
export const REFERRED_KINDS = ['cells', 'attendance', 'record', 'homework'] as const
export type ReferredKind = (typeof REFERRED_KINDS)[number]

/** One value the entry would change: what stands now and what is proposed; a comment only goes with a mark. */
export const ReferredLine = z.strictObject({
  what: z.enum(['mark', 'attendance', 'topic', 'comment', 'homework', 'minutes']),
  day: Day,
  student: Name.nullable(),
  work: z.string().nullable(),
  /** Something stands there, be it nothing but «был на уроке». */
  stands: z.boolean(),
  present: z.string().nullable(),
  proposed: z.string().nullable(),
  presentComment: z.string().nullable(),
  proposedComment: z.string().nullable(),
})
export type ReferredLine = z.infer<typeof ReferredLine>

/** An entry for a closed lesson («запись на рассмотрении»): whose, when, about what, and what became of it. */
export const ReferredEntry = z.strictObject({
  id: Id,
  author: Name,
  referredAt: z.string(),
  kind: z.enum(REFERRED_KINDS),
  lessonId: Id,
  day: Day,
  subject: z.string(),
  group: z.string(),
  state: z.enum(REFERRED_STATES),
  lines: z.array(ReferredLine),
  /** Versions of the records as they stand now; whoever applies sends them back. */
  seen: z.array(Version),
  decision: z.strictObject({ by: Name, at: z.string(), reason: z.string().nullable() }).nullable(),
  version: Version,
})
export type ReferredEntry = z.infer<typeof ReferredEntry>

/** Entries that wait, oldest first, then those decided, newest first; at most a hundred of either. */
export const ReferredEntries = z.strictObject({
  mayDecide: z.boolean(),
  waiting: z.number().int(),
  entries: z.array(ReferredEntry),
})
export type ReferredEntries = z.infer<typeof ReferredEntries>

/** The decision about an entry, with its reason, over the records as they were seen. */
export const DecideReferred = z.strictObject({
  decision: z.enum(['apply', 'decline']),
  reason: z.string().trim().min(3).max(300),
  version: Version,
  seen: z.array(Version).max(2100),
})
export type DecideReferred = z.infer<typeof DecideReferred>

export const WithdrawReferred = z.strictObject({ version: Version })
export type WithdrawReferred = z.infer<typeof WithdrawReferred>

export const ReferredOutcome = z.strictObject({ id: Id, state: z.enum(REFERRED_STATES), version: Version })
export type ReferredOutcome = z.infer<typeof ReferredOutcome>
