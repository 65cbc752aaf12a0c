import type { Rising } from './weights.ts'

/** Moves after which the temperature falls. */
export const COOL_EVERY = 1000

/** What a hard unit of weight 1 and a soft cost of 1 are worth. */
export type Worth = { readonly hardWorth: number; readonly softWorth: number }

/** A stretch of annealing: its temperatures, its length, and what is worth what. */
export type Cooling = Worth & {
  readonly from: number
  readonly to: number
  readonly moves: number
  /** How often a move begins with a card that is in trouble. */
  readonly nearTrouble: number
  /** How weights move at each look, or `null` for not at all. */
  readonly rising: Rising | null
  /** Ends when nothing hard is broken. */
  readonly untilFeasible: boolean
}

/** By what the temperature is multiplied each time, so that it ends where it should. */
export function factorOf({ from, to, moves }: Cooling): number {
  return (to / from) ** (1 / Math.max(1, moves / COOL_EVERY))
}
