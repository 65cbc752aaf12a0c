import { inLatin, inOtherLayouts, inRussian, unitOf, unmasked, withoutRuns } from './password-shapes.ts'
import { PRODUCT_WORDS, withoutYo } from './password-shapes.words.ts'

export type PasswordRefusal =
  | 'password-too-short'
  | 'password-too-common'
  | 'password-from-name'
  | 'password-unchanged'

/** Shortest password people may choose, in characters; length is asked for instead of a mixture of signs. */
export const PASSWORD_LENGTH = 12

/** Lists that a new password is held against, in lower case with «е» for «ё». */
export type CommonWords = {
  /** One of the passwords people choose most. */
  isCommon: (text: string) => boolean
  /** Whether a Russian word begins so and has at most this many letters. */
  isWord: (start: string, longest: number) => boolean
}

/** What is known of whoever chooses: login, own names, names of the centre. None of it may make a password. */
export type PasswordOwner = { login: string; names: readonly string[] }

/**
 * Why this password may not be chosen, or `null` (6.6; NIST 800-63B): too short, the old one, one of the passwords that
 * are tried first, with digits and signs around it, in the other layout or in Latin letters too, a walk over the
 * keyboard, or made of names that others know.
 */
export function passwordRefusal(
  next: string,
  { current, owner, common }: { current: string; owner: PasswordOwner; common: CommonWords },
): PasswordRefusal | null {
  if (next === current) return 'password-unchanged'
  if ([...next].length < PASSWORD_LENGTH) return 'password-too-short'
  const plain = plainly(next)
  const forms = new Set([plain, ...inOtherLayouts(plain), ...unmasked(plain)])
  if ([...forms].some((form) => isGuessable(form, common))) return 'password-too-common'
  const names = ownWords(owner)
  const made = [...forms].some((form) => isGuessable(without(form, names), common))
  return made ? 'password-from-name' : null
}

const plainly = (text: string): string => withoutYo(text.normalize('NFKC').toLowerCase())
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}]/gu, '')

const ENOUGH_LETTERS = 4
const SHORTEST_UNIT = 8

function isGuessable(form: string, common: CommonWords): boolean {
  if (common.isCommon(form) || unitOf(form).length < SHORTEST_UNIT) return true
  const rest = without(form, PRODUCT_WORDS)
  // Digits alone are a date or a telephone; letters between digits may still be the alphabet.
  const left = [withoutRuns(rest), withoutRuns(lettersOf(rest))].map(lettersOf)
  if (left.some((letters) => letters.length < ENOUGH_LETTERS)) return true
  return [form, rest].some((text) => isOneWord(text, common))
}

/** Whether there is one known word in it, or one again and again, and around it only digits and signs. */
function isOneWord(text: string, common: CommonWords): boolean {
  const pieces = new Set(text.split(/[^\p{L}]+/u).filter(Boolean))
  const [only] = pieces
  if (pieces.size === 1 && only !== undefined && isKnown(unitOf(only), common)) return true
  return cores(text).some((core) => common.isCommon(core))
}

function isKnown(word: string, common: CommonWords): boolean {
  if (common.isCommon(word)) return true
  return [word, inRussian(word)].some(
    (russian) => /^\p{Script=Cyrillic}{4,}$/u.test(russian) && isForm(russian, common),
  )
}

// Endings change («учителя», «любимой»), and lists hold the first form.
function isForm(word: string, common: CommonWords): boolean {
  const ending = Math.max(0, Math.min(2, Math.floor((word.length - 3) / 2)))
  return common.isWord(word.slice(0, word.length - ending), word.length + 2)
}

/** The text without what people put around a word, at either end and at both. */
function cores(text: string): string[] {
  const [right, left] = [text.replace(/(?<!\P{L})\P{L}+$/u, ''), text.replace(/^[^\p{L}]+/u, '')]
  const both = right.replace(/^[^\p{L}]+/u, '')
  return [right, left, both].flatMap((core) => [core, ...unmasked(core)]).filter((core) => core.length >= 3)
}

function ownWords({ login, names }: PasswordOwner): string[] {
  const words = [login, ...login.split(/[^\p{L}]+/u), ...names.flatMap((name) => name.split(/[^\p{L}]+/u))]
    .map(plainly)
    .filter((word) => word.length >= 3)
  return [...new Set(words.flatMap((word) => [word, inLatin(word), ...inOtherLayouts(word)]))]
}

// The longest first, or a part of a name would leave the rest of it behind.
function without(text: string, words: readonly string[]): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), text)
}
