import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  inGroups,
  mustSetUp,
  proofOf,
  RECOVERY_LENGTH,
  RECOVERY_SIGNS,
  stepUpRefusal,
} from './second-factor.ts'

const NOW = new Date('2026-11-12T09:00:00Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

test.each<[string, boolean, Date | null, string | null]>([
  ['the code was given just now', true, NOW, null],
  ['the code was given five minutes ago', true, ago(300), null],
  ['the code was given a second earlier', true, ago(301), 'code-needed'],
  ['no code was given in this session', true, null, 'code-needed'],
  ['the code was given in the future', true, ago(-1), 'code-needed'],
  ['there is no second factor', false, null, null],
])('an operation that gives rights is open or waits when %s', (_, has, confirmedAt, refusal) => {
  expect(stepUpRefusal({ has, confirmedAt }, NOW)).toBe(refusal)
})

test.each<[string, boolean, Parameters<typeof mustSetUp>[0]['due'], boolean]>([
  ['it is not required', false, null, false],
  ['the last day is ahead', false, '2026-11-13', false],
  ['the last day is today', false, '2026-11-12', false],
  ['the last day was yesterday', false, '2026-11-11', true],
  ['it is there already', true, '2026-11-11', false],
])('a second factor must be set up before anything else or not when %s', (_, has, due, expected) => {
  expect(mustSetUp({ has, due }, '2026-11-12')).toBe(expected)
})

test.each([
  ['123456', 'app', '123456'],
  [' 123 456 ', 'app', '123456'],
  ['123\u00a0456', 'app', '123456'],
  ['１２３４５６', 'app', '123456'],
  ['abcd-efgh-jkmn-pqrs', 'recovery', 'abcdefghjkmnpqrs'],
  ['ABCD EFGH JKMN PQRS', 'recovery', 'abcdefghjkmnpqrs'],
  ['abcd–efgh—jkmn‑pqrs\n', 'recovery', 'abcdefghjkmnpqrs'],
])('«%s» is read as a code', (text, kind, code) => {
  expect(proofOf(text)).toEqual({ kind, code })
})

test.each([
  '',
  '12345',
  '1234567',
  '12345a',
  'abcd-efgh-jkmn-pqr',
  'abcd-efgh-jkmn-pqrl',
  '１２３４５',
  '٣٣٣٣٣٣',
])('«%s» is no code', (text) => {
  expect(proofOf(text)).toBeNull()
})

test('a recovery code reads as itself however it is grouped', () => {
  const signs = fc.array(fc.constantFrom(...RECOVERY_SIGNS), {
    minLength: RECOVERY_LENGTH,
    maxLength: RECOVERY_LENGTH,
  })
  fc.assert(
    fc.property(signs, (each) => {
      const code = each.join('')
      expect(proofOf(inGroups(code).toUpperCase())).toEqual({ kind: 'recovery', code })
    }),
  )
})
