import { entryRefusal, lessonState } from '#domain/lessons/entry.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Scene } from './scene.sql.ts'

/** How an allowed entry stands in time: whether it is late, and the reason to be kept with it, if a new one. */
export type Entry = { late: boolean; reason: { id: string; text: string } | null }

/** Refuses an entry the lesson's day or window forbids (4.4, 4.5); otherwise says how late it is. */
export function enter(scene: Scene, lateReason: string | undefined, { today, now }: Call): Entry {
  const time = { heldOn: scene.held_on, windowDays: scene.window_days, windowOpened: scene.opened }
  const refusal = entryRefusal({ ...time, lateReason: scene.late_reason ?? lateReason ?? null }, today)
  if (refusal) throw new Refused(refusal)
  const late = lessonState(time, today) === 'late'
  const isNew = late && scene.late_reason === null && lateReason !== undefined
  return { late, reason: isNew ? { id: newId(now.getTime()), text: lateReason } : null }
}
