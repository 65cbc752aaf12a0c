import { z } from 'zod'
import { RECOVERY_CODES } from '#domain/access/second-factor.ts'
import { Day } from './shapes.ts'

/** A code as it is typed or pasted: of the app or a recovery code. */
export const ProofCode = z.string().trim().min(1).max(60)

export const GiveCode = z.strictObject({ code: ProofCode })
export type GiveCode = z.infer<typeof GiveCode>

/** What is answered to the right password of an account with a second factor; `half` goes back with the code. */
export const HalfSession = z.strictObject({ half: z.string() })
export type HalfSession = z.infer<typeof HalfSession>

export const FinishSignIn = z.strictObject({ half: z.string().min(20).max(100), code: ProofCode })
export type FinishSignIn = z.infer<typeof FinishSignIn>

/** The own second factor; `due` is the last day to set it up, null where it is not required. */
export const OwnSecondFactor = z.strictObject({
  since: z.string().nullable(),
  codesLeft: z.number().int(),
  due: Day.nullable(),
})
export type OwnSecondFactor = z.infer<typeof OwnSecondFactor>

/** A secret proposed for a new second factor; `address` is what the square picture says, `draft` is sent back. */
export const SecondFactorDraft = z.strictObject({
  secret: z.string(),
  address: z.string(),
  draft: z.string(),
})
export type SecondFactorDraft = z.infer<typeof SecondFactorDraft>

export const SetUpSecondFactor = z.strictObject({ draft: z.string().min(1).max(600), code: ProofCode })
export type SetUpSecondFactor = z.infer<typeof SetUpSecondFactor>

/** One-time codes, answered once and kept nowhere. */
export const RecoveryCodes = z.strictObject({ codes: z.array(z.string()).length(RECOVERY_CODES) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

/** What every screen knows of the own second factor. */
export const SecondFactorState = z.strictObject({
  has: z.boolean(),
  due: Day.nullable(),
  /** Nothing but setting it up is open. */
  mustSetUp: z.boolean(),
})
