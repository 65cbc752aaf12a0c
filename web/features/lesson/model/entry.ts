import type { Problem } from '#contract/problem.ts'

/** Why a typed value is not in the journal. */
export type Trouble<Value> = { value: Value; operationId: string } & (
  | { kind: 'refused'; problem: Problem }
  | { kind: 'conflict'; theirs: Value }
)

/**
 * One record of the lesson with what is happening to it. `sent` is the newest own value on its way; each value
 * on its way will have raised the version by one.
 */
export type Entry<Value> = {
  held: Value
  version: number
  sent: { value: Value; operationId: string; version: number } | null
  trouble: Trouble<Value> | null
  /** Saved by this screen since it was opened. */
  saved: boolean
}

export type Standing<Value> = { value: Value; version: number }

export function fresh<Value>(held: Value, version: number): Entry<Value> {
  return { held, version, sent: null, trouble: null, saved: false }
}

/** What the screen shows: one's own newest value, whatever became of it, else what the server holds. */
export function shown<Value>({ held, sent, trouble }: Entry<Value>): Value {
  return (sent ?? trouble ?? { value: held }).value
}

export function seenVersion<Value>({ version, sent }: Entry<Value>): number {
  return sent?.version ?? version
}

/** Whether anything has ever been said here, by the server or by one's own hand. */
export function isSaid<Value>(entry: Entry<Value>): boolean {
  return seenVersion(entry) > 0
}

export function typed<Value>(
  entry: Entry<Value>,
  value: Value,
  operationId: string,
  seen = seenVersion(entry),
): Entry<Value> {
  return { ...entry, trouble: null, saved: false, sent: { value, operationId, version: seen + 1 } }
}

export function accepted<Value>(
  entry: Entry<Value>,
  standing: Standing<Value>,
  operationId: string,
): Entry<Value> {
  const next = heldNow(entry, standing)
  if (entry.sent && entry.sent.operationId !== operationId) return next
  return { ...next, sent: null, trouble: null, saved: true }
}

/** The server would not take it. A newer value already on its way stands in its place. */
export function refused<Value>(entry: Entry<Value>, operationId: string, problem: Problem): Entry<Value> {
  if (entry.sent?.operationId !== operationId) return entry
  return {
    ...entry,
    sent: null,
    trouble: { kind: 'refused', value: entry.sent.value, operationId, problem },
  }
}

/** Somebody else was first. The same value twice is no quarrel. */
export function conflicted<Value>(
  entry: Entry<Value>,
  standing: Standing<Value>,
  operationId: string,
): Entry<Value> {
  const next = heldNow(entry, standing)
  if (entry.sent?.operationId !== operationId) return next
  const { value } = entry.sent
  if (isSame(value, standing.value)) return { ...next, sent: null, saved: true }
  return { ...next, sent: null, trouble: { kind: 'conflict', value, operationId, theirs: standing.value } }
}

/** Another screen has changed it. While an own value is on its way the server will decide between them. */
export function changedElsewhere<Value>(entry: Entry<Value>, standing: Standing<Value>): Entry<Value> {
  if (entry.sent || standing.version <= entry.version) return entry
  return { ...entry, held: standing.value, version: standing.version, saved: false }
}

export function givenUp<Value>(entry: Entry<Value>): Entry<Value> {
  return { ...entry, sent: null, trouble: null }
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function heldNow<Value>(entry: Entry<Value>, standing: Standing<Value>): Entry<Value> {
  if (standing.version < entry.version) return entry
  return { ...entry, held: standing.value, version: standing.version }
}

export type EntryState = 'idle' | 'pending' | 'saved' | 'refused' | 'conflict'

export function stateOf<Value>({ sent, trouble, saved }: Entry<Value>): EntryState {
  if (trouble) return trouble.kind
  if (sent) return 'pending'
  return saved ? 'saved' : 'idle'
}
