export type PasswordRefusal = 'password-too-short' | 'password-too-common' | 'password-unchanged'

/** Shortest password people may choose, in characters; length is asked for instead of a mixture of signs. */
export const PASSWORD_LENGTH = 12

const isRepetitive = (password: string): boolean => new Set(password.toLowerCase()).size < 5
const RUNS = ['qwertyuiop', 'asdfghjkl', '1234567890', 'password', 'parol', 'zhuravl', 'abcdefgh']

/** Why this password may not be chosen, or `null`: length, no guessable runs, not the old one (6.6; NIST 800-63B). */
export function passwordRefusal(next: string, current: string, login: string): PasswordRefusal | null {
  if (next === current) return 'password-unchanged'
  if ([...next].length < PASSWORD_LENGTH) return 'password-too-short'
  const lower = next.toLowerCase()
  const guessable = isRepetitive(next) || lower.includes(login.toLowerCase()) || isMostlyRun(lower)
  return guessable ? 'password-too-common' : null
}

function isMostlyRun(lower: string): boolean {
  const left = RUNS.reduce((rest, run) => rest.replaceAll(run, ''), lower).replaceAll(/[^\p{L}]/gu, '')
  return left.length < 4
}
