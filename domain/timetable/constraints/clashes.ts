import { type BrokenPlace, type Clash, HARD } from '../constraint.ts'
import { isMade } from '../problem.ts'
import type { LaidTimetable, PersonWeek } from './laid.ts'
import { placeIf } from './piece.ts'

/** All that is broken without being asked for. */
export function clashesOf(laid: LaidTimetable): BrokenPlace[] {
  return [
    ...laid.teachers.flatMap((week) => personClashes(week, 'teacher-clash')),
    ...laid.atoms.flatMap((week) => personClashes(week, 'student-clash')),
    ...roomClashes(laid),
    ...unplaced(laid),
    ...tooSmall(laid),
  ]
}

function named(constraint: Clash) {
  return (place: Omit<BrokenPlace, 'constraint'>): BrokenPlace => ({ constraint, ...place })
}

function personClashes(week: PersonWeek, clash: Clash): BrokenPlace[] {
  return week.at.flatMap((activities, slot) =>
    placeIf(activities.length - 1, { ...week.who, activities, slots: [slot] }).map(named(clash)),
  )
}

function unplaced({ cards }: LaidTimetable): BrokenPlace[] {
  return cards.flatMap((card, activity) =>
    placeIf(card ? 0 : 1, { activities: [activity], slots: [] }).map(named('unplaced')),
  )
}

function tooSmall({ cards, problem }: LaidTimetable): BrokenPlace[] {
  return cards.flatMap((card) => {
    const room = card && problem.rooms[card.room]
    if (!card || !room) return []
    const over = (problem.activities[card.activity]?.size ?? 0) > room.capacity
    return placeIf(over ? 1 : 0, {
      activities: [card.activity],
      slots: [card.start],
      room: card.room,
    }).map(named('capacity'))
  })
}

/** Rooms asked for more often than they are there. */
export function roomClashes(laid: LaidTimetable): BrokenPlace[] {
  const { problem, cards } = laid
  const slots = problem.days.length * problem.periods.length
  const usersOf = problem.rooms.map(() => Array.from({ length: slots }, (): number[] => []))
  for (const card of cards)
    for (let slot = card?.start ?? 0; slot < (card?.end ?? 0); slot++)
      if (card) usersOf[card.room]?.[slot]?.push(card.activity)
  const direct = usersOf.flatMap((bySlot, room) =>
    isMade(problem.rooms[room])
      ? []
      : bySlot.flatMap((activities, slot) =>
          placeIf(activities.length - 1, { activities, slots: [slot], room }).map(named('room-clash')),
        ),
  )
  const made = problem.rooms.some(isMade) ? missingParts(laid, usersOf) : []
  return [...direct, ...made]
}

/** Real rooms that lessons in rooms made of others lack, slot by slot: as many as no sharing out can serve. */
function missingParts({ problem }: LaidTimetable, usersOf: readonly number[][][]): BrokenPlace[] {
  const slots = problem.days.length * problem.periods.length
  const closed = problem.rooms.map(() => new Set<number>())
  for (const one of problem.constraints)
    if (one.kind === 'room-away' && one.weight === HARD)
      for (const slot of one.slots) closed[one.room]?.add(slot)
  return Array.from({ length: slots }, (_, slot) => {
    const isFree = (room: number) => !usersOf[room]?.[slot]?.length && !closed[room]?.has(slot)
    const asked = problem.rooms.flatMap(({ parts = [] }, room) =>
      (usersOf[room]?.[slot] ?? []).flatMap((activity) =>
        parts.map((part) => ({ part: part.filter(isFree), activity })),
      ),
    )
    const served = servedBy(asked.map(({ part }) => part))
    return placeIf(asked.length - served, {
      activities: [...new Set(asked.map(({ activity }) => activity))],
      slots: [slot],
    }).map(named('room-clash'))
  }).flat()
}

/** How many of the wishes can have a room of their own at once (maximum matching by augmenting paths). */
function servedBy(wishes: readonly (readonly number[])[]): number {
  const holder = new Map<number, number>()
  const give = (wish: number, seen: Set<number>): boolean =>
    (wishes[wish] ?? []).some((room) => {
      if (seen.has(room)) return false
      seen.add(room)
      const other = holder.get(room)
      if (other !== undefined && !give(other, seen)) return false
      holder.set(room, wish)
      return true
    })
  return wishes.filter((_, wish) => give(wish, new Set())).length
}
