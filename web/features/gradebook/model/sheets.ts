import type { GradebookLesson } from '#contract/gradebook.ts'
import type { Column } from './grid-model.ts'

/** A column with its place in the whole grid. */
export type SheetColumn = Column & { index: number }

/** What of the grid stands on one sheet of paper: lessons with their columns. */
export type Sheet = { lesson: GradebookLesson; columns: SheetColumn[] }[]

/** Columns dealt to sheets of at most `width`; the works of one lesson stay together unless they alone are wider. */
export function sheetsOf(columns: readonly Column[], width: number): Sheet[] {
  const sheets: Sheet[] = []
  let taken = width
  for (const [index, column] of columns.entries()) {
    const works = Math.max(1, column.lesson.works.length)
    if (taken >= width || (column.first && taken + works > width)) {
      sheets.push([])
      taken = 0
    }
    const sheet = sheets[sheets.length - 1]
    const last = sheet?.[sheet.length - 1]
    if (last?.lesson === column.lesson) last.columns.push({ ...column, index })
    else sheet?.push({ lesson: column.lesson, columns: [{ ...column, index }] })
    taken += 1
  }
  return sheets
}
