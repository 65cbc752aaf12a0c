import type { Kernel } from './state/kernel.ts'
import { NOTHING } from './state/snapshot.ts'
import { isBroken } from './violations.ts'

const NO_ROOMS = new Int32Array(0)
const CLASH_COST = 10
const HARD_COST = 5
const LATE_COST = 0.3
/** Lines that are looked at for a block to take out, each time; all of them take seconds. */
const LINES_LOOKED = 6
/** Where no single card helps, one of so many goes. */
const FORCED_SHARE = 8

/** Puts each card without a place where it is in the way least, whatever it breaks. */
export function fill(kernel: Kernel): void {
  const { tables, random } = kernel
  for (let card = 0; card < tables.cards; card++) {
    if (kernel.start[card]! >= 0) continue
    let best = -1
    let bestCost = Number.POSITIVE_INFINITY
    let ties = 0
    for (let k = tables.domainFrom[card]!; k < tables.domainFrom[card + 1]!; k++) {
      const cost = costAt(kernel, card, tables.domain[k]!)
      if (cost > bestCost || (cost === bestCost && random.below(++ties) !== 0)) continue
      if (cost < bestCost) ties = 1
      bestCost = cost
      best = tables.domain[k]!
    }
    if (best < 0) continue
    kernel.begin()
    kernel.add(card, best, NO_ROOMS, -1)
    kernel.settle()
  }
  takeFreeRooms(kernel)
}

/** Gives activities rooms that they wish for where nobody has them: who had them may have left since. */
export function takeFreeRooms(kernel: Kernel): void {
  const { cards, roomedFrom, roomed, optionFrom } = kernel.tables
  for (let card = 0; card < cards; card++) {
    const slot = kernel.start[card]!
    if (slot < 0) continue
    for (let k = roomedFrom[card]!; k < roomedFrom[card + 1]!; k++) {
      const activity = roomed[k]!
      for (let option = optionFrom[activity]!; option < optionFrom[activity + 1]!; option++) {
        const own = kernel.option[activity]!
        if (own < 0) continue
        const saves = kernel.costOfOption(activity, option, slot) < kernel.costOfOption(activity, own, slot)
        if (saves) tryRoom(kernel, card, activity, option)
      }
    }
  }
}

/** Takes a room that is free, unless that breaks or costs more than it saves. */
function tryRoom(kernel: Kernel, card: number, activity: number, option: number): void {
  const { roomedFrom, roomed } = kernel.tables
  const slot = kernel.start[card]!
  if (!kernel.isOpen(activity, option, slot)) return
  const { hard, soft, weighted } = kernel
  const before = roomed.slice(roomedFrom[card]!, roomedFrom[card + 1]!).map((one) => kernel.option[one]!)
  const after = before.slice()
  after[roomed.indexOf(activity, roomedFrom[card]!) - roomedFrom[card]!] = option
  kernel.begin()
  kernel.remove(card)
  kernel.add(card, slot, after, 0)
  kernel.settle()
  if (kernel.hard <= hard + NOTHING && kernel.soft < soft - NOTHING) return
  kernel.remove(card)
  kernel.add(card, slot, before, 0)
  kernel.unsettle()
  Object.assign(kernel, { hard, soft, weighted })
}

function costAt(kernel: Kernel, card: number, slot: number): number {
  const { useFrom, useLine, useLength, clash, slots, startCost, periods } = kernel.tables
  let clashes = 0
  for (let use = useFrom[card]!; use < useFrom[card + 1]!; use++)
    if (clash[useLine[use]!])
      for (let k = 0; k < useLength[use]!; k++) if (kernel.count[useLine[use]! * slots + slot + k]!) clashes++
  kernel.costOfEdges(card, slot)
  const own = kernel.foundSoft + startCost[card * slots + slot]!
  return CLASH_COST * clashes + HARD_COST * kernel.foundHard + own + LATE_COST * (slot % periods)
}

/**
 * Takes out cards until nothing hard is broken, and puts back those that fit elsewhere. Locked cards stay: what is
 * broken by them alone remains.
 */
