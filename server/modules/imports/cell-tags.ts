import { attributeOf, tagParts } from './tag-scanner.ts'

/** Where a cell stands; `isNamed` when it says so itself. */
export type CellAt = { row: number; column: number; isNamed: boolean }

/** Follows the tags of a sheet; each answers what it has just proved, or nothing. */
export type CellTags = {
  take(tag: string): { held: CellAt | null; isEmptyCell: boolean }
}

type Seen = { row: number; column: number; open: CellAt | null }

const VALUES = new Set(['v', 'f', 'is'])
const NOTHING = { held: null, isEmptyCell: false }

/**
 * Says which cells of a sheet hold a value, a formula or a text: a cell that has a style alone is drawn by a spreadsheet
 * and holds nothing. Cells without a reference follow each other and are taken as they are.
 */
export function makeCellTags(): CellTags {
  const seen: Seen = { row: 0, column: 0, open: null }
  return { take: (tag) => follow(seen, tag) }
}

function follow(seen: Seen, tag: string): ReturnType<CellTags['take']> {
  const { name, closes, isWhole } = tagParts(tag)
  if (name === 'row' && !closes) enterRow(seen, tag)
  if (name === 'c') return closes ? leaveCell(seen) : enterCell(seen, tag, isWhole)
  if (seen.open === null || closes || isWhole || !VALUES.has(name)) return NOTHING
  const held = seen.open
  seen.open = null
  return { held, isEmptyCell: false }
}

function enterRow(seen: Seen, tag: string): void {
  const stated = attributeOf(tag, 'r')
  seen.row = stated === null ? seen.row + 1 : Number(stated)
  seen.column = 0
}

function enterCell(seen: Seen, tag: string, isWhole: boolean): ReturnType<CellTags['take']> {
  const [, letters, digits] = /^([A-Za-z]{1,10})(\d{1,10})$/.exec(attributeOf(tag, 'r') ?? '') ?? []
  seen.column = letters === undefined ? seen.column + 1 : columnNumber(letters)
  seen.row = digits === undefined ? seen.row : Number(digits)
  const { row, column } = seen
  if (letters === undefined) return { held: { row, column, isNamed: false }, isEmptyCell: false }
  if (!isWhole) seen.open = { row, column, isNamed: true }
  return { held: null, isEmptyCell: isWhole }
}

function leaveCell(seen: Seen): ReturnType<CellTags['take']> {
  const isEmptyCell = seen.open !== null
  seen.open = null
  return { held: null, isEmptyCell }
}

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}
