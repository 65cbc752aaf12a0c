import { DIVISION_SUBJECTS, SUBJECT_SPELLINGS } from './subjects.words.ts'
import { fold } from './text.ts'

const CANONICAL = new Map(
  SUBJECT_SPELLINGS.flatMap(([name, ...spellings]) =>
    [name, ...spellings].map((spelling) => [foldSubject(spelling), name] as const),
  ),
)

/** The curriculum's name of a subject for any usual spelling; an unknown one stays as it is. */
export function subjectName(text: string): string {
  return CANONICAL.get(foldSubject(text)) ?? text
}

/** Key under which a subject is found again by a later import. */
export function subjectKey(text: string): string {
  return fold(subjectName(text))
}

/** Whether a text is a spelling of a subject known beforehand. */
export function isSubject(text: string): boolean {
  return CANONICAL.has(foldSubject(text))
}

/** The subject that names the division of a class in which this one is taught. */
export function divisionSubject(text: string): string {
  const name = subjectName(text)
  return DIVISION_SUBJECTS.find((subjects) => subjects.includes(name))?.[0] ?? name
}

function foldSubject(text: string): string {
  return fold(text)
    .replace(/\s*\.\s*/g, '. ')
    .trim()
}
