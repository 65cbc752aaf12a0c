const MAX_DISTANCE = 2
const MAX_CHARS = 100

/** How many letters two short texts differ by, up to two; 100 for texts that differ by more or that no name is as long as. */
export function lettersApart(from: string, to: string): number {
  if (from.length > MAX_CHARS || Math.abs(from.length - to.length) > MAX_DISTANCE) return MAX_CHARS
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) row = nextRow(row, { index, letter, to })
  return row.at(-1) ?? MAX_CHARS
}

// One row of the table of edit distances, from the row above it.
function nextRow(
  above: number[],
  { index, letter, to }: { index: number; letter: string; to: string },
): number[] {
  const row = [index + 1]
  for (let column = 1; column < above.length; column += 1) {
    const changed = (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
    row.push(Math.min(changed, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1))
  }
  return row
}
