import type { Cooling } from './cooling.ts'
import type { Rising } from './weights.ts'

/** How long a phase is: so many steps for each card, between two bounds. */
export type Length = { readonly perCard: number; readonly least: number; readonly most: number }

/**
 * Steps of ejection without placing more than ever before. It goes on for as long as it gets somewhere: measured over
 * the files on which fet-cl needs more than a second, 600 for each card complete more than 400 or 1500.
 */
export const PATIENCE: Length = { perCard: 600, least: 30_000, most: 2_000_000 }
/**
 * A few cards that fit together badly may stop ejection while hundreds still wait, and cooling begins with a heap. While
 * more than this share of all cards wait, the card that it began with is set aside until the others have places.
 * Measured on FET's `shc-2013-more-difficult`: two seeds that left 423 of 986 cards are complete in 24 and 36 s, and
 * without it not in 100 s; of fifteen runs on thirteen hard files nine end complete in 40 s with it and without it.
 */
export const MANY_WAIT = 1 / 20
/** With cards set aside, patience is halved so many times. */
export const LESS_PATIENCE = 2
/** After restarts it is doubled so many times at most. */
export const MORE_PATIENCE = 2
/**
 * When at most this share of all cards waits, what ejection has placed is not melted down at first: cooling begins warm
 * instead of hot and keeps most of it. Thirty hard files with two seeds are complete a tenth sooner (geometric mean).
 */
export const FEW_WAIT = 1 / 50
/** How many times at first. */
export const KEEPS_AT_FIRST = 2
export const COOL: Length = { perCard: 400, least: 20_000, most: 200_000 }
export const DESCEND: Length = { perCard: 100, least: 60_000, most: 120_000 }
export const MEND: Length = { perCard: 50, least: 5000, most: 30_000 }
const MOST_DOUBLINGS = 3

/** How many times the lengths of phases are doubled: at each second restart. */
export function doublingsOf(restarts: number): number {
  return Math.min(restarts >> 1, MOST_DOUBLINGS)
}

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
  rising: null,
  untilFeasible: true,
}

/**
 * Before cards are taken out that break something, as many as can are moved. A window that one missing card leaves takes
 * half a day of its class with it, that takes more of others, and of 685 cards of an example 36 were left.
 */
export const MENDING: Cooling = { ...COOLING, from: 0.15, to: 0.05 }

/**
 * Goes through timetables that break something hard, and finds far cheaper ones behind them: with a hard worth of 30
 * three examples of FET end at 60, 19 and 35 where with 2 they end at 33, 5 and 15, but with something broken. So it is
 * worth little, and weights that rise lead back.
 */
export const POLISH: Cooling = {
  from: 0.25,
  to: 0.05,
  moves: 0,
  hardWorth: 3,
  softWorth: 1,
  nearTrouble: 0.4,
  rising: { step: 0.3, fall: 0.9, most: 20 },
  untilFeasible: false,
}

/** The first descent stays where nothing hard is broken, so that it ends there. */
export const DESCENT: Cooling = { ...POLISH, from: 0.15, to: 0.02, hardWorth: 20, rising: null }

const FIRST_STRETCH = 60_000
const MOST_STRETCHES_DOUBLED = 8
const HOTTEST = 0.5
const HOTTEST_AFTER = 5

/**
 * The length and heat of a stretch of polish. Short and cool ones find more at first, long and hot ones at last; nobody
 * knows how long a search will be let run.
 */
export function stretchOf(cycle: number): Pick<Cooling, 'from' | 'moves'> {
  const heat = Math.min(1, cycle / HOTTEST_AFTER)
  return {
    from: POLISH.from + (HOTTEST - POLISH.from) * heat,
    moves: FIRST_STRETCH * 2 ** Math.min(cycle, MOST_STRETCHES_DOUBLED),
  }
}

/** Temperature of a start that is nearly right. */
export const WARM = 0.15

/**
 * Breakout goes in short rounds: before each, weights are moved and the cards in trouble looked up. It ends after so many
 * rounds without a better record. From 10 broken units of FET's `Econ-Tim-ver8` two million moves in rounds of 10 000
 * come to 8 and 9, in rounds of 2000 to 5 and 7. With weights that always rose by 0.2, 24 of 30 hard files were complete
 * within 20 s instead of 23, those complete with both after 4.0 s instead of 5.8 s (geometric mean); with the weights as
 * told below `Econ-Tim-ver8` is complete after 128 s, where it was not in 300 s.
 */
export const BREAK: Length = { perCard: 4, least: 1000, most: 4000 }
export const BREAK_ROUNDS = 300

/**
 * Temperature of breakout, and how fast weights rise and fall in it. They may rise very high: from 2 broken units of FET's
 * `Find-the-gaps` three runs of 4000 rounds come to 1, 2 and 1 with weights up to 20, and to 1, 1 and 0 with up to 1000.
 */
export const LOW = 0.15

const GENTLE: Rising = { step: 0.1, fall: 0.97, most: 1000 }
const SHARP: Rising = { step: 0.3, fall: 0.95, most: 1000 }

/**
 * Gently and sharply in turns, since no measure suits all: `Khoi-chieu` is complete after 2–8 s with the first and 3–16 s,
 * or not in 25, with what is between; `Econ-Tim-ver8` comes from 10 broken units to 2–6 with the second and to 6 with
 * the first.
 */
export function risingOf(restarts: number): Rising {
  return restarts % 2 === 0 ? GENTLE : SHARP
}

/** What is tried in turns when nothing else helped, by how many times that has been. */
export type Way = 'little' | 'all-broken' | 'longer' | 'nothing'

/**
 * What did not work is tried otherwise and longer: ejection from where the fewest units were broken, with as little taken
 * out as must be; from the far less that breaks nothing at all; breakout once more from the fewest that were found since
 * the cards were last placed from nothing; and from nothing, so that one bad beginning is not gone back to for ever.
 */
export function wayOf(restarts: number): Way {
  return (['nothing', 'little', 'all-broken', 'longer'] as const)[restarts % 4] ?? 'nothing'
}

/**
 * Throws of a polish: how many slots a bout tries at first, and at least for each move of the stretch that follows; after
 * how many cards placed, or with how many waiting, one leads nowhere; what a wish of cost 1 weighs against throwing a card
 * out, and how many throws the slot that the card has left. Measured on FET's example files on which fet-cl needs up to
 * 12 s, two seeds, at equal time: of 161 runs 27 end cheaper than without throws and 10 dearer, and 4 dearer than fet-cl's
 * instead of 9.
 */
export const RETHROW = {
  slots: 120_000,
  leastShare: 1 / 8,
  mostPlaced: 100,
  mostWaiting: 40,
  softShare: 3,
  leftShare: 30,
}
