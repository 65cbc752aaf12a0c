import type { WorkbookRefusal } from './workbook-refusal.ts'

type EntryInspector = {
  feed(chunk: Uint8Array): WorkbookRefusal | null
  finish(): WorkbookRefusal | null
}

const MAX_COLUMNS = 1_000
const MAX_ROWS = 50_000
const MAX_CELLS = 500_000
const MAX_BOX = 5_000_000
const MAX_TAG_CHARS = 1_000_000
// Quoted values may hold «>», so a tag ends only outside quotes.
const TAG = /<(?:[\w.-]+:)?(row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>/g

/**
 * Looks at one entry of a workbook as it is inflated and refuses entity declarations, texts that are
 * not UTF-8, and sheets whose cells span more than a school's table can (1 000 columns, 50 000 rows).
 */
export function makeEntryInspector(name: string): EntryInspector {
  if (/\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)$/i.test(name)) return { feed: () => null, finish: () => null }
  const decoder = new TextDecoder('utf-8', { fatal: /\.(xml|rels)$/i.test(name) })
  // A relationship may name any part a sheet, so every part is measured as one.
  const measure = makeMeasure()
  let pending = ''
  const take = (text: string): WorkbookRefusal | null => {
    const all = pending + text
    // A tag, and so a declaration, is judged whole: the last one waits for the next chunk.
    const cut = all.lastIndexOf('<')
    pending = cut < 0 ? '' : all.slice(cut)
    if (pending.length > MAX_TAG_CHARS) return 'broken'
    return inspect(cut < 0 ? all : all.slice(0, cut), measure)
  }
  return {
    feed: (chunk) => take(decoder.decode(chunk, { stream: true })),
    finish: () => inspect(pending + decoder.decode(), measure),
  }
}

function inspect(text: string, measure: (text: string) => WorkbookRefusal | null): WorkbookRefusal | null {
  return /<!(DOCTYPE|ENTITY)/i.test(text) ? 'entities' : measure(text)
}

function makeMeasure(): (text: string) => WorkbookRefusal | null {
  const seen = { row: 0, column: 0, widest: 0, lowest: 0, cells: 0 }
  return (text) => {
    for (const [, tag, attributes = ''] of text.matchAll(TAG)) {
      if (tag === 'row') enterRow(seen, attributes)
      else enterCell(seen, attributes)
      if (isTooLarge(seen)) return 'sheet-too-large'
    }
    return null
  }
}

type Seen = { row: number; column: number; widest: number; lowest: number; cells: number }

function enterRow(seen: Seen, attributes: string): void {
  const stated = /(?:^|\s)r=["'](\d+)["']/.exec(attributes)?.[1]
  seen.row = stated === undefined ? seen.row + 1 : Number(stated)
  seen.column = 0
}

function enterCell(seen: Seen, attributes: string): void {
  const [, letters, digits] = /(?:^|\s)r=["']([A-Za-z]+)(\d+)["']/.exec(attributes) ?? []
  seen.column = letters === undefined ? seen.column + 1 : columnNumber(letters)
  seen.row = digits === undefined ? seen.row : Number(digits)
  seen.cells += 1
  seen.widest = Math.max(seen.widest, seen.column)
  seen.lowest = Math.max(seen.lowest, seen.row)
}

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

function isTooLarge({ widest, lowest, cells }: Seen): boolean {
  return widest > MAX_COLUMNS || lowest > MAX_ROWS || cells > MAX_CELLS || widest * lowest > MAX_BOX
}
