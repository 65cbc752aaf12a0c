import type { Day } from '../calendar/day.ts'
import { lettersApart } from '../text/letters-apart.ts'
import type { FullName } from './name.ts'
import { nameKey } from './name-key.ts'

/** A name with the day of birth, if it is known: what tells a person from another on paper. */
export type NamedPerson = FullName & { birthOn: Day | null }

/**
 * Whether two records may be of one person. Days of birth must not contradict; the names must be the same words in
 * any order, with or without a patronymic, or differ by one letter within a word in people born on the same known day:
 * the last letter tells a sister from a brother.
 */
export function mayBeDouble(one: NamedPerson, other: NamedPerson): boolean {
  const bothKnown = one.birthOn !== null && other.birthOn !== null
  if (bothKnown && one.birthOn !== other.birthOn) return false
  const [first, second] = [wholeKey(one), wholeKey(other)]
  if (first === second) return true
  if (one.middleName === null || other.middleName === null) {
    if (shortKey(one) === shortKey(other)) return true
  }
  return bothKnown && edges(first) === edges(second) && lettersApart(first, second) === 1
}

/** Words that stand in the key of every name that may be a double of this one, but for a slip of one letter. */
export function doubleWords({ lastName, firstName }: FullName): string[] {
  return nameKey(`${lastName} ${firstName}`).split(' ').filter(Boolean)
}

const edges = (key: string): string =>
  key.replace(/\S+/g, (word) => `${word.charAt(0)}${word.charAt(word.length - 1)}`)
const sorted = (text: string): string => nameKey(text).split(' ').sort().join(' ')
const shortKey = ({ lastName, firstName }: FullName): string => sorted(`${lastName} ${firstName}`)
const wholeKey = (name: FullName): string =>
  sorted([name.lastName, name.firstName, name.middleName].filter(Boolean).join(' '))
