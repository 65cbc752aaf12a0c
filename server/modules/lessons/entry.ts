import {
  type EntryKind,
  entryKind,
  entryRefusal,
  type ReasonKind,
  type StandingEntry,
} from '#domain/lessons/entry.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Scene } from './scene.sql.ts'

/** Why something of a lesson is late or corrected, as it is kept. */
export type NewReason = { id: string; kind: ReasonKind; reason: string }

/** What an allowed entry is, and the reason to be kept with it, if a new one. */
export type Entry = { kind: EntryKind; reasons: NewReason[] }

/** Reasons said so far, and the one said now where there is none. */
export const reasonsGiven = (scene: Scene, reason: string | undefined) => ({
  late: scene.late_reason ?? reason ?? null,
  correction: scene.correction_reason ?? reason ?? null,
})

/** Refuses an entry the lesson's day or window forbids (4.4, 4.5); otherwise says what it is. `admitted`: let in although closed. */
export function enter(
  scene: Scene,
  standing: StandingEntry | null,
  reason: string | undefined,
  call: Call,
  admitted = false,
): Entry {
  const { today } = call
  const time = {
    heldOn: scene.held_on,
    windowDays: scene.window_days,
    windowOpened: scene.opened || admitted,
  }
  const refusal = entryRefusal({ ...time, standing, reasons: reasonsGiven(scene, reason) }, today)
  if (refusal) throw new Refused(refusal)
  const kind = entryKind({ heldOn: scene.held_on, standing }, today)
  return { kind, reasons: newReasons(scene, [kind], reason, call) }
}

/** Reasons to be kept for entries of these kinds: one a kind, and none where one has been given before. */
export function newReasons(
  scene: Pick<Scene, 'late_reason' | 'correction_reason'>,
  kinds: readonly EntryKind[],
  reason: string | undefined,
  { now }: Call,
): NewReason[] {
  const given = { late: scene.late_reason, correction: scene.correction_reason }
  const wanting = (['late', 'correction'] as const).filter(
    (kind) => kinds.includes(kind) && given[kind] === null,
  )
  return wanting.map((kind) => ({ id: newId(now.getTime()), kind, reason: reason ?? '' }))
}
