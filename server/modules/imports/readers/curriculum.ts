import type { Place, Report } from '../faults.ts'
import type { CurriculumPart } from '../intake-data.ts'
import type { Mention } from '../sheet/cells.ts'
import { readNumberAt, readText } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { lineAt } from '../sheet/table.ts'
import {
  ALL_CLASSES_COLUMN,
  CORRECTIVE_GROUP_HOURS,
  CURRICULUM_PARTS,
  LIMIT_ROW,
  TOTAL_ROW,
} from '../values/terms.words.ts'
import { fold, lineOf } from '../values/text.ts'

export type CurriculumRow = {
  at: Place
  subject: Mention
  classUnit: Mention
  part: CurriculumPart
  hours: number
}

/** What curriculum sheets hold: lines per class, weekly limits per class, hours of corrective groups. */
export type CurriculumRows = {
  lines: CurriculumRow[]
  limits: { classUnit: Mention; hours: number; at: Place }[]
  groups: { name: Mention; hours: number }[]
}

const HOURS = { min: 0, max: 40, step: 0.25 }
const TOTAL_HOURS = { min: 0, max: 100_000, step: 0.25 }

type State = {
  rows: CurriculumRows
  part: CurriculumPart
  groups: boolean
  section: Map<number, number>
  lessons: Map<number, number>
}

/** Hours by class and part; every «Итого» and «Всего» is counted again and compared. */
export function readCurriculum(table: Table, report: Report): CurriculumRows {
  const rows: CurriculumRows = { lines: [], limits: [], groups: [] }
  const state: State = { rows, part: 'mandatory', groups: false, section: new Map(), lessons: new Map() }
  const sumColumn = totalColumn(table)
  for (let row = table.headingRow + 1; row < table.sheet.rows.length; row += 1) {
    const line = lineAt(table, row)
    const title = readText(line, 'subject', report)
    if (title !== null) takeRow(state, line, { title, sumColumn, report })
  }
  return rows
}

type RowTitle = { title: string; sumColumn: number | null; report: Report }

function takeRow(state: State, line: Line, row: RowTitle): void {
  const folded = fold(row.title)
  const isHeading = line.table.open.every(({ column }) => lineOf(line.valueAt(column)) === null)
  if (isHeading && CORRECTIVE_GROUP_HOURS.test(folded)) state.groups = true
  else if (isHeading) enterPart(state, folded)
  else if (LIMIT_ROW.test(folded)) takeLimits(state, line, row.report)
  else if (TOTAL_ROW.test(folded)) checkTotals(state, line, row)
  else if (state.groups) takeGroup(state, line, row)
  else takeLine(state, line, row)
}

function enterPart(state: State, folded: string): void {
  const part = CURRICULUM_PARTS.find(([pattern]) => pattern.test(folded))?.[1]
  if (part === undefined) return
  state.part = part
  state.section = new Map()
}

function takeLimits(state: State, line: Line, report: Report): void {
  for (const { column, heading } of line.table.open) {
    const hours = readNumberAt(line, column, report, HOURS)
    const classUnit = { text: heading, at: headingPlace(line, column) }
    if (hours !== null) state.rows.limits.push({ classUnit, hours, at: line.placeAt(column) })
  }
}

function takeGroup(state: State, line: Line, { title, report }: RowTitle): void {
  const [first] = line.table.open
  const hours = first === undefined ? null : readNumberAt(line, first.column, report, HOURS)
  if (hours !== null) state.rows.groups.push({ name: { text: title, at: line.at('subject') }, hours })
}

function takeLine(state: State, line: Line, { title, sumColumn, report }: RowTitle): void {
  const subject = { text: title, at: line.at('subject') }
  let sum = 0
  for (const { column, heading } of line.table.open) {
    const hours = readNumberAt(line, column, report, HOURS)
    if (hours === null || hours === 0) continue
    const classUnit = { text: heading, at: headingPlace(line, column) }
    state.rows.lines.push({ at: line.placeAt(column), subject, classUnit, part: state.part, hours })
    add(state.section, column, hours)
    if (state.part === 'mandatory' || state.part === 'formed') add(state.lessons, column, hours)
    sum += hours
  }
  if (sumColumn !== null) compare(line, sumColumn, { expected: sum, report })
}

// «Всего учебных часов» counts both lesson parts, «Итого …» the part it closes.
function checkTotals(state: State, line: Line, { title, sumColumn, report }: RowTitle): void {
  const sums = sumsFor(state, fold(title))
  let whole = 0
  for (const { column } of line.table.open) {
    const expected = sums.get(column) ?? 0
    whole += expected
    compare(line, column, { expected, report })
  }
  if (sumColumn !== null) compare(line, sumColumn, { expected: whole, report })
}

function sumsFor(state: State, folded: string): Map<number, number> {
  const namesPart = CURRICULUM_PARTS.some(([pattern]) => pattern.test(folded.replace(/^\S+\s+/, '')))
  return namesPart ? state.section : state.lessons
}

function compare(
  line: Line,
  column: number,
  { expected, report }: { expected: number; report: Report },
): void {
  const stated = readNumberAt(line, column, () => undefined, TOTAL_HOURS)
  if (stated === null || stated === expected) return
  report(line.placeAt(column), 'total-differs', stated, { expected: String(expected) })
}

function totalColumn(table: Table): number | null {
  const headings = table.sheet.rows[table.headingRow] ?? []
  const column = headings.findIndex((value) => ALL_CLASSES_COLUMN.test(fold(lineOf(value) ?? '')))
  return column < 0 ? null : column
}

function headingPlace(line: Line, column: number): Place {
  return lineAt(line.table, line.table.headingRow).placeAt(column)
}

function add(sums: Map<number, number>, column: number, hours: number): void {
  sums.set(column, (sums.get(column) ?? 0) + hours)
}
