import { assemble } from './assemble/assemble.ts'
import type { Answers, Fault } from './faults.ts'
import { SINGLE_ANSWER, WHO_IS_WHO } from './faults.ts'
import type { IntakeData } from './intake-data.ts'
import type { KnownCentre } from './known-centre.ts'
import type { FileReading, FolderReading } from './read-folder.ts'
import { joinTables } from './readers/tables.ts'
import type { TableKind } from './sheet/headings.words.ts'

/** Which questions somebody has answered: with «yes, take it so», one by one or all, or with who a child is. */
export type Acceptance = { faultIds: string[]; allQuestions: boolean; answers?: Answers; known?: KnownCentre }

/** A file that is not imported: its open faults, or the files it cannot do without. */
export type HeldFile = { name: string; faults: Fault[]; waitsFor: string[] }

/** What may be written now: records of sound files only, and the files held back with the reason. */
export type Importable = { data: IntakeData; ready: string[]; held: HeldFile[] }

// Tables whose people, classes or groups the table names.
const NEEDS: Record<TableKind, TableKind[]> = {
  staff: [],
  curriculum: [],
  bells: [],
  calendar: [],
  'grading-periods': [],
  students: ['curriculum'],
  subgroups: ['students', 'curriculum'],
  'corrective-groups': ['staff', 'students'],
  load: ['staff', 'curriculum', 'subgroups', 'corrective-groups'],
  timetable: ['load', 'bells'],
  procedures: ['students'],
  clubs: ['staff'],
  'club-members': ['clubs', 'students'],
  'lesson-plan': ['staff', 'curriculum'],
  'marks-by-day': ['students'],
  'marks-in-line': ['students'],
  'marks-of-period': ['students'],
  'marks-in-words': ['students'],
}

/**
 * Parts a folder into what can be imported and what is held: a file with an error or an open question
 * is held whole, and so is a file that refers to it.
 */
export function importable(reading: FolderReading, acceptance: Acceptance): Importable {
  const open = new Map(reading.files.map((file) => [file.name, openFaults(file, acceptance)]))
  const held = reading.files
    .filter(({ name }) => (open.get(name) ?? []).length > 0)
    .map(({ name }) => ({ name, faults: open.get(name) ?? [], waitsFor: [] as string[] }))
  // A file held because of another may hold a third: repeat until nothing changes.
  for (let before = -1; before !== held.length; ) {
    before = held.length
    held.push(...waiting(reading.files, held))
  }
  const heldNames = new Set(held.map(({ name }) => name))
  const ready = reading.files.filter(({ name }) => !heldNames.has(name))
  const { known, answers } = acceptance
  const data = assemble(joinTables(ready.map(({ tables }) => tables)), () => undefined, { known, answers })
  return { data, ready: ready.map(({ name }) => name), held }
}

function openFaults({ faults }: FileReading, acceptance: Acceptance): Fault[] {
  return faults.filter((fault) => fault.severity === 'error' || !isAnswered(fault, acceptance))
}

// Who a person is has two answers, and «yes» is neither.
function isAnswered({ id, code }: Fault, { faultIds, allQuestions, answers }: Acceptance): boolean {
  if (WHO_IS_WHO.has(code)) return answers !== undefined && (answers.same.has(id) || answers.other.has(id))
  return faultIds.includes(id) || (allQuestions && !SINGLE_ANSWER.has(code))
}

function waiting(files: FileReading[], held: HeldFile[]): HeldFile[] {
  const heldNames = new Set(held.map(({ name }) => name))
  const heldFiles = files.filter(({ name }) => heldNames.has(name))
  return files
    .filter(({ name }) => !heldNames.has(name))
    .map((file) => ({ name: file.name, faults: [], waitsFor: neededFrom(file, heldFiles) }))
    .filter(({ waitsFor }) => waitsFor.length > 0)
}

function neededFrom({ kinds }: FileReading, held: FileReading[]): string[] {
  const needs = new Set(kinds.flatMap((kind) => NEEDS[kind]))
  return held.filter((file) => file.kinds.some((kind) => needs.has(kind))).map(({ name }) => name)
}
