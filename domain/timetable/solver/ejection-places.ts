import { highestBit, lowestBit } from './bits.ts'
import type { ThrownOut } from './ejection-out.ts'
import { buildingAt, followsAt, roomOf } from './state/room-rules.ts'
import type { State } from './state/state.ts'
import { RULE, type Tables } from './tables.ts'

/** Lists of activities that keep their room when they follow each other: where its pauses and its members begin. */
type Staying = { readonly pauses: number; readonly list: number }

/** A list of activities that share so many rooms at most. */
type Sharing = { readonly atMost: number; readonly list: number }

/**
 * Finds who has to leave so that people have time to change buildings, stay in a room where they should, and share no
 * more rooms than they may.
 */
export class NearPlaces {
  /** Whether any condition looks at the places of lessons near each other. */
  readonly asked: boolean
  private readonly state: State
  private readonly out: ThrownOut
  private readonly gapOf: Int32Array
  private readonly changesOf: Int32Array
  private readonly stayingOf: Staying[][]
  private readonly sharingOf: Sharing[][]
  private readonly found: number[] = []

  constructor(state: State, out: ThrownOut) {
    const { lines, activities } = state.tables
    this.state = state
    this.out = out
    this.gapOf = new Int32Array(lines).fill(-1)
    this.changesOf = new Int32Array(lines).fill(-1)
    this.stayingOf = Array.from({ length: activities }, () => [])
    this.sharingOf = Array.from({ length: activities }, () => [])
    this.asked = this.take(state.tables)
  }

  /** What those weigh who would be too near in another place. */
  weigh(card: number, activity: number, option: number, slot: number): number {
    this.find(card, activity, option, slot)
    return this.found.reduce((sum, other) => {
      if (this.out.has(other)) return sum
      return sum + (this.out.fixed[other] ? Number.POSITIVE_INFINITY : this.out.priceOf(other))
    }, 0)
  }

  /** Throws them out; `false` when that cannot be. */
  clear(card: number, activity: number, option: number, slot: number): boolean {
    this.find(card, activity, option, slot)
    return this.found.every((other) => this.out.add(other))
  }

  private take({ lines, ruleFrom, ruleWeight }: Tables): boolean {
    let asked = false
    for (let line = 0; line < lines; line++)
      for (let rule = ruleFrom[line]!; rule < ruleFrom[line + 1]!; rule++)
        if (ruleWeight[rule] === Number.POSITIVE_INFINITY) asked = this.takeRule(line, rule) || asked
    return asked
  }

  private takeRule(line: number, rule: number): boolean {
    const { ruleKind, ruleA, ruleB } = this.state.tables
    const a = ruleA[rule]!
    switch (ruleKind[rule]) {
      case RULE.buildingGap:
        this.gapOf[line] = Math.max(this.gapOf[line]!, a)
        return true
      case RULE.changesOfDay:
        this.changesOf[line] = a
        return true
      case RULE.sameRoom:
        this.giveMembers(this.stayingOf, { pauses: a, list: ruleB[rule]! })
        return true
      case RULE.differentRooms:
        this.giveMembers(this.sharingOf, { atMost: a, list: ruleB[rule]! })
        return true
    }
    return false
  }

  private giveMembers<T extends { readonly list: number }>(of: T[][], asked: T): void {
    const { lists } = this.state.tables
    for (let k = 1; k <= lists[asked.list]!; k++) of[lists[asked.list + k]!]!.push(asked)
  }

