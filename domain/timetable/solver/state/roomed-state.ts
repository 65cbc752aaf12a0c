import { NOWHERE } from '../../problem.ts'
import type { Random } from '../random.ts'
import type { Tables } from '../tables.ts'
import { State } from './state.ts'

/** No cost is as bad as a room that is taken. */
const TAKEN = 1000
const AWAY = 1e6

/** Which rooms are taken, kept up to date as cards come and go, and which is best for one that comes. */
export class RoomedState extends State {
  readonly random: Random

  constructor(tables: Tables, random: Random) {
    super(tables)
    this.random = random
  }

  protected takeRoom(activity: number, slot: number, option: number): void {
    const { slots, takesFrom, takes, activityLength } = this.tables
    const value = this.tables.cardOf[activity]! + 1
    this.option[activity] = option
    if (option < 0) return
    for (let take = takesFrom[option]!, end = takesFrom[option + 1]!; take < end; take++) {
      const at = takes[take]! * slots + slot
      for (let k = activityLength[activity]! - 1; k >= 0; k--) {
        this.roomOccupant[at + k]! += value
        if (this.roomCount[at + k]!++ > 0) {
          this.hard++
          this.weighted += this.roomWeight[takes[take]!]!
        }
      }
    }
    this.soft += this.costOfOption(activity, option, slot)
  }

  protected leaveRoom(activity: number, slot: number): void {
    const { slots, takesFrom, takes, activityLength } = this.tables
    const value = this.tables.cardOf[activity]! + 1
    const option = this.option[activity]!
    this.option[activity] = NOWHERE
    if (option < 0) return
    for (let take = takesFrom[option]!, end = takesFrom[option + 1]!; take < end; take++) {
      const at = takes[take]! * slots + slot
      for (let k = activityLength[activity]! - 1; k >= 0; k--) {
        this.roomOccupant[at + k]! -= value
        if (this.roomCount[at + k]!-- > 1) {
          this.hard--
          this.weighted -= this.roomWeight[takes[take]!]!
        }
      }
    }
    this.soft -= this.costOfOption(activity, option, slot)
  }

  /** What the wishes for rooms of an activity that starts at the slot cost with the option. */
  costOfOption(activity: number, option: number, slot: number): number {
    const { optionCost, roomCost } = this.tables
    const cost = optionCost[option]!
    return roomCost.length === 0 ? cost : cost + this.costOfTime(activity, option, slot)
  }

  /** The part of it that the time makes: the room is there, but better left alone. */
  costOfTime(activity: number, option: number, slot: number): number {
    const { optionRoom, roomCost, slots, activityLength } = this.tables
    const room = optionRoom[option]!
    if (room < 0 || roomCost.length === 0) return 0
    let cost = 0
    for (let k = activityLength[activity]! - 1; k >= 0; k--) cost += roomCost[room * slots + slot + k]!
    return cost
  }

  /** Whether all rooms of an option are to be had for the activity from the slot on. */
  isOpen(activity: number, option: number, slot: number): boolean {
    const { takesFrom, takes, slots, activityLength, roomAway } = this.tables
    for (let take = takesFrom[option]!, end = takesFrom[option + 1]!; take < end; take++)
      for (let k = 0; k < activityLength[activity]!; k++)
        if (roomAway[takes[take]! * slots + slot + k]!) return false
    return true
  }

  /** The option with the fewest rooms taken, then the cheapest; begins to look at a random one. */
  chooseRoom(activity: number, slot: number): number {
    const { optionFrom, takesFrom, takes, slots, activityLength, roomAway } = this.tables
    const { roomCount } = this
    const from = optionFrom[activity]!
    const options = optionFrom[activity + 1]! - from
    if (options <= 1) return options === 0 ? NOWHERE : from
    const length = activityLength[activity]!
    let best = from
    let bestCost = Number.POSITIVE_INFINITY
    let option = from + this.random.below(options)
    for (let tried = 0; tried < options; tried++) {
      let cost = this.costOfOption(activity, option, slot)
      for (let take = takesFrom[option]!, end = takesFrom[option + 1]!; take < end; take++) {
        const at = takes[take]! * slots + slot
        for (let k = 0; k < length; k++) {
          if (roomCount[at + k]!) cost += TAKEN
          if (roomAway[at + k]!) cost += AWAY
        }
      }
      if (cost < bestCost) {
        bestCost = cost
        best = option
        if (cost === 0) break
      }
      if (++option === from + options) option = from
    }
    return best
  }
}
