import { type Answers, type ExplainedKind, type Hint, nameQuestionIds } from '../faults.ts'
import type { KnownCentre } from '../known-centre.ts'
import { isSubject, subjectKey, subjectName } from '../values/subjects.ts'
import { fold } from '../values/text.ts'

/** Names of the tables whose meaning somebody has told, by kind and text. */
export type Explained = Map<string, { kind: ExplainedKind; said: string; key: string }>

type Explaining = {
  answers: Answers
  known: Pick<KnownCentre, 'explained' | 'subjects'>
  subjects: ReadonlyMap<string, string>
  unheard: ReadonlySet<string>
  explained: Explained
}
type Meant = { keyOf: (name: string) => string | null; isThere: (key: string) => boolean }

/**
 * Key of what a name nobody knows has been said to mean: now, or to an earlier import. What is said now goes first, so
 * that a wrong answer can be taken back; one that means nothing the centre has leaves the question open.
 */
export function explained(
  { answers, known, explained: list }: Explaining,
  { kind, text }: { kind: ExplainedKind; text: string },
  { keyOf, isThere }: Meant,
): string | null {
  const said = answered(answers, kind, text)
  const before = known.explained.find((one) => one.kind === kind && one.said === fold(text))?.key
  const key = said === undefined ? before : keyOf(said)
  if (key === undefined || key === null || !isThere(key)) return null
  list.set(`${kind}|${fold(text)}`, { kind, said: text, key })
  return key
}

/** What the question about a name tells of an answer that meant nothing the centre has. */
export function misanswered({ answers }: Explaining, kind: ExplainedKind, text: string): Hint {
  const said = answered(answers, kind, text)
  return said === undefined ? {} : { answered: said }
}

function answered({ names }: Answers, kind: ExplainedKind, text: string): string | undefined {
  return nameQuestionIds(kind, text)
    .map((id) => names?.get(id))
    .find((name) => name !== undefined)
}

/** The subject a text names: by the journal's name, by a usual spelling, or as somebody has explained it. */
export function subjectCalled(registry: Explaining, text: string): { key: string; name: string } {
  const { known, subjects, unheard } = registry
  const own = { key: subjectKey(text), name: subjectName(text) }
  const nameOf = (key: string): string | undefined =>
    known.subjects.find((one) => one.key === key)?.name ?? (unheard.has(key) ? undefined : subjects.get(key))
  if (nameOf(own.key) !== undefined) return own
  const usual = (name: string): string | null => (isSubject(name) ? subjectKey(name) : null)
  const called = (name: string): string | null =>
    known.subjects.find((one) => fold(one.name) === fold(name))?.key ??
    (nameOf(subjectKey(name)) === undefined ? usual(name) : subjectKey(name))
  const key = explained(registry, { kind: 'subject', text }, { keyOf: called, isThere: () => true })
  return key === null
    ? own
    : { key, name: nameOf(key) ?? subjectName(answered(registry.answers, 'subject', text) ?? text) }
}
