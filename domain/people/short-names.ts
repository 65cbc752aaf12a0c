import { nameKey } from './name-key.ts'

// A former family name in brackets belongs to the word before it: «Иванова (Петрова) Анна».
const wordsOf = (name: string): string[] => name.match(/\S+(?: \([^)]*\))?/g) ?? []

/** «Иванов Пётр» of «Иванов Пётр Сергеевич»: enough where nobody else of the list reads so. */
export const firstAndLast = (name: string): string => wordsOf(name).slice(0, 2).join(' ')

/** Children of one family by their given names; those who share one by more of the name. */
export function givenNames(names: readonly string[]): string[] {
  const given = names.map((name) => wordsOf(name)[1] ?? name)
  const keys = given.map(nameKey)
  const more = shortNames(names)
  return given.map((one, index) =>
    keys.filter((key) => key === keys[index]).length === 1 ? one : (more[index] ?? one),
  )
}

/** «Иванова А. П.» of «Иванова Анна Петровна»; a former family name is left out. */
function initials(name: string): string {
  const [last = '', ...rest] = name.replace(/ \([^)]*\)/g, '').split(' ')
  return [last, ...rest.map((part) => `${part.charAt(0)}.`)].join(' ')
}

/** Which names with initials would mean more than one of these people, in the form they are compared in. */
export function sharedInitials(names: readonly string[]): string[] {
  const keys = names.map((name) => nameKey(initials(name)))
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]
}

/**
 * A name with initials, «Иванова А. П.»; the whole name where the initials are `shared` with somebody else or where it
 * comes with what tells full namesakes apart (`shownName` of the queries).
 */
export function nameWithInitials(name: string, shared: readonly string[]): string {
  const short = initials(name)
  return name.endsWith(')') || shared.includes(nameKey(short)) ? name : short
}

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
