import { nameKey as letterKey } from '#domain/people/name-key.ts'
import type { PersonName } from '../values/names.ts'
import { lettersApart } from './nearest.ts'
import { YO } from './spelling.words.ts'

/** The words of a name in one order, however they are spelled. */
export const wordsOf = ({ full }: PersonName): string => letterKey(full).split(' ').sort().join(' ')

/** A spelling with Latin letters or without «ё» is no news about a name. */
export function nameToKeep(said: PersonName, kept: PersonName): PersonName {
  const yo = (name: PersonName): number => name.full.split(YO).length
  return letterKey(said.full) === letterKey(kept.full) && yo(said) <= yo(kept) ? kept : said
}

/** Of people born on one day: another spelling, or another family name of the same first name and patronymic. */
export function isLikeName(one: PersonName, other: PersonName): boolean {
  return isOtherSpelling(one, other) || isOtherFamily(one, other)
}

/** The same words in any order, a slip of one or two letters, or no patronymic in one of two. */
export function isOtherSpelling(one: PersonName, other: PersonName): boolean {
  if (wordsOf(one) === wordsOf(other) || lettersApart(one.full, other.full) <= 2) return true
  const same = letterKey(`${one.family} ${one.given}`) === letterKey(`${other.family} ${other.given}`)
  return same && (one.patronymic === null || other.patronymic === null)
}

/** The same first name and patronymic, as after a marriage. */
export function isOtherFamily(one: PersonName, other: PersonName): boolean {
  if (one.patronymic === null || other.patronymic === null) return false
  return letterKey(`${one.given} ${one.patronymic}`) === letterKey(`${other.given} ${other.patronymic}`)
}
