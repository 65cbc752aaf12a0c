import { nameKey } from '../people/name-key.ts'
import { inOtherLayouts, inRussian } from '../people/password-shapes.ts'
import { numberOf, oneSlipFrom, wordInLatin, wordsLike } from './paper-lookup.ts'
import { PAPER_WORDS } from './paper-word-list.words.ts'
import { bytesOfNumbers, PAPER_LENGTH } from './paper-words.ts'

const SHOWN = 3

/** A word that was not typed as it is printed and was taken for the only one of the list that is one slip away. */
export type MendedWord = { at: number; typed: string; taken: string }

/** The words of a key as they were understood, whole and in order, with what was mended and the bytes they stand for. */
export type PaperWords = { words: string[]; mended: MendedWord[]; bytes: Uint8Array }

/**
 * Why what was typed is no key on paper: not twelve words, a word that is not in the list (`at` counts from 1), words
 * that do not belong together in this order, a line of the picture that was copied with a fault. `typed` and `near`
 * are parts of a secret: shown to whoever typed, never logged. Words: `paper-words.words.ts`.
 */
export type PaperRefusal =
  | { refused: 'paper-word-count'; count: number }
  | { refused: 'paper-word-unknown'; at: number; typed: string; near: string[] }
  | { refused: 'paper-words-disagree' }
  | { refused: 'paper-line-broken' }

/**
 * The key that twelve words stand for, in any shape people type or copy them: capitals, «ё» or «е», numbers, commas,
 * lines, look-alike Latin letters, the Latin layout of the keyboard or Latin letters by sound, words shortened to four
 * letters, one slip in a word. Words that all carry their numbers are taken by those, whatever order they stand in.
 */
export function bytesOf(text: string): PaperWords | PaperRefusal {
  const typed = inOrder(typedWords(text))
  if (typed.length !== PAPER_LENGTH) return { refused: 'paper-word-count', count: typed.length }
  const found = typed.map(lookUp)
  const lost = found.indexOf(null)
  const stranger = typed[lost]
  if (stranger) return unknown(stranger, lost + 1)
  const numbers = found.flatMap((word) => word?.number ?? [])
  const bytes = bytesOfNumbers(numbers)
  if (bytes === null) return { refused: 'paper-words-disagree' }
  const words = numbers.map((number) => PAPER_WORDS[number] ?? '')
  const mended = typed.flatMap(({ typed: text }, n) =>
    found[n]?.mended ? [{ at: n + 1, typed: text, taken: words[n] ?? '' }] : [],
  )
  return { words, mended, bytes }
}

// `number` is the one that stood before the word, null when none did; `readings` what it may say in Russian letters.
type TypedWord = { number: number | null; typed: string; readings: string[] }

function typedWords(text: string): TypedWord[] {
  const words: TypedWord[] = []
  let number: number | null = null
  // «№» would come apart into two Latin letters.
  const plain = text.replaceAll('\u2116', ' ').normalize('NFKC')
  for (const piece of plain.split(/\s+/u).flatMap(piecesOf)) {
    if (typeof piece === 'number') number = piece
    else {
      words.push({ number, ...piece })
      number = null
    }
  }
  return words
}

type Piece = number | Omit<TypedWord, 'number'>

const piecesOf = (text: string): Piece[] =>
  /\p{Script=Latin}/u.test(text) && !/\p{Script=Cyrillic}/u.test(text)
    ? latinPieces(text)
    : russianPieces(text)

function russianPieces(text: string): Piece[] {
  const pieces = nameKey(text).match(/[0-9]+|\p{L}[\p{L}0-9]*/gu) ?? []
  return pieces.map((piece) =>
    /^[0-9]/.test(piece) ? Number(piece) : { typed: piece, readings: [nameKey(piece)] },
  )
}

// In the other layout signs are letters, and a comma may be «б» or a comma: whichever makes a word of the list.
function latinPieces(text: string): Piece[] {
  const lead = /^[([#]?([0-9]+)[.):\]]?/.exec(text)
  const body = text.slice(lead?.[0].length ?? 0).toLowerCase()
  const keyed = [body, body.replace(/[.,;:]$/, '')].map((keys) => nameKey(inOtherLayouts(keys)[0] ?? ''))
  const words = (body.match(/\p{L}+/gu) ?? []).map((typed) => ({
    typed,
    readings: [nameKey(typed), wordInLatin(typed) ?? '', nameKey(inRussian(typed))],
  }))
  const [only, ...others] = words
  const whole = { typed: body, readings: [...(only?.readings ?? []), ...keyed] }
  const isOne = others.length === 0 || keyed.some((reading) => numberOf(reading) !== null)
  return [...(lead ? [Number(lead[1])] : []), ...(isOne ? [whole] : words)]
}

// Words that each carry a number of their own from 1 to 12 are the key, whatever stands between them.
function inOrder(words: TypedWord[]): TypedWord[] {
  const numbered = Array.from({ length: PAPER_LENGTH }, (_, n) =>
    words.filter(({ number }) => number === n + 1),
  )
  return numbered.every(({ length }) => length === 1) ? numbered.flat() : words
}

function lookUp({ readings }: TypedWord): { number: number; mended: boolean } | null {
  for (const reading of readings) {
    const number = numberOf(reading)
    if (number !== null) return { number, mended: false }
  }
  const [only, ...others] = new Set(readings.flatMap(oneSlipFrom))
  return only === undefined || others.length > 0 ? null : { number: only, mended: true }
}

function unknown({ readings, typed }: TypedWord, at: number): PaperRefusal {
  const near = [...new Set(readings.flatMap(wordsLike))].slice(0, SHOWN)
  return { refused: 'paper-word-unknown', at, typed, near }
}
