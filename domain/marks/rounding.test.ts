import { expect, test } from 'vitest'
import { percent, roundedFraction } from './rounding.ts'

test.each([
  [23, 8, 2, 2.88],
  [19, 8, 2, 2.38],
  [167, 40, 2, 4.18],
  [1, 3, 2, 0.33],
  [2, 3, 2, 0.67],
  [5, 1, 2, 5],
  [0, 7, 1, 0],
])('%i ÷ %i to %i digits is %d', (numerator, denominator, digits, rounded) => {
  expect(roundedFraction(numerator, denominator, digits)).toBe(rounded)
})

test.each([
  [23, 80, 28.8],
  [1, 16, 6.3],
  [29, 40, 72.5],
  [201, 400, 50.3],
  [7, 7, 100],
  [0, 5, 0],
])('%i of %i are %d per cent', (part, whole, share) => {
  expect(percent(part, whole)).toBe(share)
})

test('of nothing there is no share', () => {
  expect(percent(0, 0)).toBeNull()
})
