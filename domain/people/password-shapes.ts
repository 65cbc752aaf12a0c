import { CYRILLIC_KEYS, LATIN_KEYS, LEET, SOUNDS } from './password-shapes.words.ts'
import { LATIN } from './transliteration.words.ts'

const mapped = (text: string, map: Readonly<Record<string, string>>): string =>
  [...text].map((sign) => map[sign] ?? sign).join('')

const pairs = (from: string, to: string): Record<string, string> =>
  Object.fromEntries([...from].map((sign, n) => [sign, [...to][n] ?? sign]))

const TO_CYRILLIC = pairs(LATIN_KEYS, CYRILLIC_KEYS)
const TO_LATIN = pairs(CYRILLIC_KEYS, LATIN_KEYS)

/** The text typed with the other layout of the keyboard: «ghbdtn» for «привет», and back. */
export const inOtherLayouts = (text: string): string[] => [mapped(text, TO_CYRILLIC), mapped(text, TO_LATIN)]

/** Digits and signs read as the letters they stand in for: «p@ssw0rd», «пар0ль». */
export const unmasked = (text: string): string[] => LEET.map((map) => mapped(text, map))

/** In Latin letters, as passports have it. */
export const inLatin = (text: string): string => mapped(text, LATIN)

/** Latin letters heard as Russian ones: «uchitel» as «учител». */
export function inRussian(text: string): string {
  let rest = text
  for (const [latin, russian] of SOUNDS) rest = rest.replaceAll(latin, russian)
  return rest
}

// Where the keys lie: a row down is shifted by half a key and less.
const ROWS: [string, number][] = [
  ['`1234567890-=', 0],
  ['qwertyuiop[]\\', 1.5],
  ["asdfghjkl;'", 1.75],
  ['zxcvbnm,./', 2.25],
]
const PLACE = new Map(
  ROWS.flatMap(([keys, shift], row) => [...keys].map((key, n) => [key, { row, at: n + shift }] as const)),
)

function areNeighbours(one: string, other: string): boolean {
  const [a, b] = [PLACE.get(one), PLACE.get(other)]
  return a !== undefined && b !== undefined && Math.abs(a.row - b.row) <= 1 && Math.abs(a.at - b.at) <= 1
}

const code = (sign: string): number => sign.codePointAt(0) ?? 0
const isStep = (one: string, other: string): boolean => Math.abs(code(one) - code(other)) <= 1

const SHORTEST_RUN = 3

/** Without walks over neighbouring keys, runs of the alphabet or of numbers, and repeated signs. */
export function withoutRuns(text: string): string {
  return withoutChains(withoutChains(text, areNeighbours), isStep)
}

function withoutChains(text: string, follows: (one: string, other: string) => boolean): string {
  const signs = [...text]
  let left = ''
  for (let from = 0; from < signs.length; ) {
    let to = from + 1
    while (to < signs.length && follows(signs[to - 1] ?? '', signs[to] ?? '')) to++
    if (to - from < SHORTEST_RUN) left += signs.slice(from, to).join('')
    from = to
  }
  return left
}

/** What the text repeats from beginning to end: «абв» of «абвабва»; the text itself when nothing. */
export function unitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const unit = text.slice(0, length)
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit
  }
  return text
}
