import { randomInt } from 'node:crypto'
import { FIRST_PASSWORD_WORDS } from './first-password.words.ts'

const WORDS = 4
const LIFE_MS = 72 * 60 * 60 * 1000

/** A password to be read from paper and typed once: four words and a number, «sosna-reka-lodka-gnom-47». */
export function newFirstPassword(): string {
  const words = new Set<string>()
  while (words.size < WORDS) words.add(FIRST_PASSWORD_WORDS[randomInt(FIRST_PASSWORD_WORDS.length)] ?? '')
  return [...words, randomInt(10, 100)].join('-')
}

/** Until when a first password given now can be used. */
export const firstPasswordUntil = (now: Date): Date => new Date(now.getTime() + LIFE_MS)
