import { RULE, type Tables } from './tables.ts'

/**
 * For each card the first of those it could change places with and nothing would be different: they have the same
 * people, starts, rooms and conditions. Most lessons of a subject in a class are such twins.
 */
export function findTwins(tables: Tables): Int32Array {
  const forms = edgeForms(tables)
  const named = rulesNaming(tables)
  const firstOf = new Map<string, number[]>()
  return Int32Array.from({ length: tables.cards }, (_, card) => {
    const key = keyOf(tables, card, named)
    const firsts = firstOf.get(key) ?? []
    firstOf.set(key, firsts)
    const twin = firsts.find(
      (first) => sameStarts(tables, first, card) && sameEdges(tables, forms, first, card),
    )
    if (twin === undefined) firsts.push(card)
    return twin ?? card
  })
}

/** All that is told of a card but its edges and where it may start, which are longer than all else together. */
function keyOf(tables: Tables, card: number, named: ReadonlyMap<number, readonly number[]>): string {
  const own = <T extends ArrayLike<number>>(from: Int32Array, values: T) =>
    Array.prototype.slice.call(values, from[card], from[card + 1])
  const options = own(tables.roomedFrom, tables.roomed).map((activity: number) => optionsOf(tables, activity))
  return [
    own(tables.useFrom, tables.useLine),
    own(tables.useFrom, tables.useLength),
    own(tables.pointFrom, tables.pointLedger),
    own(tables.pointFrom, tables.points),
    own(tables.markFrom, tables.markIndex),
    own(tables.markFrom, tables.markOffset),
    own(tables.keepFrom, tables.keepRule),
    own(tables.keepFrom, tables.keepStart),
    own(tables.memberFrom, tables.members).map((activity: number) => named.get(activity) ?? []),
    options.join('|'),
  ].join(';')
}

function optionsOf(
  { optionFrom, optionRoom, optionCost, takesFrom, takes, activityLength }: Tables,
  activity: number,
) {
  const from = optionFrom[activity]!
  const to = optionFrom[activity + 1]!
  return [
    activityLength[activity],
    optionRoom.subarray(from, to),
    optionCost.subarray(from, to),
    takesFrom.subarray(from, to + 1).map((take) => take - takesFrom[from]!),
    takes.subarray(takesFrom[from], takesFrom[to]),
  ].join('/')
}

/** Rules that name activities one by one, by activity. */
function rulesNaming({ ruleKind, ruleB, lists }: Tables): Map<number, number[]> {
  const named = new Map<number, number[]>()
  ruleKind.forEach((kind, rule) => {
    if (kind !== RULE.sameRoom && kind !== RULE.differentRooms) return
    const list = ruleB[rule]!
    for (const activity of lists.subarray(list + 1, list + 1 + lists[list]!))
      named.set(activity, [...(named.get(activity) ?? []), rule])
  })
  return named
}

/** A number for each edge, the same where weight and units of every two starts are. */
function edgeForms({ slots, edgeTable, edgeWeight, unitTables }: Tables): Int32Array {
  const tableOf = new Map<number, number>()
  const tables = new Map<string, number>()
  const forms = new Map<string, number>()
  const numberOf = <K>(known: Map<K, number>, key: K) => {
    const found = known.get(key) ?? known.size
    known.set(key, found)
    return found
  }
  return Int32Array.from(edgeTable, (at, edge) => {
    const table = tableOf.get(at) ?? numberOf(tables, unitTables.subarray(at, at + slots * slots).join(''))
    tableOf.set(at, table)
    return numberOf(forms, `${table} ${edgeWeight[edge]}`)
  })
}

function sameStarts({ slots, inDomain, startCost }: Tables, a: number, b: number): boolean {
  for (let start = 0; start < slots; start++) {
    const [atA, atB] = [a * slots + start, b * slots + start]
    if (inDomain[atA] !== inDomain[atB] || startCost[atA] !== startCost[atB]) return false
  }
  return true
}

/** Whether two cards have the same conditions with all others and see each other alike. */
function sameEdges(tables: Tables, forms: Int32Array, a: number, b: number): boolean {
  const { edgeFrom } = tables
  if (edgeFrom[a + 1]! - edgeFrom[a]! !== edgeFrom[b + 1]! - edgeFrom[b]!) return false
  const ofA = edgesOf(tables, forms, a, b)
  const ofB = edgesOf(tables, forms, b, a)
  return ofA.every((edge, index) => edge === ofB[index])
}

function edgesOf(
  { cards, edgeFrom, edgeCard }: Tables,
  forms: Int32Array,
  card: number,
  twin: number,
): Float64Array {
  const from = edgeFrom[card]!
  const edges = new Float64Array(edgeFrom[card + 1]! - from)
  for (let index = 0; index < edges.length; index++) {
    const other = edgeCard[from + index]!
    edges[index] = forms[from + index]! * (cards + 1) + (other === twin ? cards : other)
  }
  return edges.sort()
}
