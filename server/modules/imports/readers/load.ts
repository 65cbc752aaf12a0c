import type { Place, Report } from '../faults.ts'
import type { CurriculumPart } from '../intake-data.ts'
import type { Mention } from '../sheet/cells.ts'
import { needMention, readCode, readMention, readNumber, readTextAt } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { lineAt, recordLines } from '../sheet/table.ts'
import { CURRICULUM_PARTS, TOTAL_ROW } from '../values/terms.words.ts'
import { fold, lineOf } from '../values/text.ts'

export type LoadRow = {
  at: Place
  teacher: Mention
  subject: Mention
  classUnit: Mention
  subgroup: Mention | null
  hours: number
  hoursAt: Place
  part: CurriculumPart | null
}

export type SubgroupRow = {
  at: Place
  classUnit: Mention
  child: Mention
  labels: { subject: string; label: string | null; at: Place }[]
}

const HOURS = { min: 0.25, max: 40, step: 0.25 }
const TOTAL_HOURS = { min: 0, max: 100_000, step: 0.25 }

/** Who teaches what to whom and how much; subtotals per teacher and of the centre are counted again. */
export function readLoad(table: Table, report: Report): LoadRow[] {
  const rows = recordLines(table).flatMap((line) => readLoadLine(line, report))
  checkTotals(table, rows, report)
  return rows
}

/** Which child is in which subgroup, a column per division of the class. */
export function readSubgroups(table: Table, report: Report): SubgroupRow[] {
  return recordLines(table).flatMap((line) => {
    const classUnit = needMention(line, 'classUnit', report)
    const child = needMention(line, 'person', report)
    if (classUnit === null || child === null) return []
    const labels = table.open.map(({ column, heading }) => ({
      subject: heading,
      label: readTextAt(line, column, report),
      at: line.placeAt(column),
    }))
    return [{ at: line.at('person'), classUnit, child, labels }]
  })
}

function readLoadLine(line: Line, report: Report): LoadRow[] {
  const teacher = needMention(line, 'teacher', report)
  const subject = needMention(line, 'subject', report)
  const classUnit = needMention(line, 'classUnit', report)
  const hours = readNumber(line, 'hours', report, HOURS)
  if (lineOf(line.value('hours')) === null)
    report(line.at('hours'), 'value-missing', null, { field: 'hours' })
  const subgroup = readMention(line, 'subgroup', report)
  const part = readCode(line, 'part', report, CURRICULUM_PARTS)
  if (teacher === null || subject === null || classUnit === null || hours === null) return []
  return [
    { at: line.at('teacher'), teacher, subject, classUnit, subgroup, hours, hoursAt: line.at('hours'), part },
  ]
}

// A subtotal closes the rows above it up to the previous one; the last one of the sheet may count all.
function checkTotals(table: Table, rows: LoadRow[], report: Report): void {
  const sumOf = (list: LoadRow[]): number => list.reduce((sum, row) => sum + row.hours, 0)
  const cells = new Map(rows.map((row) => [row.hoursAt.cell, row]))
  let block: LoadRow[] = []
  for (let row = table.headingRow + 1; row < table.sheet.rows.length; row += 1) {
    const line = lineAt(table, row)
    const record = cells.get(line.at('hours').cell)
    if (record !== undefined) block.push(record)
    else if (TOTAL_ROW.test(fold(lineOf(line.value('teacher')) ?? ''))) {
      compare(line, block.length > 0 ? sumOf(block) : sumOf(rows), report)
      block = []
    }
  }
}

function compare(line: Line, expected: number, report: Report): void {
  const stated = readNumber(line, 'hours', () => undefined, TOTAL_HOURS)
  if (stated === null || stated === expected) return
  report(line.at('hours'), 'total-differs', stated, { expected: String(expected) })
}
