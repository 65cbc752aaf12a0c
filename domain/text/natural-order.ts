import { nameKey } from '../people/name-key.ts'

const DIGITS = 8

/**
 * Key by which names with numbers stand as people count: «1 доп.», «5А», «10А»; compared code by code. The
 * database has the same in `natural_key`.
 */
export function naturalKey(name: string): string {
  return nameKey(name)
    .replace(/[0-9]+/g, (digits) => '0'.repeat(DIGITS) + digits)
    .replace(/[0-9]*([0-9]{8})(?![0-9])/g, '$1')
}

/** Order of two names with numbers, for sorting: below zero when the first comes first. */
export function naturally(one: string, other: string): number {
  const [first, second] = [naturalKey(one), naturalKey(other)]
  if (first === second) return 0
  return first < second ? -1 : 1
}
