import { MAX_PERIODS } from '#domain/timetable/problem.ts'
import { attributeOf, nameOf, type Row, type Tables } from './rows.ts'

const MAX_DAYS = 366

/** Days and lessons of a day, and how rows name them. */
export type AscGrid = {
  readonly days: readonly string[]
  readonly periods: readonly string[]
  /** Index of a lesson by its number in the file. */
  readonly periodOf: ReadonlyMap<string, number>
  /** Index of a day by its number in the file, for exports that number days. */
  readonly dayOf: ReadonlyMap<string, number>
}

/** Lessons of a day are numbered from what the school likes, a zero lesson included. */
export function readGrid(tables: Tables): AscGrid {
  const numbered = tables
    .rows('periods', 'period')
    .map((row) => ({ row, number: tables.number(row, 0, 'period') }))
    .sort((a, b) => a.number - b.number)
  const periodOf = new Map<string, number>()
  for (const [index, { row, number }] of numbered.entries()) {
    const key = String(number)
    if (periodOf.has(key)) tables.report.fault(row.line, 'name-repeated', key, { thing: 'period' })
    periodOf.set(key, index)
  }
  if (numbered.length === 0) tables.report.fault(1, 'element-missing', 'periods', { element: 'timetable' })
  if (numbered.length > MAX_PERIODS)
    tables.report.fault(numbered[0]?.row.line ?? 1, 'list-too-long', String(numbered.length), {
      element: 'periods',
      most: MAX_PERIODS,
    })
  return {
    periods: numbered.map(({ row }) => nameOf(row) || attributeOf(row, 'period')),
    periodOf,
    ...daysOf(tables),
  }
}

function daysOf(tables: Tables): Pick<AscGrid, 'days' | 'dayOf'> {
  const listed = tables.rows('days', 'day')
  const dayOf = new Map<string, number>()
  for (const [index, row] of listed.entries()) {
    const number = attributeOf(row, 'day')
    if (dayOf.has(number)) tables.report.fault(row.line, 'name-repeated', number, { thing: 'day' })
    dayOf.set(number, index)
  }
  if (listed.length > 0) return { days: listed.map(nameOf), dayOf }
  const definitions = tables.rows('daysdefs', 'daysdef')
  const width = widestOf(tables, definitions)
  if (width === 0) tables.report.fault(1, 'element-missing', 'daysdefs', { element: 'timetable' })
  const days = Array.from({ length: width }, (_, day) => {
    const mask = `${'0'.repeat(day)}1${'0'.repeat(width - day - 1)}`
    const own = definitions.find((row) => attributeOf(row, 'days') === mask)
    return own ? nameOf(own) : String(day + 1)
  })
  return { days, dayOf }
}

function widestOf({ report }: Tables, definitions: readonly Row[]): number {
  let width = 0
  for (const row of definitions)
    for (const { length } of masksOf(row)) {
      if (length <= MAX_DAYS) width = Math.max(width, length)
      else report.fault(row.line, 'list-too-long', String(length), { element: 'daysdef', most: MAX_DAYS })
    }
  return width
}

/** The masks of a definition: one, or one for each day it may be on. */
export function masksOf(row: Row): string[] {
  return attributeOf(row, 'days')
    .split(',')
    .filter((mask) => mask !== '')
}

/** Days of a mask, `null` and a fault when it is not one of this week. */
export function daysOfMask(mask: string, row: Row, grid: AscGrid, tables: Tables): number[] | null {
  if (!/^[01]+$/.test(mask) || mask.length !== grid.days.length) {
    tables.report.fault(row.line, 'mask-invalid', mask, {
      element: `${row.name} days`,
      most: grid.days.length,
    })
    return null
  }
  return [...mask].flatMap((digit, day) => (digit === '1' ? [day] : []))
}
