import { nameKey } from './name-key.ts'

/** «Иванов Пётр» of «Иванов Пётр Сергеевич»: enough where nobody else of the list reads so. */
export const firstAndLast = (name: string): string => name.split(' ').slice(0, 2).join(' ')

/**
 * Names of one list as short as they can be told apart: «Иванов Пётр», and the whole name where two would read
 * alike. A whole name that two share comes with the day of birth already (`shownName` of the queries).
 */
export function shortNames(names: readonly string[]): string[] {
  const count = new Map<string, number>()
  for (const name of names) {
    const key = nameKey(firstAndLast(name))
    count.set(key, (count.get(key) ?? 0) + 1)
  }
  return names.map((name) => (count.get(nameKey(firstAndLast(name))) === 1 ? firstAndLast(name) : name))
}
