import type { Role } from '../access/access.ts'
import type { Day } from '../calendar/day.ts'

/** A window («окно») somebody asks to open over past lessons. */
export type WindowScene = {
  roles: readonly Role[]
  /** Roles whose word opens a window in this school: a setting. */
  openerRoles: readonly Role[]
  from: Day
  to: Day
  openUntil: Day
}

export type WindowRefusal = 'may-not-open-window' | 'span-backwards' | 'window-already-over'

/** Whether any of these roles may open and close windows in this school (4.4, 4.5). */
export const mayOpenWindows = (roles: readonly Role[], openerRoles: readonly Role[]): boolean =>
  roles.some((role) => openerRoles.includes(role))

/** Why this window may not be opened today, or `null` when it may. */
export function windowRefusal(scene: WindowScene, today: Day): WindowRefusal | null {
  if (!mayOpenWindows(scene.roles, scene.openerRoles)) return 'may-not-open-window'
  if (scene.to < scene.from) return 'span-backwards'
  return scene.openUntil < today ? 'window-already-over' : null
}
