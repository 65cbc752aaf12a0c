import { expect, test } from 'vitest'
import { timeText } from './time-text.ts'

test.each([
  [0, '0\u00a0мин'],
  [45, '45\u00a0мин'],
  [60, '1\u00a0ч'],
  [82, '1\u00a0ч 22\u00a0мин'],
])('%i minutes read «%s»', (minutes, text) => {
  expect(timeText(minutes)).toBe(text)
})
