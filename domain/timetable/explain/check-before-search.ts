import { atomsOf, emptyTimetable, type TimetableProblem } from '../problem.ts'
import { smallestFacts } from './fact.ts'
import type { Finding, Placeable } from './finding.ts'
import { fixedClashes, sameStartClashes } from './fixed-cards.ts'
import { type Ground, layGround, placeOptions } from './ground.ts'
import { peopleOverfull } from './people-load.ts'
import { roomsOverfull } from './room-load.ts'

/**
 * Names what can never fit, before any search: cards too long or without a place, people and rooms with more load than
 * slots, groups that clash by themselves. Nothing found does not promise that everything fits.
 */
export function checkBeforeSearch(problem: TimetableProblem): Finding[] {
  const ground = layGround(problem, emptyTimetable(problem))
  const findings: Finding[] = []
  const placeable: Placeable[] = []
  for (const activity of problem.activities.keys()) {
    const found = lookAt(ground, activity)
    if ('kind' in found) findings.push(found)
    else placeable.push(found)
  }
  return [
    ...findings,
    ...sameStartClashes(problem.constraints, placeable),
    ...fixedClashes(problem.rooms, placeable),
    ...peopleOverfull(problem, ground, placeable),
    ...roomsOverfull(ground, placeable),
  ]
}

function lookAt(ground: Ground, activity: number): Finding | Placeable {
  const { problem } = ground
  const card = problem.activities[activity]
  const length = card?.length ?? 1
  if (length > problem.periods.length) return { kind: 'too-long', activity, periods: problem.periods.length }
  const options = placeOptions(ground, activity)
  const open = options.filter(({ against }) => against.size === 0)
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
