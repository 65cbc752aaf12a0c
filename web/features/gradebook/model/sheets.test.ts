import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GradebookLesson } from '#contract/gradebook.ts'
import type { Column } from './grid-model.ts'
import { sheetsOf } from './sheets.ts'

const columnsOf = (works: number[]): Column[] =>
  works.flatMap((count, n) => {
    const lesson = { id: `${n}`, works: Array.from({ length: count }) } as unknown as GradebookLesson
    return Array.from({ length: Math.max(1, count) }, (_, k) => ({ lesson, work: null, first: k === 0 }))
  })

test('every column is on exactly one sheet, in order, and no sheet is wider than paper', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(7), { maxLength: 60 }), fc.integer({ min: 1, max: 24 }), (works, width) => {
      const columns = columnsOf(works)
      const sheets = sheetsOf(columns, width)
      const dealt = sheets.flatMap((sheet) => sheet.flatMap((lesson) => lesson.columns))
      expect(dealt.map(({ index }) => index)).toEqual(columns.map((_, index) => index))
      for (const sheet of sheets) {
        expect(sheet.length).toBeGreaterThan(0)
        expect(sheet.flatMap((lesson) => lesson.columns).length).toBeLessThanOrEqual(width)
      }
    }),
  )
})

test('works of a lesson stay on one sheet', () => {
  const sheets = sheetsOf(columnsOf([2, 3, 4, 1]), 5)
  expect(sheets.map((sheet) => sheet.map(({ columns }) => columns.length))).toEqual([
    [2, 3],
    [4, 1],
  ])
})
