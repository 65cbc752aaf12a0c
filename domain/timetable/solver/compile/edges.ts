import type { Tables } from '../tables.ts'
import type { Draft, PairForm } from './draft.ts'

type EdgeTables = Pick<
  Tables,
  'edges' | 'edgeFrom' | 'edgeCard' | 'edgeTable' | 'edgeWeight' | 'edgeId' | 'unitTables'
>

/** Units of every two starts, computed once for each form and pair of lengths, in both directions. */
class UnitTables {
  private readonly offsets = new Map<string, number>()
  private readonly written: Uint16Array[] = []
  private readonly slots: number

  constructor(slots: number) {
    this.slots = slots
  }

  offset({ key, code }: PairForm, lengthA: number, lengthB: number, turned: boolean): number {
    const name = `${key} ${lengthA} ${lengthB} ${turned}`
    const known = this.offsets.get(name)
    if (known !== undefined) return known
    const { slots } = this
    const table = new Uint16Array(slots * slots)
    for (let a = 0; a < slots; a++)
      for (let b = 0; b < slots; b++)
        table[turned ? b * slots + a : a * slots + b] = code(a, b, lengthA, lengthB)
    const offset = this.written.length * slots * slots
    this.written.push(table)
    this.offsets.set(name, offset)
    return offset
  }

  all(): Uint16Array {
    const { slots, written } = this
    const all = new Uint16Array(written.length * slots * slots)
    written.forEach((table, index) => {
      all.set(table, index * slots * slots)
    })
    return all
  }
}

/** Lays out the conditions on two cards, seen from each of the two. */
export function layEdges(draft: Draft, cardOf: Int32Array, cards: number): EdgeTables {
  const { pairA, pairB, pairForm, lengths } = draft
  const tables = new UnitTables(draft.slots)
  const cardA = Int32Array.from(pairA, (activity) => cardOf[activity] ?? 0)
  const cardB = Int32Array.from(pairB, (activity) => cardOf[activity] ?? 0)
  const edgeFrom = new Int32Array(cards + 1)
  const counts = (card: number) => {
    edgeFrom[card + 1] = (edgeFrom[card + 1] ?? 0) + 1
  }
  const kept = [...pairForm.keys()].filter((pair) => cardA[pair] !== cardB[pair])
  for (const pair of kept) {
    counts(cardA[pair] ?? 0)
    counts(cardB[pair] ?? 0)
  }
  for (let card = 0; card < cards; card++)
    edgeFrom[card + 1] = (edgeFrom[card + 1] ?? 0) + (edgeFrom[card] ?? 0)
  const next = edgeFrom.slice()
  const total = edgeFrom[cards] ?? 0
  const edgeCard = new Int32Array(total)
  const edgeTable = new Int32Array(total)
  const edgeWeight = new Float64Array(total)
  const edgeId = new Int32Array(total)
  const put = (card: number, other: number, table: number, weight: number, id: number) => {
    const at = next[card] ?? 0
    next[card] = at + 1
    edgeCard[at] = other
    edgeTable[at] = table
    edgeWeight[at] = weight
    edgeId[at] = id
  }
  kept.forEach((pair, id) => {
    const form = pairForm[pair]
    if (!form) return
    const [a, b] = [cardA[pair] ?? 0, cardB[pair] ?? 0]
    const [lengthA = 1, lengthB = 1] = [lengths[pairA[pair] ?? 0], lengths[pairB[pair] ?? 0]]
    put(a, b, tables.offset(form, lengthA, lengthB, false), form.weight, id)
    put(b, a, tables.offset(form, lengthA, lengthB, true), form.weight, id)
  })
  return { edges: kept.length, edgeFrom, edgeCard, edgeTable, edgeWeight, edgeId, unitTables: tables.all() }
}
