import type { Day } from '#domain/calendar/day.ts'
import { emailOf, phoneOf } from '#domain/people/contacts.ts'
import { isNameSpelled, mixesAlphabets, nameText } from '#domain/people/spelling.ts'
import type { Place, Report } from '../faults.ts'
import type { PersonName } from '../values/names.ts'
import { personName } from '../values/names.ts'
import { fold, hasHiddenCharacters, lineOf } from '../values/text.ts'
import { ambiguousDay, dayOf } from '../values/times.ts'
import type { CellValue, Sheet } from '../workbook.ts'
import type { Line } from './table.ts'

/** A text with the cell it stands in, to be resolved against other files later. */
export type Mention = { text: string; at: Place }

const MAX_TEXT = 300
const MAX_NAME = 100

/** Text of a cell on one line; notes hidden characters, errors of the spreadsheet and texts over `max` characters. */
export function readText(line: Line, field: string, report: Report, max = MAX_TEXT): string | null {
  return checkedText(line.value(field), line.at(field), { report, max, sheet: line.table.sheet })
}

/** Text that must be there; null was reported. */
export function needText(line: Line, field: string, report: Report, max = MAX_TEXT): string | null {
  const text = readText(line, field, report, max)
  if (isBlank(line, field)) report(line.at(field), 'value-missing', null, { field })
  return text
}

/** A text with its place, null when the cell is empty or unfit. */
export function readMention(line: Line, field: string, report: Report): Mention | null {
  const text = readText(line, field, report)
  return text === null ? null : { text, at: line.at(field) }
}

/** A mention that must be there; null was reported. */
export function needMention(line: Line, field: string, report: Report): Mention | null {
  const text = needText(line, field, report)
  return text === null ? null : { text, at: line.at(field) }
}

/** A person's name in parts; whatever is no name is reported and not taken. */
export function readName(line: Line, field: string, report: Report): PersonName | null {
  const written = readText(line, field, report, MAX_NAME)
  if (written === null) return null
  const text = nameText(written)
  const at = line.at(field)
  if (!isNameSpelled(text)) {
    report(at, 'name-characters', text)
    return null
  }
  if (mixesAlphabets(text)) report(at, 'mixed-alphabets', text)
  const name = personName(text)
  if (name === null) report(at, 'name-incomplete', text)
  return name
}

/** A person's name that must be there. */
export function needName(line: Line, field: string, report: Report): PersonName | null {
  if (isBlank(line, field)) report(line.at(field), 'value-missing', null, { field })
  return readName(line, field, report)
}

/** A day that must exist in the calendar; an empty cell is null without a word. */
export function readDay(line: Line, field: string, report: Report): Day | null {
  const value = line.value(field)
  if (isBlank(line, field) || !isSound(value, line.at(field), line.table.sheet, report)) return null
  const day = dayOf(value)
  if (day === null) report(line.at(field), 'date-invalid', value)
  const unclear = ambiguousDay(value)
  if (unclear !== null) report(line.at(field), 'date-ambiguous', value, unclear)
  return day
}

/** A day that must be there; null was reported. */
export function needDay(line: Line, field: string, report: Report): Day | null {
  if (isBlank(line, field)) report(line.at(field), 'value-missing', null, { field })
  return readDay(line, field, report)
}

export type NumberRange = { min: number; max: number; step: number }

/** A number within bounds, in multiples of `step`; an empty cell is null without a word. */
export function readNumber(line: Line, field: string, report: Report, range: NumberRange): number | null {
  return checkedNumber(line.value(field), line.at(field), { report, range, sheet: line.table.sheet })
}

/** A number of any column, as in tables with a column per class. */
export function readNumberAt(line: Line, column: number, report: Report, range: NumberRange): number | null {
  return checkedNumber(line.valueAt(column), line.placeAt(column), { report, range, sheet: line.table.sheet })
}

/** Text of any column. */
export function readTextAt(line: Line, column: number, report: Report): string | null {
  return checkedText(line.valueAt(column), line.placeAt(column), {
    report,
    max: MAX_TEXT,
    sheet: line.table.sheet,
  })
}

/** A telephone number in one form; a doubtful one is asked about and left out. */
export function readPhone(line: Line, field: string, report: Report): string | null {
  const text = readText(line, field, report)
  const phone = text === null ? null : phoneOf(text)
  if (text !== null && phone === null) report(line.at(field), 'phone-unclear', text)
  return phone
}

/** A mail address in lower case; a doubtful one is asked about and left out. */
export function readEmail(line: Line, field: string, report: Report): string | null {
  const text = readText(line, field, report)
  const email = text === null ? null : emailOf(text)
  if (text !== null && email === null) report(line.at(field), 'email-unclear', text)
  return email
}

/** The code a folded text stands for, by the first pattern that fits; an unknown text is reported. */
export function readCode<Code extends string>(
  line: Line,
  field: string,
  report: Report,
  codes: readonly (readonly [RegExp, Code])[],
): Code | null {
  const text = readText(line, field, report)
  if (text === null) return null
  const code = codes.find(([pattern]) => pattern.test(fold(text)))?.[1] ?? null
  if (code === null) report(line.at(field), 'value-unknown', text, { field })
  return code
}

// An empty formula has its own fault, and so has a text that was left out.
function isBlank(line: Line, field: string): boolean {
  const cell = line.at(field).cell ?? ''
  const { formulas, longTexts } = line.table.sheet
  return lineOf(line.value(field)) === null && !formulas.has(cell) && !longTexts.has(cell)
}

type Check = { report: Report; sheet: Sheet }

function checkedText(
  value: CellValue,
  at: Place,
  { report, max, sheet }: Check & { max: number },
): string | null {
  if (!isSound(value, at, sheet, report)) return null
  if (typeof value === 'string' && hasHiddenCharacters(value)) {
    report(at, 'hidden-characters', value)
    return null
  }
  const text = lineOf(value)
  if (text === null || text.length <= max) return text
  report(at, 'value-too-long', text, { max: String(max), length: String(text.length) })
  return null
}

function checkedNumber(
  value: CellValue,
  at: Place,
  { report, range, sheet }: Check & { range: NumberRange },
): number | null {
  const text = lineOf(value)
  if (!isSound(value, at, sheet, report) || text === null) return null
  const number = typeof value === 'number' ? value : Number(text.replace(',', '.'))
  if (!Number.isFinite(number)) report(at, 'number-invalid', value)
  else if (isWithin(number, range)) return number
  else report(at, 'number-out-of-range', value, { min: String(range.min), max: String(range.max) })
  return null
}

function isWithin(number: number, { min, max, step }: NumberRange): boolean {
  return number >= min && number <= max && Number.isInteger(number / step)
}

function isSound(value: CellValue, at: Place, sheet: Sheet, report: Report): boolean {
  if (typeof value === 'string' && /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)/.test(value)) {
    report(at, 'cell-error', value)
    return false
  }
  if (at.cell === null || !sheet.formulas.has(at.cell)) return true
  report(at, value === null ? 'formula-without-value' : 'formula', value)
  return value !== null
}
