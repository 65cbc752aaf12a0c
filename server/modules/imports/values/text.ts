import { composed, oneLine } from '#domain/text/line.ts'
import type { CellValue } from '../workbook.ts'

/** One line of text without surplus, hard or hidden-width spaces, composed letters; null when nothing is left. */
export function lineOf(value: CellValue): string | null {
  const text = oneLine(textOf(value))
  return text === '' ? null : text
}

/** The text as it stands, lines kept. */
export function textOf(value: CellValue): string {
  return value === null ? '' : composed(String(value))
}

/** Form in which two spellings of one thing are equal: case, «ё», dashes, quotes and spaces do not count. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/[«»„“”"]/g, '"')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()
}

/** Form in which headings are compared: words, digits and «№» alone. */
export function foldWords(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}№]+/gu, ' ')
    .trim()
}

/** Characters that change what is seen without being seen: control, direction and zero-width marks. */
export function hasHiddenCharacters(text: string): boolean {
  return /[\p{Cf}\p{Co}\p{Cs}]|[^\P{Cc}\n\r\t]/u.test(text)
}

/** The text before the bracket and what stands in the last pair of brackets, if it ends with one. */
export function splitBrackets(text: string): { bare: string; inside: string | null } {
  const found = /^(.*?)\s*\(([^()]*)\)\s*$/s.exec(text)
  return found === null
    ? { bare: text.trim(), inside: null }
    : { bare: (found[1] ?? '').trim(), inside: (found[2] ?? '').trim() }
}
