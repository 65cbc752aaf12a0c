import type { CellWrite, Gradebook, PutCells, SavedCell, SavedCells } from '#contract/gradebook.ts'
import type { Voice } from '#web/announce.ts'
import { counted } from '#web/formats.ts'
import type { Outbox, Outcome, Refused } from '#web/outbox-queue.ts'
import type { Operation } from '#web/outbox-storage.ts'
import { refusalText } from '#web/refusals.ts'
import type { Edit } from './clipboard.ts'
import type { Address } from './grid-model.ts'
import {
  accepted,
  attendanceHeld,
  type Content,
  changedElsewhere,
  conflicted,
  emptySlot,
  givenUp,
  type Held,
  heldOf,
  refused,
  type Slot,
  sameContent,
  seenVersion,
  shown,
  slotKey,
  typed,
} from './slots.ts'
import { type Change, emptyStack, remember, stepBack, stepForward, type UndoStack } from './undo.ts'

type Sender = Pick<Outbox, 'enqueue' | 'dismiss' | 'state'>

/**
 * All records of one journal as this screen knows them: what the server holds, what is on its way, what was
 * refused. It turns intentions into operations of the outbox, and answers into states of cells.
 */
export class JournalStore {
  readonly path: string
  private slots = new Map<string, Slot>()
  private stack: UndoStack = emptyStack
  private reasons = new Map<string, string>()
  private readonly listeners = new Set<(key: string) => void>()
  private readonly reasonListeners = new Set<() => void>()
  private readonly sender: Sender
  private readonly voice: Voice

  constructor(gradebook: Gradebook, sender: Sender, voice: Voice) {
    this.path = `/api/journals/${gradebook.journal.id}/cells`
    this.sender = sender
    this.voice = voice
    this.take(gradebook)
    for (const operation of [...sender.state.get().waiting, ...sender.state.get().refused])
      this.recall(operation)
  }

  slot(key: string): Slot {
    return this.slots.get(key) ?? emptySlot
  }

