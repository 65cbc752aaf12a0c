import { PATRONYMIC_ENDING, PATRONYMIC_PARTICLE } from './terms.words.ts'
import { fold } from './text.ts'

/** A person's name in its parts; many have no patronymic, some a given name of two words. */
export type PersonName = { full: string; family: string; given: string; patronymic: string | null }

/** Splits a full name; null when there are not at least a family and a given name. */
export function personName(text: string): PersonName | null {
  // A former family name in brackets belongs to the word before it: «Иванова (Петрова) Анна».
  const words = text.match(/\S+(?: \([^()]*\))?/g) ?? []
  const [family, ...rest] = words
  if (family === undefined || rest.length === 0) return null
  const tail = patronymicWords(rest)
  const given = rest.slice(0, rest.length - tail).join(' ')
  const patronymic = tail === 0 ? null : rest.slice(rest.length - tail).join(' ')
  return { full: words.join(' '), family, given, patronymic }
}

/** Key under which a person of the staff is found again by a later import. */
export function nameKey(name: PersonName): string {
  return fold(name.full)
}

/** Whether a mention, in full, without patronymic or with initials, may mean this person. */
export function mentions(mention: string, name: PersonName): boolean {
  const full = fold(name.full)
  const asked = fold(mention)
  if (asked === full) return true
  const words = full.split(' ')
  const said = asked
    .replaceAll('.', '. ')
    .split(' ')
    .filter((word) => word !== '')
  if (said[0] !== words[0] || said.length < 2 || said.length > words.length) return false
  return said.slice(1).every((word, index) => fits(word, words[index + 1] ?? ''))
}

function fits(said: string, word: string): boolean {
  return said.endsWith('.') ? word.startsWith(said.slice(0, -1)) : said === word
}

function patronymicWords(rest: string[]): number {
  const last = rest.at(-1) ?? ''
  if (rest.length > 2 && PATRONYMIC_PARTICLE.test(last)) return 2
  return rest.length > 1 && PATRONYMIC_ENDING.test(last) ? 1 : 0
}
