import { expect, test } from 'vitest'
import { closingRefusal, type PeriodScene, periodState, reopeningRefusal } from './grading-period.ts'

const TODAY = '2026-11-12'
const open: PeriodScene = { startsOn: '2026-11-02', closed: false, openUntil: null }
const closed: PeriodScene = { ...open, closed: true }

test.each([
  ['never closed', open, 'open', null, 'period-not-closed'],
  ['of tomorrow', { ...open, startsOn: '2026-11-13' }, 'open', 'period-not-begun', 'period-not-closed'],
  ['of today', { ...open, startsOn: TODAY }, 'open', null, 'period-not-closed'],
  ['closed', closed, 'closed', 'period-already-closed', null],
  ['opened again until today', { ...closed, openUntil: TODAY }, 'reopened', null, null],
  [
    'opened again until yesterday',
    { ...closed, openUntil: '2026-11-11' },
    'closed',
    'period-already-closed',
    null,
  ],
] as const)('a period %s', (_, scene, state, closing, reopening) => {
  expect(periodState(scene, TODAY)).toBe(state)
  expect(closingRefusal(scene, TODAY)).toBe(closing)
  expect(reopeningRefusal(scene, TODAY, TODAY)).toBe(reopening)
  expect(reopeningRefusal(scene, '2026-11-11', TODAY)).toBe(reopening ?? 'window-already-over')
})
