import { makeCellTags } from './cell-tags.ts'
import { makeTagScanner } from './tag-scanner.ts'
import type { WorkbookRefusal } from './workbook-refusal.ts'

type EntryInspector = {
  feed(chunk: Uint8Array): WorkbookRefusal | null
  finish(): WorkbookRefusal | null
  /** Whether cells without a value would make the table larger than it is. */
  hasEmptyCells(): boolean
}

const MAX_COLUMNS = 1_000
const MAX_ROWS = 50_000
const MAX_CELLS = 500_000
const MAX_BOX = 5_000_000
const MAX_TAG_CHARS = 64 * 1024

const PICTURE = /\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)$/i

/** Whether a part is a picture by its name: it is not looked into, and so never read as a sheet. */
export function isPicture(name: string): boolean {
  return PICTURE.test(name)
}

/**
 * Looks at one entry of a workbook as it is inflated and refuses entity declarations, texts that are
 * not UTF-8, and sheets whose cells with values span more than a school's table can (1 000 columns, 50 000 rows).
 */
export function makeEntryInspector(name: string): EntryInspector {
  if (isPicture(name)) return { feed: () => null, finish: () => null, hasEmptyCells: () => false }
  const isText = /\.(xml|rels)$/i.test(name)
  const decoder = new TextDecoder('utf-8', { fatal: isText })
  const scanner = makeTagScanner()
  // A relationship may name any part a sheet, so every part is measured as one.
  const measure = makeMeasure()
  let isUnreadable = false
  const take = (text: string): WorkbookRefusal | null => {
    // Letters of two bytes read as UTF-8 are letters with nothing between them.
    if (isText && text.includes('\0')) isUnreadable = true
    let refusal: WorkbookRefusal | null = null
    scanner.feed(text, (tag) => {
      refusal ??= /^!(DOCTYPE|ENTITY)/i.test(tag) ? 'entities' : measure.take(tag)
    })
    if (refusal === null && scanner.waiting() > MAX_TAG_CHARS) return 'broken'
    return refusal
  }
  return {
    feed: (chunk) => take(decoder.decode(chunk, { stream: true })),
    finish: () => take(decoder.decode()) ?? (isUnreadable ? 'broken' : null),
    hasEmptyCells: () => measure.hasEmptyCells(),
  }
}

function makeMeasure(): { take(tag: string): WorkbookRefusal | null; hasEmptyCells(): boolean } {
  const cells = makeCellTags()
  const held = { widest: 0, lowest: 0, cells: 0 }
  let empties = false
  return {
    take(tag) {
      const { held: cell, isEmptyCell } = cells.take(tag)
      empties ||= isEmptyCell
      if (cell === null) return null
      held.cells += 1
      held.widest = Math.max(held.widest, cell.column)
      held.lowest = Math.max(held.lowest, cell.row)
      return isTooLarge(held) ? 'sheet-too-large' : null
    },
    hasEmptyCells: () => empties,
  }
}

function isTooLarge({ widest, lowest, cells }: { widest: number; lowest: number; cells: number }): boolean {
  return widest > MAX_COLUMNS || lowest > MAX_ROWS || cells > MAX_CELLS || widest * lowest > MAX_BOX
}