export function takeOutBroken(kernel: Kernel): void {
  const out: number[] = []
  while (kernel.hard > NOTHING) {
    const troubled = brokenCards(kernel)
    let mended = false
    for (const card of troubled) {
      if (!isBroken(kernel, card)) continue
      if (takeOut(kernel, card, true)) {
        out.push(card)
        mended = true
      }
    }
    if (mended) continue
    if (troubled.length === 0) break
    const block = bestBlock(kernel)
    if (block) {
      for (const card of block) takeOut(kernel, card, false)
      out.push(...block)
      continue
    }
    for (let k = 0; k < troubled.length; k += FORCED_SHARE) {
      takeOut(kernel, troubled[k]!, false)
      out.push(troubled[k]!)
    }
  }
  for (const card of out) putBack(kernel, card)
}

/** Lessons of a line without a window between them, or its whole day: those whose going mends most for each of them. */
function bestBlock(kernel: Kernel): number[] | null {
  let best: number[] | null = null
  let bestGain = Number.NEGATIVE_INFINITY
  let looked = 0
  for (let line = 0; line < kernel.tables.lines && looked < LINES_LOOKED; line++) {
    if (kernel.lineHard[line]! < NOTHING) continue
    looked++
    for (const block of blocksOf(kernel, line)) {
      const gain = gainOf(kernel, block) / block.length
      if (gain <= bestGain + NOTHING) continue
      best = block
      bestGain = gain
    }
  }
  return best
}

function blocksOf({ tables, mask, occupant, count }: Kernel, line: number): number[][] {
  const { days, periods, slots, locked } = tables
  const found: number[][] = []
  for (let day = 0; day < days; day++) {
    const lessons = mask[line * days + day]!
    const whole = new Set<number>()
    let block = new Set<number>()
    for (let period = 0; lessons >>> period !== 0; period++) {
      const at = line * slots + day * periods + period
      const card = occupant[at]! - 1
      if (!((lessons >>> period) & 1)) {
        if (block.size > 0) found.push([...block])
        block = new Set()
      } else if (count[at] === 1 && !locked[card]) {
        block.add(card)
        whole.add(card)
      }
    }
    if (block.size > 0) found.push([...block])
    if (whole.size > block.size) found.push([...whole])
  }
  return found
}

/** Hard units fewer without these cards. */
function gainOf(kernel: Kernel, block: readonly number[]): number {
  const { roomedFrom, roomed } = kernel.tables
  const { hard, soft, weighted } = kernel
  const before = block.map((card) => ({
    card,
    slot: kernel.start[card]!,
    held: roomed.slice(roomedFrom[card]!, roomedFrom[card + 1]!).map((one) => kernel.option[one]!),
  }))
  kernel.begin()
  for (const { card } of before) kernel.remove(card)
  kernel.settle()
  const gain = hard - kernel.hard
  for (const { card, slot, held } of before) kernel.add(card, slot, held, 0)
  kernel.unsettle()
  Object.assign(kernel, { hard, soft, weighted })
  return gain
}

/** Takes out every card that is not locked. */
export function takeOutAll(kernel: Kernel): void {
  const { cards, locked } = kernel.tables
  kernel.begin()
  for (let card = 0; card < cards; card++) if (!locked[card]) kernel.remove(card)
  kernel.settle()
}

function brokenCards(kernel: Kernel): number[] {
  const { cards, locked } = kernel.tables
  const found: number[] = []
  for (let card = 0; card < cards; card++)
    if (kernel.start[card]! >= 0 && !locked[card] && isBroken(kernel, card)) found.push(card)
  return found
}

function takeOut(kernel: Kernel, card: number, onlyIfMends: boolean): boolean {
  const { roomedFrom, roomed } = kernel.tables
  const { hard, soft, weighted } = kernel
  const slot = kernel.start[card]!
  const held = roomed.slice(roomedFrom[card]!, roomedFrom[card + 1]!).map((one) => kernel.option[one]!)
  kernel.begin()
  kernel.remove(card)
  kernel.settle()
  if (!onlyIfMends || kernel.hard < hard - NOTHING) return true
  kernel.add(card, slot, held, 0)
  kernel.unsettle()
  Object.assign(kernel, { hard, soft, weighted })
  return false
}

function putBack(kernel: Kernel, card: number): void {
  const { domainFrom, domain } = kernel.tables
  for (let k = domainFrom[card]!; k < domainFrom[card + 1]!; k++) {
    const { hard, soft, weighted } = kernel
    kernel.begin()
    kernel.add(card, domain[k]!, NO_ROOMS, -1)
    kernel.settle()
    if (kernel.hard <= hard + NOTHING) return
    kernel.remove(card)
    kernel.unsettle()
    Object.assign(kernel, { hard, soft, weighted })
  }
}
