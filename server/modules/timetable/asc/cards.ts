import { type AscGrid, daysOfMask } from './grid.ts'
import { attributeOf, listOf, type Row, type Table, type Tables } from './rows.ts'
import { meet, readWeeks, someOf, type Times } from './weeks.ts'

/** A card of a lesson that has its place; `room` is an index or `null`, `always` says whether it is in every week. */
export type PlacedCard = {
  readonly day: number
  readonly period: number
  readonly room: number | null
  readonly locked: boolean
  readonly always: boolean
}

type Held = Omit<PlacedCard, 'always'> & { readonly times: Times; readonly row: Row }

const SEVERAL_ROOMS = 'card classroomids="…,…"'

/**
 * Cards of each lesson that are placed, in the order of the week. A double card is one row at its first lesson of the
 * day in some exports and a row for each lesson in others; a card of several days is a card on each. Rows at one time
 * are one card, be they of other weeks or the same row twice; a card that does not fit into the day has no place.
 */
export function readCards(tables: Tables, grid: AscGrid, lessons: Table, rooms: Table): PlacedCard[][] {
  const rows = lessons.rows.map((): Held[] => [])
  const weeks = readWeeks(tables)
  for (const row of tables.rows('cards', 'card')) {
    const [lesson] = lessonOf(tables, row, lessons)
    if (lesson === undefined) continue
    const times = weeks.timesOf(row)
    rows[lesson]?.push(...placesOf(tables, grid, row, rooms).map((place) => ({ ...place, times, row })))
  }
  return rows.map((held, index) => {
    const length = lengthOf(tables, lessons.rows[index] as Row)
    const cards = apart(atOnce(tables, joinedByWeeks(held, length)), length)
    return fitting(tables, grid, cards, length).map(({ times, row: _, ...card }) => ({
      ...card,
      always: weeks.isAlways(times),
    }))
  })
}

/** How many lessons of the day a card takes. */
export function lengthOf(tables: Tables, lesson: Row): number {
  return Math.max(1, tables.number(lesson, 1, 'periodspercard', 'durationperiods'))
}

function lessonOf(tables: Tables, row: Row, lessons: Table): number[] {
  if (attributeOf(row, 'lessonid') === '') {
    tables.report.fault(row.line, 'value-missing', null, { element: 'card lessonid' })
    return []
  }
  return tables.references(row, lessons, 'lesson', 'lessonid')
}

function placesOf(tables: Tables, grid: AscGrid, row: Row, rooms: Table): Omit<Held, 'times' | 'row'>[] {
  const number = attributeOf(row, 'period')
  const days = daysOfCard(tables, grid, row)
  // A card without a place is in the file as well.
  if (number === '' || days.length === 0) return []
  const period = periodAt(grid, number)
  if (period === null) {
    tables.report.fault(row.line, 'name-unknown', number, { element: 'card period', thing: 'period' })
    return []
  }
  for (const attribute of ['weeks', 'terms'] as const)
    if (someOf(row, attribute) !== '')
      tables.report.unsupported(`card ${attribute}="${someOf(row, attribute)}"`, row.line)
  const [room = null, ...more] = tables.references(row, rooms, 'room', 'classroomids', 'classroomid')
  if (more.length > 0) tables.report.unsupported(SEVERAL_ROOMS, row.line)
  if (days.length > 1) tables.report.unsupported(`card days="${attributeOf(row, 'days')}"`, row.line)
  const locked = attributeOf(row, 'locked') === '1'
  return days.map((day) => ({ day, period, room, locked }))
}

// Lessons before the first bell and events after the last one are in real exports: they get a number outside of the day.
function periodAt({ periodOf, periods }: AscGrid, text: string): number | null {
  if (!/^\d{1,3}$/.test(text)) return null
  const number = Number(text)
  const known = periodOf.get(String(number))
  if (known !== undefined) return known
  const numbers = [...periodOf.keys()].map(Number)
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  if (number > last) return periods.length + number - last - 1
  return number < first ? number - first : null
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

const byTime = (a: Held, b: Held): number => a.day - b.day || a.period - b.period

// What is held in other weeks follows nothing of these.
function joinedByWeeks(rows: readonly Held[], length: number): Held[] {
  const groups = new Map<string, Held[]>()
  for (const row of rows) {
    const key = [...row.times].join()
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flatMap((group) => joined(group, length))
}

// Rows that follow each other are one card as long as it lasts; the same row twice is left to be found later.
function joined(rows: readonly Held[], length: number): Held[] {
  const left = [...rows].sort(byTime)
  const cards: Held[] = []
  while (left.length > 0) {
    const [first] = left.splice(0, 1) as [Held]
    cards.push(first)
    while (left[0] && left[0].day === first.day && left[0].period < first.period + length) {
      const [part] = left.splice(0, 1) as [Held]
      if (part.period === first.period) cards.push(part)
    }
  }
  return cards
}

/** One card of all rows at one time; another room, in the same weeks or others, is named. */
function atOnce(tables: Tables, cards: readonly Held[]): Held[] {
  const places = new Map<string, Held>()
  for (const card of cards) {
    const key = `${card.day}|${card.period}`
    const same = places.get(key)
    if (same && card.room !== null && same.room !== null && same.room !== card.room)
      tables.report.unsupported(SEVERAL_ROOMS, card.row.line)
    places.set(key, {
      ...(same ?? card),
      room: same?.room ?? card.room,
      locked: card.locked || same?.locked === true,
      times: new Set([...(same?.times ?? []), ...card.times]),
    })
  }
  return [...places.values()].sort(byTime)
}

/** Without those that would begin while another of the lesson is on: they are its later part. */
function apart(cards: readonly Held[], length: number): Held[] {
  const kept: Held[] = []
  for (const card of cards) {
    const isOn = kept.some(
      ({ day, period, times }) =>
        day === card.day && card.period < period + length && meet(times, card.times),
    )
    if (!isOn) kept.push(card)
  }
  return kept
}

function fitting(tables: Tables, { periods }: AscGrid, cards: readonly Held[], length: number): Held[] {
  return cards.filter(({ period, row }) => {
    const fits = period >= 0 && period + length <= periods.length
    const begins = period >= 0 && period < periods.length
    const tooLong = begins ? ` periodspercard="${length}"` : ''
    if (!fits) tables.report.unsupported(`card period="${attributeOf(row, 'period')}"${tooLong}`, row.line)
    return fits
  })
}
