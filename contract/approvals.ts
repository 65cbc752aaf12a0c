import { z } from 'zod'
import { APPROVAL_KINDS, APPROVAL_STATES } from '#domain/access/approval.ts'
import { RoleCode } from './people.ts'
import { Day, Id, Name, Version } from './shapes.ts'

/** What is answered when something waits for a second person instead of being done. */
export const Asked = z.strictObject({ request: Id, number: z.number().int() })
export type Asked = z.infer<typeof Asked>

export const ApprovalKindCode = z.enum(APPROVAL_KINDS)

const Span = z.strictObject({ role: RoleCode, from: Day, to: Day.nullable() })

/** A request that waits for a second person, or was decided; `decision.by` is null for the console of the server. */
export const Approval = z.strictObject({
  id: Id,
  number: z.number().int(),
  kind: ApprovalKindCode,
  personId: Id,
  person: Name,
  position: z.string().nullable(),
  asker: Name,
  askedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(APPROVAL_STATES),
  before: z.array(Span),
  after: z.array(Span),
  login: z.string().nullable(),
  /** For roles of somebody with access who had no such role: what was known of that access stops working. */
  renews: z.boolean(),
  decision: z.strictObject({ by: Name.nullable(), at: z.string(), reason: z.string().nullable() }).nullable(),
  /** Names of those who may confirm; none: the console is left. */
  approvers: z.array(Name),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  /** This reader confirmed it and may make the first password to hand over. */
  mayTake: z.boolean(),
  version: Version,
})
export type Approval = z.infer<typeof Approval>

/** `waiting`: how many this reader may decide about, or has a first password to hand over from. */
export const Approvals = z.strictObject({ waiting: z.number().int(), approvals: z.array(Approval) })
export type Approvals = z.infer<typeof Approvals>

const reason = z.string().trim().min(3).max(300)
/** A decision; declining says why. */
export const DecideApproval = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('confirm'), version: Version }),
  z.strictObject({ decision: z.literal('decline'), version: Version, reason }),
])
export type DecideApproval = z.infer<typeof DecideApproval>

export const WithdrawApproval = z.strictObject({ version: Version })
export type WithdrawApproval = z.infer<typeof WithdrawApproval>

export const ApprovalOutcome = z.strictObject({
  state: z.enum(APPROVAL_STATES),
  version: Version,
  mayTake: z.boolean(),
})
export type ApprovalOutcome = z.infer<typeof ApprovalOutcome>

export const AccessEventsQuery = z.strictObject({
  query: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type AccessEventsQuery = z.infer<typeof AccessEventsQuery>

/** Who gave, took or confirmed access and roles; `by` is null for the console of the server. */
export const AccessEvent = z.strictObject({
  id: z.number().int(),
  action: z.string(),
  at: z.string(),
  by: Name.nullable(),
  personId: Id.nullable(),
  person: Name.nullable(),
  /** Of a decision or a handed-over password: who had asked. */
  asker: Name.nullable(),
  roles: z.array(Span),
})
export type AccessEvent = z.infer<typeof AccessEvent>

export const AccessEvents = z.strictObject({
  events: z.array(AccessEvent),
  page: z.number().int(),
  pages: z.number().int(),
})
export type AccessEvents = z.infer<typeof AccessEvents>
