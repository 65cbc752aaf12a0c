import { expect, test } from 'vitest'
import { Day } from './shapes.ts'

test.each([
  ['2026-11-12', true],
  ['2028-02-29', true],
  ['1901-01-01', true],
  ['2026-11-31', false],
  ['0000-01-01', false],
  ['0001-01-01', false],
  ['1899-12-31', false],
  ['9999-12-31', false],
])('%s as a day of a school: %s', (day, valid) => {
  expect(Day.safeParse(day).success).toBe(valid)
})
