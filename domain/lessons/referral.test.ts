import { expect, test } from 'vitest'
import { decisionRefusal, REFERRED_STATES, withdrawalRefusal } from './referral.ts'

test.each([
  ['by a role that opens windows', 'waiting', ['deputy'], null],
  ['by a role that does not', 'waiting', ['director', 'teacher'], 'may-not-open-window'],
  ['a second time', 'applied', ['deputy'], 'entry-decided'],
  ['after its author took it back', 'withdrawn', ['deputy'], 'entry-decided'],
] as const)('an entry is decided %s', (_, state, roles, refusal) => {
  expect(decisionRefusal(state, roles, ['deputy', 'journal-officer'])).toBe(refusal)
})

test('an entry is taken back only while it waits', () => {
  expect(REFERRED_STATES.filter((state) => withdrawalRefusal(state) === null)).toEqual(['waiting'])
})
