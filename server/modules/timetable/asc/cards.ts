import { type AscGrid, daysOfMask } from './grid.ts'
import { attributeOf, listOf, type Row, type Table, type Tables } from './rows.ts'

/** A card of a lesson that has its place; `room` is an index or `null`. */
export type PlacedCard = {
  readonly day: number
  readonly period: number
  readonly room: number | null
  readonly locked: boolean
}

type OnePeriod = PlacedCard & { readonly line: number }

/**
 * Cards of each lesson that are placed, in the order of the week. A double card is one row at its first lesson of the
 * day in some exports and a row for each lesson in others; a card of several days is a card on each.
 */
export function readCards(tables: Tables, grid: AscGrid, lessons: Table, rooms: Table): PlacedCard[][] {
  const rows = lessons.rows.map((): OnePeriod[] => [])
  for (const row of tables.rows('cards', 'card')) {
    const [lesson] = lessonOf(tables, row, lessons)
    if (lesson === undefined) continue
    for (const one of placesOf(tables, grid, row, rooms)) {
      const same = rows[lesson]?.some(({ day, period }) => day === one.day && period === one.period)
      if (same)
        tables.report.fault(row.line, 'name-repeated', attributeOf(row, 'lessonid'), { thing: 'lesson' })
      else rows[lesson]?.push(one)
    }
  }
  return rows.map((placed, index) =>
    joined(
      placed,
      Math.max(1, tables.number(lessons.rows[index] as Row, 1, 'periodspercard', 'durationperiods')),
    ),
  )
}

function lessonOf(tables: Tables, row: Row, lessons: Table): number[] {
  if (attributeOf(row, 'lessonid') === '') {
    tables.report.fault(row.line, 'value-missing', null, { element: 'card lessonid' })
    return []
  }
  return tables.references(row, lessons, 'lesson', 'lessonid')
}

function placesOf(tables: Tables, grid: AscGrid, row: Row, rooms: Table): OnePeriod[] {
  const number = attributeOf(row, 'period')
  const days = daysOfCard(tables, grid, row)
  // A card without a place is in the file as well.
  if (number === '' || days.length === 0) return []
  const period = grid.periodOf.get(String(Number(number)))
  if (period === undefined) {
    tables.report.fault(row.line, 'name-unknown', number, { element: 'card period', thing: 'period' })
    return []
  }
  for (const attribute of ['weeks', 'terms'])
    if (/0/.test(attributeOf(row, attribute)))
      tables.report.unsupported(`card ${attribute}="${attributeOf(row, attribute)}"`, row.line)
  const [room = null, ...more] = tables.references(row, rooms, 'room', 'classroomids', 'classroomid')
  if (more.length > 0) tables.report.unsupported('card classroomids="…,…"', row.line)
  if (days.length > 1) tables.report.unsupported(`card days="${attributeOf(row, 'days')}"`, row.line)
  const locked = attributeOf(row, 'locked') === '1'
  return days.map((day) => ({ day, period, room, locked, line: row.line }))
}

function daysOfCard(tables: Tables, grid: AscGrid, row: Row): number[] {
  const number = attributeOf(row, 'day')
  if (number === '') {
    const [mask] = listOf(row, 'days')
    return mask === undefined ? [] : (daysOfMask(mask, row, grid, tables) ?? [])
  }
  const day = grid.dayOf.get(number)
  if (day !== undefined) return [day]
  tables.report.fault(row.line, 'name-unknown', number, { element: 'card day', thing: 'day' })
  return []
}

// A card cannot begin while another of its lesson is on, so rows that follow each other are one card.
function joined(rows: readonly OnePeriod[], length: number): PlacedCard[] {
  const left = [...rows].sort((a, b) => a.day - b.day || a.period - b.period)
  const cards: PlacedCard[] = []
  while (left.length > 0) {
    const [first] = left.splice(0, 1) as [OnePeriod]
    const { line: _, ...card } = first
    cards.push(card)
    for (let next = 1; next < length; next += 1) {
      const [follower] = left
      if (follower?.day === first.day && follower.period === first.period + next) left.splice(0, 1)
      else break
    }
  }
  return cards
}
