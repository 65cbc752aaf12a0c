import { expect, test } from 'vitest'
import { readCellText } from '#domain/marks/cell-text.ts'
import { emailOf, phoneOf, phoneText } from '#domain/people/contacts.ts'
import { nameKey as letterKey } from '#domain/people/name-key.ts'
import { searchWords } from '#domain/people/search.ts'
import { normalLogin, normalPassword } from '#domain/people/sign-in-text.ts'
import { isNameSpelled, mixesAlphabets, nameText } from '#domain/people/spelling.ts'
import { lettersApart } from '#domain/text/letters-apart.ts'
import { oneLine } from '#domain/text/line.ts'
import { textParts } from '#domain/text/links.ts'
import { naturalKey } from '#domain/text/natural-order.ts'
import { expectOnce, hostileTexts } from '#test/hostile-texts.ts'
import * as spelling from '../assemble/spelling.words.ts'
import { markOf } from '../readers/mark-words.ts'
import { intakeNumber } from '../readers/titles.ts'
import * as headings from '../sheet/headings.words.ts'
import * as unread from '../sheet/unread-columns.words.ts'
import { attributeOf, makeTagScanner, tagParts } from '../tag-scanner.ts'
import { shortNameOf } from '../write/names.words.ts'
import { classLabel, gradeRange } from './class-labels.ts'
import { mentions, personName } from './names.ts'
import { isSubject, subjectKey } from './subjects.ts'
import * as terms from './terms.words.ts'
import {
  fold,
  foldWords,
  hasHiddenCharacters,
  lineOf,
  splitBrackets,
  splitOutsideBrackets,
  textOf,
} from './text.ts'
import { ambiguousDay, dayOf, monthOf, timeOf, timeSpanOf, weekdaysOf, weeklyTimesOf } from './times.ts'

// Every pattern of a file of words, wherever in its tables it stands.
function patternsOf(value: unknown): RegExp[] {
  if (value instanceof RegExp) return [value]
  if (value instanceof Map || value instanceof Set) return patternsOf([...value])
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(patternsOf) : []
}

const PATTERNS = [
  ...new Map(
    [terms, headings, unread, spelling].flatMap(patternsOf).map((pattern) => [pattern.source, pattern]),
  ).values(),
]

// What the pattern itself looks for brings it furthest.
function wordsOf({ source }: RegExp): string[] {
  const plain = source.replace(/\\p\{\w+\}|\\[a-z]/g, '')
  const words = plain.match(/[а-я]{2,}/giu) ?? []
  return [...new Set(words)].slice(0, 3).flatMap((word) => [word, `${word} `])
}

test('there are patterns to try', () => expect(PATTERNS.length).toBeGreaterThan(60))

test.each(PATTERNS.map((pattern) => [pattern.source, pattern] as const))(
  '%s goes over a text once',
  (_, it) => {
    for (const text of hostileTexts(wordsOf(it))) expectOnce(text, (long) => long.replace(it, ''))
  },
)

const PERSON = { full: 'Иванов Иван Иванович', family: 'Иванов', given: 'Иван', patronymic: 'Иванович' }
const ALPHABET = { scale: ['5', '4', '3', '2'], codes: ['н', 'б'] }

const READERS: Record<string, (text: string) => unknown> = {
  ...{ fold, foldWords, hasHiddenCharacters, lineOf, textOf, oneLine, splitBrackets, splitOutsideBrackets },
  ...{ classLabel, gradeRange, personName, isSubject, subjectKey, markOf, intakeNumber, shortNameOf },
  ...{ dayOf, ambiguousDay, monthOf, timeOf, timeSpanOf, weekdaysOf, weeklyTimesOf, tagParts },
  ...{
    phoneOf,
    phoneText,
    emailOf,
    nameText,
    isNameSpelled,
    mixesAlphabets,
    letterKey,
    searchWords,
    normalLogin,
    normalPassword,
  },
  ...{ textParts, naturalKey },
  mentions: (text) => mentions(text, PERSON),
  readCellText: (text) => readCellText(text, ALPHABET),
  lettersApart: (text) => lettersApart(text, `${text}а`),
  attributeOf: (text) => attributeOf(`c ${text}`, 'r'),
  tagsOf: (text) => makeTagScanner().feed(`<!--${text}`, () => undefined),
}

test.each(Object.keys(READERS))('%s goes over a text once', (name) => {
  for (const text of hostileTexts(['Иванов ', '1.01.2026 ', '8 916 ']))
    expectOnce(text, READERS[name] as never)
})

test.each(['<!-- ', '<![CDATA[ '])(
  'what «%s» opens is gone over once, however many brackets are in it',
  (opens) => {
    expectOnce(opens + '>'.repeat(300_000), (text) => makeTagScanner().feed(text, () => undefined))
  },
)

test('brackets and lists mean what they meant', () => {
  expect(splitBrackets(' Труд (технология) ')).toEqual({ bare: 'Труд', inside: 'технология' })
  expect(splitBrackets('Физкультура (мальчики) (гр. 2)')).toEqual({
    bare: 'Физкультура (мальчики)',
    inside: 'гр. 2',
  })
  for (const text of ['Труд', 'Труд (технология', 'Труд (а (б))', ') (', '(а) б'])
    expect(splitBrackets(text)).toEqual({ bare: text, inside: null })
  expect(splitBrackets('()')).toEqual({ bare: '', inside: '' })
  expect(splitOutsideBrackets('Ким А. (5А, 5Б); Орлов (6; б), Ян')).toEqual([
    'Ким А. (5А, 5Б)',
    ' Орлов (6; б)',
    ' Ян',
  ])
  expect(splitOutsideBrackets('а, б (в, г')).toEqual(['а', ' б (в', ' г'])
})
