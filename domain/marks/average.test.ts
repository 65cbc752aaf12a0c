import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weightedAverage } from './average.ts'
import { MARK_VALUES } from './mark.ts'

test.each([
  ['nothing has no average', [], null],
  ['one mark is its own average', [['4', 1]], 4],
  [
    'a heavier work counts more',
    [
      ['5', 1],
      ['3', 3],
    ],
    3.5,
  ],
  [
    'equal weights give the plain average',
    [
      ['5', 2],
      ['4', 2],
      ['4', 2],
    ],
    13 / 3,
  ],
  [
    'what is not a mark of the scale is left out',
    [
      ['5', 1],
      ['н', 1],
      ['зач', 1],
      ['1', 1],
    ],
    5,
  ],
  [
    'a work without weight does not count',
    [
      ['2', 0],
      ['5', 1],
    ],
    5,
  ],
  ['only works without weight have no average', [['2', 0]], null],
] as [string, [string, number][], number | null][])('%s', (_, marks, average) => {
  const found = weightedAverage(marks.map(([value, weight]) => ({ value, weight })))
  if (average === null) expect(found).toBeNull()
  else expect(found).toBeCloseTo(average, 10)
})

const weighted = fc.record({
  value: fc.constantFrom(...MARK_VALUES),
  weight: fc.integer({ min: 1, max: 10 }),
})

test('an average lies between the worst and the best mark', () => {
  fc.assert(
    fc.property(fc.array(weighted, { minLength: 1 }), (marks) => {
      const average = weightedAverage(marks) ?? Number.NaN
      const values = marks.map(({ value }) => Number(value))
      expect(average).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9)
      expect(average).toBeLessThanOrEqual(Math.max(...values) + 1e-9)
    }),
  )
})

test('neither the order of marks nor a common factor of weights changes it', () => {
  fc.assert(
    fc.property(fc.array(weighted, { minLength: 1 }), fc.integer({ min: 2, max: 9 }), (marks, factor) => {
      const average = weightedAverage(marks) ?? Number.NaN
      const heavier = marks.map((mark) => ({ ...mark, weight: mark.weight * factor })).reverse()
      expect(weightedAverage(heavier)).toBeCloseTo(average, 9)
    }),
  )
})
