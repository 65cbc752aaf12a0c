import type { SignIn, SignInAnswer } from '#contract/session.ts'
import type { PublicCall } from '#platform/call.ts'
import type { Tx } from '#platform/db.ts'
import { Refused } from '#platform/errors.ts'
import { createQueue, type Rank } from '#platform/gate.ts'
import { newId, newSecret } from '#platform/ids.ts'
import { passwordMatches, spendAsMuch } from '#platform/passwords.ts'
import { SESSION_LIFE_S, sha256 } from '#platform/secrets.ts'
import { noteFailure } from '#platform/usage.ts'
import {
  beginSignIn,
  type Counted,
  endSessionOf,
  type FoundAccount,
  findAccount,
  hasRoleToday,
  rememberDevice,
  startSession,
  tellNetwork,
} from './accounts.sql.ts'
import { beginSecondStep } from './begin-second-step.ts'

const ATTEMPTS_ALLOWED = 10
// A whole school may stand behind one address: past this many failures it may not try one login again and again.
const ATTEMPTS_FROM_ADDRESS = 200
// Two slips of the hand are nothing; an address with more failures than successes make up for is looked at last.
const FAILURES_UNNOTICED = 3

// Counting is short and holds a connection to the database, of which a flood must not take more than a few.
const counting = createQueue(4, [32, 8, 8])
const CROWD = 24
const counted = new Map<string, number>()

/** Whoever comes in a crowd from one address waits for everybody else's attempts to be counted. */
async function inTurn<T>({ address, knownDevice }: PublicCall, count: () => Promise<T>): Promise<T> {
  const before = counted.get(address) ?? 0
  counted.set(address, before + 1)
  const last = knownDevice ? 1 : 2
  return counting(count, before < CROWD ? 0 : last).finally(() => {
    const left = (counted.get(address) ?? 1) - 1
    if (left > 0) counted.set(address, left)
    else counted.delete(address)
  })
}

const rankOf = ({ known, addressFailures }: Counted): Rank => {
  if (known) return 0
  return addressFailures < FAILURES_UNNOTICED ? 1 : 2
}

/** What is kept of the token of a browser that was signed in from before, if it brought one. */
export const deviceHash = ({ knownDevice }: PublicCall): Buffer | null =>
  knownDevice ? sha256(knownDevice) : null

/**
 * Opens a session for the right login and password; says nothing about which of the two was wrong (6.6). Too many
 * failures of a login from one address make the next attempt there wait; other addresses, other logins and browsers that
 * have signed in with this login before go on. An account with a second factor gets a half session instead, to be sent
 * back with the code.
 */
export async function signIn(call: PublicCall, { login, password }: SignIn): Promise<SignInAnswer> {
  const attempt = {
    login,
    device: deviceHash(call),
    address: call.address,
    now: call.now,
    allowed: ATTEMPTS_ALLOWED,
    allowedFromAddress: ATTEMPTS_FROM_ADDRESS,
  }
  const account = await inTurn(call, () =>
    call.inTransaction(async (tx) => {
      const [outcome, found] = await Promise.all([beginSignIn(tx, attempt), findAccount(tx, login)])
      return { found, ...outcome }
    }),
  )
  if (account.waitS > 0) throw new Refused('too-many-failures', { retryAfterS: account.waitS })
  const known = await proven(call, account, password).catch(async (error: unknown) => {
    if (isWrong(error))
      await call.inTransaction((tx) => noteFailure(tx, { kind: 'sign-in-failed', ...attempt }))
    throw error
  })
  const half = await beginSecondStep(call, known)
  if (half) return half
  await openSession(call, known)
  return {}
}

const isWrong = (error: unknown): boolean =>
  error instanceof Refused && error.refusal === 'wrong-login-or-password'

async function proven(
  call: PublicCall,
  { found: account, ...counted }: Counted & { found: FoundAccount | undefined },
  password: string,
): Promise<FoundAccount> {
  if (!account) {
    await spendAsMuch(password, rankOf(counted))
    throw new Refused('wrong-login-or-password')
  }
  const right = await passwordMatches(account.password_hash, password, rankOf(counted))
  if (!right || account.disabled_at !== null) throw new Refused('wrong-login-or-password')
  if (account.first_password_until && account.first_password_until < call.now)
    throw new Refused('first-password-expired')
  return account
}

/**
 * Starts a session under a fresh token, remembers the browser, and hands both tokens to it; refused when no role is in
 * force. `prove` comes first, in its transaction. A session this browser still had ends: nobody could reach it any more,
 * and its streams would live on.
 */
export async function openSession(
  call: PublicCall,
  account: AccountKey,
  prove: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  const token = newSecret()
  const deviceToken = newSecret()
  const expires = new Date(call.now.getTime() + SESSION_LIFE_S * 1000)
  const session = { id: newId(), tokenHash: sha256(token), now: call.now, expires, device: call.device }
  await call.inTransaction(async (tx) => {
    await tellNetwork(tx, call.address)
    await prove(tx)
    if (!(await hasRoleToday(tx, account, call.now))) throw new Refused('no-role-now')
    await startSession(tx, account, session)
    const before = deviceHash(call)
    const device = { id: newId(), before, token: sha256(deviceToken), address: call.address, now: call.now }
    await rememberDevice(tx, account, device)
    if (call.sessionToken) await endSessionOf(tx, sha256(call.sessionToken), call.now)
  })
  call.keepSession(token)
  call.keepKnownDevice(deviceToken)
}

/** Whose session it is. */
export type AccountKey = Pick<FoundAccount, 'organization_id' | 'id' | 'person_id'>

/** Ends the session of the cookie, if there is one; signing out twice is no fault. */
export async function signOut(call: PublicCall): Promise<Record<string, never>> {
  const token = call.sessionToken
  if (token)
    await call.inTransaction(async (tx) => {
      await tellNetwork(tx, call.address)
      await endSessionOf(tx, sha256(token), call.now)
    })
  call.keepSession(null)
  return {}
}
