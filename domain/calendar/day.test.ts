import { expect, test } from 'vitest'
import { isDay } from './day.ts'

test.each([
  ['2026-11-12', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-11-31', false],
  ['2026-99-99', false],
  ['2026-00-10', false],
  ['1900-12-31', false],
  ['2200-01-01', false],
  ['2026-1-2', false],
  ['2026-11-12T00:00:00Z', false],
  ['today', false],
  [undefined, false],
  [20261112, false],
])('%j: a day, %s', (value, answer) => {
  expect(isDay(value)).toBe(answer)
})
