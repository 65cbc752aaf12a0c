import {
  type Address,
  attendanceAddress,
  closedReason,
  type GridModel,
  markAddress,
  type Position,
} from './grid-model.ts'
import type { Block } from './selection.ts'
import { type Entry, readPasted } from './typed-entry.ts'

/** One record that is to hold a new value. */
export type Edit = Address & { value: string | null; comment?: string | null }

export type PasteFault = {
  position: Position
  text: string
  why: 'unknown-value' | 'closed' | 'outside' | 'no-work'
}

export type Paste = { edits: Edit[]; faults: PasteFault[]; block: Block }

/** Rows and cells of what a spreadsheet puts on the clipboard. */
export function readTable(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  return lines.map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1')))
}

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
 * What pasting a table at the selection would write. One value fills the whole selection; an empty cell leaves
 * what is there. Any fault means that nothing is to be pasted.
 */
export function planPaste(model: GridModel, entries: Entry[], selection: Block, table: string[][]): Paste {
  const filled = stretched(table, selection)
  const columns = Math.max(...filled.map((line) => line.length))
  const plan: Paste = {
    edits: [],
    faults: [],
    block: {
      top: selection.top,
      left: selection.left,
      bottom: Math.min(selection.top + filled.length, model.students.length) - 1,
      right: Math.min(selection.left + columns, model.columns.length) - 1,
    },
  }
  filled.forEach((line, row) => {
    line.forEach((text, column) => {
      const position = { row: selection.top + row, column: selection.left + column }
      if (text.trim() !== '') planCell(plan, model, entries, position, text)
    })
  })
  return plan
}

/** A single copied value goes into every selected cell. */
function stretched(table: string[][], { top, left, bottom, right }: Block): string[][] {
  const only = table.length === 1 && table[0]?.length === 1 ? table[0][0] : undefined
  if (only === undefined) return table
  return Array.from({ length: bottom - top + 1 }, () => Array.from({ length: right - left + 1 }, () => only))
}

function planCell(plan: Paste, model: GridModel, entries: Entry[], position: Position, text: string) {
  const fault = (why: PasteFault['why']) => plan.faults.push({ position, text, why })
  if (position.row >= model.students.length || position.column >= model.columns.length)
    return fault('outside')
  if (closedReason(model, position)) return fault('closed')
  for (const word of text.trim().split(/[\s/]+/)) {
    const entry = readPasted(word, entries)
    if (!entry) return fault('unknown-value')
    const address = (entry.kind === 'mark' ? markAddress : attendanceAddress)(model, position)
    if (!address) return fault('no-work')
    plan.edits.push({ ...address, value: entry.value })
  }
}
