import type { Kernel } from './state/kernel.ts'
import type { State } from './state/state.ts'

/** The weights that the search moves. */
export function weightsOf({ lineWeight, edgeWeight, roomWeight, keepWeight }: State): Float64Array[] {
  return [lineWeight, edgeWeight, roomWeight, keepWeight]
}

/** By how much weights of what is broken rise at a time and how high, and what is left of the others' excess over 1. */
export type Rising = { readonly step: number; readonly fall: number; readonly most: number }

/** Raises the weights of what is broken and lets the others fall back to 1. */
export function raiseWeights(kernel: Kernel, { step, fall, most }: Rising): void {
  const { tables } = kernel
  const move = (weights: Float64Array, broken: Uint8Array) => {
    for (let k = 0; k < weights.length; k++)
      weights[k] = broken[k] ? Math.min(weights[k]! + step, most) : 1 + (weights[k]! - 1) * fall
  }
  move(kernel.lineWeight, brokenLines(kernel))
  move(kernel.edgeWeight, brokenEdges(kernel))
  move(kernel.roomWeight, brokenRooms(kernel))
  const kept = Uint8Array.from(tables.keepAtMost, (most, rule) => Number(kernel.keepMoved[rule]! > most))
  move(kernel.keepWeight, kept)
  kernel.weighted = weightedSum(kernel)
}

/** All weights 1 again. */
export function resetWeights(kernel: Kernel): void {
  kernel.lineWeight.fill(1)
  kernel.edgeWeight.fill(1)
  kernel.roomWeight.fill(1)
  kernel.keepWeight.fill(1)
  kernel.weighted = weightedSum(kernel)
}

function brokenLines({ tables, lineHard, count }: Kernel): Uint8Array {
  const { slots, clash, lines } = tables
  const broken = new Uint8Array(lines)
  for (let line = 0; line < lines; line++) {
    broken[line] = Number(lineHard[line]! > 0)
    if (!clash[line]) continue
    for (let at = line * slots; at < (line + 1) * slots; at++) if (count[at]! > 1) broken[line] = 1
  }
  return broken
}

function brokenEdges(kernel: Kernel): Uint8Array {
  const { tables, start } = kernel
  const broken = new Uint8Array(tables.edges)
  for (let card = 0; card < tables.cards; card++) {
    if (start[card]! < 0) continue
    for (let k = tables.edgeFrom[card]!; k < tables.edgeFrom[card + 1]!; k++) {
      const other = start[tables.edgeCard[k]!]!
      if (other >= 0 && tables.unitTables[tables.edgeTable[k]! + start[card]! * tables.slots + other]! > 255)
        broken[tables.edgeId[k]!] = 1
    }
  }
  return broken
}

function brokenRooms({ tables, roomCount }: Kernel): Uint8Array {
  return Uint8Array.from({ length: tables.rooms }, (_, room) => {
    for (let at = room * tables.slots; at < (room + 1) * tables.slots; at++) if (roomCount[at]! > 1) return 1
    return 0
  })
}

/** The sum of what is broken times its weights, from scratch. */
export function weightedSum(kernel: Kernel): number {
  const { tables, count, lineStrain, lineWeight, roomCount, roomWeight, start } = kernel
  const { slots } = tables
  let sum = 0
  for (let line = 0; line < tables.lines; line++) {
    let units = lineStrain[line]!
    if (tables.clash[line])
      for (let at = line * slots; at < (line + 1) * slots; at++) units += Math.max(0, count[at]! - 1)
    sum += units * lineWeight[line]!
  }
  let ofEdges = 0
  for (let card = 0; card < tables.cards; card++) {
    if (start[card]! < 0) continue
    kernel.costOfEdges(card, start[card]!)
    ofEdges += kernel.foundWeighted
  }
  for (let room = 0; room < tables.rooms; room++)
    for (let at = room * slots; at < (room + 1) * slots; at++)
      sum += Math.max(0, roomCount[at]! - 1) * roomWeight[room]!
  for (let rule = 0; rule < tables.keeps; rule++)
    if (tables.keepWeight[rule] === Number.POSITIVE_INFINITY)
      sum += Math.max(0, kernel.keepMoved[rule]! - tables.keepAtMost[rule]!) * kernel.keepWeight[rule]!
  return sum + ofEdges / 2
}
