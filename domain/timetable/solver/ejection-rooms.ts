import type { ThrownOut } from './ejection-out.ts'
import { NearPlaces } from './ejection-places.ts'
import type { Kernel } from './state/kernel.ts'

/** What taking a room from somebody weighs, in cards thrown out. */
const ROOM_SHARE = 10

/** Finds rooms for a card that is to be placed, and who has to leave them. */
export class RoomsForCard {
  /** The options chosen, one for each activity of the card that is somewhere. */
  readonly held: Int32Array
  /** What the time makes these options cost. */
  soft = 0
  private readonly kernel: Kernel
  private readonly out: ThrownOut
  private readonly places: NearPlaces

  constructor(kernel: Kernel, out: ThrownOut) {
    const { cards, roomedFrom } = kernel.tables
    let most = 1
    for (let card = 0; card < cards; card++) most = Math.max(most, roomedFrom[card + 1]! - roomedFrom[card]!)
    this.kernel = kernel
    this.out = out
    this.places = new NearPlaces(kernel, out)
    this.held = new Int32Array(most)
  }

  /** Chooses an option for each activity of the card and throws out who is there; `false` when that cannot be. */
  clear(card: number, slot: number): boolean {
    const { roomedFrom, roomed } = this.kernel.tables
    const from = roomedFrom[card]!
    this.soft = 0
    for (let k = from; k < roomedFrom[card + 1]!; k++) {
      const option = this.cheapestOption(card, roomed[k]!, slot, k - from)
      if (option < 0) return false
      this.held[k - from] = option
      this.soft += this.kernel.costOfTime(roomed[k]!, option, slot)
      if (!this.clearOption(roomed[k]!, option, slot)) return false
      if (this.places.asked && !this.places.clear(card, roomed[k]!, option, slot)) return false
    }
    return true
  }

  private cheapestOption(card: number, activity: number, slot: number, heldCount: number): number {
    const { optionFrom } = this.kernel.tables
    const from = optionFrom[activity]!
    const options = optionFrom[activity + 1]! - from
    let best = -1
    let bestCost = Number.POSITIVE_INFINITY
    let option = from + this.kernel.random.below(options)
    for (let tried = 0; tried < options; tried++) {
      const wished = this.kernel.costOfOption(activity, option, slot)
      const near = this.places.asked ? this.places.weigh(card, activity, option, slot) : 0
      const cost = wished * this.out.memory.unit + near + this.wayOf(activity, option, slot, heldCount)
      if (cost < bestCost) {
        bestCost = cost
        best = option
        if (cost === 0) break
      }
      if (++option === from + options) option = from
    }
    return best
  }

  /** What those who take the rooms of an option weigh. */
  private wayOf(activity: number, option: number, slot: number, heldCount: number): number {
    const { slots, takesFrom, takes, activityLength, roomAway } = this.kernel.tables
    const { roomCount, roomOccupant } = this.kernel
    let weight = 0
    for (let take = takesFrom[option]!, end = takesFrom[option + 1]!; take < end; take++) {
      const room = takes[take]!
      for (let h = 0; h < heldCount; h++)
        for (let other = takesFrom[this.held[h]!]!; other < takesFrom[this.held[h]! + 1]!; other++)
          if (takes[other] === room) return Number.POSITIVE_INFINITY
      for (let k = activityLength[activity]! - 1; k >= 0; k--) {
        const at = room * slots + slot + k
        if (roomAway[at]! || roomCount[at]! > 1) return Number.POSITIVE_INFINITY
        if (roomCount[at] === 0) continue
        const other = roomOccupant[at]! - 1
        if (this.out.has(other)) continue
        if (this.out.fixed[other]) return Number.POSITIVE_INFINITY
        weight += ROOM_SHARE * this.out.memory.unit + this.out.memory.weight[other]!
      }
    }
    return weight
  }

  private clearOption(activity: number, option: number, slot: number): boolean {
    const { slots, takesFrom, takes, activityLength } = this.kernel.tables
    const { roomCount, roomOccupant } = this.kernel
    for (let take = takesFrom[option]!, end = takesFrom[option + 1]!; take < end; take++)
      for (let k = activityLength[activity]! - 1; k >= 0; k--) {
        const at = takes[take]! * slots + slot + k
        if (roomCount[at]! > 0 && !this.out.add(roomOccupant[at]! - 1)) return false
      }
    return true
  }
}
