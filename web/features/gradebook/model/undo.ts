import type { Address } from './grid-model.ts'
import { type Content, type Slot, shown } from './slots.ts'

/** One record changed by one intention, with how often others had changed it by then. */
export type Change = { address: Address; before: Content; after: Content; foreign: number }

/** What an edit will make of a record, for going back and forth. */
export function changeOf({ lessonId, studentId, workId }: Address, after: Content, slot: Slot): Change {
  const { value, comment } = shown(slot)
  return {
    address: workId ? { lessonId, studentId, workId } : { lessonId, studentId },
    before: { value, comment },
    after,
    foreign: slot.foreign,
  }
}

export type UndoStack = { done: Change[][]; undone: Change[][] }

export const emptyStack: UndoStack = { done: [], undone: [] }

const REMEMBERED = 200

export function remember(stack: UndoStack, changes: Change[]): UndoStack {
  return { done: [...stack.done, changes].slice(-REMEMBERED), undone: [] }
}

/** The last intention and the stack without it. */
export function stepBack({ done, undone }: UndoStack): { changes: Change[]; stack: UndoStack } | null {
  const changes = done.at(-1)
  return changes ? { changes, stack: { done: done.slice(0, -1), undone: [...undone, changes] } } : null
}

/** The last intention taken back and the stack with it in place again. */
export function stepForward({ done, undone }: UndoStack): { changes: Change[]; stack: UndoStack } | null {
  const changes = undone.at(-1)
  return changes ? { changes, stack: { done: [...done, changes], undone: undone.slice(0, -1) } } : null
}
