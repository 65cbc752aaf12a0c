import type { FullName } from './name.ts'
import { LATIN } from './transliteration.words.ts'

// Leaves room for the number that tells namesakes apart.
const LONGEST = 56
const SHORTEST = 3

const latin = (text: string): string =>
  [...text.toLowerCase().normalize('NFC')]
    .map((letter) => LATIN[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]/g, '')

const initial = (part: string | null): string => latin(part ?? '').charAt(0)

/** A login made of family name and initials, «ivanov.ps», always of the allowed form. */
export function proposedLogin({ lastName, firstName, middleName }: FullName): string {
  const family = latin(lastName) || 'user'
  const login = [family, `${initial(firstName)}${initial(middleName)}`].filter(Boolean).join('.')
  return login.slice(0, LONGEST).padEnd(SHORTEST, '0')
}

/** The nth login to try for namesakes: «ivanov.ps», «ivanov.ps2», «ivanov.ps3». */
export function nthLogin(login: string, n: number): string {
  return n <= 1 ? login : `${login}${n}`
}
