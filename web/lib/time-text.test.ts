import { expect, test } from 'vitest'
import { timeText } from './time-text.ts'

test.each([
  [0, '0 минут'],
  [1, '1 минута'],
  [45, '45 минут'],
  [60, '1 час'],
  [82, '1 час 22 минуты'],
  [300, '5 часов'],
])('%i minutes read «%s»', (minutes, text) => {
  expect(timeText(minutes)).toBe(text)
})
