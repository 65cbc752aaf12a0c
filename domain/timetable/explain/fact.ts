/** One thing that keeps a card from a place: another card, a condition, a room too small or not to be made up. */
export type Fact =
  | { readonly kind: 'card'; readonly activity: number; readonly shared: Shared }
  | { readonly kind: 'constraint'; readonly constraint: number }
  | { readonly kind: 'capacity'; readonly room: number }
  | { readonly kind: 'parts'; readonly room: number }

/** What two cards want at the same time. */
export type Shared = { readonly teacher: number } | { readonly atom: number } | { readonly room: number }

/** A start and a room a card could have, and the facts against it; each of them is enough. */
export type PlaceOption = {
  readonly slot: number
  readonly room: number
  readonly against: ReadonlyMap<string, Fact>
}

/** The same fact has the same name. */
export function factName(fact: Fact): string {
  if (fact.kind === 'card') return `card ${fact.activity}`
  return fact.kind === 'constraint' ? `constraint ${fact.constraint}` : `${fact.kind} ${fact.room}`
}

/** Facts by their names. */
export function namedFacts(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((fact) => [factName(fact), fact]))
}

const MOST_EXACT = 5
const MOST_TRIES = 20_000

/**
 * The smallest set of facts that stands against every option, so that without any one of them some option is free. Of
 * more than five facts it is irreducible, but a smaller one may exist. Empty when an option has nothing against it.
 */
export function smallestFacts(options: readonly PlaceOption[]): Fact[] {
  const against = options.map((option) => option.against).sort((a, b) => a.size - b.size)
  if ((against[0]?.size ?? 0) === 0) return []
  const budget = { tries: MOST_TRIES }
  for (let size = 1; size <= MOST_EXACT && budget.tries > 0; size++) {
    const found = hit(against, size, [], budget)
    if (found) return factsNamed(found, against)
  }
  return factsNamed(irreducible(against), against)
}

type Against = PlaceOption['against']

function isHit(option: Against, chosen: readonly string[]): boolean {
  return chosen.some((name) => option.has(name))
}

function hit(
  against: readonly Against[],
  left: number,
  chosen: readonly string[],
  budget: { tries: number },
): readonly string[] | null {
  const open = against.find((option) => !isHit(option, chosen))
  if (!open) return chosen
  if (left === 0 || budget.tries-- <= 0) return null
  for (const name of open.keys()) {
    const found = hit(against, left - 1, [...chosen, name], budget)
    if (found) return found
  }
  return null
}

/** Takes what stands against most options first, then drops what is not needed. */
function irreducible(against: readonly Against[]): string[] {
  let chosen: string[] = []
  for (let open = against; open.length > 0; open = open.filter((option) => !isHit(option, chosen))) {
    const times = new Map<string, number>()
    for (const option of open) for (const name of option.keys()) times.set(name, (times.get(name) ?? 0) + 1)
    const [[most = ''] = []] = [...times].sort(([, a], [, b]) => b - a)
    chosen = [...chosen, most]
  }
  for (const name of chosen) {
    const fewer = chosen.filter((other) => other !== name)
    if (against.every((option) => isHit(option, fewer))) chosen = fewer
  }
  return chosen
}

function factsNamed(names: readonly string[], against: readonly Against[]): Fact[] {
  return names.flatMap((name) => against.find((option) => option.has(name))?.get(name) ?? [])
}
