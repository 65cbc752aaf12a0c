import type { CellWrite, PutCells, SavedCell } from '#contract/gradebook.ts'
import type { Operation } from '#web/outbox-storage.ts'
import type { Edit } from './clipboard.ts'
import { type Content, type Slot, seenVersion, slotKey } from './slots.ts'

/** The cells an operation of the outbox carries. */
export function cellsOf(operation: Operation): CellWrite[] {
  return (operation.body as PutCells).cells
}

/** The same operation about fewer cells: the others are saved or on their way in another one. */
export function narrowed(operation: Operation, cells: CellWrite[]): Operation {
  const { refused, body } = operation
  const { cells: _, ...problem } = refused?.problem ?? { refusal: '', message: '' }
  return {
    ...operation,
    body: { ...(body as PutCells), cells },
    refused: refused && { ...refused, problem },
  }
}

/** A cell as it is sent: with the version that was seen, and with its comment only when that changes. */
export function writeOf({ lessonId, studentId, workId }: Edit, wanted: Content, slot: Slot): CellWrite {
  const write: CellWrite = { lessonId, studentId, value: wanted.value, version: seenVersion(slot) }
  if (workId) write.workId = workId
  if (workId && wanted.comment !== slot.held.comment) write.comment = wanted.comment
  return write
}

/** Refused operations that wait for somebody to say why they are late. */
export function lateOnes(operations: Operation[]): Operation[] {
  return operations.filter(({ refused }) => refused?.problem.refusal === 'late-reason-needed')
}

const DECIDED_OTHERWISE = ['late-reason-needed', 'version-conflict', 'entry-referred']

/** Refused operations that may be sent again as they are. */
export function repeatableOnes(operations: Operation[]): Operation[] {
  return operations.filter(({ refused }) => !DECIDED_OTHERWISE.includes(refused?.problem.refusal ?? ''))
}

/**
 * Of an operation that lost to somebody faster: what stands now where the two really differ, and the cells to go once
 * more, with the version that is true now. There either only the neighbours of a block quarrelled, or an earlier value
 * of one's own had been refused; nobody else has touched them.
 */
export function partOfConflict(
  operation: Operation,
  current: SavedCell[],
  slotOf: (cell: CellWrite) => Slot,
): { quarrels: SavedCell[]; again: CellWrite[] } {
  const standing = new Map(current.map((cell) => [slotKey(cell), cell]))
  const again: CellWrite[] = []
  const quarrels: SavedCell[] = []
  for (const cell of cellsOf(operation)) {
    const slot = slotOf(cell)
    if (slot.sent?.operationId !== operation.operationId) continue
    const theirs = standing.get(slotKey(cell))
    if (!theirs || theirs.version === slot.held.version) again.push(cell)
    else quarrels.push(theirs)
  }
  return { quarrels, again }
}

/** What was wanted of a cell, apart from the version it was based on. */
export function editOf({ lessonId, studentId, workId, value, comment }: CellWrite): Edit {
  const edit: Edit = { lessonId, studentId, value }
  if (workId) edit.workId = workId
  if (comment !== undefined) edit.comment = comment
  return edit
}

/** The reason said before for a lesson among these. */
export function lateReasonFor(edits: Edit[], reasons: Map<string, string>): string | null {
  for (const { lessonId } of edits) {
    const reason = reasons.get(lessonId)
    if (reason) return reason
  }
  return null
}
