import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lackingRoom } from './room.ts'

const line = { percent: 80, spare: 50 }

describe('room for work that can wait', () => {
  test.each([
    ['plenty', { taken: 100, free: 900 }, 600, 0],
    ['one byte below the line', { taken: 700, free: 300 }, 99, 0],
    ['up to the line', { taken: 700, free: 300 }, 100, 1],
    ['over the line', { taken: 700, free: 300 }, 150, 51],
    ['past it already', { taken: 850, free: 150 }, 10, 61],
    ['nothing needed, past it', { taken: 850, free: 150 }, 0, 51],
    ['nothing needed, below it', { taken: 799, free: 201 }, 0, 0],
    ['a full disk', { taken: 1000, free: 0 }, 10, 211],
  ])('%s', (_, disk, needed, lacking) => {
    expect(lackingRoom(disk, needed, line)).toBe(lacking)
  })

  test('on a small disk the bytes that must be left count before the line does', () => {
    expect(lackingRoom({ taken: 40, free: 60 }, 9, line)).toBe(0)
    expect(lackingRoom({ taken: 40, free: 60 }, 15, line)).toBe(6)
  })

  test('what fits stays below the line and leaves the spare; what does not fits once so much is freed, not before', () => {
    const bytes = fc.integer({ min: 0, max: 10 ** 12 })
    fc.assert(
      fc.property(bytes, bytes, bytes, fc.integer({ min: 1, max: 100 }), (taken, free, needed, percent) => {
        const bound = { percent, spare: 64 }
        const lacking = lackingRoom({ taken, free }, needed, bound)
        if (lacking === 0) {
          expect(100 * (taken + needed)).toBeLessThan(percent * (taken + free))
          expect(free - needed).toBeGreaterThanOrEqual(64)
        } else {
          const freed = (much: number) => ({ taken: taken - much, free: free + much })
          expect(lackingRoom(freed(lacking), needed, bound)).toBe(0)
          // Fractions of a byte are rounded up.
          expect(lackingRoom(freed(lacking - 2), needed, bound)).toBeGreaterThan(0)
        }
      }),
    )
  })
})
