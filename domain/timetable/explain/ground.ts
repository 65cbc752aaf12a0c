import { type Constraint, type ConstraintKind, HARD } from '../constraint.ts'
import { type LaidTimetable, layTimetable, type PersonWeek } from '../constraints/laid.ts'
import type { Asked } from '../constraints/piece.ts'
import { atomsOf, isMade, NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { type Fact, namedFacts, type PlaceOption } from './fact.ts'

type Numbered<K extends ConstraintKind> = { readonly index: number; readonly asked: Asked<K> }

/** A timetable with the hard conditions that close places one by one, ready to be asked about cards. */
export type Ground = {
  readonly problem: TimetableProblem
  readonly laid: LaidTimetable
  readonly users: readonly (readonly (readonly number[])[])[]
  readonly pauses: readonly Numbered<'pause'>[]
  readonly aways: readonly Numbered<'away'>[]
  readonly roomAways: readonly Numbered<'room-away'>[]
  readonly times: readonly Numbered<'starts' | 'slots'>[]
  readonly rooms: readonly Numbered<'rooms' | 'home-rooms'>[]
}

/** Lays out the ground for `factsAgainst` and `placeOptions`. */
export function layGround(problem: TimetableProblem, timetable: PlacedTimetable): Ground {
  const laid = layTimetable(problem, timetable)
  const slots = problem.days.length * problem.periods.length
  const users = problem.rooms.map(() => Array.from({ length: slots }, (): number[] => []))
  for (const card of laid.cards)
    for (let slot = card?.start ?? 0; slot < (card?.end ?? 0); slot++)
      if (card) users[card.room]?.[slot]?.push(card.activity)
  const all = problem.constraints.map((asked, index) => ({ asked, index }))
  const isHard = ({ asked }: { asked: Constraint }) => asked.weight === HARD
  return {
    problem,
    laid,
    users,
    pauses: all.filter((one): one is Numbered<'pause'> => one.asked.kind === 'pause'),
    aways: all.filter((one): one is Numbered<'away'> => one.asked.kind === 'away'),
    roomAways: all
      .filter(isHard)
      .filter((one): one is Numbered<'room-away'> => one.asked.kind === 'room-away'),
    times: all
      .filter(isHard)
      .filter(
        (one): one is Numbered<'starts' | 'slots'> =>
          one.asked.kind === 'starts' || one.asked.kind === 'slots',
      ),
    rooms: all
      .filter(isHard)
      .filter(
        (one): one is Numbered<'rooms' | 'home-rooms'> =>
          one.asked.kind === 'rooms' || one.asked.kind === 'home-rooms',
      ),
  }
}

/** Starts of a card that do not run beyond a day, with every room it may be in, and what stands against each. */
export function placeOptions(ground: Ground, activity: number): PlaceOption[] {
  const { problem } = ground
  const length = problem.activities[activity]?.length ?? 1
  const periods = problem.periods.length
  const timeFacts = timeFactsOf(ground, activity)
  const { rooms, unmet } = roomsFor(ground, activity)
  const options: PlaceOption[] = []
  for (let slot = 0; slot < problem.days.length * periods; slot++) {
    if ((slot % periods) + length > periods) continue
    const lessons = Array.from({ length }, (_, lesson) => slot + lesson)
    const always = [...timeFacts(slot, lessons), ...unmet]
    for (const room of rooms)
      options.push({
        slot,
        room,
        against: namedFacts([...always, ...roomFacts(ground, activity, room, lessons)]),
      })
  }
  return options
}

/** The rooms hard conditions leave to a card; `unmet` are those conditions when they leave none. */
export function roomsFor(
  { problem, rooms }: Ground,
  activity: number,
): { readonly rooms: readonly number[]; readonly unmet: readonly Fact[] } {
  const named = problem.constraints.some((one) => one.kind === 'rooms' && one.activities.includes(activity))
  const kind = named ? 'rooms' : 'home-rooms'
  const own = rooms.filter(({ asked }) => asked.kind === kind && asked.activities.includes(activity))
  const [first, ...others] = own
  if (!first) return { rooms: [NOWHERE], unmet: [] }
  const left = first.asked.rooms.filter((room) => others.every(({ asked }) => asked.rooms.includes(room)))
  if (left.length > 0) return { rooms: [...new Set(left)], unmet: [] }
  return { rooms: [NOWHERE], unmet: own.map(({ index }) => ({ kind: 'constraint', constraint: index })) }
}

/** The people of a card and what they are called among facts. */
function weeksOf({ problem, laid }: Ground, activity: number): PersonWeek[] {
  const card = problem.activities[activity]
  if (!card) return []
  return [
    ...card.teachers.flatMap((one) => laid.teachers[one] ?? []),
    ...atomsOf(problem, card).flatMap((one) => laid.atoms[one] ?? []),
  ]
}

function timeFactsOf(ground: Ground, activity: number) {
  const weeks = weeksOf(ground, activity)
  const teachers = weeks.flatMap(({ who }) => ('teacher' in who ? who.teacher : []))
  const atoms = weeks.flatMap(({ who }) => ('atom' in who ? who.atom : []))
  const aways = ground.aways.filter(
    ({ asked: { people } }) =>
      people.teachers.some((one) => teachers.includes(one)) ||
      people.atoms.some((one) => atoms.includes(one)),
  )
  const closing = [...ground.pauses, ...aways].map(({ index, asked }) => ({
    index,
    slots: new Set(asked.slots),
  }))
  const times = ground.times
    .filter(({ asked }) => asked.activities.includes(activity))
    .map(({ index, asked }) => ({ index, whole: asked.kind === 'slots', slots: new Set(asked.slots) }))
  return (slot: number, lessons: readonly number[]): Fact[] => {
    const closed = closing.filter(({ slots }) => lessons.some((lesson) => slots.has(lesson)))
    const missed = times.filter(({ whole, slots }) =>
      (whole ? lessons : [slot]).some((lesson) => !slots.has(lesson)),
    )
    return [
      ...[...closed, ...missed].map(({ index }): Fact => ({ kind: 'constraint', constraint: index })),
      ...weeks.flatMap(({ at, who }) =>
        lessons.flatMap((lesson) =>
          (at[lesson] ?? []).map((other): Fact => ({ kind: 'card', activity: other, shared: who })),
        ),
      ),
    ]
  }
}

function roomFacts(ground: Ground, activity: number, room: number, lessons: readonly number[]): Fact[] {
  const { problem, users, roomAways } = ground
  const found = problem.rooms[room]
  if (!found) return []
  const taken = isMade(found) ? [] : lessons.flatMap((lesson) => users[room]?.[lesson] ?? [])
  return [
    ...(found.capacity < (problem.activities[activity]?.size ?? 0)
      ? [{ kind: 'capacity', room } as const]
      : []),
    ...roomAways
      .filter(({ asked }) => asked.room === room && asked.slots.some((slot) => lessons.includes(slot)))
      .map(({ index }): Fact => ({ kind: 'constraint', constraint: index })),
    ...taken.map((other): Fact => ({ kind: 'card', activity: other, shared: { room } })),
  ]
}
