import type { Draft } from './draft.ts'
import type { RoomOption } from './room-options.ts'

/** Where each card may start, and what that costs. */
type Domains = {
  readonly lists: readonly (readonly number[])[]
  readonly inDomain: Uint8Array
  readonly startCost: Float64Array
}

/** Finds the starts that break nothing by themselves; `fixed[card]` is the only start of a locked card, else -1. */
export function findDomains(
  draft: Draft,
  members: readonly (readonly number[])[],
  options: readonly (readonly RoomOption[] | null)[],
  fixed: Int32Array,
): Domains {
  const { slots } = draft
  const busy = busySlots(draft)
  const inDomain = new Uint8Array(members.length * slots)
  const startCost = new Float64Array(members.length * slots)
  const self = selfPairs(draft, members)
  const lists = members.map((own, card) => {
    const list: number[] = []
    const only = fixed[card] ?? -1
    const alone = self.get(card)
    const fits = (start: number) =>
      !alone?.hard[start] &&
      own.every((activity) => canStart(draft, activity, start, busy, options[activity] ?? null))
    for (let start = 0; start < slots; start++) {
      if (only >= 0 ? start !== only : !fits(start)) continue
      list.push(start)
      inDomain[card * slots + start] = 1
      let cost = alone?.soft[start] ?? 0
      for (const activity of own) cost += draft.startCost[activity]?.[start] ?? 0
      startCost[card * slots + start] = cost
    }
    return list
  })
  return { lists, inDomain, startCost }
}

/** `activity * slots + slot`: somebody of it is away or there is a pause. */
function busySlots(draft: Draft): Uint8Array {
  const { slots, lineAway, problem } = draft
  const busy = new Uint8Array(problem.activities.length * slots)
  problem.activities.forEach((_, activity) => {
    busy.set(draft.paused, activity * slots)
  })
  lineAway.forEach((away, line) => {
    if (!away.includes(1)) return
    for (const activity of draft.lines[line]?.uses ?? [])
      for (let slot = 0; slot < slots; slot++) if (away[slot]) busy[activity * slots + slot] = 1
  })
  return busy
}

function canStart(
  draft: Draft,
  activity: number,
  start: number,
  busy: Uint8Array,
  options: readonly RoomOption[] | null,
): boolean {
  const { slots, periods } = draft
  const length = draft.lengths[activity] ?? 1
  if ((start % periods) + length > periods) return false
  const allowed = draft.allowed[activity]
  if (allowed && !allowed[start]) return false
  for (let k = 0; k < length; k++) if (busy[activity * slots + start + k]) return false
  return (
    options === null || options.some(({ takes }) => takes.every((room) => isFree(draft, room, start, length)))
  )
}

function isFree(draft: Draft, room: number, start: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (draft.roomAway[room * draft.slots + start + k]) return false
  return true
}

/** Conditions between activities of one card hold or fail by the slot alone. */
function selfPairs(draft: Draft, members: readonly (readonly number[])[]) {
  const cardOf = new Map<number, number>()
  members.forEach((own, card) => {
    if (own.length > 1) for (const activity of own) cardOf.set(activity, card)
  })
  const found = new Map<number, { hard: Uint8Array; soft: Float64Array }>()
  draft.pairForm.forEach(({ code, weight }, index) => {
    const [a = 0, b = 0] = [draft.pairA[index], draft.pairB[index]]
    const card = cardOf.get(a)
    if (card === undefined || cardOf.get(b) !== card) return
    const self = found.get(card) ?? {
      hard: new Uint8Array(draft.slots),
      soft: new Float64Array(draft.slots),
    }
    found.set(card, self)
    for (let slot = 0; slot < draft.slots; slot++) {
      const units = code(slot, slot, draft.lengths[a] ?? 1, draft.lengths[b] ?? 1)
      if (units >> 8) self.hard[slot] = 1
      self.soft[slot] = (self.soft[slot] ?? 0) + (units & 255) * weight
    }
  })
  return found
}
