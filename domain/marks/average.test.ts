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
    4.33,
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
  [
    'a half is rounded upwards: 9.2 ÷ 3.2 = 2.875',
    [
      ['4', 1.4],
      ['2', 1.8],
    ],
    2.88,
  ],
  [
    '7.6 ÷ 3.2 = 2.375',
    [
      ['3', 1.2],
      ['2', 2],
    ],
    2.38,
  ],
  [
    '5.8 ÷ 1.6 = 3.625',
    [
      ['4', 1.3],
      ['2', 0.3],
    ],
    3.63,
  ],
  [
    'a third of a hundredth is no half',
    [
      ['5', 0.01],
      ['2', 0.02],
    ],
    3,
  ],
] as [string, [string, number][], number | null][])('%s', (_, marks, average) => {
  const found = weightedAverage(marks.map(([value, weight]) => ({ value, weight })))
  if (average === null) expect(found).toBeNull()
  else expect(found).toBe(average)
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
      expect(average).toBeGreaterThanOrEqual(Math.min(...values))
      expect(average).toBeLessThanOrEqual(Math.max(...values))
    }),
  )
})

test('neither the order of marks nor a common factor of weights changes it', () => {
  fc.assert(
    fc.property(fc.array(weighted, { minLength: 1 }), fc.integer({ min: 2, max: 9 }), (marks, factor) => {
      const average = weightedAverage(marks) ?? Number.NaN
      const heavier = marks.map((mark) => ({ ...mark, weight: mark.weight * factor })).reverse()
      expect(weightedAverage(heavier)).toBe(average)
    }),
  )
})

test('it is the exact fraction rounded to two digits, a half upwards', () => {
  const mark = fc.record({
    value: fc.constantFrom(...MARK_VALUES),
    hundredths: fc.integer({ min: 1, max: 1000 }),
  })
  fc.assert(
    fc.property(fc.array(mark, { minLength: 1, maxLength: 40 }), (marks) => {
      const sum = marks.reduce((all, { value, hundredths }) => all + BigInt(value) * BigInt(hundredths), 0n)
      const weights = marks.reduce((all, { hundredths }) => all + BigInt(hundredths), 0n)
      const found = weightedAverage(
        marks.map(({ value, hundredths }) => ({ value, weight: hundredths / 100 })),
      )
      const shown = BigInt((found ?? 0).toFixed(2).replace('.', ''))
      // shown − ½ ≤ 100·sum ÷ weights < shown + ½, in whole numbers.
      expect(200n * sum >= (2n * shown - 1n) * weights).toBe(true)
      expect(200n * sum < (2n * shown + 1n) * weights).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
