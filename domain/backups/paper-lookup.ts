import { inLatin } from '../people/password-shapes.ts'
import { lettersApart } from '../text/letters-apart.ts'
import { PAPER_WORDS } from './paper-word-list.words.ts'

// A word may be shortened to its first four letters or more, and only one word of the list begins with those.
const FIRST_LETTERS = 4

const numbers = new Map(PAPER_WORDS.map((word, number) => [word, number]))
const inPassports = new Map(PAPER_WORDS.map((word) => [inLatin(word), word]))
const beginnings = new Map(PAPER_WORDS.map((word, number) => [word.slice(0, FIRST_LETTERS), number]))

/** The number of the word that this is, whole or shortened to at least its first four letters; null when it is none. */
export function numberOf(text: string): number | null {
  const whole = numbers.get(text)
  if (whole !== undefined) return whole
  if (text.length < FIRST_LETTERS) return null
  const begun = beginnings.get(text.slice(0, FIRST_LETTERS))
  return begun !== undefined && PAPER_WORDS[begun]?.startsWith(text) ? begun : null
}

/** The word that passports spell so («fialka»); undefined when there is none. */
export const wordInLatin = (text: string): string | undefined => inPassports.get(text)

/**
 * Numbers of the words that one slip turns into this text: a letter wrong, missing, too many, or two neighbours swapped;
 * in the word, or in the four letters it was shortened to.
 */
export function oneSlipFrom(text: string): number[] {
  return numbersWhere(
    (word) =>
      isOneSlip(text, word) ||
      (text.length === FIRST_LETTERS && isOneSlip(text, word.slice(0, FIRST_LETTERS))),
  )
}

/** Words of the list that whoever typed this may have meant, the nearest first. */
export function wordsLike(text: string): string[] {
  const begun = beginnings.get(text.slice(0, FIRST_LETTERS))
  const two = numbersWhere((word) => lettersApart(text, word) === 2)
  const like = [...oneSlipFrom(text), ...(begun === undefined ? [] : [begun]), ...two]
  return [...new Set(like)].flatMap((number) => PAPER_WORDS[number] ?? [])
}

const numbersWhere = (holds: (word: string) => boolean): number[] =>
  PAPER_WORDS.flatMap((word, number) => (holds(word) ? [number] : []))

// What differs between the letters both begin and both end with: one letter at most, or two neighbours swapped.
function isOneSlip(text: string, word: string): boolean {
  const shorter = Math.min(text.length, word.length)
  let head = 0
  while (head < shorter && text[head] === word[head]) head += 1
  let tail = 0
  while (tail < shorter - head && text.at(-1 - tail) === word.at(-1 - tail)) tail += 1
  const left = text.slice(head, text.length - tail)
  const right = word.slice(head, word.length - tail)
  if (left.length + right.length === 0) return false
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && left === `${right[1]}${right[0]}`
}
