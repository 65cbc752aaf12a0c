import { describe, expect, test } from 'vitest'
import {
  averageText,
  byteSize,
  counted,
  dayMonth,
  daySpan,
  longDay,
  momentOn,
  momentSpan,
  shortDay,
  weekday,
} from './formats.ts'

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

test.each([
  ['2026-11-16T14:05', '14:05'],
  ['2026-11-15T23:59', '15 ноября, 23:59'],
  ['2025-11-16T14:05', '16 ноября, 14:05'],
  ['2026-11-06T14:05', '6 ноября, 14:05'],
])('on 16 November 2026 the moment %s is «%s»', (instant, text) => {
  expect(momentOn('2026-11-16', instant)).toBe(text)
})

test.each([
  [0, '0 КБ'],
  [640 * 1024, '640 КБ'],
  [3.25 * 2 ** 20, '3,3 МБ'],
  [312 * 2 ** 20, '312 МБ'],
  [1.2 * 2 ** 30, '1,2 ГБ'],
])('%d bytes are «%s»', (bytes, text) => {
  expect(byteSize(bytes).replace('\u00a0', ' ')).toBe(text)
})
