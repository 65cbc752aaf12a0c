import { HARD } from '../../constraint.ts'
import { NOWHERE, type TimetableProblem } from '../../problem.ts'
import type { SearchOptions } from '../search-api.ts'
import type { Tables } from '../tables.ts'
import { makeCards } from './cards.ts'
import { findDomains } from './domains.ts'
import { Draft, POINT } from './draft.ts'
import { layEdges } from './edges.ts'
import { compileConstraints } from './kinds.ts'
import { layLines } from './lines.ts'
import { findRoomOptions, optionsInto, type RoomOption } from './room-options.ts'
import { layRows } from './rows.ts'

type Told = Pick<SearchOptions, 'from' | 'locked' | 'maxMoves'>
type Options = (readonly RoomOption[] | null)[]

/**
 * Lays a problem out in flat arrays. Locked cards get their place in `from` as their only one, whatever that breaks.
 * Refuses more than `MAX_PERIODS` periods a day with a `RangeError`.
 */
export function compileProblem(problem: TimetableProblem, told: Told): Tables {
  const draft = new Draft(problem)
  compileConstraints(draft)
  if (told.from && told.maxMoves !== undefined) keepPlaces(draft, told.from.start, told.maxMoves)
  const locked = new Set(told.locked?.filter((one) => (told.from?.start[one] ?? NOWHERE) !== NOWHERE))
  const { cardOf, members } = makeCards(draft, locked)
  const options = findRoomOptions(draft)
  const fixed = new Int32Array(members.length).fill(NOWHERE)
  for (const activity of locked) {
    fixed[cardOf[activity] ?? 0] = told.from?.start[activity] ?? NOWHERE
    lockRoom(draft, options, activity, told.from?.room[activity] ?? NOWHERE)
  }
  const { lists, inDomain, startCost } = findDomains(draft, members, options, fixed)
  const domain = layRows(lists)
  const member = layRows(members)
  const placeable = Uint8Array.from(lists, (list) => Number(list.length > 0))
  const cards = members.length
  return {
    days: draft.days,
    periods: draft.periods,
    slots: draft.slots,
    activities: problem.activities.length,
    cards,
    cardOf,
    memberFrom: member.from,
    members: Int32Array.from(member.flat),
    locked: Uint8Array.from(fixed, (start) => Number(start !== NOWHERE)),
    cardLength: Uint8Array.from(members, (own) => Math.max(...own.map((index) => draft.lengths[index] ?? 1))),
    domainFrom: domain.from,
    domain: Int32Array.from(domain.flat),
    inDomain,
    startCost,
    ...layLines(draft, cardOf, cards, placeable),
    ...layLedgers(draft, cardOf, cards),
    ...layMarks(draft, cardOf, cards),
    ...layEdges(draft, cardOf, cards),
    ...layKeeps(draft, cardOf, cards),
    ...layRooms(draft, members, options),
  }
}

function keepPlaces(draft: Draft, starts: Int32Array, atMost: number): void {
  const activities = [...starts.keys()].filter((activity) => starts[activity] !== NOWHERE)
  draft.keeps.push({
    activities,
    starts: activities.map((activity) => starts[activity] ?? NOWHERE),
    atMost,
    weight: HARD,
  })
}

function lockRoom(draft: Draft, options: Options, activity: number, room: number): void {
  if (room === NOWHERE) return
  const same = options[activity]?.filter((option) => option.room === room) ?? []
  options[activity] = same.length > 0 ? same : optionsInto(draft, room)
}

function layLedgers(draft: Draft, cardOf: Int32Array, cards: number) {
  const ledger: number[][] = Array.from({ length: cards }, () => [])
  const points: number[][] = Array.from({ length: cards }, () => [])
  draft.ledgers.forEach((own, index) => {
    for (const activity of own.uses) {
      const worth = own.points[activity] ?? 0
      if (worth === 0) continue
      ledger[cardOf[activity] ?? 0]?.push(index)
      points[cardOf[activity] ?? 0]?.push(Math.round(worth * POINT))
    }
  })
  const rows = layRows(ledger)
  return {
    ledgers: draft.ledgers.length,
    pointFrom: rows.from,
    pointLedger: Int32Array.from(rows.flat),
    points: Float64Array.from(points.flat()),
  }
}

function layMarks(draft: Draft, cardOf: Int32Array, cards: number) {
  const mark: number[][] = Array.from({ length: cards }, () => [])
  const offset: number[][] = Array.from({ length: cards }, () => [])
  draft.marks.forEach((uses, index) => {
    for (const activity of uses) {
      mark[cardOf[activity] ?? 0]?.push(index)
      offset[cardOf[activity] ?? 0]?.push((draft.lengths[activity] ?? 1) - 1)
    }
  })
  const rows = layRows(mark)
  return {
    marks: draft.marks.length,
    markFrom: rows.from,
    markIndex: Int32Array.from(rows.flat),
    markOffset: Uint8Array.from(offset.flat()),
  }
}

function layKeeps(draft: Draft, cardOf: Int32Array, cards: number) {
  const rule: number[][] = Array.from({ length: cards }, () => [])
  const start: number[][] = Array.from({ length: cards }, () => [])
  draft.keeps.forEach(({ activities, starts }, index) => {
    activities.forEach((activity, at) => {
      rule[cardOf[activity] ?? 0]?.push(index)
      start[cardOf[activity] ?? 0]?.push(starts[at] ?? NOWHERE)
    })
  })
  const rows = layRows(rule)
  return {
    keeps: draft.keeps.length,
    keepAtMost: Int32Array.from(draft.keeps, ({ atMost }) => atMost),
    keepWeight: Float64Array.from(draft.keeps, ({ weight }) => weight),
    keepFrom: rows.from,
    keepRule: Int32Array.from(rows.flat),
    keepStart: Int32Array.from(start.flat()),
  }
}

function layRooms(draft: Draft, members: readonly (readonly number[])[], options: Options) {
  const roomed = layRows(members.map((own) => own.filter((activity) => options[activity])))
  const flat = options.flatMap((own) => own ?? [])
  const takes = layRows(flat.map((option) => option.takes))
  return {
    rooms: draft.rooms,
    roomAway: Uint8Array.from(draft.roomAway),
    roomCost: draft.roomCost,
    roomBuilding: Int32Array.from(draft.problem.rooms, ({ building }) => building ?? NOWHERE),
    roomedFrom: roomed.from,
    roomed: Int32Array.from(roomed.flat),
    optionFrom: layRows(options.map((own) => own?.map(() => 0) ?? [])).from,
    optionRoom: Int32Array.from(flat, ({ room }) => room),
    optionCost: Float64Array.from(flat, ({ cost }) => cost),
    takesFrom: takes.from,
    takes: Int32Array.from(takes.flat),
    activityLength: draft.lengths,
  }
}