  private find(card: number, activity: number, option: number, slot: number): void {
    const { optionRoom, roomBuilding, useFrom, useLine, useActivity } = this.state.tables
    this.found.length = 0
    const room = optionRoom[option]!
    if (room < 0) return
    if (roomBuilding[room]! >= 0)
      for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++)
        if (useActivity[use] === activity)
          this.findOnLine(
            useLine[use]!,
            slot,
            slot + this.state.tables.activityLength[activity]!,
            roomBuilding[room]!,
          )
    for (const staying of this.stayingOf[activity]!) this.findParted(staying, activity, room, slot)
    for (const sharing of this.sharingOf[activity]!) this.findCrowd(sharing, activity, room)
  }

  /** Those in the emptiest of the rooms of a list, when it has as many as it may and this is another one. */
  private findCrowd({ atMost, list }: Sharing, activity: number, room: number): void {
    const { lists, cardOf } = this.state.tables
    const inRoom = new Map<number, number[]>()
    for (let k = 1; k <= lists[list]!; k++) {
      const other = lists[list + k]!
      const there = roomOf(this.state, other)
      if (there === room && other !== activity) return
      if (there < 0 || other === activity || this.out.has(cardOf[other]!)) continue
      const cards = inRoom.get(there)
      if (cards) cards.push(cardOf[other]!)
      else inRoom.set(there, [cardOf[other]!])
    }
    if (inRoom.size < atMost) return
    const [emptiest = []] = [...inRoom.values()].sort((a, b) => a.length - b.length)
    this.found.push(...emptiest)
  }

  /** Neighbours of a day in another building, when there is no time between or the day has changes enough. */
  private findOnLine(line: number, from: number, to: number, building: number): void {
    const gap = this.gapOf[line]!
    const changes = this.changesOf[line]!
    if (gap < 0 && changes < 0) return
    const { slots, days, periods } = this.state.tables
    const day = (from / periods) | 0
    const first = day * periods
    const lessons = this.state.mask[line * days + day]!
    const before = this.elsewhere(line, first, lessons & ((1 << (from - first)) - 1), building, highestBit)
    const after = this.elsewhere(line, first, lessons & ~((1 << (to - first)) - 1), building, lowestBit)
    if (before < 0 && after < 0) return
    const tooMany = changes >= 0 && this.changesWith(line, from, to, building) > changes
    const occupantAt = (slot: number) => this.state.occupant[line * slots + slot]! - 1
    if (before >= 0 && (tooMany || from - before - 1 < gap)) this.found.push(occupantAt(before))
    if (after >= 0 && (tooMany || after - to < gap)) this.found.push(occupantAt(after))
  }

  /** The nearest lesson that is in some building, when that is another one. */
  private elsewhere(
    line: number,
    first: number,
    among: number,
    building: number,
    nearest: (mask: number) => number,
  ): number {
    for (let left = among; left !== 0; left &= ~(1 << nearest(left))) {
      const slot = first + nearest(left)
      const other = buildingAt(this.state, line, slot)
      if (other < 0 || this.out.has(this.state.occupant[line * this.state.tables.slots + slot]! - 1)) continue
      return other === building ? -1 : slot
    }
    return -1
  }

  private changesWith(line: number, from: number, to: number, building: number): number {
    const { slots, days, periods } = this.state.tables
    const day = (from / periods) | 0
    let changes = 0
    let last = -1
    for (let slot = day * periods; slot < (day + 1) * periods; slot++) {
      let here = -1
      if (slot >= from && slot < to) here = building
      else if (
        (this.state.mask[line * days + day]! >>> (slot - day * periods)) & 1 &&
        !this.out.has(this.state.occupant[line * slots + slot]! - 1)
      )
        here = buildingAt(this.state, line, slot)
      if (here < 0) continue
      if (last >= 0 && here !== last) changes++
      last = here
    }
    return changes
  }

  private findParted({ pauses, list }: Staying, activity: number, room: number, slot: number): void {
    const { lists, cardOf, activityLength } = this.state.tables
    const { start } = this.state
    for (let k = 1; k <= lists[list]!; k++) {
      const other = lists[list + k]!
      const at = start[cardOf[other]!]!
      const there = roomOf(this.state, other)
      if (other === activity || at < 0 || there < 0 || there === room) continue
      if (
        followsAt(this.state, pauses, slot, slot + activityLength[activity]!, at) ||
        followsAt(this.state, pauses, at, at + activityLength[other]!, slot)
      )
        this.found.push(cardOf[other]!)
    }
  }
}
