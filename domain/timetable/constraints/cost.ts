import { type BrokenPlace, type Constraint, HARD } from '../constraint.ts'
import type { PlacedTimetable, TimetableProblem } from '../problem.ts'
import { clashesOf } from './clashes.ts'
import { layTimetable } from './laid.ts'
import { placesOf } from './pieces.ts'

/**
 * What a timetable costs. `hard`: units of hard constraints and clashes, cards without a place not among them;
 * `unplaced`: those cards; `soft`: units of wishes by their weights; `byConstraint[i]`: units of the i-th constraint.
 */
export type TimetableCost = {
  readonly hard: number
  readonly unplaced: number
  readonly soft: number
  readonly byConstraint: readonly number[]
}

/** Kinds that are hard whatever weight they carry. */
const ALWAYS_HARD: ReadonlySet<string> = new Set<Constraint['kind']>(['away', 'pause'])

/** Every place where the timetable breaks a constraint or has a clash. */
export function brokenPlaces(problem: TimetableProblem, timetable: PlacedTimetable): BrokenPlace[] {
  const laid = layTimetable(problem, timetable)
  const asked = problem.constraints.flatMap((one, constraint) =>
    placesOf(one.kind, one, laid).map((place): BrokenPlace => ({ constraint, ...place })),
  )
  return [...clashesOf(laid), ...asked]
}

/** Whether a place may never be: a clash, or a constraint that is hard. */
export function isHardPlace(problem: TimetableProblem, place: BrokenPlace): boolean {
  if (place.hard || typeof place.constraint === 'string') return true
  const constraint = problem.constraints[place.constraint]
  return constraint?.weight === HARD || ALWAYS_HARD.has(constraint?.kind ?? '')
}

/** Sums up what the timetable breaks. */
export function costOf(problem: TimetableProblem, timetable: PlacedTimetable): TimetableCost {
  const places = brokenPlaces(problem, timetable)
  const byConstraint = problem.constraints.map(() => 0)
  for (const { constraint, amount } of places)
    if (typeof constraint === 'number') byConstraint[constraint] = (byConstraint[constraint] ?? 0) + amount
  const unplaced = sumOf(places.filter(({ constraint }) => constraint === 'unplaced'))
  const hard = sumOf(places.filter((place) => isHardPlace(problem, place))) - unplaced
  const soft = sumOf(
    places.filter((place) => !isHardPlace(problem, place)),
    ({ constraint }) => problem.constraints[Number(constraint)]?.weight ?? 0,
  )
  return { hard, unplaced, soft, byConstraint }
}

function sumOf(places: readonly BrokenPlace[], weightOf = (_: BrokenPlace) => 1): number {
  return places.reduce((sum, place) => sum + place.amount * weightOf(place), 0)
}
