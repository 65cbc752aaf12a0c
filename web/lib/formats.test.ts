import { describe, expect, test } from 'vitest'
import { averageText, counted, dayMonth, daySpan, longDay, momentSpan, shortDay, weekday } from './formats.ts'

describe('days', () => {
  test('a day reads as people say it', () => {
    expect(longDay('2026-11-16')).toBe('понедельник, 16 ноября')
    expect(dayMonth('2026-11-16')).toBe('16 ноября')
    expect(shortDay('2026-11-06')).toBe('06.11')
    expect(weekday('2026-11-16')).toBe('пн')
  })
  test.each([
    ['2026-11-02', '2026-11-15', '2–15 ноября'],
    ['2026-10-28', '2026-11-15', '28 октября – 15 ноября'],
    ['2026-11-02', '2026-11-02', '2 ноября'],
  ])('the span %s … %s is «%s»', (from, to, text) => {
    expect(daySpan(from, to)).toBe(text)
  })
  test.each([
    ['2026-11-16T14:05:10', '2026-11-16T14:05:50', '16 ноября, 14:05'],
    ['2026-11-16T14:05', '2026-11-16T14:09', '16 ноября, 14:05–14:09'],
    ['2026-11-16T23:58', '2026-11-17T00:03', '16 ноября, 23:58 – 17 ноября, 00:03'],
  ])('the span of moments %s … %s is «%s»', (from, to, text) => {
    expect(momentSpan(from, to)).toBe(text)
  })
})

test.each([
  [1, '1 запись'],
  [3, '3 записи'],
  [11, '11 записей'],
  [21, '21 запись'],
  [1.5, '1,5 записи'],
])('%d takes the right form', (count, text) => {
  expect(counted(count, 'запись', 'записи', 'записей')).toBe(text)
})

test('an average has two digits, and nothing has a dash', () => {
  expect(averageText(4.3333)).toBe('4,33')
  expect(averageText(null)).toBe('—')
})
