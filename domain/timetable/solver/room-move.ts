import type { Worth } from './cooling.ts'
import type { Kernel } from './state/kernel.ts'

/**
 * Gives an activity of the card another of its rooms at the same time; taken back when it costs more than the threshold.
 * `held` is scratch for the rooms of one card. Cards with a single start can be mended by nothing else.
 */
export function changeRoom(
  kernel: Kernel,
  card: number,
  held: Int32Array,
  { hardWorth, softWorth }: Worth,
  threshold: number,
): boolean {
  const { roomedFrom, roomed, optionFrom } = kernel.tables
  const first = roomedFrom[card]!
  const rooms = roomedFrom[card + 1]! - first
  if (rooms === 0) return false
  const pick = kernel.random.below(rooms)
  const activity = roomed[first + pick]!
  const from = optionFrom[activity]!
  const option = from + kernel.random.below(optionFrom[activity + 1]! - from)
  const before = kernel.option[activity]!
  const slot = kernel.start[card]!
  if (option === before || !kernel.isOpen(activity, option, slot)) return false
  for (let k = 0; k < rooms; k++) held[k] = kernel.option[roomed[first + k]!]!
  const { hard, weighted, soft } = kernel
  kernel.begin()
  kernel.remove(card)
  held[pick] = option
  kernel.add(card, slot, held, 0)
  const own = hardWorth * (kernel.weighted - weighted) + softWorth * (kernel.soft - soft)
  if (kernel.settleWithin(threshold - own, hardWorth, softWorth)) return true
  kernel.remove(card)
  held[pick] = before
  kernel.add(card, slot, held, 0)
  kernel.unsettle()
  kernel.hard = hard
  kernel.weighted = weighted
  kernel.soft = soft
  return false
}
