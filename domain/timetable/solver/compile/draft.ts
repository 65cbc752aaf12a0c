import { atomsOf, cannotDoWithout, MAX_PERIODS, type TimetableProblem } from '../../problem.ts'
import { RULE } from '../tables.ts'

/** Points are kept in thousandths, so that sums of them are exact. */
export const POINT = 1000

export type RuleDraft = { kind: number; weight: number; a: number; b: number }

/** A line being written: `parent` is the person whose hours are open to it, or -1 for everybody's. */
export type LineDraft = { clash: boolean; parent: number; uses: readonly number[]; rules: RuleDraft[] }

/** A condition on two starts; `code` is hard units × 256 + soft units, and equal keys mean equal codes. */
export type PairForm = {
  readonly key: string
  readonly weight: number
  readonly code: (a: number, b: number, lengthA: number, lengthB: number) => number
}

export type RoomWish = { readonly weight: number; readonly rooms: readonly number[] }

/** What the compilers of the kinds of constraint write into, before it is laid out in flat arrays. */
export class Draft {
  readonly problem: TimetableProblem
  readonly days: number
  readonly periods: number
  readonly slots: number
  readonly lengths: Uint8Array
  /** Teachers first, then atoms, then lines that only some activities belong to. */
  readonly lines: LineDraft[]
  readonly lineAway: Uint8Array[]
  readonly paused: Uint8Array
  /** `room * slots + slot`, of the rooms and then of their doors. */
  readonly roomAway: number[]
  /** `room * slots + slot`: what a lesson in the room costs there; empty when no wish asks. */
  roomCost = new Float64Array(0)
  readonly allowed: (Uint8Array | null)[]
  readonly startCost: (Float64Array | null)[]
  readonly together: (readonly number[])[] = []
  readonly pairA: number[] = []
  readonly pairB: number[] = []
  readonly pairForm: PairForm[] = []
  readonly roomWishes: RoomWish[][]
  readonly homeWishes: RoomWish[][]
  /** Rooms and doors. */
  rooms: number
  readonly lists: number[] = []
  readonly ledgers: { readonly uses: readonly number[]; readonly points: readonly number[] }[] = []
  readonly marks: (readonly number[])[] = []
  readonly keeps: {
    activities: readonly number[]
    starts: readonly number[]
    atMost: number
    weight: number
  }[] = []

  constructor(problem: TimetableProblem) {
    this.problem = problem
    this.days = problem.days.length
    this.periods = problem.periods.length
    if (this.periods > MAX_PERIODS)
      throw new RangeError(`${this.periods} periods a day; the search knows at most ${MAX_PERIODS}`)
    this.slots = this.days * this.periods
    const { activities } = problem
    this.lengths = Uint8Array.from(activities, ({ length }) => length)
    this.lines = personLines(problem)
    this.lineAway = this.lines.map(() => new Uint8Array(this.slots))
    this.paused = new Uint8Array(this.slots)
    this.rooms = problem.rooms.length
    this.roomAway = new Array<number>(this.rooms * this.slots).fill(0)
    this.allowed = activities.map(() => null)
    this.startCost = activities.map(() => null)
    this.roomWishes = activities.map(() => [])
    this.homeWishes = activities.map(() => [])
  }

  /** The line of an atom. */
  atomLine(atom: number): number {
    return this.problem.teachers.length + atom
  }

  /** A line that counts some activities only. */
  addLine(parent: number, uses: readonly number[], clash = false): LineDraft {
    const line = { clash, parent, uses, rules: [] }
    this.lines.push(line)
    return line
  }

  /** Where a list begins that a rule refers to. */
  addList(numbers: readonly number[]): number {
    return this.lists.push(...numbers) - numbers.length
  }

  /** Slots as a mask of periods for each day. */
  addSlotMasks(slots: readonly number[]): number {
    const masks = new Array<number>(this.days).fill(0)
    for (const slot of slots) {
      const day = Math.floor(slot / this.periods)
      masks[day] = (masks[day] ?? 0) | (1 << (slot % this.periods))
    }
    return this.addList(masks)
  }

  addRule(line: LineDraft, kind: keyof typeof RULE, weight: number, a: number, b = 0): void {
    if (weight > 0) line.rules.push({ kind: RULE[kind], weight, a, b })
  }

  addPair(a: number, b: number, form: PairForm): void {
    if (a === b) return
    this.pairA.push(a)
    this.pairB.push(b)
    this.pairForm.push(form)
  }

  /**
   * A door to a room made of others, for one activity only. Such a room is not taken itself, so that others may be
   * in it at once; but it can be shut, and the door is shut with it. `null` when the room is always open.
   */
  addDoor(room: number): number | null {
    const away = this.roomAway.slice(room * this.slots, (room + 1) * this.slots)
    if (!away.includes(1)) return null
    this.roomAway.push(...away)
    return this.rooms++
  }

  /** A lesson that is certain to take the room at the slot costs so much more. */
  addRoomCost(room: number, slot: number, cost: number): void {
    const { slots, problem } = this
    if (this.roomCost.length === 0) this.roomCost = new Float64Array(problem.rooms.length * slots)
    problem.rooms.forEach((one, index) => {
      const at = index * slots + slot
      if (index === room || cannotDoWithout(one, room)) this.roomCost[at] = (this.roomCost[at] ?? 0) + cost
    })
  }

  pausedSlots(): number[] {
    return [...this.paused.keys()].filter((slot) => this.paused[slot])
  }

  /** Whether a lesson that begins at `next` follows one that ended before `end`, pauses aside. */
  follows(end: number, next: number): boolean {
    let slot = end
    while (slot < next && this.paused[slot]) slot++
    return slot === next
  }
}

function personLines(problem: TimetableProblem): LineDraft[] {
  const { teachers, atoms } = problem
  const uses: number[][] = [...teachers, ...atoms].map(() => [])
  problem.activities.forEach((activity, index) => {
    for (const teacher of new Set(activity.teachers)) uses[teacher]?.push(index)
    for (const atom of atomsOf(problem, activity)) uses[teachers.length + atom]?.push(index)
  })
  return uses.map((list, parent) => ({ clash: true, parent, uses: list, rules: [] }))
}
