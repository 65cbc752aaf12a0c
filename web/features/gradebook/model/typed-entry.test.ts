import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCellText } from '#domain/marks/cell-text.ts'
import { journalPage } from '#test/journal-page.ts'
import { characterOf, entriesOf, readTyped } from './typed-entry.ts'

const { scale, codes } = journalPage()
const entries = entriesOf(scale, codes)

test.each([
  ['н', 'KeyY', 'н'],
  ['y', 'KeyY', 'н'],
  ['Н', 'KeyY', 'н'],
  [',', 'Comma', 'б'],
  ['5', 'Numpad5', '5'],
  ['５', 'Digit5', '5'],
  ['F5', 'F5', null],
  ['Dead', 'BracketLeft', null],
])('the key %s (%s) means %s on any layout', (key, code, character) => {
  expect(characterOf({ key, code })).toBe(character)
})

test.each([
  ['5', { kind: 'mark', value: '5' }, false],
  ['н', { kind: 'attendance', value: 'н' }, false],
  ['у', { kind: 'attendance', value: 'у' }, true],
  ['ув', { kind: 'attendance', value: 'ув' }, false],
  ['7', null, false],
])('typing «%s»', (text, entry, open) => {
  expect(readTyped(text, entries)).toEqual({ entry, open })
})

test('what keys make of a text is what a pasted cell makes of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'2345нуввn5 '), maxLength: 4 }), (text) => {
      const said = readCellText(text, { scale, codes: codes.map(({ code }) => code) })
      const both = said?.mark != null && said.code != null
      const value = both ? null : (said?.mark ?? said?.code ?? null)
      expect(readTyped(text, entries).entry?.value ?? null).toBe(value)
    }),
  )
})
