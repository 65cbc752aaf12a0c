import type { Day } from '../calendar/day.ts'
import { oneLine } from '../text/line.ts'
import type { FullName } from './name.ts'

const DASHES = /\s*[\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]\s*/g
const APOSTROPHES = /['`\u00b4\u02b9\u02bb\u02bc\u2018\u201b\u2032]/g
const OLDEST = 110

/**
 * A part of a name as it is kept, whether typed or imported: one line of composed letters, a hyphen for any dash
 * and for spaces around it, «’» for any apostrophe.
 */
export function nameText(text: string): string {
  return oneLine(text).replace(DASHES, '-').replace(APOSTROPHES, '\u2019')
}

/** Letters of any script with the marks that stand inside names; markup, digits and other signs are not names. */
export function isNameSpelled(text: string): boolean {
  return /^\p{L}[\p{L}\p{M}\u2019'ʼ.,() -]*$/u.test(text)
}

/** Whether a name has Latin letters beside Cyrillic ones: as a rule one typed in the wrong layout. */
export function mixesAlphabets(text: string): boolean {
  return /\p{Script=Latin}/u.test(text) && /\p{Script=Cyrillic}/u.test(text)
}

/** Why the particulars of a person need a second look before they are kept. */
export type SpellingDoubt = 'name-mixes-alphabets' | 'name-has-signs' | 'birth-day-unlikely'

/** What is doubtful about a name and a day of birth, `null` when nothing is: a question, never a prohibition. */
export function spellingDoubt(
  { lastName, firstName, middleName, birthOn }: FullName & { birthOn: Day | null },
  today: Day,
): SpellingDoubt | null {
  if (mixesAlphabets([lastName, firstName, middleName].filter(Boolean).join(' ')))
    return 'name-mixes-alphabets'
  if (![lastName, firstName, middleName ?? lastName].every(isNameSpelled)) return 'name-has-signs'
  return birthOn !== null && isBirthDayUnlikely(birthOn, today) ? 'birth-day-unlikely' : null
}

/** A day of birth ahead of today, or of somebody older than anybody who works or learns. */
export function isBirthDayUnlikely(birthOn: Day, today: Day): boolean {
  return birthOn >= today || Number(today.slice(0, 4)) - Number(birthOn.slice(0, 4)) > OLDEST
}
