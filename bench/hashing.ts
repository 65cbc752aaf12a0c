import { hashPassword, passwordMatches } from '#platform/passwords.ts'
import { PASSWORD } from './seed.ts'

const TIMES = 20

/** CPU milliseconds of one password check on this machine, to be taken off the cost of a sign-in. */
export async function verifyCostMs(): Promise<number> {
  const hashed = await hashPassword(PASSWORD)
  await passwordMatches(hashed, PASSWORD)
  const before = process.cpuUsage()
  for (let n = 0; n < TIMES; n++) await passwordMatches(hashed, PASSWORD)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / TIMES
}
