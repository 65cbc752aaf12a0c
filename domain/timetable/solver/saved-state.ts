import type { PlacedTimetable } from '../problem.ts'
import type { SavedAnnealing } from './annealing.ts'
import type { SavedBest } from './best.ts'
import type { SavedPlacing } from './placing.ts'
import type { SavedPolishing } from './polishing.ts'
import type { SearchOptions } from './search-api.ts'
import type { Plain, Snapshot } from './state/snapshot.ts'

/** Ejection first; then cooling and breakout in turns until nothing hard is broken; then polishing. */
export type Phase = 'ejection' | 'cooling' | 'breakout' | 'polish'

/** All that a stopped search needs to go on. */
export type SavedState = {
  readonly options: SavedOptions
  readonly phase: Phase
  readonly counters: Counters
  readonly random: number[]
  readonly now: Plain<Snapshot>
  readonly weighted: number
  readonly found: SavedBest
  readonly placing: SavedPlacing
  readonly annealing: SavedAnnealing
  readonly polishing: SavedPolishing
  readonly weights: readonly (readonly number[])[]
}

type SavedOptions = Omit<SearchOptions, 'from'> & { readonly from?: Plain<PlacedTimetable> }

/** What a search was told, as JSON. */
export function plainOptions({ from, ...options }: SearchOptions): SavedOptions {
  return from ? { ...options, from: { start: [...from.start], room: [...from.room] } } : options
}

/** From JSON. */
export function optionsFromPlain({ from, ...options }: SavedOptions): SearchOptions {
  if (!from) return options
  return { ...options, from: { start: Int32Array.from(from.start), room: Int32Array.from(from.room) } }
}

/** How far the phases are. */
export type Counters = {
  steps: number
  credit: number
  rounds: number
  restarts: number
}
