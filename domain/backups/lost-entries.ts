/** How many operations one question to the server may be about: they stand in an address. */
export const ASKED_AT_ONCE = 50

/** One write of a record that a restore has taken back, and the version its author wrote over. */
export type LostWrite<Value> = { key: string; value: Value; version: number }

/** The last value written to a record, and the version that stood before the first of the lost writes. */
export type LostEntry<Value> = { key: string; value: Value; seen: number }

/** A record as the journal holds it now; version 0 was never written. */
export type StandingRecord<Value> = { value: Value; version: number }

/**
 * How a lost value stands to what the journal holds now: it stands there already, its place is as its author found it,
 * or somebody has written there since.
 */
export type LostState = 'same' | 'as-before' | 'changed'

/** What was last written to each record, in the order in which their first writes came. */
export function lostEntries<Value>(writes: readonly LostWrite<Value>[]): LostEntry<Value>[] {
  const entries = new Map<string, LostEntry<Value>>()
  for (const { key, value, version } of writes)
    entries.set(key, { key, value, seen: entries.get(key)?.seen ?? version })
  return [...entries.values()]
}

/**
 * A restore only takes versions away, so one above what the author saw was written after it. Versions themselves say no
 * more than that: the same number may by then be of another value.
 */
export function lostState<Value>(
  { value, seen }: LostEntry<Value>,
  standing: StandingRecord<Value>,
  isSame: (one: Value, other: Value) => boolean,
): LostState {
  if (standing.version > 0 && isSame(value, standing.value)) return 'same'
  return standing.version > seen ? 'changed' : 'as-before'
}
