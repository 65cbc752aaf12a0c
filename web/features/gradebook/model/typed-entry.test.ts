import { expect, test } from 'vitest'
import { journalPage } from '#test/journal-page.ts'
import { characterOf, entriesOf, readPasted, readTyped } from './typed-entry.ts'

const { scale, codes } = journalPage()
const entries = entriesOf(scale, codes)

test.each([
  ['н', 'KeyY', 'н'],
  ['y', 'KeyY', 'н'],
  ['Н', 'KeyY', 'н'],
  [',', 'Comma', 'б'],
  ['5', 'Numpad5', '5'],
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

test.each([
  [' 4 ', '4'],
  ['5,0', '5'],
  ['5.00', '5'],
  ['Н', 'н'],
  ['H', 'н'],
  ['yв', 'ув'],
  ['6', null],
  ['4,5', null],
])('a spreadsheet cell «%s» is read as %s', (text, value) => {
  expect(readPasted(text, entries)?.value ?? null).toBe(value)
})
