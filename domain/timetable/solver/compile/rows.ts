/** Lists of lists as one array: `from[i]` to `from[i + 1]` are where the entries of `i` lie. */
type Rows = { readonly from: Int32Array; readonly flat: number[] }

/** Lays out lists one after another. */
export function layRows(lists: readonly (readonly number[])[]): Rows {
  const from = new Int32Array(lists.length + 1)
  const flat: number[] = []
  lists.forEach((list, index) => {
    for (const entry of list) flat.push(entry)
    from[index + 1] = flat.length
  })
  return { from, flat }
}
