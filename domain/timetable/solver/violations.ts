import type { Kernel } from './state/kernel.ts'
import type { Tables } from './tables.ts'

/** Whether a card can be elsewhere: at another time or, at the same time, in another room. */
export function canMove({ domainFrom, roomedFrom, roomed, optionFrom }: Tables, card: number): boolean {
  if (domainFrom[card + 1]! - domainFrom[card]! > 1) return true
  for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++)
    if (optionFrom[roomed[k]! + 1]! - optionFrom[roomed[k]!]! > 1) return true
  return false
}

/** Movable cards that take part in something hard that is broken, or, with `soft`, in something that costs. */
export function troubledCards(kernel: Kernel, soft: boolean): number[] {
  const { tables, start } = kernel
  const found: number[] = []
  for (let card = 0; card < tables.cards; card++) {
    if (start[card]! < 0 || !canMove(tables, card)) continue
    if (soft ? isCostly(kernel, card) : isBroken(kernel, card)) found.push(card)
  }
  return found
}

/** Whether a placed card takes part in something hard that is broken. */
export function isBroken(kernel: Kernel, card: number): boolean {
  const { tables, count, lineHard } = kernel
  const slot = kernel.start[card]!
  for (let use = tables.useFrom[card]!; use < tables.useFrom[card + 1]!; use++) {
    const line = tables.useLine[use]!
    if (lineHard[line]! > 0) return true
    if (!tables.clash[line]) continue
    for (let k = 0; k < tables.useLength[use]!; k++)
      if (count[line * tables.slots + slot + k]! > 1) return true
  }
  kernel.costOfEdges(card, slot)
  if (kernel.foundHard > 0) return true
  return roomIsTaken(kernel, card, slot) || keepIsBroken(kernel, card, slot)
}

function roomIsTaken(kernel: Kernel, card: number, slot: number): boolean {
  const { roomedFrom, roomed, takesFrom, takes, slots, activityLength } = kernel.tables
  for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++) {
    const option = kernel.option[roomed[k]!]!
    if (option < 0) continue
    for (let take = takesFrom[option]!; take < takesFrom[option + 1]!; take++)
      for (let q = 0; q < activityLength[roomed[k]!]!; q++)
        if (kernel.roomCount[takes[take]! * slots + slot + q]! > 1) return true
  }
  return false
}

function keepIsBroken(kernel: Kernel, card: number, slot: number): boolean {
  const { keepFrom, keepRule, keepStart, keepAtMost, keepWeight } = kernel.tables
  for (let k = keepFrom[card]!; k < keepFrom[card + 1]!; k++) {
    const rule = keepRule[k]!
    const hard = keepWeight[rule] === Number.POSITIVE_INFINITY
    if (hard && keepStart[k] !== slot && kernel.keepMoved[rule]! > keepAtMost[rule]!) return true
  }
  return false
}

/** Cards that may start elsewhere and cost something where they are by themselves, whatever the weeks of people cost. */
export function wishingCards(kernel: Kernel): number[] {
  const { cards, domainFrom } = kernel.tables
  const found: number[] = []
  for (let card = 0; card < cards; card++) {
    if (kernel.start[card]! < 0 || domainFrom[card + 1]! - domainFrom[card]! < 2) continue
    if (costsByItself(kernel, card)) found.push(card)
  }
  return found
}

function isCostly(kernel: Kernel, card: number): boolean {
  const { tables } = kernel
  for (let use = tables.useFrom[card]!; use < tables.useFrom[card + 1]!; use++)
    if (kernel.lineSoft[tables.useLine[use]!]! > 0) return true
  return costsByItself(kernel, card)
}

function costsByItself(kernel: Kernel, card: number): boolean {
  const { tables } = kernel
  const slot = kernel.start[card]!
  if (tables.startCost[card * tables.slots + slot]! > 0) return true
  kernel.costOfEdges(card, slot)
  if (kernel.foundSoft > 0) return true
  for (let k = tables.roomedFrom[card]!; k < tables.roomedFrom[card + 1]!; k++) {
    const option = kernel.option[tables.roomed[k]!]!
    if (option >= 0 && kernel.costOfOption(tables.roomed[k]!, option, slot) > 0) return true
  }
  return false
}
