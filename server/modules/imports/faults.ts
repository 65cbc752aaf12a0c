import { createHash } from 'node:crypto'
import { fold } from './values/text.ts'
import type { CellValue } from './workbook.ts'
import type { WorkbookRefusal } from './workbook-refusal.ts'

/** Where something stands in the folder; `cell` is null when it concerns the whole sheet or file. */
export type Place = { file: string; sheet: string | null; cell: string | null }

/** A fault blocks its file for good; a question blocks it until somebody waves it through. */
export type Severity = 'error' | 'question'

const SEVERITY = {
  'value-missing': 'error',
  'value-too-long': 'error',
  'value-unknown': 'error',
  'hidden-characters': 'error',
  'name-characters': 'error',
  'name-incomplete': 'error',
  'cell-error': 'error',
  'formula-without-value': 'error',
  'number-invalid': 'error',
  'number-out-of-range': 'error',
  'date-invalid': 'error',
  'date-order': 'error',
  'time-invalid': 'error',
  'lesson-unreadable': 'error',
  'heading-missing': 'error',
  'heading-repeated': 'error',
  'file-unknown': 'error',
  'title-unreadable': 'error',
  'class-unknown': 'error',
  'subject-unknown': 'error',
  'teacher-unknown': 'error',
  'person-ambiguous': 'error',
  'child-duplicated': 'error',
  'teacher-duplicated': 'error',
  'row-duplicated': 'error',
  'subgroup-unknown': 'error',
  'group-unknown': 'error',
  'group-not-said': 'error',
  'lesson-not-in-load': 'error',
  'lesson-twice': 'error',
  'intake-unknown': 'error',
  'intake-other': 'error',
  'mark-unknown': 'error',
  'rows-differ': 'error',
  formula: 'question',
  'sheet-unknown': 'question',
  'phone-unclear': 'question',
  'email-unclear': 'question',
  'mixed-alphabets': 'question',
  'position-unknown': 'question',
  'age-unlikely': 'question',
  'date-outside-intake': 'question',
  'child-unknown': 'question',
  'child-probably-duplicated': 'question',
  'child-class-differs': 'question',
  'child-without-subgroup': 'question',
  'group-without-load': 'question',
  'total-differs': 'question',
  'size-differs': 'question',
  'load-over-limit': 'question',
  'load-differs-from-curriculum': 'question',
  'hours-differ': 'question',
  'teacher-twice': 'question',
  'room-twice': 'question',
  'method-day': 'question',
  'missed-lesson-differs': 'question',
  'home-school-differs': 'question',
  'birth-date-differs': 'question',
  'average-differs': 'question',
  'intake-differs': 'question',
  'intake-over': 'question',
  'study-days-differ': 'question',
  'date-ambiguous': 'question',
  'child-corrected': 'question',
  'staff-corrected': 'question',
  'staff-probably-duplicated': 'question',
  'subject-new': 'question',
} as const satisfies Record<string, Severity>

export type FaultCode = keyof typeof SEVERITY | `workbook-${WorkbookRefusal}`

/** What the sentence about a fault needs besides its value: limits, what was expected, what was found. */
export type Hint = Record<string, string>

/** One thing wrong or doubtful in one place; its `id` is the same in every run over the same cell. */
export type Fault = Place & {
  id: string
  code: FaultCode
  value: string | null
  hint: Hint
  severity: Severity
}

/** Notes a fault; readers and checks are given one and never throw. */
export type Report = (place: Place, code: FaultCode, value?: CellValue, hint?: Hint) => void

const MAX_SHOWN_CHARS = 80
const MAX_PER_FILE = 500

/** Questions with two answers, the same person or another, to which «yes» is none. */
export const WHO_IS_WHO: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'child-corrected',
  'child-probably-duplicated',
  'staff-corrected',
  'staff-probably-duplicated',
])

// A name is asked about once, wherever it stands.
const BY_VALUE: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'subject-new',
  'subject-unknown',
  'teacher-unknown',
  'class-unknown',
])

/** What may be known under another name. */
export type ExplainedKind = 'subject' | 'staff' | 'class'

const NAME_QUESTIONS: Record<ExplainedKind, FaultCode[]> = {
  subject: ['subject-new', 'subject-unknown'],
  staff: ['teacher-unknown'],
  class: ['class-unknown'],
}

/** Questions that are answered with the name under which the journal or another table has it. */
export const OTHER_NAME: ReadonlySet<FaultCode> = new Set(Object.values(NAME_QUESTIONS).flat())

/**
 * Questions about who a person is, what a day means or which intake a table is of: no answer to all questions at once is an answer to them, since a
 * child written twice cannot be taken back.
 */
export const SINGLE_ANSWER: ReadonlySet<FaultCode> = new Set<FaultCode>([
  ...WHO_IS_WHO,
  'subject-new',
  'date-ambiguous',
  'intake-over',
])

/** What somebody has said of such a question, by its number. */
export type Answers = {
  same: ReadonlySet<string>
  other: ReadonlySet<string>
  /** The known name that one nobody knows stands for. */
  names?: ReadonlyMap<string, string>
}

/** Number of the question about a cell. */
export function questionId(place: Place, code: FaultCode): string {
  return faultId(place, code, 0)
}

/** Numbers of the questions a name that nobody knows may raise: an answer to one of them answers all. */
export function nameQuestionIds(kind: ExplainedKind, name: string): string[] {
  return NAME_QUESTIONS[kind].map((code) => valueId(shorten(name), code))
}

/** Collects faults in the order they are met; the same fault in the same cell is kept once. */
export function makeFaultList(): { report: Report; faults: Fault[] } {
  const faults: Fault[] = []
  const known = new Set<string>()
  const counts = new Map<string, number>()
  const countUp = (key: string): number => {
    const before = counts.get(key) ?? 0
    counts.set(key, before + 1)
    return before
  }
  const report: Report = (place, code, value = null, hint = {}) => {
    const shown = value === null ? null : shorten(String(value))
    const same = JSON.stringify([place, code, shown, hint])
    const severity = severityOf(code)
    // Counted apart, so that many questions never hide an error.
    if (known.has(same) || (counts.get(`${place.file}|${severity}`) ?? 0) >= MAX_PER_FILE) return
    known.add(same)
    countUp(`${place.file}|${severity}`)
    const turn = countUp(JSON.stringify([place, code]))
    const id = BY_VALUE.has(code) ? valueId(shown ?? '', code) : faultId(place, code, turn)
    faults.push({ ...place, id, code, value: shown, hint, severity })
  }
  return { report, faults }
}

function severityOf(code: FaultCode): Severity {
  return code in SEVERITY ? SEVERITY[code as keyof typeof SEVERITY] : 'error'
}

function valueId(value: string, code: FaultCode): string {
  return faultId({ file: fold(value), sheet: null, cell: null }, code, 0)
}

// The second fault of one kind in one cell, as in a cell with two lessons, needs an id of its own.
function faultId(place: Place, code: FaultCode, turn: number): string {
  const parts = [place.file, place.sheet ?? '', place.cell ?? '', code, ...(turn > 0 ? [String(turn)] : [])]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 10)
}

function shorten(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return plain.length > MAX_SHOWN_CHARS ? `${plain.slice(0, MAX_SHOWN_CHARS)}…` : plain
}
