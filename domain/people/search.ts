import { nameKey } from './name-key.ts'

const MOST_WORDS = 8
/** Shorter words of a search are looked for only where a word begins. */
const ANYWHERE_FROM = 3

/**
 * The words a list is searched by, in the form names are compared in; none for an empty search. A search of signs
 * alone stays as it is and finds nobody.
 */
export function searchWords(query: string): string[] {
  // A class is one word however it is typed: «5 А», «5-А», «5А».
  const key = nameKey(query).replace(/([0-9]) (\p{L})(?= |$)/gu, '$1$2')
  const words = key.split(' ').filter(Boolean).slice(0, MOST_WORDS)
  return words.length === 0 && query.trim() !== '' ? [query.trim()] : words
}

/**
 * Whether each of the words stands in the key of a name, in any order: at the beginning of a word, or anywhere in
 * it from three letters on. The database has the same in `name_found`.
 */
export function nameFound(key: string, words: readonly string[]): boolean {
  return words.every((word) =>
    [...word].length < ANYWHERE_FROM ? ` ${key}`.includes(` ${word}`) : key.includes(word),
  )
}

/** Whether a line of a list, given by the texts it shows, is found by the words of a search. */
export function isFound(texts: readonly (string | null)[], words: readonly string[]): boolean {
  const key = nameKey(texts.filter(Boolean).join(' ')).replace(/([0-9]) (\p{L})(?= |$)/gu, '$1$2')
  return nameFound(key, words)
}
