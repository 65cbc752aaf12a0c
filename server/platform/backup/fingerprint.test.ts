import { expect, test } from 'vitest'
import { type Contents, differencesBetween } from './fingerprint.ts'

const nothing: Contents = { tables: {}, sequences: {} }
const numbered = (last: string | null, step = '1'): Contents => ({
  tables: {},
  sequences: { 'public.audit_event_id_seq': { last, step } },
})
const same = (recorded: Contents, found: Contents): boolean =>
  differencesBetween(recorded, found).length === 0

test.each([
  { recorded: numbered('7'), found: numbered('7'), isSame: true },
  { recorded: numbered('7'), found: numbered('39'), isSame: true },
  { recorded: numbered('7'), found: numbered('40'), isSame: false },
  { recorded: numbered('7'), found: numbered('6'), isSame: false },
  { recorded: numbered('7'), found: numbered(null), isSame: false },
  { recorded: numbered(null), found: numbered(null), isSame: true },
  { recorded: numbered(null), found: numbered('1'), isSame: false },
  { recorded: numbered('7'), found: nothing, isSame: false },
  { recorded: nothing, found: numbered('7'), isSame: false },
  { recorded: numbered('70', '10'), found: numbered('390', '10'), isSame: true },
  { recorded: numbered('70', '10'), found: numbered('69', '10'), isSame: false },
  { recorded: numbered('-7', '-1'), found: numbered('-39', '-1'), isSame: true },
  { recorded: numbered('-7', '-1'), found: numbered('-6', '-1'), isSame: false },
  { recorded: numbered('7', '1'), found: numbered('7', '2'), isSame: false },
  // Two numbers that a floating point holds as one.
  { recorded: numbered('9007199254740993'), found: numbered('9007199254740992'), isSame: false },
])('a number that was given is never behind, and at most 32 ahead: $recorded $found', (of) => {
  expect(same(of.recorded, of.found)).toBe(of.isSame)
})

test('each table is named with its rows on both sides, and nothing that lies in it', () => {
  const total = (rows: number, hash: string) => ({ rows, hash })
  const recorded = {
    sequences: {},
    tables: { 'public.b': total(2, '1 1'), 'public.gone': total(4, '3 3'), 'public.a': total(5, '2 2') },
  }
  const found = {
    sequences: {},
    tables: { 'public.a': total(5, '2 3'), 'public.b': total(2, '1 1'), 'public.come': total(0, '0 0') },
  }
  expect(differencesBetween(recorded, found)).toEqual([
    { kind: 'table', name: 'public.a', recorded: 5, found: 5 },
    { kind: 'table', name: 'public.come', recorded: null, found: 0 },
    { kind: 'table', name: 'public.gone', recorded: 4, found: null },
  ])
  expect(differencesBetween(recorded, recorded)).toEqual([])
})
