/** A number from 0 to 1 that is always the same for the same words: the demo must not differ from start to start. */
export function chance(...words: (string | number)[]): number {
  let hash = 2166136261
  for (const letter of words.join('|')) {
    hash ^= letter.codePointAt(0) ?? 0
    hash = Math.imul(hash, 16777619)
  }
  // Neighbouring words give neighbouring hashes until the bits are mixed once more.
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296
}

/** One of the list, always the same for the same words. */
export function oneOf<T>(list: readonly T[], ...words: (string | number)[]): T {
  const one = list[Math.floor(chance(...words) * list.length)]
  if (one === undefined) throw new Error('nothing to choose from')
  return one
}

/** The list in an order of its own for the words. */
export function shuffled<T>(list: readonly T[], ...words: (string | number)[]): T[] {
  return list
    .map((one, n) => ({ one, at: chance(...words, n) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

/** The list parted by a key, each part in its old order. */
export function grouped<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
