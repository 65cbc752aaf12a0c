import type { Role } from '../access/access.ts'
import { mayOpenWindows } from './window.ts'

/** What has become of an entry that came for a closed lesson («запись на рассмотрении», 4.5). */
export const REFERRED_STATES = ['waiting', 'applied', 'declined', 'withdrawn'] as const
export type ReferredState = (typeof REFERRED_STATES)[number]

export type ReferralRefusal = 'may-not-open-window' | 'entry-decided'

/** Why these roles may not decide about the entry, or `null`: only those who may open windows, and only once. */
export function decisionRefusal(
  state: ReferredState,
  roles: readonly Role[],
  openerRoles: readonly Role[],
): ReferralRefusal | null {
  if (!mayOpenWindows(roles, openerRoles)) return 'may-not-open-window'
  return withdrawalRefusal(state)
}

/** Why its author may not take the entry back any more, or `null`. */
export function withdrawalRefusal(state: ReferredState): 'entry-decided' | null {
  return state === 'waiting' ? null : 'entry-decided'
}
