import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextBackupAt } from './schedule.ts'

const HOUR = 60 * 60 * 1000
const utc = (text: string) => Date.parse(`${text}Z`)

test.each([
  ['Greenwich, by day', '2026-11-30T12:00', 0, '2026-12-01T02:00'],
  ['Greenwich, in the evening', '2026-11-30T21:59', 0, '2026-12-01T02:00'],
  ['Greenwich, four hours before', '2026-11-30T22:00', 0, '2026-12-01T02:00'],
  ['Greenwich, less than four hours before', '2026-11-30T22:01', 0, '2026-12-02T02:00'],
  ['Greenwich, just made', '2026-11-30T02:00', 0, '2026-12-01T02:00'],
  ['Moscow', '2026-11-30T12:00', 180, '2026-11-30T23:00'],
  ['Kamchatka', '2026-11-30T15:00', 720, '2026-12-01T14:00'],
  ['Newfoundland', '2026-11-30T12:00', -210, '2026-12-01T05:30'],
])('in %s the copy after %s comes', (_, last, offset, next) => {
  expect(new Date(nextBackupAt(utc(last), offset))).toEqual(new Date(utc(next)))
})

test('without a copy it is due at once', () => {
  expect(nextBackupAt(null, 180)).toBe(0)
})

test('it comes at two in the night by the clock of the server, no sooner than in four hours, no later than in a day and four', () => {
  const moments = fc.integer({ min: 0, max: utc('2099-12-31T00:00') })
  fc.assert(
    fc.property(moments, fc.integer({ min: -12 * 4, max: 14 * 4 }), (last, quarters) => {
      const next = nextBackupAt(last, quarters * 15)
      const local = new Date(next + quarters * 15 * 60_000)
      expect([local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()]).toEqual([2, 0, 0])
      expect(next - last).toBeGreaterThanOrEqual(4 * HOUR)
      expect(next - last).toBeLessThan(28 * HOUR)
    }),
  )
})
