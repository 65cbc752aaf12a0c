import { expect, test } from 'vitest'
import { type WindowScene, windowRefusal } from './window.ts'

const asked: WindowScene = {
  roles: ['deputy'],
  openerRoles: ['deputy', 'journal-officer'],
  from: '2026-11-02',
  to: '2026-11-06',
  openUntil: '2026-11-12',
}

test.each([
  ['by a role that may, until today', {}, null],
  ['by a role that may not', { roles: ['director', 'teacher'] }, 'may-not-open-window'],
  ['where nobody may', { openerRoles: [] }, 'may-not-open-window'],
  ['backwards', { to: '2026-11-01' }, 'span-backwards'],
  ['until yesterday', { openUntil: '2026-11-11' }, 'window-already-over'],
] as const)('a window asked for %s', (_, change, refusal) => {
  expect(windowRefusal({ ...asked, ...change }, '2026-11-12')).toBe(refusal)
})
