import { classLabel, gradeRange } from '../values/class-labels.ts'
import { isSubject } from '../values/subjects.ts'
import { BELL_END, BELL_START, PERIOD_COLUMN } from '../values/terms.words.ts'
import { foldWords, lineOf } from '../values/text.ts'
import { dayOf, monthOf } from '../values/times.ts'
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

/** Finds the table of a sheet by its headings, in any order within its first 15 rows. */
export function recognise(sheet: Sheet): Recognised | NearMiss | null {
  const matches = sheet.rows.slice(0, HEADING_ROWS).flatMap((row, index) => rowMatches(row, index))
  const whole = best(matches.filter((match) => match.missing.length === 0))
  if (whole !== null) return firstRepeat(whole) ?? whole
  return nearMiss(best(matches.filter((match) => match.missing.length === 1 && match.columns.size > 1)))
}

function rowMatches(row: CellValue[], headingRow: number): Match[] {
  const headings = row.map((value) => lineOf(value))
  if (headings.filter((heading) => heading !== null).length < 2) return []
  return (Object.keys(HEADINGS) as TableKind[]).map((kind) => match(kind, headings, headingRow))
}

function match(kind: TableKind, headings: (string | null)[], headingRow: number): Match {
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
