import type { Role } from '../access/access.ts'
import type { Day } from '../calendar/day.ts'

/** A role held on the closed span of days `from`..`to`; without `to` it has no end yet. */
export type HeldRole = { role: Role; from: Day; to: Day | null }

export type RoleSetRefusal = 'span-backwards' | 'role-twice' | 'own-role-stays' | 'own-role-added'

/** Whether the role is in force on that day. */
export function isHeld({ from, to }: HeldRole, day: Day): boolean {
  return from <= day && (to === null || to >= day)
}

/**
 * Why a person may not be given this set of roles today, or `null`: spans run forward, one role is not held twice on
 * a day, and an administrator keeps the own role, so that somebody is always left to keep the lists (6.5).
 * `adminOfOwn`: the administrator is changing the own roles; then none may be added to those held (`had`), or lists
 * and marks would come into one hand.
 */
export function roleSetRefusal(
  wanted: readonly HeldRole[],
  { adminOfOwn, today, had = [] }: { adminOfOwn: boolean; today: Day; had?: readonly Role[] },
): RoleSetRefusal | null {
  if (wanted.some(({ from, to }) => to !== null && to < from)) return 'span-backwards'
  if (wanted.some((one, n) => wanted.slice(n + 1).some((other) => overlap(one, other)))) return 'role-twice'
  const keepsAdmin = wanted.some((held) => held.role === 'system-admin' && isHeld(held, today))
  if (adminOfOwn && !keepsAdmin) return 'own-role-stays'
  return adminOfOwn && wanted.some(({ role }) => !had.includes(role)) ? 'own-role-added' : null
}

function overlap(one: HeldRole, other: HeldRole): boolean {
  if (one.role !== other.role) return false
  return (other.to === null || one.from <= other.to) && (one.to === null || other.from <= one.to)
}
