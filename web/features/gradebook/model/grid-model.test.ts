import { describe, expect, test } from 'vitest'
import type { Gradebook, GradebookLesson } from '#contract/gradebook.ts'
import { journalPage } from '#test/journal-page.ts'
import { attendanceAddress, closedReason, gridModel, markAddress, openingPlace } from './grid-model.ts'

const page = journalPage()
const model = gridModel(page, 'intake')

test('several works of a lesson are several columns under one date', () => {
  expect(model.columns.map(({ lesson, work, first }) => [lesson.id, work?.id, first])).toEqual([
    ['old', 'old-answer', true],
    ['friday', 'friday-answer', true],
    ['monday', 'monday-answer', true],
    ['monday', 'monday-test', false],
    ['tuesday', 'tuesday-answer', true],
  ])
})

test.each([
  ['week', ['monday', 'tuesday']],
  ['two-weeks', ['friday', 'monday', 'tuesday']],
  ['intake', ['old', 'friday', 'monday', 'tuesday']],
] as const)('the range %s shows its lessons', (range, lessons) => {
  const shown = new Set(gridModel(page, range).columns.map(({ lesson }) => lesson.id))
  expect([...shown]).toEqual(lessons)
})

test('before the intake begins its first week is shown', () => {
  const early = { ...page, today: '2026-10-01' }
  expect(gridModel(early, 'week').columns.map(({ lesson }) => lesson.id)).toEqual(['old'])
})

describe('a cell is closed', () => {
  test.each([
    ['before the child arrived', 1, 0, 'not-arrived'],
    ['after the child left', 2, 2, 'left'],
    ['once the window has passed', 0, 0, 'window-closed'],
    ['while the lesson is ahead', 0, 4, 'lesson-ahead'],
    ['never on the day', 0, 2, null],
    ['never while late entries are taken', 1, 1, null],
  ] as const)('%s', (_, row, column, reason) => {
    expect(closedReason(model, { row, column })).toBe(reason)
  })
  test('for whoever may only read', () => {
    const lessons = page.lessons.map((lesson) => ({ ...lesson, writable: false }))
    const readOnly = gridModel({ ...page, lessons, journal: { ...page.journal, writable: false } }, 'intake')
    expect(closedReason(readOnly, { row: 0, column: 0 })).toBe('read-only')
    expect(closedReason(readOnly, { row: 0, column: 2 })).toBe('read-only')
  })
})

test('a mark goes to the work, attendance to the lesson whichever column it is typed in', () => {
  const place = { row: 0, column: 3 }
  expect(markAddress(model, place)).toEqual({ lessonId: 'monday', studentId: 'maria', workId: 'monday-test' })
  expect(attendanceAddress(model, place)).toEqual({ lessonId: 'monday', studentId: 'maria' })
})

test('a lesson kept without marks has one column, and marks have nowhere to go', () => {
  const [lesson] = page.lessons
  const club = gridModel({ ...page, lessons: lesson ? [{ ...lesson, works: [] }] : [] }, 'intake')
  expect(club.columns).toHaveLength(1)
  expect(markAddress(club, { row: 0, column: 0 })).toBeNull()
})

describe('the page opens', () => {
  const opened = (change: Partial<Gradebook>) => openingPlace(gridModel({ ...page, ...change }, 'intake'))
  const withStates = (...states: GradebookLesson['state'][]) => ({
    lessons: page.lessons.map((lesson, n) => ({ ...lesson, state: states[n] ?? lesson.state })),
  })
  test('at the lesson of today', () => {
    expect(opened({})).toEqual({ row: 0, column: 2 })
  })
  test('without a lesson today at the last one that takes entries, never at one ahead', () => {
    const late = withStates('closed', 'late', 'late', 'ahead')
    expect(opened({ ...late, today: '2026-11-10' })).toEqual({ row: 0, column: 2 })
    expect(opened({ ...withStates('closed', 'late', 'closed', 'ahead') })).toEqual({ row: 0, column: 1 })
  })
  test('at the last lesson that was held, where nothing takes entries', () => {
    expect(opened({ ...withStates('closed', 'closed', 'closed', 'closed') })).toEqual({ row: 0, column: 4 })
    expect(opened(withStates('closed', 'closed', 'ahead', 'ahead'))).toEqual({ row: 0, column: 1 })
    expect(opened(withStates('ahead', 'ahead', 'ahead', 'ahead'))).toEqual({ row: 0, column: 0 })
  })
  test('at the first child who is here', () => {
    const [first, ...others] = page.students
    const students = first ? [{ ...first, from: '2026-12-01' }, ...others] : []
    expect(opened({ students }).row).toBe(1)
  })
})
