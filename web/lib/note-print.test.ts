import { expect, test } from 'vitest'
import { printedPage } from './note-print.ts'

const ID = '00000000-0000-4000-8000-000000000001'
test.each([
  [`/journals/${ID}`, 'journal', ID],
  ['/journals', 'other', null],
  [`/students/${ID}/diary`, 'diary', ID],
  ['/diary', 'diary', null],
  ['/people', 'people', null],
  ['/events', 'audit', null],
  ['/lessons/not-an-id', 'lesson', null],
  ['/', 'other', null],
])('%s is %s of %s', (pathname, resource, subjectId) => {
  expect(printedPage(pathname)).toEqual({ resource, subjectId })
})
