import { fold } from '../values/text.ts'

const MAX_DISTANCE = 2
const MAX_CHARS = 100

/** The one of several names that differs from the asked by two letters at most, or null. */
export function nearest(asked: string, names: string[]): string | null {
  let best: string | null = null
  let least = MAX_DISTANCE + 1
  for (const name of names) {
    const distance = lettersApart(asked, name)
    if (distance < least) {
      least = distance
      best = name
    }
  }
  return best
}

/** How many letters two names differ by, case and «ё» not counted; 100 for texts no name has. */
export function lettersApart(one: string, other: string): number {
  const from = fold(one)
  const to = fold(other)
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
