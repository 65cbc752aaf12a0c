import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameKey } from '#domain/people/name-key.ts'
import { COUNT_AS, DROPPED, LETTERS, PARTING } from '#domain/people/name-letters.words.ts'
import { nameFound, searchWords } from '#domain/people/search.ts'
import { naturalKey } from '#domain/text/natural-order.ts'
import { freshDatabase } from '../database.ts'

// Every sign the key knows, digits, letters it does not know, and letters that come apart and together again.
const signs = [
  ...LETTERS,
  ...COUNT_AS,
  ...PARTING,
  ...DROPPED,
  ...'0123456789',
  'й',
  'ж',
  'и\u0306',
  'е\u0308',
  '字',
  '😀',
]
const likely = fc.constantFrom(..."Ёёе Йй-–'’()CcOo019 ", 'и\u0306', 'e\u0308')
const text = fc
  .array(fc.oneof(fc.constantFrom(...signs), likely), { maxLength: 24 })
  .map((parts) => parts.join(''))

test('every letter of the key has its partner', () => {
  expect([...LETTERS]).toHaveLength([...COUNT_AS].length)
  expect(new Set([...LETTERS, ...PARTING, ...DROPPED]).size).toBe([...LETTERS, ...PARTING, ...DROPPED].length)
})

test('database and domain make the same keys and find the same names', async () => {
  const { owner } = await freshDatabase()
  const samples = fc.sample(fc.record({ name: text, query: text }), { numRuns: 3000, seed: 18 })
  const asked = [{ name: signs.join(''), query: '' }, { name: signs.join('x'), query: 'ё' }, ...samples].map(
    ({ name, query }) => ({ name, words: searchWords(query) }),
  )
  const { rows } = await owner.query<{ key: string; natural: string; found: boolean }>(
    `select name_key(name) as key, natural_key(name) as natural, name_found(name_key(name), words) as found
      from jsonb_to_recordset($1) as s(name text, words text[])`,
    [JSON.stringify(asked)],
  )
  const expected = asked.map(({ name, words }) => ({
    key: nameKey(name),
    natural: naturalKey(name),
    found: nameFound(nameKey(name), words),
  }))
  expect(rows).toEqual(expected)
  expect(expected.filter(({ found }) => found).length).toBeGreaterThan(50)
})

test('names with numbers stand in one order in the database and on the screen', async () => {
  const { owner } = await freshDatabase()
  const names = [
    '10А',
    '5А',
    '1 доп.',
    '2–3 К',
    '5Б',
    '11',
    '9',
    '1А',
    'Керамика, гр. 10',
    'Керамика, гр. 2',
    '10 Б',
  ]
  const { rows } = await owner.query<{ name: string }>(
    'select name from unnest($1::text[]) as name order by natural_key(name) collate "C", name',
    [names],
  )
  expect(rows.map(({ name }) => name)).toEqual([
    '1 доп.',
    '1А',
    '2–3 К',
    '5А',
    '5Б',
    '9',
    '10 Б',
    '10А',
    '11',
    'Керамика, гр. 2',
    'Керамика, гр. 10',
  ])
  const sorted = names.toSorted((one, other) => (naturalKey(one) < naturalKey(other) ? -1 : 1))
  expect(sorted).toEqual(rows.map(({ name }) => name))
})
