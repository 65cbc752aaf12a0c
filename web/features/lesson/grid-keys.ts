import type { KeyboardEvent } from 'react'

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Arrow keys and Enter move among the cells; what a cell does with other keys is its own affair. */
export function moveInGrid(event: KeyboardEvent<HTMLTableElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const isMark = event.target instanceof HTMLInputElement
  const step = STEPS[event.key] ?? (event.key === 'Enter' && isMark ? [1, 0] : null)
  const from = event.target instanceof HTMLElement ? event.target.dataset.cell : undefined
  if (!step || !from) return
  const [row = 0, column = 0] = from.split(' ').map(Number)
  event.preventDefault()
  focusCell(event.currentTarget, row + step[0], column + step[1])
}

/** Only one cell of the grid is reached by Tab: the one that had the focus last. */
export function rememberCell(cell: HTMLElement) {
  const grid = cell.closest('[role=grid]')
  for (const other of grid?.querySelectorAll<HTMLElement>('[data-cell][tabindex="0"]') ?? [])
    other.tabIndex = -1
  cell.tabIndex = 0
}

/** Gives the focus to a cell, if there is one at that place. */
export function focusCell(grid: ParentNode, row: number, column: number) {
  const cell = grid.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)
  cell?.focus()
  if (cell instanceof HTMLInputElement) cell.select()
}

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё'

/** The character as it would be in the Russian layout, so that «н» is «н» whatever layout is on. */
export function russian(character: string): string {
  const at = LATIN.indexOf(character.toLowerCase())
  return at < 0 ? character.toLowerCase() : RUSSIAN.charAt(at)
}
