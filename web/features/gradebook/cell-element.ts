import type { RefObject } from 'react'
import type { Position } from './model/grid-model.ts'

export type GridTable = RefObject<HTMLTableElement | null>

/** The element of a cell: one heading stands before the cells of each row. */
export function cellElement(table: GridTable, { row, column }: Position): HTMLTableCellElement | null {
  return table.current?.tBodies[0]?.rows[row]?.cells[column + 1] ?? null
}

/** Brings the focus from elsewhere on the page into a cell of the journal's grid, and the cell into sight. */
export function focusCell({ row, column }: Position) {
  document.querySelector<HTMLElement>(`td[data-row="${row}"][data-column="${column}"]`)?.focus()
}
