import { hash, verify } from '@node-rs/argon2'
import { createGate, createQueue, type Rank } from './gate.ts'

// argon2id, 19 MiB, two passes: the least OWASP accepts, measured at 18 sign-ins a second on two cores. A queue of
// its own keeps a morning of sign-ins from taking the cores away from those already at work. As many wait as are looked
// at in about four seconds: browsers that are known first, then those with nothing against them, and last a few of those
// who come from where many failures come.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const inQueue = createQueue(1, [24, 40, 8])

export const hashPassword = (password: string): Promise<string> => inQueue(() => hash(password, COST), 0)

export const passwordMatches = (hashed: string, password: string, rank: Rank = 0): Promise<boolean> =>
  inQueue(() => verify(hashed, password), rank)

// A login that does not exist costs as much as one that does, so that time tells nothing.
const NOBODY = hash('nobody has this password', COST)
export const spendAsMuch = async (password: string, rank: Rank): Promise<void> => {
  await passwordMatches(await NOBODY, password, rank)
}

/** For hashing inside a transaction: it holds a database connection while it waits, so only a few may do it at once. */
export const holdingConnection = createGate(6)
