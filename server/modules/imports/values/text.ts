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
  const whole = text.trim()
  const open = whole.endsWith(')') ? whole.lastIndexOf('(') : -1
  const inside = open < 0 ? ')' : whole.slice(open + 1, -1)
  return inside.includes(')')
    ? { bare: whole, inside: null }
    : { bare: whole.slice(0, open).trim(), inside: inside.trim() }
}

/** The parts of a list with commas or semicolons; one within brackets parts nothing. */
export function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = []
  let end = text.length
  let isInside = false
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const sign = text.charAt(at)
    if (sign === ')' || sign === '(') isInside = sign === ')'
    else if ((sign === ',' || sign === ';') && !isInside) {
      parts.push(text.slice(at + 1, end))
      end = at
    }
  }
  return [...parts, text.slice(0, end)].reverse()
}
