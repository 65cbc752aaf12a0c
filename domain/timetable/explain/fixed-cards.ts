import { type Constraint, HARD } from '../constraint.ts'
import { isMade, NOWHERE, type TimetableRoom } from '../problem.ts'
import type { Shared } from './fact.ts'
import type { Finding, Placeable } from './finding.ts'

/** Cards by what they share, kept where two or more do. */
class Meetings {
  private readonly found = new Map<string, { who: Shared; slot: number; activities: number[] }>()

  note(who: Shared, slot: number, activity: number): void {
    const name = `${JSON.stringify(who)} ${slot}`
    const known = this.found.get(name)
    if (known) known.activities.push(activity)
    else this.found.set(name, { who, slot, activities: [activity] })
  }

  /** Each set of cards once, with the first that they share. */
  clashes(): { who: Shared; slot: number; activities: readonly number[] }[] {
    const told = new Set<string>()
    return [...this.found.values()].filter(({ activities }) => {
      const fresh = activities.length > 1 && !told.has(activities.join())
      told.add(activities.join())
      return fresh
    })
  }
}

/** Cards that must start together although a teacher or students are in two of them. */
export function sameStartClashes(
  constraints: readonly Constraint[],
  placeable: readonly Placeable[],
): Finding[] {
  return constraints.flatMap((one, constraint) =>
    one.kind === 'same-start' && one.weight === HARD
      ? meetingsOf(one.activities, placeable).map(
          ({ who, activities }): Finding => ({ kind: 'same-start-clash', constraint, activities, who }),
        )
      : [],
  )
}

/** Cards that must start together and have no start in common, each with the first of the others it cannot join. */
export function sameStartsApart(
  constraints: readonly Constraint[],
  placeable: readonly Placeable[],
): Finding[] {
  const startsOf = new Map(placeable.map(({ activity, starts }) => [activity, starts]))
  return constraints.flatMap((one, constraint) => {
    if (one.kind !== 'same-start' || one.weight !== HARD) return []
    const members = one.activities.flatMap((activity) => {
      const starts = startsOf.get(activity)
      return starts ? [{ activity, starts, known: new Set(starts) }] : []
    })
    return members.flatMap((second, index): Finding[] => {
      const first = members
        .slice(0, index)
        .find(({ known }) => !second.starts.some((slot) => known.has(slot)))
      if (!first) return []
      return [
        {
          ...{ kind: 'same-start-apart', constraint },
          activities: [first.activity, second.activity],
          starts: [first.starts, second.starts],
        },
      ]
    })
  })
}

function meetingsOf(activities: readonly number[], placeable: readonly Placeable[]) {
  const asked = new Set(activities)
  const meetings = new Meetings()
  for (const { activity, people } of placeable)
    if (asked.has(activity)) for (const who of people) meetings.note(who, 0, activity)
  return meetings.clashes()
}

/** Cards with one start only that meet there. */
export function fixedClashes(allRooms: readonly TimetableRoom[], placeable: readonly Placeable[]): Finding[] {
  const meetings = new Meetings()
  for (const card of placeable.filter(({ starts }) => starts.length === 1))
    for (const who of wantedBy(allRooms, card))
      for (const slot of card.reach) meetings.note(who, slot, card.activity)
  return meetings.clashes().map((found): Finding => ({ kind: 'fixed-clash', ...found }))
}

/** People of a card and the real rooms it takes wherever it is: its only room, or what that is made of. */
function wantedBy(allRooms: readonly TimetableRoom[], { people, rooms }: Placeable): Shared[] {
  const [room = NOWHERE, ...others] = rooms
  if (room === NOWHERE || others.length > 0) return [...people]
  const found = allRooms[room]
  const sets = isMade(found) ? (found?.parts ?? []) : [[room]]
  const taken = sets.flatMap((set) => (set.length === 1 ? set : []))
  return [...people, ...[...new Set(taken)].map((one) => ({ room: one }))]
}
