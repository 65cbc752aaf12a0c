import { expect, test } from 'vitest'
import { type EntryScene, entryKind, entryRefusal, type StandingEntry } from './entry.ts'

const today = '2026-11-12'
const onTheDay: StandingEntry = { enteredOn: '2026-11-09', empty: false }

test.each([
  ['anything on the lesson’s day', today, onTheDay, 'in-time'],
  ['a first entry later', '2026-11-09', null, 'late'],
  ['what the record lacked until now', '2026-11-09', { ...onTheDay, empty: true }, 'late'],
  ['a change on the day of a late entry', '2026-11-09', { enteredOn: today, empty: false }, 'late'],
  ['a change of what was entered in time', '2026-11-09', onTheDay, 'correction'],
  ['a change of what was entered late', '2026-11-06', onTheDay, 'correction'],
] as const)('%s', (_, heldOn, standing, kind) => {
  expect(entryKind({ heldOn, standing }, today)).toBe(kind)
})

const past: EntryScene = {
  heldOn: '2026-11-09',
  windowDays: 7,
  windowOpened: false,
  standing: null,
  reasons: { late: null, correction: null },
}

test.each([
  ['a late entry without a reason', {}, 'late-reason-needed'],
  ['a late entry with one', { reasons: { late: 'Не было связи', correction: null } }, null],
  [
    'a correction with the reason of a late entry only',
    { standing: onTheDay, reasons: { late: 'Не было связи', correction: null } },
    'late-reason-needed',
  ],
  [
    'a correction with its own',
    { standing: onTheDay, reasons: { late: null, correction: 'Ошибка при вводе' } },
    null,
  ],
  ['a correction past the window', { standing: onTheDay, windowDays: 2 }, 'window-closed'],
  ['an entry ahead of the lesson', { heldOn: '2026-11-13' }, 'lesson-ahead'],
] as const)('%s', (_, change, refusal) => {
  expect(entryRefusal({ ...past, ...change }, today)).toBe(refusal)
})
