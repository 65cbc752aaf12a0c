import type { Day } from '../calendar/day.ts'
import { FAMILY, ROLES, type Role } from './access.ts'

/** Roles that may have a second factor («второй фактор»), and of which the settings may require it: all but families. */
export const STAFF: readonly Role[] = ROLES.filter((role) => !FAMILY.includes(role))

/** Minutes for which a code just given is asked for no more before giving rights, resets and large exports (S-08). */
export const STEP_UP_MINUTES = 5

/** One-time codes («резервные коды») for whoever has no phone at hand; each opens once. */
export const RECOVERY_CODES = 10

/** Signs of a recovery code: none that is read as another. */
export const RECOVERY_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
/** Signs in one code, about 79 bits: too many to be found out from what is kept of it. */
export const RECOVERY_LENGTH = 16

/**
 * What a session knows of its second factor: whether the account has one, when the code was last given, and the last
 * day to set it up, null where it is not required.
 */
export type SecondFactor = { has: boolean; confirmedAt: Date | null; due: Day | null }

export type SecondFactorRefusal = 'second-factor-needed' | 'code-needed'

/** Whether nothing but setting it up is open any more: the last day to do so is over. */
export function mustSetUp({ has, due }: Pick<SecondFactor, 'has' | 'due'>, today: Day): boolean {
  return !has && due !== null && today > due
}

/**
 * Why an operation that gives rights, resets or exports must wait for a code, or `null`. Nobody is asked for a code
 * they cannot have: who must have a second factor is a setting of its own.
 */
export function stepUpRefusal(
  { has, confirmedAt }: Pick<SecondFactor, 'has' | 'confirmedAt'>,
  now: Date,
): 'code-needed' | null {
  if (!has) return null
  const age = confirmedAt === null ? Number.POSITIVE_INFINITY : now.getTime() - confirmedAt.getTime()
  return age >= 0 && age <= STEP_UP_MINUTES * 60_000 ? null : 'code-needed'
}

/** What was typed: six digits of the app, or a recovery code as it is kept. */
export type ProofText = { kind: 'app' | 'recovery'; code: string }

/** Reads a typed or pasted code with spaces, dashes and large letters as they come; `null` when it is neither. */
export function proofOf(text: string): ProofText | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (/^[0-9]{6}$/.test(plain)) return { kind: 'app', code: plain }
  const isRecovery = plain.length === RECOVERY_LENGTH && [...plain].every((s) => RECOVERY_SIGNS.includes(s))
  return isRecovery ? { kind: 'recovery', code: plain } : null
}

/** In groups of four, as codes and secrets are read aloud and copied. */
export const inGroups = (text: string): string => (text.match(/.{1,4}/g) ?? []).join(' ')
