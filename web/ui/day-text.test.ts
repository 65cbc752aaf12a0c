import { describe, expect, test } from 'vitest'
import { dayOfText, dayText, monthsOn, monthText, weeksOf, wholeDayText } from './day-text.ts'

const NEAR = '2026-11-12'

test.each([
  ['05.03.2026', '2026-03-05'],
  ['5.3.26', '2026-03-05'],
  ['5.3', '2026-03-05'],
  ['5/3/2026', '2026-03-05'],
  ['5-3-26', '2026-03-05'],
  ['5 3 2026', '2026-03-05'],
  [' 5,3,2026 ', '2026-03-05'],
  ['05032026', '2026-03-05'],
  ['050326', '2026-03-05'],
  ['5 марта 2026 г.', '2026-03-05'],
  ['5\u00a0мая 2026', '2026-05-05'],
  ['5 мар. 26', '2026-03-05'],
  ['05.03.2026 г.', '2026-03-05'],
  ['2026-03-05', '2026-03-05'],
  ['6.5.14', '2014-05-06'],
  ['6.5.89', '1989-05-06'],
  ['29.02.2024', '2024-02-29'],
  ['29.02.2026', null],
  ['31.11.2026', null],
  ['13.13.2026', null],
  ['5', null],
  ['5.3.2', null],
  ['завтра', null],
  ['', null],
])('«%s» means %s', (text, day) => {
  expect(dayOfText(text, NEAR)).toBe(day)
  if (day) expect(dayOfText(dayText(day), NEAR)).toBe(day)
})

describe('the calendar', () => {
  test('begins its weeks on Monday and ends with the month', () => {
    const weeks = weeksOf(NEAR)
    expect(weeks).toHaveLength(6)
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(weeks[5]?.[0]).toBe('2026-11-30')
  })
  test('goes by months without leaving a short one', () => {
    expect([monthsOn('2026-01-31', 1), monthsOn('2026-03-31', -1), monthsOn('2026-12-05', 1)]).toEqual([
      '2026-02-28',
      '2026-02-28',
      '2027-01-05',
    ])
  })
  test('speaks Russian', () => {
    expect(monthText(NEAR)).toContain('ноябрь 2026')
    expect(wholeDayText(NEAR)).toContain('четверг, 12 ноября 2026')
  })
})
