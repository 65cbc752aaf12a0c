import { COUNT_AS, DROPPED, LETTERS, PARTING } from './name-letters.words.ts'

const counted = [...COUNT_AS]
const counting = new Map([
  ...[...LETTERS].map((letter, n): [string, string] => [letter, counted[n] ?? letter]),
  ...[...PARTING].map((sign): [string, string] => [sign, ' ']),
  ...[...DROPPED].map((sign): [string, string] => [sign, '']),
])

/**
 * Form in which two spellings of one name are equal: capitals, «ё», look-alike Latin letters, marks of stress,
 * apostrophes, dashes, brackets and spaces do not count. Words of it are parted by one space. The database has the
 * same in `name_key`.
 */
export function nameKey(text: string): string {
  return Array.from(text.normalize('NFC'), (letter) => counting.get(letter) ?? letter)
    .join('')
    .replace(/ +/g, ' ')
    .trim()
}
