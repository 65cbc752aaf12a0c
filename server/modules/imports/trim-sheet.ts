import { makeCellTags } from './cell-tags.ts'
import { attributeOf, makeTagScanner, tagParts } from './tag-scanner.ts'

// Pieces of a row and of a cell of which it is not known yet whether they stay.
type Writing = { out: string[]; row: string[] | null; cell: string[] | null }

/**
 * The text of a sheet without cells that hold nothing, and without rows that hold no cell then: a style drawn down to
 * the last row of the spreadsheet would otherwise be laid out as a table of a million rows. Rows and cells that do not
 * say where they stand stay, for others are counted from them.
 */
export function withoutEmptyCells(text: string): string {
  const writing: Writing = { out: [], row: null, cell: null }
  const scanner = makeTagScanner()
  const cells = makeCellTags()
  scanner.feed(text, (tag, before) => takeTag(writing, cells.take(tag), { tag, before }))
  return writing.out.join('') + scanner.rest()
}

type Taken = ReturnType<ReturnType<typeof makeCellTags>['take']>

function takeTag(writing: Writing, { held, isEmptyCell }: Taken, at: { tag: string; before: string }): void {
  if (held !== null) keep(writing)
  if (isEmptyCell) writing.cell = null
  else if (isRowInDoubt(writing, at.tag)) takeRow(writing, at.tag)
  else if (held === null && isCellStart(at.tag)) writing.cell = [`<${at.tag}>`]
  else (writing.cell ?? writing.row ?? writing.out).push(at.before, `<${at.tag}>`)
}

// Between rows and cells is nothing but blanks.
function takeRow(writing: Writing, tag: string): void {
  const { closes, isWhole } = tagParts(tag)
  writing.row = closes || isWhole ? null : [`<${tag}>`]
}

function keep(writing: Writing): void {
  for (const pieces of [writing.row, writing.cell]) for (const piece of pieces ?? []) writing.out.push(piece)
  writing.row = null
  writing.cell = null
}

function isRowInDoubt({ row }: Writing, tag: string): boolean {
  const { name, closes } = tagParts(tag)
  return name === 'row' && (closes ? row !== null : attributeOf(tag, 'r') !== null)
}

function isCellStart(tag: string): boolean {
  const { name, closes } = tagParts(tag)
  return name === 'c' && !closes
}
