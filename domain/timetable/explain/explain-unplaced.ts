import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { type Fact, factName, namedFacts, type PlaceOption, smallestFacts } from './fact.ts'
import { layGround, placeOptions } from './ground.ts'
import { makeScales, type Scales } from './weigh.ts'

/** Something given up, by which the card gets a place in each of the slots and nothing hard is broken by it. */
export type Relaxation = {
  /** Cards to be moved elsewhere, conditions to be given up, rooms to be made larger. */
  readonly give: readonly Fact[]
  readonly slots: readonly number[]
}

/**
 * Why a card has no place: the smallest set of facts that closes every start and room, and relaxations, best first.
 * `free` is a place it could have at once, if there is one; then there are no facts.
 */
export type Explanation = {
  readonly activity: number
  readonly facts: readonly Fact[]
  readonly relaxations: readonly Relaxation[]
  readonly free: { readonly slot: number; readonly room: number } | null
}

/** Options looked at closely for relaxations, those with the least against them first. */
const MOST_WEIGHED = 40
const MOST_RELAXATIONS = 5

/** Explains each of the cards, which have no place in the timetable. */
export function explainUnplaced(
  problem: TimetableProblem,
  timetable: PlacedTimetable,
  cards: readonly number[],
): Explanation[] {
  return cards.map((activity) => {
    const start = timetable.start.slice()
    start[activity] = NOWHERE
    return explainOne(problem, { start, room: timetable.room }, activity)
  })
}

function explainOne(problem: TimetableProblem, timetable: PlacedTimetable, activity: number): Explanation {
  const scales = makeScales(problem, timetable, activity)
  const options = placeOptions(layGround(problem, timetable), activity).map((option) =>
    option.against.size > 0 ? option : { ...option, against: namedFacts(scales.left(option, [])) },
  )
  const open = options.find(({ against }) => against.size === 0)
  return {
    activity,
    facts: smallestFacts(options),
    relaxations: open ? [] : relaxationsOf(scales, options),
    free: open ? { slot: open.slot, room: open.room } : null,
  }
}

/** Gives up what stands against an option, weighs again, and keeps what really frees it. */
function relaxationsOf(scales: Scales, options: readonly PlaceOption[]): Relaxation[] {
  const found = new Map<string, { give: readonly Fact[]; slots: Set<number> }>()
  const easiest = [...options].sort((a, b) => asks(a.against) - asks(b.against)).slice(0, MOST_WEIGHED)
  for (const option of easiest) {
    const give = new Map(option.against)
    for (const fact of scales.left(option, [...give.values()])) give.set(factName(fact), fact)
    const facts = [...give.values()]
    if (scales.left(option, facts).length > 0) continue
    const name = [...give.keys()].sort().join()
    const known = found.get(name) ?? { give: facts, slots: new Set<number>() }
    known.slots.add(option.slot)
    found.set(name, known)
  }
  return [...found.values()]
    .map(({ give, slots }) => ({ give, slots: [...slots] }))
    .sort((a, b) => asks(namedFacts(a.give)) - asks(namedFacts(b.give)) || b.slots.length - a.slots.length)
    .slice(0, MOST_RELAXATIONS)
}

/** How much is asked by giving up the facts: a card moved is the least, a larger room the most. */
const ASKS: Record<Fact['kind'], number> = { card: 2, constraint: 3, capacity: 5, parts: 5 }

function asks(against: ReadonlyMap<string, Fact>): number {
  return [...against.values()].reduce((sum, { kind }) => sum + ASKS[kind], 0)
}
