import type { Cooling } from './cooling.ts'

/** How long a phase is: so many steps for each card, between two bounds. */
export type Length = { readonly perCard: number; readonly least: number; readonly most: number }

/**
 * Steps of ejection without placing more than ever before. It goes on for as long as it gets somewhere: measured over
 * the files on which fet-cl needs more than a second, 600 for each card complete more than 400 or 1500.
 */
export const PATIENCE: Length = { perCard: 600, least: 30_000, most: 2_000_000 }
export const BREAK: Length = { perCard: 20, least: 1000, most: 10_000 }
export const COOL: Length = { perCard: 400, least: 20_000, most: 200_000 }
export const BREAK_ROUNDS = 60
export const POLISH_MOVES = 300_000
/** Each second restart doubles lengths, up to so many times. */
export const MOST_DOUBLINGS = 3

/** Steps for so many cards. */
export function lengthFor(cards: number, { perCard, least, most }: Length): number {
  return Math.min(most, Math.max(least, perCard * cards))
}

export const COOLING: Cooling = {
  from: 0.35,
  to: 0.12,
  moves: 0,
  hardWorth: 1,
  softWorth: 0.1,
  nearTrouble: 0.4,
  untilFeasible: true,
}

export const POLISH: Cooling = {
  from: 0.8,
  to: 0.05,
  moves: POLISH_MOVES,
  hardWorth: 4,
  softWorth: 1,
  nearTrouble: 0.4,
  untilFeasible: false,
}

/** Temperatures of a start that is nearly right, and of breakout; how fast weights rise and fall. */
export const WARM = 0.15
export const LOW = 0.15
export const RAISE = 0.1
export const FALL = 0.97
