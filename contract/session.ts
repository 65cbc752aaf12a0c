import { z } from 'zod'
import { normalLogin } from '#domain/people/sign-in-text.ts'
import { Restore } from './lost-entries.ts'
import { HalfSession, SecondFactorState } from './second-factor.ts'
import { Day, Id, Name, Nothing, Password } from './shapes.ts'

/** What a person types to sign in. */
export const SignIn = z.strictObject({
  login: z.string().max(200).overwrite(normalLogin).min(1).max(63),
  password: Password,
})
export type SignIn = z.infer<typeof SignIn>

/** Nothing: the session is open. For an account with a second factor a half session, to be sent back with the code. */
export const SignInAnswer = z.union([HalfSession, Nothing])
export type SignInAnswer = z.infer<typeof SignInAnswer>

export const IntakeHead = z.strictObject({ id: Id, name: z.string(), from: Day, to: Day })

/** What was done to the own access by somebody else; `by` is null for the console of the server. */
export const AccessNews = z.strictObject({
  action: z.string(),
  at: z.string(),
  by: Name.nullable(),
  /** Since the sign-in before this one. */
  fresh: z.boolean(),
})
export type AccessNews = z.infer<typeof AccessNews>

/** Who is signed in and where: everything the frame of the screens needs. */
export const SessionView = z.strictObject({
  account: z.strictObject({ id: Id, login: z.string() }),
  person: z.strictObject({ id: Id, name: Name, shortName: Name }),
  roles: z.array(z.string()),
  organization: z.strictObject({ name: z.string(), shortName: z.string() }),
  /** Names with initials that mean more than one of the staff, as they are compared: those are shown whole. */
  sharedInitials: z.array(z.string()),
  intake: IntakeHead.nullable(),
  demo: z.boolean(),
  today: Day,
  mustChangePassword: z.boolean(),
  mustAcceptRules: z.boolean(),
  lastSignInAt: z.string().nullable(),
  accessNews: z.array(AccessNews),
  secondFactor: SecondFactorState,
  restore: Restore.nullable(),
})
export type SessionView = z.infer<typeof SessionView>

export const ChangePassword = z.strictObject({
  current: Password,
  next: Password,
})
export type ChangePassword = z.infer<typeof ChangePassword>

/** One of the actor's own sign-ins that is still alive. */
export const OwnSession = z.strictObject({
  id: Id,
  device: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  current: z.boolean(),
})
export type OwnSession = z.infer<typeof OwnSession>

export const OwnSessions = z.strictObject({ sessions: z.array(OwnSession) })
export type OwnSessions = z.infer<typeof OwnSessions>
