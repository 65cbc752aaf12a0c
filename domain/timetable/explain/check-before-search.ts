import { atomsOf, emptyTimetable, NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { type PlaceOption, smallestFacts } from './fact.ts'
import type { Finding, Placeable } from './finding.ts'
import { fixedClashes, sameStartClashes, sameStartsApart } from './fixed-cards.ts'
import { type Ground, layGround, placeOptions } from './ground.ts'
import { peopleOverfull } from './people-load.ts'
import { roomsOverfull } from './room-load.ts'

/**
 * Names what can never fit, before any search: cards too long or without a place, people and rooms with more load than
 * slots, groups that clash by themselves. A locked card has the place it is locked in, whatever that breaks. Nothing
 * found does not promise that everything fits.
 */
export function checkBeforeSearch(problem: TimetableProblem, locks: Locks = {}): Finding[] {
  const ground = layGround(problem, emptyTimetable(problem))
  const findings: Finding[] = []
  const placeable: Placeable[] = []
  const locked = new Set(locks.locked)
  for (const activity of problem.activities.keys()) {
    const start = locked.has(activity) ? (locks.from?.start[activity] ?? NOWHERE) : NOWHERE
    const lock = start === NOWHERE ? null : { start, room: locks.from?.room[activity] ?? NOWHERE }
    const found = lookAt(ground, activity, lock)
    if ('kind' in found) findings.push(found)
    else placeable.push(found)
  }
  return [
    ...findings,
    ...sameStartClashes(problem.constraints, placeable),
    ...sameStartsApart(problem.constraints, placeable),
    ...fixedClashes(problem.rooms, placeable),
    ...peopleOverfull(problem, ground, placeable),
    ...roomsOverfull(ground, placeable),
  ]
}

/** Cards that stay where a timetable has them. */
type Locks = { readonly from?: PlacedTimetable; readonly locked?: readonly number[] }
type Lock = { readonly start: number; readonly room: number }

function lookAt(ground: Ground, activity: number, lock: Lock | null): Finding | Placeable {
  const { problem } = ground
  const card = problem.activities[activity]
  const length = card?.length ?? 1
  if (length > problem.periods.length) return { kind: 'too-long', activity, periods: problem.periods.length }
  const options = placeOptions(ground, activity)
  const open = lock ? placesOfLock(options, lock) : options.filter(({ against }) => against.size === 0)
  if (open.length === 0) return { kind: 'no-place', activity, facts: smallestFacts(options) }
  const starts = [...new Set(open.map(({ slot }) => slot))]
  const reach = starts.flatMap((start) => Array.from({ length }, (_, lesson) => start + lesson))
  const people = [
    ...[...new Set(card?.teachers)].map((teacher) => ({ teacher })),
    ...(card ? atomsOf(problem, card) : []).map((atom) => ({ atom })),
  ]
  return {
    activity,
    length,
    starts,
    reach: [...new Set(reach)].sort((a, b) => a - b),
    rooms: [...new Set(open.map(({ room }) => room))].sort((a, b) => a - b),
    people,
  }
}

/** Where a locked card is; one locked without a room may still be in any of its rooms. */
function placesOfLock(options: readonly PlaceOption[], { start, room }: Lock) {
  if (room !== NOWHERE) return [{ slot: start, room }]
  return options.filter(({ slot }) => slot === start)
}
