import type { Chain } from './chain.ts'
import type { Worth } from './cooling.ts'

/**
 * The least that moving a chain can cost, before anything is touched: what starts, edges and people for certain cost
 * more, less all that could be mended in the weeks and rooms of the chain. Turns down most of what a polish tries.
 */
export class ChainBound {
  private readonly chain: Chain
  private readonly seen: Int32Array
  private move = 0

  constructor(chain: Chain) {
    this.chain = chain
    this.seen = new Int32Array(chain.kernel.tables.lines)
  }

  leastCost(worth: Worth): number {
    return this.ofPeople(worth) + this.ofStarts(worth) - this.mendableInRooms(worth)
  }

  private ofPeople({ hardWorth, softWorth }: Worth): number {
    const { kernel, cards, from, to, length } = this.chain
    const { slots, useFrom, useLine, useLength, clash } = kernel.tables
    const { count, occupant, lineWeight, lineStrain, lineSoft } = kernel
    this.move++
    let hard = 0
    let soft = 0
    for (let p = 0; p < length; p++) {
      const card = cards[p]!
      for (let use = useFrom[card]!, end = useFrom[card + 1]!; use < end; use++) {
        const line = useLine[use]!
        const weight = lineWeight[line]!
        if (this.seen[line] !== this.move) {
          this.seen[line] = this.move
          hard -= weight * lineStrain[line]!
          soft -= lineSoft[line]!
        }
        if (!clash[line]) continue
        const target = line * slots + to[p]!
        const source = line * slots + from[p]!
        for (let k = useLength[use]! - 1; k >= 0; k--) {
          const there = count[target + k]!
          if (there === 1 ? !this.chain.has(occupant[target + k]! - 1) : there >= length) hard += weight
          if (count[source + k]! > 1) hard -= weight
        }
      }
    }
    return hardWorth * hard + softWorth * soft
  }

  /** Exactly. */
  private ofStarts({ hardWorth, softWorth }: Worth): number {
    const { chain } = this
    const { kernel, cards, from, to, length } = chain
    const { slots, startCost, edgeFrom, edgeCard, edgeTable, edgeWeight, edgeId, unitTables } = kernel.tables
    let hard = 0
    let soft = 0
    for (let p = 0; p < length; p++) {
      const card = cards[p]!
      const now = from[p]! * slots
      const then = to[p]! * slots
      soft += startCost[card * slots + to[p]!]! - startCost[card * slots + from[p]!]!
      for (let k = edgeFrom[card]!, end = edgeFrom[card + 1]!; k < end; k++) {
        const other = edgeCard[k]!
        const otherNow = kernel.start[other]!
        if (otherNow < 0) continue
        let otherThen = otherNow
        if (chain.has(other)) {
          // An edge within the chain is seen from both of its ends.
          if (chain.placeOf(other) < p) continue
          otherThen = to[chain.placeOf(other)]!
        }
        const before = unitTables[edgeTable[k]! + now + otherNow]!
        const after = unitTables[edgeTable[k]! + then + otherThen]!
        if (before === after) continue
        hard += ((after >> 8) - (before >> 8)) * kernel.edgeWeight[edgeId[k]!]!
        soft += ((after & 255) - (before & 255)) * edgeWeight[k]!
      }
    }
    return hardWorth * hard + softWorth * soft
  }

  private mendableInRooms({ hardWorth, softWorth }: Worth): number {
    const { kernel, cards, from, length } = this.chain
    const { slots, roomedFrom, roomed, activityLength, takesFrom, takes } = kernel.tables
    const { keeps, keepFrom, keepRule } = kernel.tables
    let hard = 0
    let soft = 0
    for (let p = 0; p < length; p++) {
      const card = cards[p]!
      if (keeps > 0)
        for (let k = keepFrom[card]!; k < keepFrom[card + 1]!; k++) hard += kernel.keepWeight[keepRule[k]!]!
      for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++) {
        const option = kernel.option[roomed[k]!]!
        if (option < 0) continue
        soft += kernel.costOfOption(roomed[k]!, option, from[p]!)
        for (let take = takesFrom[option]!; take < takesFrom[option + 1]!; take++)
          for (let q = activityLength[roomed[k]!]! - 1; q >= 0; q--)
            if (kernel.roomCount[takes[take]! * slots + from[p]! + q]! > 1)
              hard += kernel.roomWeight[takes[take]!]!
      }
    }
    return hardWorth * hard + softWorth * soft
  }
}
