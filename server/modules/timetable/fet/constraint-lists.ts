import { type Constraint, type ConstraintKind, HARD, type Weight } from '#domain/timetable/constraint.ts'
import { cannotDoWithout, type TimetableProblem, type TimetableRoom } from '#domain/timetable/problem.ts'
import type { Unsupported } from '../faults.ts'
import { element, textElement } from './markup.ts'
import type { Saying } from './saying.ts'
import { sayConstraint } from './write-constraints.ts'

/** A wish is at most this much in FET: 100 % would be an order. */
const MOST_WISHED = 0.99

/** The insides of both lists of constraints, and what FET has no words for. */
export function constraintLists(saying: Saying): { time: string; space: string; unsupported: Unsupported[] } {
  const all = merged(saying.problem.constraints)
  const wishes = all.flatMap(({ weight }) => (weight === HARD ? [] : weight))
  const lighter = Math.min(1, MOST_WISHED / Math.max(MOST_WISHED, ...wishes))
  const lost = new Map<string, number>()
  const written = { time: owed('Time'), space: owed('Space') }
  for (const constraint of all) {
    const said = sayConstraint(constraint.kind, constraint as never, saying)
    for (const why of lostOf(constraint, said.length, saying.problem)) lost.set(why, (lost.get(why) ?? 0) + 1)
    const weight = textElement('Weight_Percentage', percentage(constraint.weight, lighter))
    for (const { type, inside, space } of said)
      written[space ? 'space' : 'time'] += element(
        `Constraint${type}`,
        ...[weight, inside, textElement('Active', 'true')],
      )
  }
  if (lighter < 1) lost.set('weights above 99 %, all wishes made lighter', wishes.length)
  const unsupported = [...lost].map(([type, count]) => ({ type, count, lines: [] }))
  return { ...written, unsupported }
}

function percentage(weight: Weight, lighter: number): number {
  return weight === HARD ? 100 : Number((weight * lighter * 100).toFixed(4))
}

function owed(list: 'Time' | 'Space'): string {
  const whole = textElement('Weight_Percentage', 100) + textElement('Active', 'true')
  return element(`ConstraintBasicCompulsory${list}`, whole)
}

const COUNTED_OTHERWISE: ReadonlySet<ConstraintKind> = new Set(['hours', 'running'])

function lostOf(constraint: Constraint, said: number, { rooms }: TimetableProblem): string[] {
  const wish = constraint.weight !== HARD
  if (said === 0) return [wish ? `${constraint.kind} as a wish` : constraint.kind]
  if (constraint.kind === 'room-away' && wish)
    return rooms.some((one) => mayTake(one, constraint.room))
      ? [`${constraint.kind} counted in rooms made of others`]
      : []
  const once = 'once' in constraint && constraint.once === true
  return wish && COUNTED_OTHERWISE.has(constraint.kind) && !once
    ? [`${constraint.kind} counted by lessons`]
    : []
}

/** FET counts lessons that take the room of those it is made of, we those that must. */
function mayTake(room: TimetableRoom, other: number): boolean {
  return (room.parts?.flat().includes(other) ?? false) && !cannotDoWithout(room, other)
}

/**
 * FET takes one list of pauses and one list of away times of each person and room; of a room it takes a list for each
 * weight, with no slot in two of them.
 */
function merged(all: readonly Constraint[]): Constraint[] {
  const found = new Map<string, Weighed>()
  const rest: Constraint[] = []
  for (const constraint of all) {
    const slotted = byWhose(constraint)
    if (slotted.length === 0) rest.push(constraint)
    for (const { key, one } of slotted)
      found.set(key, { one, weights: added(found.get(key)?.weights ?? new Map(), one) })
  }
  return [...[...found.values()].flatMap(byWeight), ...rest]
}

function added(weights: Weighed['weights'], one: Slotted): Weighed['weights'] {
  const weight = one.kind === 'room-away' ? one.weight : HARD
  const more = [...new Set(one.slots)].map((slot) => [slot, (weights.get(slot) ?? 0) + weight] as const)
  return new Map([...weights, ...more])
}

function byWeight({ one, weights }: Weighed): Constraint[] {
  const slots = [...weights.keys()].sort((a, b) => a - b)
  return [...new Set(weights.values())].map((weight) => ({
    ...one,
    weight,
    slots: slots.filter((slot) => weights.get(slot) === weight),
  }))
}

type Slotted = Constraint & { readonly slots: readonly number[] }
/** What each slot weighs in all constraints on the slots of one of them. */
type Weighed = { readonly one: Slotted; readonly weights: ReadonlyMap<number, Weight> }

/** A constraint about slots taken apart by whose they are; nothing for any other. */
function byWhose(constraint: Constraint): { key: string; one: Slotted }[] {
  switch (constraint.kind) {
    case 'pause':
      return [{ key: 'pause', one: constraint }]
    case 'room-away':
      return [{ key: `room ${constraint.room}`, one: constraint }]
    case 'away': {
      const { teachers, atoms } = constraint.people
      return [
        ...teachers.map((one) => ({
          key: `teacher ${one}`,
          one: { ...constraint, people: { teachers: [one], atoms: [] } },
        })),
        ...atoms.map((one) => ({
          key: `atom ${one}`,
          one: { ...constraint, people: { teachers: [], atoms: [one] } },
        })),
      ]
    }
    default:
      return []
  }
}
