import { z } from 'zod'
import { normalLogin } from '#domain/people/sign-in-text.ts'
import { Asked } from './approvals.ts'
import { Id, Name, Version } from './shapes.ts'

/** Form of every login; also a check of the database. */
export const Login = z
  .string()
  .max(200)
  .overwrite(normalLogin)
  .regex(/^[a-z0-9][a-z0-9._-]{2,62}$/)

export const IssueAccount = z.strictObject({ login: Login.optional() })
export type IssueAccount = z.infer<typeof IssueAccount>

/** A login with its first password, answered once and kept nowhere; the same operation sent again is refused. */
export const AccessSlip = z.strictObject({
  personId: Id,
  name: Name,
  /** The class of a child, or whose guardian it is. */
  about: z.string().nullable(),
  login: z.string(),
  password: z.string(),
  validUntil: z.string(),
})
export type AccessSlip = z.infer<typeof AccessSlip>

/** The slip, or word that the access waits for a second person. */
export const AccessGiven = z.union([AccessSlip, Asked])
export type AccessGiven = z.infer<typeof AccessGiven>

export const PutAccount = z.strictObject({ disabled: z.boolean(), version: Version })
export type PutAccount = z.infer<typeof PutAccount>

export const BatchWho = z.enum(['students', 'guardians'])

const Needs = z.strictObject({
  /** Everybody in the class today. */
  total: z.number().int(),
  withoutAccount: z.number().int(),
  neverSignedIn: z.number().int(),
})

/** Classes with children today and how many in them still wait for access. */
export const BatchClasses = z.strictObject({
  classes: z.array(z.strictObject({ id: Id, name: z.string(), students: Needs, guardians: Needs })),
})
export type BatchClasses = z.infer<typeof BatchClasses>

/** Access for everybody of a class without it; `again`: also a new first password for who never signed in. */
export const IssueBatch = z.strictObject({ groupId: Id, who: BatchWho, again: z.boolean() })
export type IssueBatch = z.infer<typeof IssueBatch>

/** `held`: those whose access nobody gives alone; they are asked for one by one. */
export const AccessSlips = z.strictObject({
  className: z.string(),
  slips: z.array(AccessSlip),
  held: z.array(z.strictObject({ personId: Id, name: Name })),
})
export type AccessSlips = z.infer<typeof AccessSlips>
