import type { IncomingMark } from '../intake-data.ts'
import {
  ABSENT_WORDS,
  EXEMPT_WORDS,
  ILL_WORDS,
  MARK_WORDS,
  NOT_ATTESTED_WORDS,
  NOT_PASSED_WORDS,
  PASSED_WORDS,
} from '../values/terms.words.ts'
import { fold } from '../values/text.ts'

type Meaning = IncomingMark['meaning']

const MEANINGS: [RegExp, Meaning][] = [
  [ABSENT_WORDS, 'absent'],
  [ILL_WORDS, 'ill'],
  [NOT_ATTESTED_WORDS, 'not-attested'],
  [NOT_PASSED_WORDS, 'not-passed'],
  [PASSED_WORDS, 'passed'],
  [EXEMPT_WORDS, 'exempt'],
]

/** What a cell of a home school's table says: a mark 1 to 5, in digits or words, or a note instead of one. */
export function markOf(text: string): { value: string; meaning: Meaning } | null {
  const folded = fold(text)
  if (/^[1-5][+-]?$/.test(folded)) return { value: folded.charAt(0), meaning: 'mark' }
  const digit = MARK_WORDS.get(folded.replace(/\.$/, ''))
  if (digit !== undefined) return { value: digit, meaning: 'mark' }
  const meaning = MEANINGS.find(([pattern]) => pattern.test(folded))?.[1]
  return meaning === undefined ? null : { value: folded, meaning }
}
