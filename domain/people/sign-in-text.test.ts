import { expect, test } from 'vitest'
import { normalLogin, normalPassword } from './sign-in-text.ts'

test.each([
  [' Ivanov.PS ', 'ivanov.ps'],
  ['\u00a0ivanov.ps\t', 'ivanov.ps'],
  ['ivanov\u200b.ps', 'ivanov.ps'],
  ['\ufeffivanov.ps', 'ivanov.ps'],
  ['ｉｖａｎｏｖ', 'ivanov'],
  ['Йод'.normalize('NFD'), 'йод'],
])('the login «%s» is «%s»', (typed, kept) => {
  expect(normalLogin(typed)).toBe(kept)
})

test.each([
  ['три весёлых журавля'.normalize('NFD'), 'три весёлых журавля'],
  [' три весёлых журавля\n', 'три весёлых журавля'],
  ['три\u00a0весёлых  журавля', 'три весёлых журавля'],
  ['три\u00adвесёлых\u200b', 'тривесёлых'],
  ['Три Весёлых', 'Три Весёлых'],
])('the password «%s» is «%s»', (typed, kept) => {
  expect(normalPassword(typed)).toBe(kept)
  expect(normalPassword(kept)).toBe(kept)
})
