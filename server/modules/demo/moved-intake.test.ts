import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day, weekdayOf } from '#domain/calendar/day.ts'
import { importable, lessonsOf, readFolder } from '#modules/imports/index.ts'
import { inThirdWeek, movedIntake, shiftFor } from './moved-intake.ts'

const FOLDER = join(import.meta.dirname, '../../../demo/first-intake')
const { data } = importable(await readFolder(FOLDER), { faultIds: [], allQuestions: false })
const FIRST: Day = '2026-01-01'
const anyDay = fc.integer({ min: 0, max: 365 * 5 }).map((n) => addDays(FIRST, n))
const nameOf = ({ day, slot }: ReturnType<typeof lessonsOf>[number], days: number): string =>
  [addDays(day, days), slot.startsAt, slot.journalKey, slot.room].join('|')
const original = lessonsOf(data)
  .map((one) => nameOf(one, 0))
  .join('\n')

test('on any day of five years the demo stands on a school day of its third week', () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const days = shiftFor(data, today)
      const moved = movedIntake(data, days)
      const lessons = lessonsOf(moved)
      expect(lessons.filter(({ day }) => day === today).length).toBeGreaterThan(50)
      expect(moved.intake && inThirdWeek(moved.intake.startsOn, today)).toBe(true)
      // Every lesson moved with its day: no weekday's timetable is torn apart, no holiday has lessons.
      expect(lessons.map((one) => nameOf(one, -days)).join('\n') === original).toBe(true)
      const free = moved.calendar.filter(({ kind, grades }) => kind === 'day-off' && grades === null)
      expect(lessons.some(({ day }) => free.some((one) => one.startsOn <= day && day <= one.endsOn))).toBe(
        false,
      )
    }),
    { numRuns: 60 },
  )
})

test('on a usual school day whole weeks are moved, so that Monday stays Monday', () => {
  fc.assert(
    fc.property(
      anyDay.filter((day) => weekdayOf(day) < 6),
      (today) => Math.abs(shiftFor(data, today) % 7) === 0,
    ),
  )
})

test.each([
  ['Saturday', '2026-11-28', 1],
  ['Sunday', '2026-11-29', -1],
] as const)('on a %s the nearest weekday is moved onto it', (_, today, turned) => {
  expect(((((shiftFor(data, today) + 3) % 7) + 7) % 7) - 3).toBe(turned)
})
