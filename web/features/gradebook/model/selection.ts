import type { Position } from './grid-model.ts'

/** A rectangle of cells, both corners included. */
export type Block = { top: number; left: number; bottom: number; right: number }

export type Size = { rows: number; columns: number }

export type Move =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'row-start'
  | 'row-end'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'

const PAGE = 10

const steps: Record<Move, (from: Position, size: Size) => Position> = {
  up: ({ row, column }) => ({ row: row - 1, column }),
  down: ({ row, column }) => ({ row: row + 1, column }),
  left: ({ row, column }) => ({ row, column: column - 1 }),
  right: ({ row, column }) => ({ row, column: column + 1 }),
  'row-start': ({ row }) => ({ row, column: 0 }),
  'row-end': ({ row }, { columns }) => ({ row, column: columns - 1 }),
  'page-up': ({ row, column }) => ({ row: row - PAGE, column }),
  'page-down': ({ row, column }) => ({ row: row + PAGE, column }),
  first: () => ({ row: 0, column: 0 }),
  last: (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
}

/** Where a key takes the cursor; it never leaves the grid. */
export function moved(from: Position, move: Move, size: Size): Position {
  const to = steps[move](from, size)
  return { row: clamp(to.row, size.rows), column: clamp(to.column, size.columns) }
}

export function blockBetween(one: Position, other: Position): Block {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.column, other.column),
    bottom: Math.max(one.row, other.row),
    right: Math.max(one.column, other.column),
  }
}

export function contains(block: Block, { row, column }: Position): boolean {
  return block.top <= row && row <= block.bottom && block.left <= column && column <= block.right
}

export function isSingle({ top, left, bottom, right }: Block): boolean {
  return top === bottom && left === right
}

/** Every cell of the block, row by row. */
export function positionsIn({ top, left, bottom, right }: Block): Position[] {
  const found: Position[] = []
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) found.push({ row, column })
  }
  return found
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
