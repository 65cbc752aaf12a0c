import { plainCellText, readCellText } from '#domain/marks/cell-text.ts'
import {
  type Address,
  attendanceAddress,
  type ClosedReason,
  closedReason,
  type GridModel,
  markAddress,
  type Position,
} from './grid-model.ts'
import type { Block } from './selection.ts'
import { slotKey } from './slots.ts'

/** One record that is to hold a new value. */
export type Edit = Address & { value: string | null; comment?: string | null }

/** A value of the clipboard that is not written, and why. */
export type PasteFault = {
  position: Position
  text: string
  why: 'not-one-value' | 'two-absences' | ClosedReason | 'outside' | 'no-work'
}

export type Paste = { edits: Edit[]; faults: PasteFault[]; block: Block }

/** A block of cells as a spreadsheet reads it; a mark and an absence in one cell are «4 н». */
export function writeTable(block: Block, textAt: (position: Position) => string): string {
  const lines: string[] = []
  for (let row = block.top; row <= block.bottom; row++) {
    const cells: string[] = []
    for (let column = block.left; column <= block.right; column++) cells.push(textAt({ row, column }))
    lines.push(cells.join('\t'))
  }
  return lines.join('\n')
}

/**
 * What pasting a table at the selection would write. One value fills the whole selection; an empty cell leaves what is
 * there. A cell that is not one value of this journal, or stands where nothing is written, is a fault and changes
 * nothing; the others are written. No record is written twice.
 */
export function planPaste(model: GridModel, selection: Block, table: string[][]): Paste {
  const filled = stretched(table, selection)
  const columns = filled.reduce((most, line) => Math.max(most, line.length), 0)
  const block = {
    top: selection.top,
    left: selection.left,
    bottom: Math.min(selection.top + filled.length, model.students.length) - 1,
    right: Math.min(selection.left + columns, model.columns.length) - 1,
  }
  const faults: PasteFault[] = []
  const cells = filled.flatMap((line, row) =>
    line.flatMap((text, column) => {
      const position = { row: selection.top + row, column: selection.left + column }
      const read = readCell(model, position, text)
      if (typeof read !== 'string') return read
      faults.push({ position, text, why: read })
      return []
    }),
  )
  const { edits, torn } = onceEach(cells)
  faults.push(...torn.map(({ position, text }) => ({ position, text, why: 'two-absences' as const })))
  faults.sort(
    (one, other) => one.position.row - other.position.row || one.position.column - other.position.column,
  )
  return { edits, faults, block }
}

/** A single copied value goes into every selected cell. */
function stretched(table: string[][], { top, left, bottom, right }: Block): string[][] {
  const only = table.length === 1 && table[0]?.length === 1 ? table[0][0] : undefined
  if (only === undefined) return table
  return Array.from({ length: bottom - top + 1 }, () => Array.from({ length: right - left + 1 }, () => only))
}

/** A cell of the clipboard at its place in the grid, with the records it writes. */
type PastedCell = { position: Position; text: string; edits: Edit[] }

function readCell(model: GridModel, position: Position, text: string): PastedCell[] | PasteFault['why'] {
  const { scale, codes } = model.gradebook
  if (plainCellText(text) === '') return []
  if (position.row >= model.students.length || position.column >= model.columns.length) return 'outside'
  const closed = closedReason(model, position)
  if (closed) return closed
  const said = readCellText(text, { scale, codes: codes.map(({ code }) => code) })
  if (!said) return 'not-one-value'
  const edits: Edit[] = []
  if (said.mark !== null) {
    const address = markAddress(model, position)
    if (!address) return 'no-work'
    edits.push({ ...address, value: said.mark })
  }
  const address = attendanceAddress(model, position)
  if (said.code !== null && address) edits.push({ ...address, value: said.code })
  return [{ position, text, edits }]
}

/**
 * Each record once. All columns of a lesson share its attendance: the same code twice is one edit, two different ones
 * say nothing that could be written, so no cell of theirs is taken.
 */
function onceEach(cells: PastedCell[]): { edits: Edit[]; torn: PastedCell[] } {
  const said = new Map<string, Set<string | null>>()
  for (const { edits } of cells) {
    for (const edit of edits) said.set(slotKey(edit), (said.get(slotKey(edit)) ?? new Set()).add(edit.value))
  }
  const isTorn = ({ edits }: PastedCell) => edits.some((edit) => (said.get(slotKey(edit))?.size ?? 0) > 1)
  const edits = new Map<string, Edit>()
  for (const cell of cells) {
    if (!isTorn(cell)) for (const edit of cell.edits) edits.set(slotKey(edit), edit)
  }
  return { edits: [...edits.values()], torn: cells.filter(isTorn) }
}
