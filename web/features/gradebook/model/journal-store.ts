import type { CellWrite, Gradebook, PutCells, SavedCell, SavedCells } from '#contract/gradebook.ts'
import { packetsOf } from '#domain/marks/packet.ts'
import type { Voice } from '#web/announce.ts'
import { counted } from '#web/formats.ts'
import type { Outbox, Outcome, Refused } from '#web/outbox-queue.ts'
import type { Operation } from '#web/outbox-storage.ts'
import { refusalText } from '#web/refusals.ts'
import { refusedPart } from '#web/refused-part.ts'
import {
  cellsOf,
  editOf,
  lateOnes,
  lateReasonFor,
  narrowed,
  partOfConflict,
  repeatableOnes,
  writeOf,
} from './cell-operations.ts'
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
  shown,
  slotKey,
  typed,
} from './slots.ts'
import { changeOf, emptyStack, remember, stepBack, stepForward, type UndoStack } from './undo.ts'

type Sender = Pick<Outbox, 'enqueue' | 'dismiss' | 'amend' | 'state'>

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
    const changes = needed.map((edit) => changeOf(edit, this.wanted(edit), this.slot(slotKey(edit))))
    const toSend = needed.filter((edit) => !this.fallsBack(edit))
    this.send(toSend, lateReasonFor(toSend, this.reasons))
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

  /** How many refused values may be sent again as they are. */
  refusedCount(): number {
    return repeatableOnes(this.refusedOperations()).reduce(
      (count, operation) => count + this.troubledCells(operation).length,
      0,
    )
  }

  /** Sends again all of them. */
  repeatRefused() {
    const operations = repeatableOnes(this.refusedOperations())
    const cells = operations.flatMap((operation) => this.troubledCells(operation))
    for (const cell of cells) this.change(cell, givenUp)
    this.send(cells.map(editOf), null)
    void this.sender.dismiss(operations.map(({ operationId }) => operationId))
  }

  /** Lessons whose entries wait for somebody to say why they are late. */
  lessonsWithoutReason(): string[] {
    const cells = lateOnes(this.refusedOperations()).flatMap((operation) => this.troubledCells(operation))
    return [...new Set(cells.map(({ lessonId }) => lessonId))]
  }

  /** Sends again, with the reason, everything that was refused for the lack of one. */
  giveReason(reason: string) {
    const operations = lateOnes(this.refusedOperations())
    for (const lessonId of this.lessonsWithoutReason()) this.reasons.set(lessonId, reason)
    for (const operation of operations) {
      const mine = this.troubledCells(operation)
      for (const cell of mine) this.change(cell, givenUp)
      this.send(mine.map(editOf), reason)
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

  private settleRefused(operation: Operation, answer: Refused) {
    const { problem } = answer
    if (problem.current) this.settleConflict(operation, problem.current)
    else this.settlePart(operation, answer)
    this.keepTroubled(operation)
    // Halved: nothing is known yet of any one cell.
    if (this.troubledCells(operation).length === 0) return
    if (problem.refusal === 'late-reason-needed') for (const listener of this.reasonListeners) listener()
    else this.voice.announce(refusalText(problem))
  }

  private settlePart(operation: Operation, answer: Refused) {
    const cells = cellsOf(operation)
    const { guilty, again } = refusedPart(cells.length, answer)
    const among = (numbers: number[]) => cells.filter((_, n) => numbers.includes(n))
    for (const cell of among(guilty))
      this.change(cell, (slot) => refused(slot, operation.operationId, answer.problem))
    for (const part of again) this.sendOn(operation, among(part))
  }

  private settleConflict(operation: Operation, current: SavedCell[]) {
    const { quarrels, again } = partOfConflict(operation, current, (cell) => this.slot(slotKey(cell)))
    for (const theirs of quarrels)
      this.change(theirs, (slot) => conflicted(slot, theirs, operation.operationId))
    this.sendOn(operation, again)
  }

  /** Cells whose neighbours were refused go on without them, unless something newer has been typed there. */
  private sendOn(operation: Operation, cells: CellWrite[]) {
    const own = cells.filter((cell) => this.slot(slotKey(cell)).sent?.operationId === operation.operationId)
    for (const cell of own) this.change(cell, givenUp)
    const { lateReason } = operation.body as PutCells
    this.send(own.map(editOf), lateReason ?? null)
  }

  private send(edits: Edit[], lateReason: string | null) {
    for (const packet of packetsOf(edits)) this.sendPacket(packet, lateReason)
  }

  private sendPacket(edits: Edit[], lateReason: string | null) {
    const cells = edits.map((edit) => writeOf(edit, this.wanted(edit), this.slot(slotKey(edit))))
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

  private refusedOperations(): Operation[] {
    return this.sender.state.get().refused.filter(({ path }) => path === this.path)
  }

  private troubleFrom(address: Address): string | null {
    return this.slot(slotKey(address)).trouble?.operationId ?? null
  }

  private troubledCells(operation: Operation): CellWrite[] {
    return cellsOf(operation).filter((cell) => this.troubleFrom(cell) === operation.operationId)
  }

  private forget(operationId: string | null) {
    const operation = this.refusedOperations().find((one) => one.operationId === operationId)
    if (operation) this.keepTroubled(operation)
  }

  /** What is kept of a refused operation are the cells that wait for a decision; none: it is cleared away. */
  private keepTroubled(operation: Operation) {
    const left = this.troubledCells(operation)
    if (left.length === 0) void this.sender.dismiss([operation.operationId])
    else if (left.length < cellsOf(operation).length) void this.sender.amend(narrowed(operation, left))
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
