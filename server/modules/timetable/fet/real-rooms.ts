import { type Constraint, HARD } from '#domain/timetable/constraint.ts'
import { isMade, type TimetableRoom } from '#domain/timetable/problem.ts'
import { childrenOf } from '../xml.ts'
import type { FetConstraint } from './fet-constraint.ts'

/**
 * FET locks an activity into a virtual room together with the real rooms that it takes there. Such a virtual room with
 * its real rooms chosen is a room of its own here, and may stand wherever the virtual one may.
 */
export class RealRooms {
  private readonly rooms: readonly TimetableRoom[]
  private readonly chosen: { readonly virtual: number; readonly real: readonly number[] }[] = []
  private readonly held = new Set<number>()

  constructor(rooms: readonly TimetableRoom[]) {
    this.rooms = rooms
  }

  /** Rooms with their real rooms chosen, in the order of their indices, which follow those of the file. */
  get added(): TimetableRoom[] {
    return this.chosen.flatMap(({ virtual, real }) => {
      const room = this.rooms[virtual]
      const names = real.map((one) => this.rooms[one]?.name ?? '').join(' + ')
      return room ? [{ ...room, name: `${room.name} (${names})`, parts: real.map((one) => [one]) }] : []
    })
  }

  /** The virtual room of the file that each of them is. */
  get virtualOf(): ReadonlyMap<number, number> {
    return new Map(this.chosen.map(({ virtual }, index) => [this.rooms.length + index, virtual]))
  }

  /** The constraint with its real rooms; `null` when they cannot be told from it. */
  locked(constraint: FetConstraint): Constraint | null {
    const activity = constraint.activity()
    const [virtual = -1] = constraint.roomList()
    const names = constraint.scope.rooms.index
    const real = childrenOf(constraint.element, 'Real_Room').flatMap(({ text }) => names.get(text) ?? [])
    const room = this.rooms[virtual]
    const { weight, source } = constraint
    if (activity === null || weight !== HARD || !isMade(room) || real.length !== room?.parts?.length)
      return null
    this.held.add(activity)
    const rooms = [this.indexOf(virtual, real)]
    return { kind: 'rooms', activities: [activity], rooms, weight, source }
  }

  private indexOf(virtual: number, real: readonly number[]): number {
    const known = this.chosen.findIndex((one) => one.virtual === virtual && one.real.join() === real.join())
    return this.rooms.length + (known >= 0 ? known : this.chosen.push({ virtual, real }) - 1)
  }

  /** What is asked of a virtual room is asked of it with its real rooms chosen. */
  widened(constraint: Constraint): Constraint[] {
    if (constraint.kind === 'room-away')
      return [constraint, ...this.of([constraint.room]).map((room) => ({ ...constraint, room }))]
    if (constraint.kind !== 'rooms' && constraint.kind !== 'home-rooms') return [constraint]
    const more = this.of(constraint.rooms)
    return [more.length > 0 ? { ...constraint, rooms: [...constraint.rooms, ...more] } : constraint]
  }

  /** Conditions that compare rooms would take one virtual room for several. */
  isCompared(constraint: Constraint): boolean {
    const compares = constraint.kind === 'same-room-if-consecutive' || constraint.kind === 'different-rooms'
    return compares && constraint.activities.some((activity) => this.held.has(activity))
  }

  private of(rooms: readonly number[]): number[] {
    return [...this.virtualOf].flatMap(([index, virtual]) => (rooms.includes(virtual) ? [index] : []))
  }
}
