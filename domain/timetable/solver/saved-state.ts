import type { PlacedTimetable } from '../problem.ts'
import type { SavedAnnealing } from './annealing.ts'
import type { SavedBest } from './best.ts'
import type { SavedPlacing } from './placing.ts'
import type { SearchOptions } from './search-api.ts'
import type { Snapshot } from './state/snapshot.ts'
import type { State } from './state/state.ts'

/** Ejection first; then cooling and breakout in turns until nothing hard is broken; then polishing. */
export type Phase = 'ejection' | 'cooling' | 'breakout' | 'polish'

/** With plain lists, as JSON. */
export type Plain<T> = { [K in keyof T]: T[K] extends Int32Array ? number[] : T[K] }

/** All that a stopped search needs to go on. */
export type SavedState = {
  readonly options: Omit<SearchOptions, 'from'> & { readonly from?: Plain<PlacedTimetable> }
  readonly phase: Phase
  readonly counters: Counters
  readonly random: number[]
  readonly now: Plain<Snapshot>
  readonly weighted: number
  readonly found: SavedBest
  readonly placing: SavedPlacing
  readonly annealing: SavedAnnealing
  readonly weights: readonly (readonly number[])[]
}

/** How far the phases are. */
export type Counters = {
  steps: number
  credit: number
  rounds: number
  restarts: number
  cycles: number
}

/** The weights that the search moves. */
export function weightsOf({ lineWeight, edgeWeight, roomWeight, keepWeight }: State): Float64Array[] {
  return [lineWeight, edgeWeight, roomWeight, keepWeight]
}

/** As JSON. */
export function plain({ start, option, ...sums }: Snapshot): Plain<Snapshot> {
  return { ...sums, start: [...start], option: [...option] }
}

/** From JSON. */
export function fromPlain({ start, option, ...sums }: Plain<Snapshot>): Snapshot {
  return { ...sums, start: Int32Array.from(start), option: Int32Array.from(option) }
}
