import { expect, test } from 'vitest'
import { offeredAttendance } from './offer.ts'

const codes = [
  { code: 'н', absent: true, counted: true },
  { code: 'ос', absent: true, counted: false },
  { code: 'о', absent: false, counted: false },
  { code: 'п', absent: true, counted: false },
]

test.each([
  ['nothing is known', null, false, null],
  ['was away', 'н', false, { code: 'н', from: 'lesson' }],
  ['was released', 'ос', false, { code: 'ос', from: 'lesson' }],
  ['came late', 'о', false, { code: null, from: 'lesson' }],
  ['was at a procedure then', 'п', false, { code: null, from: 'lesson' }],
  ['has a procedure now', 'н', true, { code: 'п', from: 'procedure' }],
])('a child of whom %s', (_, code, procedure, offer) => {
  expect(offeredAttendance({ earlier: code === null ? null : { code }, procedure }, codes)).toEqual(offer)
})

test('a child who was present is proposed as present', () => {
  expect(offeredAttendance({ earlier: { code: null }, procedure: false }, codes)).toEqual({
    code: null,
    from: 'lesson',
  })
})

test('a school without a code for procedures is offered none', () => {
  expect(offeredAttendance({ earlier: null, procedure: true }, codes.slice(0, 1))).toBeNull()
})
