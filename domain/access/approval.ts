import type { Day } from '../calendar/day.ts'
import type { HeldRole } from '../people/role-set.ts'
import type { Role } from './access.ts'

/**
 * Roles that read or decide about the whole organisation («особая роль»). Nobody alone gives them or the access of
 * whoever holds them (S-07, S-08); the database knows the same list as `is_privileged()`.
 */
export const PRIVILEGED: readonly Role[] = ['director', 'deputy', 'system-admin', 'journal-officer']

/** What waits for a second person («запрос на подтверждение»). */
export const APPROVAL_KINDS = [
  'roles',
  'account',
  'first-password',
  'open-account',
  'close-account',
  'second-factor',
] as const
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

/** Where a request stands; an expired one was decided by nobody in time. */
export const APPROVAL_STATES = ['waiting', 'confirmed', 'declined', 'withdrawn', 'expired'] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

/** Somebody with a privileged role in force today and an account that is open. */
export type Approver = { personId: string; roles: readonly Role[] }

export type ApprovalRefusal = 'own-request' | 'not-approver' | 'request-decided'

/** Days a request waits before it is void. */
export const APPROVAL_DAYS = 7

/** Hours in which whoever confirmed may hand out the first password. */
export const HANDOVER_HOURS = 72

const isPrivileged = (role: Role): boolean => PRIVILEGED.includes(role)

/** The privileged spans of a set of roles, in a fixed order. */
export function privilegedSpans<Held extends HeldRole>(held: readonly Held[]): Held[] {
  const key = ({ role, from, to }: HeldRole) => `${role} ${from} ${to}`
  return held.filter(({ role }) => isPrivileged(role)).sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** Whether a privileged role is held today or on a day to come. */
export function isOrWillBePrivileged(held: readonly HeldRole[], today: Day): boolean {
  return privilegedSpans(held).some(({ to }) => to === null || to >= today)
}

/** Whether two sets of spans are the same days of the same privileged roles. */
export function samePrivileges(one: readonly HeldRole[], other: readonly HeldRole[]): boolean {
  const text = (held: readonly HeldRole[]) =>
    JSON.stringify(privilegedSpans(held).map(({ role, from, to }) => [role, from, to]))
  return text(one) === text(other)
}

/**
 * Who may confirm: never whoever asked and never the person it is about. A director, as long as there is one besides
 * these two; otherwise anybody else with a privileged role. Nobody at all: the console of the server is left.
 */
export function approversOf(
  request: { askerId: string; personId: string },
  holders: readonly Approver[],
): Approver[] {
  const others = holders.filter(
    ({ personId, roles }) =>
      personId !== request.askerId && personId !== request.personId && roles.some(isPrivileged),
  )
  const directors = others.filter(({ roles }) => roles.includes('director'))
  return directors.length > 0 ? directors : others
}

/** Why this person may not decide about a request, or `null`. */
export function approvalRefusal(
  request: { askerId: string; personId: string; state: ApprovalState },
  deciderId: string,
  holders: readonly Approver[],
): ApprovalRefusal | null {
  if (request.askerId === deciderId || request.personId === deciderId) return 'own-request'
  if (!approversOf(request, holders).some(({ personId }) => personId === deciderId)) return 'not-approver'
  return request.state === 'waiting' ? null : 'request-decided'
}
