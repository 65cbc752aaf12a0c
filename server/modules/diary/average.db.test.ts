import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weightedAverage } from '#domain/marks/average.ts'
import { MARK_VALUES } from '#domain/marks/mark.ts'
import { world } from '#test/world.ts'

const BOUNDARIES = [
  [
    { value: '4', weight: 1.4 },
    { value: '2', weight: 1.8 },
  ],
  [
    { value: '3', weight: 1.2 },
    { value: '2', weight: 2 },
  ],
  [
    { value: '4', weight: 1.3 },
    { value: '2', weight: 0.3 },
  ],
] as const

test('the average of server and screens is what the database counts of the same weights', async () => {
  const { database } = await world()
  const mark = fc.record({
    value: fc.constantFrom(...MARK_VALUES),
    weight: fc.integer({ min: 1, max: 1000 }).map((hundredths) => hundredths / 100),
  })
  const random = fc.sample(fc.array(mark, { minLength: 1, maxLength: 12 }), 3000)
  const cases = [...BOUNDARIES, ...random]
  const marks = cases.flatMap((marks, n) => marks.map((one) => ({ n, ...one })))
  // Weights travel as they do to a screen: from numeric(4, 2) through a binary fraction.
  const { rows } = await database.owner.query<{ average: string; sent: { value: string; weight: number }[] }>(
    `select round(sum(value * weight) / sum(weight), 2)::text as average,
       json_agg(json_build_object('value', value::text, 'weight', weight::float)) as sent
     from (select n, value, weight::numeric(4, 2)
       from unnest($1::int[], $2::int[], $3::text[]::numeric[]) as one (n, value, weight)) marks
     group by n order by n`,
    [
      marks.map(({ n }) => n),
      marks.map(({ value }) => Number(value)),
      marks.map(({ weight }) => `${weight}`),
    ],
  )
  expect(rows.slice(0, 3).map(({ average }) => average)).toEqual(['2.88', '2.38', '3.63'])
  expect(rows.map(({ sent }) => weightedAverage(sent)?.toFixed(2))).toEqual(
    rows.map(({ average }) => average),
  )
})
