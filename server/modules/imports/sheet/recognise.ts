import { classLabel, gradeRange } from '../values/class-labels.ts'
import { isSubject } from '../values/subjects.ts'
import { BELL_END, BELL_START, PERIOD_COLUMN } from '../values/terms.words.ts'
import { foldWords, lineOf } from '../values/text.ts'
import { dayOf, monthOf, weekdaysOf } from '../values/times.ts'
import type { CellValue, Sheet } from '../workbook.ts'
import type { HeadingSpec, OpenColumns, TableKind } from './headings.words.ts'
import { HEADINGS, SPACED_INITIALS } from './headings.words.ts'

/** A table found in a sheet: what it is, where its headings stand and which column holds what. */
export type Recognised = {
  kind: TableKind
  headingRow: number
  columns: Map<string, number>
  /** Columns of the open kind: a class, a day, a subject, a month, a period or a range of grades each. */
  open: { column: number; heading: string }[]
}

/** Headings that nearly make a table, or that say the same thing twice. */
export type NearMiss = {
  kind: TableKind
  headingRow: number
  problem: 'missing' | 'repeated'
  field: string
  column: number
}

type Match = Recognised & {
  missing: string[]
  strange: number[]
  repeated: { field: string; column: number }[]
}

const HEADING_ROWS = 15
/** The longest heading; what is longer is a text. */
export const MAX_HEADING = 300

/** Finds the table of a sheet by its headings, in any order within its first 15 rows. */
export function recognise(sheet: Sheet): Recognised | NearMiss | null {
  const matches = sheet.rows.slice(0, HEADING_ROWS).flatMap((row, index) => rowMatches(row, index, sheet))
  const whole = best(matches.filter((match) => match.missing.length === 0))
  if (whole !== null) return firstRepeat(whole) ?? whole
  return nearMiss(best(matches.filter(isNear)))
}

// One known column and one open one say as much as two known ones.
function isNear({ missing, columns, open }: Match): boolean {
  return missing.length === 1 && columns.size > 0 && columns.size + open.length > 1
}

function rowMatches(row: CellValue[], headingRow: number, sheet: Sheet): Match[] {
  const headings = row.map((value) => {
    const text = lineOf(value)
    return text === null || text.length > MAX_HEADING ? null : text
  })
  if (headings.filter((heading) => heading !== null).length < 2) return []
  return (Object.keys(HEADINGS) as TableKind[]).map((kind) => match(kind, headings, { headingRow, sheet }))
}

type Heading = { headingRow: number; sheet: Sheet }

function match(kind: TableKind, headings: (string | null)[], { headingRow, sheet }: Heading): Match {
  const spec = HEADINGS[kind]
  const found: Match = {
    kind,
    headingRow,
    columns: new Map(),
    open: [],
    missing: [],
    strange: [],
    repeated: [],
  }
  for (const [column, heading] of headings.entries()) {
    if (heading !== null) place(found, spec, { column, heading })
  }
  if (found.open.length > 0) placeUnnamed(found, spec, headings, sheet)
  const required = Object.entries(spec.fields).filter(([, field]) => field.required)
  found.missing = required.map(([name]) => name).filter((name) => !found.columns.has(name))
  if (spec.open !== undefined && found.open.length === 0) found.missing.push(spec.open)
  return found
}

function place(found: Match, spec: HeadingSpec, at: { column: number; heading: string }): void {
  const words = foldWords(at.heading).replace(...SPACED_INITIALS)
  const named = Object.entries(spec.fields).find(([, field]) => field.words.includes(words))
  if (named === undefined) {
    if (spec.open !== undefined && isOpen(spec.open, at.heading)) found.open.push(at)
    else found.strange.push(at.column)
    return
  }
  const [name, { again }] = named
  const field = found.columns.has(name) && again !== undefined ? again : name
  if (found.columns.has(field)) found.repeated.push({ field, column: at.column })
  else found.columns.set(field, at.column)
}

const IS_UNNAMED = {
  weekday: (text: string) => weekdaysOf(text) !== null,
  period: (text: string) => /^\d{1,2}$/.test(text) && Number(text) <= 15,
}

// The corner of a timetable is often left empty: a column of weekdays or of lesson numbers is one without a word.
function placeUnnamed(found: Match, spec: HeadingSpec, headings: (string | null)[], sheet: Sheet): void {
  const firstOpen = Math.min(...found.open.map(({ column }) => column))
  for (const [name, { unnamed }] of Object.entries(spec.fields)) {
    if (unnamed === undefined || found.columns.has(name)) continue
    const column = headings.findIndex(
      (heading, at) =>
        heading === null && at < firstOpen && holds(sheet, found.headingRow, at, IS_UNNAMED[unnamed]),
    )
    if (column >= 0) found.columns.set(name, column)
  }
}

function holds(sheet: Sheet, headingRow: number, column: number, fits: (text: string) => boolean): boolean {
  let said = 0
  for (let row = headingRow + 1; row < sheet.rows.length; row += 1) {
    const value = sheet.rows[row]?.[column] ?? null
    const text = value === null ? null : lineOf(value)
    if (text === null) continue
    if (!fits(text)) return false
    said += 1
  }
  return said > 0
}

function isOpen(kind: OpenColumns, heading: string): boolean {
  const words = foldWords(heading)
  switch (kind) {
    case 'class':
      return classLabel(heading) !== null
    case 'day':
      return dayOf(heading) !== null
    case 'subject':
      return isSubject(heading)
    case 'month':
      return monthOf(words) >= 0 || PERIOD_COLUMN.test(words)
    case 'period':
      return PERIOD_COLUMN.test(words)
    case 'grades':
      return gradeRange(heading) !== null && (BELL_START.test(words) || BELL_END.test(words))
  }
}

// The table that explains more of the row is the right one: lists of clubs also hold a name and a class.
function best(matches: Match[]): Match | null {
  return matches.reduce<Match | null>(
    (top, one) => (top === null || score(one) > score(top) ? one : top),
    null,
  )
}

function score(match: Match): number {
  return match.columns.size + match.open.length - match.strange.length
}

function firstRepeat({ kind, headingRow, repeated }: Match): NearMiss | null {
  const [repeat] = repeated
  return repeat === undefined ? null : { kind, headingRow, problem: 'repeated', ...repeat }
}

function nearMiss(match: Match | null): NearMiss | null {
  const field = match?.missing[0]
  if (match === null || field === undefined) return null
  const column = match.strange[0] ?? Math.min(...match.columns.values())
  return { kind: match.kind, headingRow: match.headingRow, problem: 'missing', field, column }
}
