import { hash, verify } from '@node-rs/argon2'
import { createGate, createQueue } from './gate.ts'

// argon2id, 19 MiB, two passes: the least OWASP accepts, measured at 18 sign-ins a second on two cores. A queue of
// its own keeps a morning of sign-ins from taking the cores away from those already at work; its length is about
// four seconds of waiting and half of the writes the server takes at once.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const inQueue = createQueue(1, 64)

export const hashPassword = (password: string): Promise<string> => inQueue(() => hash(password, COST))

export const passwordMatches = (hashed: string, password: string): Promise<boolean> =>
  inQueue(() => verify(hashed, password))

// A login that does not exist costs as much as one that does, so that time tells nothing.
const NOBODY = hash('nobody has this password', COST)
export const spendAsMuch = async (password: string): Promise<void> => {
  await passwordMatches(await NOBODY, password)
}

/** For hashing inside a transaction: it holds a database connection while it waits, so only a few may do it at once. */
export const holdingConnection = createGate(6)
