import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentOf, placeOf, SEGMENT_BYTES, segmentName, segmentOf, stampOf } from './segments.ts'

const PER_FILE = 256
const place = fc.integer({ min: 0, max: 0xffffffff * PER_FILE + PER_FILE - 1 })
const segment = fc.record({ timeline: fc.integer({ min: 1, max: 0xffffffff }), place })

describe('segments by name', () => {
  test.each([
    ['000000010000000000000001', 1, 1],
    ['0000000100000000000000FF', 1, 255],
    ['000000010000000100000000', 1, 256],
    ['0000000A00000002000000FE', 10, 766],
    ['FFFFFFFFFFFFFFFF000000FF', 0xffffffff, 0xffffffff * 256 + 255],
  ])('%s is place %s, %s', (name, timeline, place) => {
    expect(segmentOf(name)).toEqual({ timeline, place })
    expect(segmentName({ timeline, place })).toBe(name)
  })

  test.each([
    '',
    '00000002.history',
    '00000001000000000000000',
    '0000000100000000000000010',
    '00000001000000000000000a',
    '000000010000000000000001.partial',
    '000000010000000000000003.00000028.backup',
    ' 000000010000000000000001',
    '000000010000000000000001\n',
  ])('«%s» is none', (name) => {
    expect(segmentOf(name)).toBeNull()
  })

  test('a name leads back to its segment, and names stand in the order of the log', () => {
    fc.assert(
      fc.property(segment, segment, (one, other) => {
        expect(segmentOf(segmentName(one))).toEqual(one)
        const byPlace = one.timeline - other.timeline || one.place - other.place
        const [first, second] = [segmentName(one), segmentName(other)]
        expect(first < second ? -1 : Number(first > second)).toBe(Math.sign(byPlace))
      }),
    )
  })
})

describe('positions of the log', () => {
  test.each([
    ['0/0', false, 0],
    ['0/3000028', false, 3],
    ['0/3000000', false, 3],
    ['0/3000000', true, 2],
    ['0/3000001', true, 3],
    ['0/FFFFFFFF', false, 255],
    ['1/0', false, 256],
    ['1/0', true, 255],
    ['1/1', true, 256],
    ['A/FF000000', true, 10 * 256 + 254],
  ])('%s (as an end: %s) lies in place %s', (position, isEnd, expected) => {
    expect(placeOf(position, isEnd)).toBe(expected)
  })

  test('an end lies where its last byte does', () => {
    const bytes = fc.bigInt({ min: 1n, max: 2n ** 52n })
    const positionOf = (at: bigint) => `${(at >> 32n).toString(16)}/${(at & 0xffffffffn).toString(16)}`
    fc.assert(
      fc.property(bytes, (at) => {
        expect(placeOf(positionOf(at))).toBe(Number(at / BigInt(SEGMENT_BYTES)))
        expect(placeOf(positionOf(at), true)).toBe(placeOf(positionOf(at - 1n)))
      }),
    )
  })
})

test('a moment in a name leads back to the moment, to the second, and names stand in the order of time', () => {
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, moments, (one, other) => {
      expect(momentOf(stampOf(one))?.getTime()).toBe(Math.floor(one.getTime() / 1000) * 1000)
      if (one <= other) expect(stampOf(one) <= stampOf(other)).toBe(true)
    }),
  )
})

test.each([
  '',
  '20261130',
  '20261130T104500',
  '2026-11-30T10:45:00Z',
  '20261130T104500Z.part',
  'x20261130T104500Z',
])('«%s» is no moment', (name) => {
  expect(momentOf(name)).toBeNull()
})
