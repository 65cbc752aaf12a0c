import { weightedAverage } from '#domain/marks/average.ts'
import { cellWords, closedWords, contentWords, stateWords } from './cell-words.ts'
import {
  attendanceAddress,
  type ClosedReason,
  closedReason,
  type GridModel,
  markAddress,
  openingPlace,
  type Position,
} from './grid-model.ts'
import type { JournalStore } from './journal-store.ts'
import { type Block, blockBetween, contains, type Move, moved, positionsIn } from './selection.ts'
import { emptySlot, type Slot, shown, slotKey } from './slots.ts'

export type CellState = 'idle' | 'pending' | 'saved' | 'refused' | 'conflict'

const AFTER_MS = 60

/** Everything one cell shows. The same object as long as nothing of it changes. */
export type CellView = {
  mark: string | null
  attendance: string | null
  comment: boolean
  state: CellState
  closed: ClosedReason | null
  active: boolean
  selected: boolean
  label: string
}

/** The records under one cell. */
export type CellSlots = { mark: Slot; attendance: Slot }

/**
 * The grid on the screen: which cell is active, which block is selected, and which cells must be drawn anew when
 * a record changes. Every cell listens for itself, so a key press redraws one.
 */
export class GridView {
  readonly model: GridModel
  readonly store: JournalStore
  active: Position
  /** The cursor stands on the same child and work as in the grid before. */
  readonly stayed: boolean
  private anchor: Position
  private readonly views = new Map<number, CellView>()
  private readonly averages = new Map<number, number | null>()
  private readonly cellListeners = new Map<number, () => void>()
  private readonly rowListeners = new Map<number, () => void>()
  private readonly cursorListeners = new Set<() => void>()
  private readonly stateListeners = new Set<() => void>()
  private readonly later = new Set<number>()
  private telling = false
  private readonly places = new Map<string, Position>()

  constructor(model: GridModel, store: JournalStore, before: GridView | null = null) {
    this.model = model
    this.store = store
    const kept = before && samePlaceIn(model, before)
    this.stayed = Boolean(kept)
    this.active = kept ?? openingPlace(model)
    this.anchor = this.active
    for (const position of positionsIn(this.whole())) {
      const mark = markAddress(model, position)
      if (mark) this.places.set(slotKey(mark), position)
      const attendance = attendanceAddress(model, position)
      if (attendance && model.columns[position.column]?.first) this.places.set(slotKey(attendance), position)
    }
  }

  /** Starts hearing the journal; the returned function ends it. */
  connect(): () => void {
    return this.store.subscribe((key) => {
      const position = this.places.get(key)
      if (!position) return
      this.redraw(position)
      this.averages.delete(position.row)
      this.later.add(position.row)
      this.tellLater()
    })
  }

  subscribeCell(position: Position, listener: () => void): () => void {
    const index = this.indexOf(position)
    this.cellListeners.set(index, listener)
    return () => void this.cellListeners.delete(index)
  }

  subscribeRow(row: number, listener: () => void): () => void {
    this.rowListeners.set(row, listener)
    return () => void this.rowListeners.delete(row)
  }

  /** Hears moves of the cursor, at once. */
  subscribeCursor(listener: () => void): () => void {
    this.cursorListeners.add(listener)
    return () => void this.cursorListeners.delete(listener)
  }

