import { expect, test } from 'vitest'
import { journalTitle } from './journal-title.ts'

test.each([
  ['Физика', '7А', 'Физика, 7А'],
  ['Шахматы', 'Шахматы', 'Шахматы'],
  ['Керамика', 'Керамика, гр. 1', 'Керамика, гр. 1'],
  ['Ёлочка', 'Елочка (младшие)', 'Елочка (младшие)'],
  ['Хор', 'Хореография', 'Хор, Хореография'],
  ['Шахматы', '', 'Шахматы'],
])('%s of «%s» is «%s»', (subject, group, title) => {
  expect(journalTitle(subject, group)).toBe(title)
})
