import { costOf } from '../constraints/cost.ts'
import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { type Fact, factName, namedFacts, type PlaceOption, smallestFacts } from './fact.ts'
import { layGround, placeOptions } from './ground.ts'
import { makeScales, type Scales } from './weigh.ts'

/** Something given up, by which the card gets a place in each of the slots and nothing hard is broken by it. */
export type Relaxation = {
  /** Cards to be moved elsewhere, conditions to be given up, rooms to be made larger. */
  readonly give: readonly Fact[]
  readonly slots: readonly number[]
  /** Where each card of `give` could go when the card has the first of the slots; `null` when it has no place then. */
  readonly moves: readonly CardMove[]
}

/** A card and the place it could have at once. */
export type CardMove = { readonly activity: number; readonly to: CardPlace | null }

/** A start and a room, `NOWHERE` for a card without one. */
export type CardPlace = { readonly slot: number; readonly room: number }

/**
 * Why a card has no place: the smallest set of facts that closes every start and room, and relaxations, best first.
 * `free` is a place it could have at once, if there is one; then there are no facts.
 */
export type Explanation = {
  readonly activity: number
  readonly facts: readonly Fact[]
  readonly relaxations: readonly Relaxation[]
  readonly free: CardPlace | null
}

/** Options looked at closely for relaxations, those with the least against them first. */
const MOST_WEIGHED = 40
const MOST_RELAXATIONS = 5
/** Relaxations for which it is tried where the cards could go; each takes some milliseconds. */
const MOST_TRIED = 10

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
  const { scales, options, free } = weighed(problem, timetable, activity)
  return {
    activity,
    facts: smallestFacts(options),
    relaxations: free ? [] : relaxationsOf({ problem, timetable, activity }, scales, options),
    free,
  }
}

/** The places of a card with what stands against each, and one that nothing stands against. */
function weighed(problem: TimetableProblem, timetable: PlacedTimetable, activity: number) {
  const scales = makeScales(problem, timetable, activity)
  const options = placeOptions(layGround(problem, timetable), activity).map((option) =>
    option.against.size > 0 ? option : { ...option, against: namedFacts(scales.left(option, [])) },
  )
  const open = options.find(({ against }) => against.size === 0)
  return { scales, options, free: open ? { slot: open.slot, room: open.room } : null }
}

type Case = {
  readonly problem: TimetableProblem
  readonly timetable: PlacedTimetable
  readonly activity: number
}

/** Gives up what stands against an option, weighs again, and keeps what really frees it. */
function relaxationsOf(one: Case, scales: Scales, options: readonly PlaceOption[]): Relaxation[] {
  const found = new Map<string, { give: readonly Fact[]; slots: Set<number>; at: CardPlace }>()
  const easiest = [...options].sort((a, b) => asks(a.against) - asks(b.against)).slice(0, MOST_WEIGHED)
  for (const option of easiest) {
    const give = new Map(option.against)
    for (const fact of scales.left(option, [...give.values()])) give.set(factName(fact), fact)
    const facts = [...give.values()]
    if (scales.left(option, facts).length > 0) continue
    const name = [...give.keys()].sort().join()
    const known = found.get(name) ?? { give: facts, slots: new Set<number>(), at: option }
    known.slots.add(option.slot)
    found.set(name, known)
  }
  return [...found.values()]
    .sort((a, b) => asks(namedFacts(a.give)) - asks(namedFacts(b.give)) || b.slots.size - a.slots.size)
    .slice(0, MOST_TRIED)
    .map(({ give, slots, at }) => ({ give, slots: [...slots], moves: movesFor(one, at, give) }))
    .sort((a, b) => homeless(a) - homeless(b))
    .slice(0, MOST_RELAXATIONS)
}

/** Puts the card there and each that it drives out, one after the other, where nothing stands against it. */
function movesFor({ problem, timetable, activity }: Case, at: CardPlace, give: readonly Fact[]): CardMove[] {
  const start = timetable.start.slice()
  const room = timetable.room.slice()
  const put = (card: number, place: CardPlace | null) => {
    start[card] = place?.slot ?? NOWHERE
    room[card] = place?.room ?? NOWHERE
  }
  const driven = give.flatMap((fact) => (fact.kind === 'card' ? [fact.activity] : []))
  for (const card of driven) put(card, null)
  put(activity, at)
  const moves = driven.map((card) => {
    const to = weighed(problem, { start, room }, card).free
    put(card, to)
    return { activity: card, to }
  })
  // A card that leaves may open a window that the next one does not fill.
  const holds = breaksNoMore(problem, give, timetable, { start, room })
  return holds ? moves : moves.map((move) => ({ ...move, to: null }))
}

/** Whether no more is broken than before, what is given up aside. */
function breaksNoMore(
  problem: TimetableProblem,
  give: readonly Fact[],
  before: PlacedTimetable,
  after: PlacedTimetable,
): boolean {
  if (give.some(({ kind }) => kind === 'capacity' || kind === 'parts')) return true
  const names = new Set(give.map(factName))
  const constraints = problem.constraints.filter((_, index) => !names.has(`constraint ${index}`))
  const relaxed = { ...problem, constraints }
  return costOf(relaxed, after).hard <= costOf(relaxed, before).hard
}

function homeless({ moves }: Relaxation): number {
  return moves.filter(({ to }) => !to).length
}

/** How much is asked by giving up the facts: a card moved is the least, a larger room the most. */
const ASKS: Record<Fact['kind'], number> = { card: 2, constraint: 3, capacity: 5, parts: 5 }

function asks(against: ReadonlyMap<string, Fact>): number {
  return [...against.values()].reduce((sum, { kind }) => sum + ASKS[kind], 0)
}
