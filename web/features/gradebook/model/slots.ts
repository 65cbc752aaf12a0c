import type { GradebookAttendance, GradebookMark, SavedCell } from '#contract/gradebook.ts'
import type { Problem } from '#contract/problem.ts'
import type { Address } from './grid-model.ts'

export type Content = { value: string | null; comment: string | null }

/** What the server is known to hold. */
export type Held = Content & { version: number }

/** Why a typed value is not in the journal. */
export type Trouble = Content & { operationId: string } & (
    | { kind: 'refused'; problem: Problem }
    | { kind: 'conflict'; theirs: Held }
  )

/**
 * One record of the journal (a mark of a work, or attendance at a lesson) with what is happening to it.
 * `sent` is the newest own value on its way; earlier ones still travelling are forgotten: they are below it.
 */
export type Slot = {
  held: Held
  sent: (Content & { operationId: string; version: number }) | null
  trouble: Trouble | null
  /** Saved by this screen since it was opened. */
  saved: boolean
  /** How many times somebody else has changed it under this screen. */
  foreign: number
}

const nothing: Held = { value: null, comment: null, version: 0 }

export const emptySlot: Slot = { held: nothing, sent: null, trouble: null, saved: false, foreign: 0 }

// A lesson's first work carries the lesson's own id, so the two kinds of record are told apart by a letter.
export function slotKey({ lessonId, studentId, workId }: Address): string {
  return workId ? `m ${workId} ${studentId}` : `a ${lessonId} ${studentId}`
}

/** What the cell shows: one's own newest value, whatever became of it, else what the server holds. */
export function shown({ held, sent, trouble }: Slot): Content {
  return sent ?? trouble ?? held
}

/** The version to send with the next value. Values on their way will each have raised it by one. */
export function seenVersion({ held, sent }: Slot): number {
  return sent?.version ?? held.version
}

export function typed(slot: Slot, content: Content, operationId: string, seen = seenVersion(slot)): Slot {
  return { ...slot, trouble: null, saved: false, sent: { ...content, operationId, version: seen + 1 } }
}

/** The server has accepted one of the values sent from here. */
export function accepted(slot: Slot, cell: SavedCell, operationId: string): Slot {
  const held = newest(slot.held, heldOf(cell))
  if (slot.sent && slot.sent.operationId !== operationId) return { ...slot, held }
  return { ...slot, held, sent: null, trouble: null, saved: true }
}

/** The server would not take it. A newer value already on its way stands in its place. */
export function refused(slot: Slot, operationId: string, problem: Problem): Slot {
  if (slot.sent?.operationId !== operationId) return slot
  const { value, comment } = slot.sent
  return { ...slot, sent: null, trouble: { kind: 'refused', value, comment, operationId, problem } }
}

/** Somebody else was first. The same value twice is no quarrel. */
export function conflicted(slot: Slot, cell: SavedCell, operationId: string): Slot {
  const theirs = heldOf(cell)
  const next = { ...slot, held: newest(slot.held, theirs), foreign: slot.foreign + 1 }
  if (slot.sent?.operationId !== operationId) return next
  const { value, comment } = slot.sent
  if (sameContent(slot.sent, theirs)) return { ...next, sent: null, saved: true }
  return { ...next, sent: null, trouble: { kind: 'conflict', value, comment, operationId, theirs } }
}

/** Another screen has changed it. While an own value is on its way the server will decide between them. */
export function changedElsewhere(slot: Slot, cell: SavedCell): Slot {
  const theirs = heldOf(cell)
  if (slot.sent || theirs.version <= slot.held.version) return slot
  return { ...slot, held: theirs, saved: false, foreign: slot.foreign + 1 }
}

/** The own value is given up; what the server holds shows again. */
export function givenUp(slot: Slot): Slot {
  return { ...slot, sent: null, trouble: null }
}

export function sameContent(one: Content, other: Content): boolean {
  return one.value === other.value && (one.comment ?? null) === (other.comment ?? null)
}

export function heldOf(cell: SavedCell | GradebookMark): Held {
  return { value: cell.value, comment: cell.comment ?? null, version: cell.version }
}

export function attendanceHeld({ code, version }: GradebookAttendance): Held {
  return { value: code, comment: null, version }
}

function newest(one: Held, other: Held): Held {
  return other.version >= one.version ? other : one
}
