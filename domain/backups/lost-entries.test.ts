import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lostEntries, lostState } from './lost-entries.ts'

const isSame = (one: string | null, other: string | null) => one === other

test.each([
  ['an empty cell that was empty', '5', 0, null, 0, 'as-before'],
  ['a value that was corrected, its correction lost', '4', 1, '5', 1, 'as-before'],
  ['a cell whose earlier writes by others are lost too', '5', 3, null, 0, 'as-before'],
  ['a value that somebody has entered meanwhile', '5', 0, '5', 1, 'same'],
  ['another value entered after the restore', '5', 0, '2', 1, 'changed'],
  ['a value taken back after the restore', '5', 0, null, 1, 'changed'],
  ['a mark taken back and lost, over one that stands', null, 1, '5', 1, 'as-before'],
  ['nothing over a record that was never written', null, 0, null, 0, 'as-before'],
] as const)('%s', (_, value, seen, present, version, state) => {
  expect(lostState<string | null>({ key: 'k', value, seen }, { value: present, version }, isSame)).toBe(state)
})

test('of several writes the last value counts, over what stood before the first', () => {
  const write = fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.string(), version: fc.nat(9) })
  fc.assert(
    fc.property(fc.array(write), (writes) => {
      const entries = lostEntries(writes)
      expect(entries.map(({ key }) => key)).toEqual([...new Set(writes.map(({ key }) => key))])
      for (const { key, value, seen } of entries) {
        const own = writes.filter((one) => one.key === key)
        expect([value, seen]).toEqual([own.at(-1)?.value, own[0]?.version])
      }
    }),
  )
})
