/** What is to be saved when the record went on under somebody's typing. */
export type MergedTyping<Fields> = {
  /** The fresh record with everything that was typed over it. */
  merged: Fields
  /** Fields changed by both, each otherwise: what was typed would replace somebody else's value. */
  clashes: (keyof Fields)[]
  /** Fields changed elsewhere and left alone here: they come along as they are now. */
  moved: (keyof Fields)[]
}

/**
 * Three-way merge of a form: `base` is the record as the form showed it, `fresh` as it is now, `typed` what
 * stands in the fields. What was not touched follows the record, what was typed stays as typed.
 */
export function mergeTyped<Fields extends object>(
  base: Fields,
  fresh: Fields,
  typed: Fields,
): MergedTyping<Fields> {
  const result: MergedTyping<Fields> = { merged: { ...fresh }, clashes: [], moved: [] }
  for (const key of Object.keys(typed) as (keyof Fields)[]) {
    const touched = !sameValue(typed[key], base[key])
    const changed = !sameValue(fresh[key], base[key])
    if (touched) result.merged[key] = typed[key]
    if (touched && changed && !sameValue(fresh[key], typed[key])) result.clashes.push(key)
    if (!touched && changed) result.moved.push(key)
  }
  return result
}

/** Whether two values are written alike; nothing and `null` are. */
export function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
