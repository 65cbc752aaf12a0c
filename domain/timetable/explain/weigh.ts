import { type Constraint, HARD, type People } from '../constraint.ts'
import { roomClashes } from '../constraints/clashes.ts'
import { isHardPlace } from '../constraints/cost.ts'
import { layTimetable } from '../constraints/laid.ts'
import { placesOf } from '../constraints/pieces.ts'
import { atomsOf, isMade, NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { type Fact, factName, type PlaceOption } from './fact.ts'

/** What a card breaks when it is put somewhere; conditions that do not touch it are not counted. */
export type Scales = {
  /** Facts that still stand against the option when some facts are gone. */
  readonly left: (option: PlaceOption, gone: readonly Fact[]) => Fact[]
}

/** Makes scales for one card of a timetable. */
export function makeScales(problem: TimetableProblem, timetable: PlacedTimetable, activity: number): Scales {
  const touching = problem.constraints.flatMap((one, index) => {
    const own = ownPart(problem, one, activity)
    return own ? [{ own, index }] : []
  })
  const near = cardsNear(
    problem,
    activity,
    touching.map(({ own }) => own),
  )
  const left = (option: PlaceOption, gone: readonly Fact[]): Fact[] => {
    const names = new Set(gone.map(factName))
    const kept = touching.filter(({ index }) => !names.has(`constraint ${index}`))
    const small: TimetableProblem = { ...problem, constraints: kept.map(({ own }) => own) }
    const start = timetable.start.map((slot, card) => (near.has(card) ? slot : NOWHERE))
    const room = timetable.room.slice()
    start[activity] = NOWHERE
    for (const fact of gone) if (fact.kind === 'card') start[fact.activity] = NOWHERE
    const before = hardUnits(small, { start, room })
    start[activity] = option.slot
    room[activity] = option.room
    const after = hardUnits(small, { start, room })
    const risen = kept.filter((_, at) => (after[at] ?? 0) > (before[at] ?? 0))
    const facts = risen.map(({ index }): Fact => ({ kind: 'constraint', constraint: index }))
    if ((after.at(-1) ?? 0) > (before.at(-1) ?? 0)) facts.push({ kind: 'parts', room: option.room })
    return facts.filter((fact) => !names.has(factName(fact)))
  }
  return { left }
}

/** Hard units of each constraint, and last those of rooms when some are made of others. */
function hardUnits(problem: TimetableProblem, timetable: PlacedTimetable): number[] {
  const laid = layTimetable(problem, timetable)
  const units = problem.constraints.map((one, constraint) =>
    placesOf(one.kind, one, laid)
      .filter((place) => isHardPlace(problem, { constraint, ...place }))
      .reduce((sum, { amount }) => sum + amount, 0),
  )
  const made = problem.rooms.some(isMade) ? roomClashes(laid) : []
  return [...units, made.reduce((sum, { amount }) => sum + amount, 0)]
}

/** Cards that can matter to what the card breaks: those of its people and of its conditions; all, when rooms are made up. */
function cardsNear(
  problem: TimetableProblem,
  activity: number,
  touching: readonly Constraint[],
): ReadonlySet<number> {
  if (problem.rooms.some(isMade)) return new Set(problem.activities.keys())
  const card = problem.activities[activity]
  const atoms = new Set(card ? atomsOf(problem, card) : [])
  const near = new Set(touching.flatMap(cardsNamed))
  problem.activities.forEach((other, index) => {
    const shares = other.teachers.some((teacher) => card?.teachers.includes(teacher))
    if (shares || atomsOf(problem, other).some((atom) => atoms.has(atom))) near.add(index)
  })
  return near
}

function cardsNamed(one: Constraint): readonly number[] {
  if ('first' in one) return [one.first, one.second]
  return 'activities' in one ? one.activities : []
}

/** The constraint as far as it looks at the card: whole, or for its people only; `null` when it does not or is a wish. */
function ownPart(problem: TimetableProblem, one: Constraint, activity: number): Constraint | null {
  if (one.kind === 'pause') return one
  const never = one.weight === HARD || one.kind === 'away' || (one.kind === 'days-apart' && one.adjacent)
  if (!never) return null
  if (one.kind === 'room-away') return one
  if ('people' in one) return forPeopleOf(problem, one, activity)
  return looksAt(one, activity) ? one : null
}

function forPeopleOf<C extends { readonly people: People }>(
  problem: TimetableProblem,
  one: C,
  activity: number,
): C | null {
  const card = problem.activities[activity]
  const atoms = new Set(card ? atomsOf(problem, card) : [])
  const teachers = one.people.teachers.filter((teacher) => card?.teachers.includes(teacher))
  const people = { teachers, atoms: one.people.atoms.filter((atom) => atoms.has(atom)) }
  return teachers.length + people.atoms.length > 0 ? { ...one, people } : null
}

/** The end of a day is moved by any card of it. */
function looksAt(one: Constraint, activity: number): boolean {
  if (one.kind === 'ends-day' || one.kind === 'not-last') return true
  if ('first' in one) return one.first === activity || one.second === activity
  return 'activities' in one && one.activities.includes(activity)
}
