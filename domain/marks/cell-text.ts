import { lookalikes } from './lookalikes.words.ts'

/** What the text of one cell says: a mark, a code of attendance, or one of each («4 н»). */
export type CellText = { mark: string | null; code: string | null }

/** Values a journal takes: its scale and the school's codes of attendance. */
export type CellAlphabet = { scale: readonly string[]; codes: readonly string[] }

/**
 * Reads the text of one cell, pasted or typed: exactly one mark, one code, or one mark and one code with a space or a
 * slash between them. `null` when it says anything else («5/4», «5 5», «н/б», «5-», «55», «4 (за диктант)»): half of
 * such a cell is never taken. Case, spaces of any kind, invisible characters, full-width digits and «5,0» of a
 * spreadsheet change nothing; Latin letters that look Russian are read as they look. An empty text says nothing:
 * both are `null`.
 */
export function readCellText(text: string, alphabet: CellAlphabet): CellText | null {
  const plain = plainCellText(text)
  if (plain === '') return { mark: null, code: null }
  const whole = oneValue(plain, alphabet)
  if (whole) return whole
  const [one, other, ...more] = plain.split(/\s*\/\s*|\s+/)
  const [first, second] = [one, other].map((word) => oneValue(word ?? '', alphabet))
  if (more.length > 0 || !first || !second) return null
  if (first.mark !== null && second.code !== null) return { mark: first.mark, code: second.code }
  if (first.code !== null && second.mark !== null) return { mark: second.mark, code: first.code }
  return null
}

/** The text of a cell without what nobody sees: full-width forms, invisible characters, spaces around it. */
export function plainCellText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\p{Cf}/gu, '')
    .trim()
}

function oneValue(word: string, { scale, codes }: CellAlphabet): CellText | null {
  const mark = among(scale, word) ?? among(scale, word.replace(/[.,]0+$/, ''))
  if (mark !== null) return { mark, code: null }
  const code = among(codes, word) ?? among(codes, word.toLowerCase().replace(/[a-z]/g, lookalikeOf))
  return code === null ? null : { mark: null, code }
}

/** The value written so, else the only one written so in another case. */
function among(values: readonly string[], word: string): string | null {
  if (values.includes(word)) return word
  const alike = values.filter((value) => value.toLowerCase() === word.toLowerCase())
  return alike.length === 1 ? (alike[0] ?? null) : null
}

const lookalikeOf = (latin: string): string => lookalikes[latin] ?? latin