  /** Hears the key of every record that changes. */
  subscribe(listener: (key: string) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  onReasonWanted(listener: () => void): () => void {
    this.reasonListeners.add(listener)
    return () => void this.reasonListeners.delete(listener)
  }

  /** A fresh page of the journal: whatever is newer there is taken over. */
  take({ marks, attendance, lessons }: Gradebook) {
    const lessonOf = new Map(lessons.flatMap(({ id, works }) => works.map((work) => [work.id, id] as const)))
    for (const mark of marks) {
      this.hold({ lessonId: lessonOf.get(mark.workId) ?? '', ...mark }, heldOf(mark))
    }
    for (const record of attendance) this.hold(record, attendanceHeld(record))
  }

  /** Cells that other people, or this person elsewhere, have saved. */
  takeLive(cells: SavedCell[]) {
    for (const cell of cells) this.change(cell, (slot) => changedElsewhere(slot, cell))
  }

  /** Writes what differs from what is shown, as one operation. */
  write(edits: Edit[], { undoable = true } = {}) {
    const needed = edits.filter((edit) => !sameContent(this.wanted(edit), shown(this.slot(slotKey(edit)))))
    const changes = needed.map((edit) => this.changeOf(edit))
    const toSend = needed.filter((edit) => !this.fallsBack(edit))
    if (toSend.length > 0) this.send(toSend, lateReasonFor(toSend, this.reasons))
    if (undoable && changes.length > 0) this.stack = remember(this.stack, changes)
  }

  undo(): boolean {
    return this.step(stepBack(this.stack), 'before')
  }

  redo(): boolean {
    return this.step(stepForward(this.stack), 'after')
  }

  /** Ends a quarrel about a cell, or gives up a refused value. */
  decide(address: Address, choice: 'mine' | 'theirs') {
    const { trouble } = this.slot(slotKey(address))
    if (!trouble) return
    this.change(address, givenUp)
    this.forget(trouble.operationId)
    if (choice === 'mine') this.send([{ ...address, value: trouble.value, comment: trouble.comment }], null)
  }

  /** Lessons whose entries wait for somebody to say why they are late. */
  lessonsWithoutReason(): string[] {
    const cells = this.lateOperations().flatMap((operation) => cellsOf(operation))
    return [...new Set(cells.map(({ lessonId }) => lessonId))]
  }

  /** Sends again, with the reason, everything that was refused for the lack of one. */
  giveReason(reason: string) {
    const operations = this.lateOperations()
    for (const lessonId of this.lessonsWithoutReason()) this.reasons.set(lessonId, reason)
    for (const operation of operations) {
      const mine = cellsOf(operation).filter((cell) => this.troubleFrom(cell) === operation.operationId)
      for (const cell of mine) this.change(cell, givenUp)
      if (mine.length > 0) this.send(mine.map(editOf), reason)
    }
    void this.sender.dismiss(operations.map(({ operationId }) => operationId))
  }

  /** What became of an operation of the outbox. */
  settle(outcome: Outcome) {
    if (outcome.operation.path !== this.path) return
    if ('refused' in outcome) this.settleRefused(outcome.operation, outcome.refused)
    else this.settleSaved(outcome.operation, outcome.saved as SavedCells)
  }

  private settleSaved({ operationId }: Operation, { cells }: SavedCells) {
    for (const cell of cells) this.change(cell, (slot) => accepted(slot, cell, operationId))
    const [first] = cells
    if (cells.length === 1 && first) this.voice.mention(`${first.value ?? 'Пусто'}, сохранено`)
    else this.voice.mention(`Сохранено: ${counted(cells.length, 'клетка', 'клетки', 'клеток')}`)
  }

  private settleRefused(operation: Operation, { problem }: Refused) {
    if (problem.current) this.settleConflict(operation, problem.current)
    else for (const cell of cellsOf(operation)) this.refuse(cell, operation, problem)
    if (!this.isTroubled(operation)) void this.sender.dismiss([operation.operationId])
    if (problem.refusal === 'late-reason-needed') for (const listener of this.reasonListeners) listener()
    else this.voice.announce(refusalText(problem))
  }

  private refuse(cell: CellWrite, { operationId }: Operation, problem: Refused['problem']) {
    this.change(cell, (slot) => refused(slot, operationId, problem))
  }

  private settleConflict(operation: Operation, current: SavedCell[]) {
    const standing = new Map(current.map((cell) => [slotKey(cell), cell]))
    const again: Edit[] = []
    for (const cell of cellsOf(operation)) {
      const slot = this.slot(slotKey(cell))
      if (slot.sent?.operationId !== operation.operationId) continue
      const theirs = standing.get(slotKey(cell))
      // Either only the neighbours of a block quarrelled, or an earlier value of one's own had been refused:
      // nobody else has touched this cell, so it goes once more with the version that is true now.
      if (!theirs || theirs.version === slot.held.version) again.push(editOf(cell))
      else this.change(cell, (one) => conflicted(one, theirs, operation.operationId))
    }
    for (const edit of again) this.change(edit, givenUp)
    const { lateReason } = operation.body as PutCells
    if (again.length > 0) this.send(again, lateReason ?? null)
  }

  private send(edits: Edit[], lateReason: string | null) {
    const cells = edits.map((edit): CellWrite => {
      const { value, comment } = this.wanted(edit)
      const slot = this.slot(slotKey(edit))
      const { lessonId, studentId, workId } = edit
      const write: CellWrite = { lessonId, studentId, value, version: seenVersion(slot) }
      if (workId) write.workId = workId
      if (workId && comment !== slot.held.comment) write.comment = comment
      return write
    })
    const body: PutCells = lateReason ? { cells, lateReason } : { cells }
    const replaced = edits.map((edit) => this.troubleFrom(edit))
    const operationId = this.sender.enqueue({ method: 'PUT', path: this.path, body })
    for (const edit of edits) this.change(edit, (slot) => typed(slot, this.wanted(edit), operationId))
    for (const before of replaced) this.forget(before)
  }

  /** Values typed before a reload are still on their way, or still refused. */
  private recall(operation: Operation) {
    if (operation.path !== this.path) return
    for (const cell of cellsOf(operation)) {
      const content = { value: cell.value, comment: cell.comment ?? this.slot(slotKey(cell)).held.comment }
      if (operation.refused && sameContent(content, this.slot(slotKey(cell)).held)) continue
      this.change(cell, (slot) => typed(slot, content, operation.operationId, cell.version))
    }
    if (operation.refused) this.settleRefused(operation, operation.refused)
  }

  private step(found: ReturnType<typeof stepBack>, side: 'before' | 'after'): boolean {
    if (!found) return false
    this.stack = found.stack
    // Another person's newer value is never overwritten by going back in one's own history.
    const own = found.changes.filter(
      ({ address, foreign }) => this.slot(slotKey(address)).foreign === foreign,
    )
    this.write(
      own.map((change) => ({ ...change.address, ...change[side] })),
      { undoable: false },
    )
    const kept = found.changes.length - own.length
    if (kept > 0) {
      this.voice.announce(
        `${counted(kept, 'клетку', 'клетки', 'клеток')} уже изменил другой человек: там всё осталось как есть`,
      )
    }
    return true
  }

  private changeOf(edit: Edit): Change {
    const { lessonId, studentId, workId } = edit
    const slot = this.slot(slotKey(edit))
    const { value, comment } = shown(slot)
    return {
      address: workId ? { lessonId, studentId, workId } : { lessonId, studentId },
      before: { value, comment },
      after: this.wanted(edit),
      foreign: slot.foreign,
    }
  }

  /** A refused value replaced by what the server holds anyway needs no sending: it is simply given up. */
  private fallsBack(edit: Edit): boolean {
    const { trouble, held, sent } = this.slot(slotKey(edit))
    if (!trouble || sent || !sameContent(this.wanted(edit), held)) return false
    this.change(edit, givenUp)
    this.forget(trouble.operationId)
    return true
  }

  // A mark that is taken away takes its comment with it.
  private wanted(edit: Edit): Content {
    if (edit.value === null) return { value: null, comment: null }
    const { comment = shown(this.slot(slotKey(edit))).comment } = edit
    return { value: edit.value, comment }
  }

  private lateOperations(): Operation[] {
    return this.sender.state
      .get()
      .refused.filter(
        ({ path, refused: no }) => path === this.path && no?.problem.refusal === 'late-reason-needed',
      )
  }

  private troubleFrom(address: Address): string | null {
    return this.slot(slotKey(address)).trouble?.operationId ?? null
  }

  private isTroubled(operation: Operation): boolean {
    return cellsOf(operation).some((cell) => this.troubleFrom(cell) === operation.operationId)
  }

  /** Clears a refused operation away once none of its cells waits for a decision. */
  private forget(operationId: string | null) {
    if (!operationId) return
    const operation = this.sender.state.get().refused.find((one) => one.operationId === operationId)
    if (operation && !this.isTroubled(operation)) void this.sender.dismiss([operationId])
  }

  private hold(address: Address, held: Held) {
    this.change(address, (slot) => changedElsewhere(slot, { ...address, ...held }))
  }

  private change(address: Address, next: (slot: Slot) => Slot) {
    const key = slotKey(address)
    const before = this.slot(key)
    const after = next(before)
    if (after === before) return
    this.slots.set(key, after)
    for (const listener of this.listeners) listener(key)
  }
}

function cellsOf(operation: Operation): CellWrite[] {
  return (operation.body as PutCells).cells
}

function editOf({ lessonId, studentId, workId, value, comment }: CellWrite): Edit {
  const edit: Edit = { lessonId, studentId, value }
  if (workId) edit.workId = workId
  if (comment !== undefined) edit.comment = comment
  return edit
}

function lateReasonFor(edits: Edit[], reasons: Map<string, string>): string | null {
  for (const { lessonId } of edits) {
    const reason = reasons.get(lessonId)
    if (reason) return reason
  }
  return null
}
