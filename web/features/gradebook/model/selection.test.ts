import { expect, test } from 'vitest'
import { blockBetween, contains, isSingle, moved, positionsIn } from './selection.ts'

const size = { rows: 25, columns: 8 }

test.each([
  ['up', { row: 0, column: 3 }, { row: 0, column: 3 }],
  ['down', { row: 4, column: 3 }, { row: 5, column: 3 }],
  ['right', { row: 4, column: 7 }, { row: 4, column: 7 }],
  ['row-start', { row: 4, column: 7 }, { row: 4, column: 0 }],
  ['row-end', { row: 4, column: 0 }, { row: 4, column: 7 }],
  ['page-down', { row: 20, column: 1 }, { row: 24, column: 1 }],
  ['page-up', { row: 20, column: 1 }, { row: 10, column: 1 }],
  ['first', { row: 20, column: 1 }, { row: 0, column: 0 }],
  ['last', { row: 20, column: 1 }, { row: 24, column: 7 }],
] as const)('%s stays within the grid', (move, from, to) => {
  expect(moved(from, move, size)).toEqual(to)
})

test('a block is the same from whichever corner it was drawn', () => {
  const block = { top: 1, left: 2, bottom: 3, right: 4 }
  expect(blockBetween({ row: 3, column: 2 }, { row: 1, column: 4 })).toEqual(block)
  expect(positionsIn(block)).toHaveLength(9)
  expect(contains(block, { row: 3, column: 4 })).toBe(true)
  expect(contains(block, { row: 0, column: 4 })).toBe(false)
  expect(isSingle(block)).toBe(false)
})