  /** Hears of the active cell and of what happens in it, once the cell itself has been painted. */
  subscribeActive = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener)
    return () => void this.stateListeners.delete(listener)
  }

  cell(position: Position): CellView {
    const index = this.indexOf(position)
    const known = this.views.get(index)
    if (known) return known
    const view = this.look(position)
    this.views.set(index, view)
    return view
  }

  activeCell = (): CellView => this.cell(this.active)

  slots(position: Position): CellSlots {
    const { model, store } = this
    const mark = markAddress(model, position)
    const attendance = model.columns[position.column]?.first ? attendanceAddress(model, position) : null
    return {
      mark: mark ? store.slot(slotKey(mark)) : emptySlot,
      attendance: attendance ? store.slot(slotKey(attendance)) : emptySlot,
    }
  }

  average(row: number): number | null {
    const known = this.averages.get(row)
    if (known !== undefined) return known
    const average = this.countAverage(row)
    this.averages.set(row, average)
    return average
  }

  selection(): Block {
    return blockBetween(this.anchor, this.active)
  }

  goTo(to: Position, extend = false) {
    const before = this.selection()
    const left = this.active
    this.active = to
    if (!extend) this.anchor = to
    const after = this.selection()
    this.redraw(left)
    this.redraw(to)
    for (const position of positionsIn(before)) if (!contains(after, position)) this.redraw(position)
    for (const position of positionsIn(after)) if (!contains(before, position)) this.redraw(position)
    for (const listener of this.cursorListeners) listener()
    this.tellLater()
  }

  move(move: Move, extend = false) {
    this.goTo(moved(this.active, move, this.size()), extend)
  }

  select(block: Block) {
    this.goTo({ row: block.top, column: block.left })
    this.goTo({ row: block.bottom, column: block.right }, true)
  }

  selectAll() {
    this.select(this.whole())
  }

  private whole(): Block {
    const { rows, columns } = this.size()
    return { top: 0, left: 0, bottom: rows - 1, right: columns - 1 }
  }

  size() {
    return { rows: this.model.students.length, columns: this.model.columns.length }
  }

  private look(position: Position): CellView {
    const { mark, attendance } = this.slots(position)
    const closed = closedReason(this.model, position)
    const marked = shown(mark)
    const absent = shown(attendance)
    const block = this.selection()
    const states = [stateWords(mark), stateWords(attendance)].filter(Boolean)
    const words = [
      ...contentWords(marked, absent, this.model.gradebook.codes),
      ...new Set(states),
      closed && closedWords[closed],
    ]
    return {
      mark: marked.value,
      attendance: absent.value,
      comment: marked.comment !== null,
      state: stateOf(mark, attendance),
      closed,
      active: samePlace(this.active, position),
      selected: !samePlace(this.anchor, this.active) && contains(block, position),
      label: cellWords(this.model, position, words),
    }
  }

  // Over the whole journal, whatever part of it is on the screen.
  private countAverage(row: number): number | null {
    const studentId = this.model.students[row]?.id ?? ''
    const marks = this.model.gradebook.lessons.flatMap((lesson) =>
      lesson.works.flatMap(({ id: workId, weight }) => {
        const { value } = shown(this.store.slot(slotKey({ lessonId: lesson.id, studentId, workId })))
        return value === null ? [] : [{ value, weight }]
      }),
    )
    return weightedAverage(marks)
  }

  private redraw(position: Position) {
    const index = this.indexOf(position)
    this.views.delete(index)
    this.cellListeners.get(index)?.()
  }

  // Averages and the line under the grid follow a little later: a key press paints one cell, and fast typing is
  // not slowed by what nobody reads between two keys.
  private tellLater() {
    if (this.telling) return
    this.telling = true
    setTimeout(() => this.tellNow(), AFTER_MS)
  }

  private tellNow() {
    this.telling = false
    for (const row of this.later) this.rowListeners.get(row)?.()
    this.later.clear()
    for (const listener of this.stateListeners) listener()
  }

  private indexOf({ row, column }: Position): number {
    return row * this.model.columns.length + column
  }
}

function stateOf(mark: Slot, attendance: Slot): CellState {
  const kinds = [mark.trouble?.kind, attendance.trouble?.kind]
  if (kinds.includes('conflict')) return 'conflict'
  if (kinds.includes('refused')) return 'refused'
  if (mark.sent || attendance.sent) return 'pending'
  return mark.saved || attendance.saved ? 'saved' : 'idle'
}

function samePlace(one: Position, other: Position): boolean {
  return one.row === other.row && one.column === other.column
}

/** Where the cursor of an earlier grid stands in this one, whose lessons or children have changed. */
function samePlaceIn({ students, columns }: GridModel, { model, active }: GridView): Position | null {
  const student = model.students[active.row]
  const place = model.columns[active.column]
  const row = students.findIndex(({ id }) => id === student?.id)
  const column = columns.findIndex(
    ({ lesson, work }) => lesson.id === place?.lesson.id && work?.id === place.work?.id,
  )
  return row === -1 || column === -1 ? null : { row, column }
}
