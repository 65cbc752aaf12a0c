import { lettersApart as apart } from '#domain/text/letters-apart.ts'
import { fold } from '../values/text.ts'

const MAX_DISTANCE = 2

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
  return apart(fold(one), fold(other))
}
