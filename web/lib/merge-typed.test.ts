import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTyped } from './merge-typed.ts'

const base = { lastName: 'Орлова', phone: '+7 900', email: null as string | null }

test('what was typed stays, what was not follows the record', () => {
  const fresh = { ...base, email: 'a@b.ru' }
  const typed = { ...base, phone: '+7 911' }
  expect(mergeTyped(base, fresh, typed)).toEqual({
    merged: { lastName: 'Орлова', phone: '+7 911', email: 'a@b.ru' },
    clashes: [],
    moved: ['email'],
  })
})

test('one field changed by both is named, unless both say the same', () => {
  const fresh = { ...base, phone: '+7 955', lastName: 'Орлова-Белова' }
  const typed = { ...base, phone: '+7 911', lastName: 'Орлова-Белова' }
  expect(mergeTyped(base, fresh, typed)).toMatchObject({ clashes: ['phone'], moved: [] })
})

test('lists are compared by what they hold', () => {
  const one = { roles: ['teacher'] }
  expect(mergeTyped(one, { roles: ['teacher'] }, { roles: ['teacher'] })).toMatchObject({
    clashes: [],
    moved: [],
  })
})

const record = fc.record({
  a: fc.constantFrom(null, '1', '2'),
  b: fc.constantFrom('1', '2'),
  c: fc.boolean(),
})

test('every field is either what was typed or what stands now, and nothing typed is given up', () => {
  fc.assert(
    fc.property(record, record, record, (base, fresh, typed) => {
      const { merged, clashes, moved } = mergeTyped(base, fresh, typed)
      for (const key of ['a', 'b', 'c'] as const) {
        expect(merged[key]).toBe(typed[key] === base[key] ? fresh[key] : typed[key])
        const replaced = fresh[key] !== base[key] && merged[key] !== fresh[key]
        expect(clashes.includes(key)).toBe(replaced)
        expect(moved.includes(key)).toBe(fresh[key] !== base[key] && typed[key] === base[key])
      }
    }),
  )
})
