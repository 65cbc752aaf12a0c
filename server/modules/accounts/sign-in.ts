import type { SignIn, SignInAnswer } from '#contract/session.ts'
import type { PublicCall } from '#platform/call.ts'
import type { Tx } from '#platform/db.ts'
import { Refused } from '#platform/errors.ts'
import { newId, newSecret } from '#platform/ids.ts'
import { passwordMatches, spendAsMuch } from '#platform/passwords.ts'
import { SESSION_LIFE_S, sha256 } from '#platform/secrets.ts'
import {
  beginSignIn,
  endSessionOf,
  type FoundAccount,
  findAccount,
  hasRoleToday,
  rememberDevice,
  startSession,
} from './accounts.sql.ts'
import { beginSecondStep } from './begin-second-step.ts'

const ATTEMPTS_ALLOWED = 10
// A whole school may stand behind one address.
const ATTEMPTS_FROM_ADDRESS = 200

/** What is kept of the token of a browser that was signed in from before, if it brought one. */
export const deviceHash = ({ knownDevice }: PublicCall): Buffer | null =>
  knownDevice ? sha256(knownDevice) : null

/**
 * Opens a session for the right login and password; says nothing about which of the two was wrong (6.6). Too many
 * failures stop everybody but the browsers that have signed in with this login before. An account with a second factor
 * gets a half session instead, to be sent back with the code.
 */
export async function signIn(call: PublicCall, { login, password }: SignIn): Promise<SignInAnswer> {
  const account = await call.inTransaction(async (tx) => {
    const [allowed, found] = await Promise.all([
      beginSignIn(tx, {
        login,
        device: deviceHash(call),
        address: call.address,
        now: call.now,
        allowed: ATTEMPTS_ALLOWED,
        allowedFromAddress: ATTEMPTS_FROM_ADDRESS,
      }),
      findAccount(tx, login),
    ])
    return allowed ? { found } : null
  })
  if (!account) throw new Refused('too-many-failures')
  const known = await proven(call, account.found, password)
  const half = await beginSecondStep(call, known)
  if (half) return half
  await openSession(call, known)
  return {}
}

async function proven(
  call: PublicCall,
  account: FoundAccount | undefined,
  password: string,
): Promise<FoundAccount> {
  if (!account) {
    await spendAsMuch(password)
    throw new Refused('wrong-login-or-password')
  }
  const right = await passwordMatches(account.password_hash, password)
  if (!right || account.disabled_at !== null) throw new Refused('wrong-login-or-password')
  if (account.first_password_until && account.first_password_until < call.now)
    throw new Refused('first-password-expired')
  return account
}

/** Starts a session under a fresh token, remembers the browser, and hands both tokens to it; refused when no role is in force. `prove` comes first, in its transaction. */
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
    await prove(tx)
    if (!(await hasRoleToday(tx, account, call.now))) throw new Refused('no-role-now')
    await startSession(tx, account, session)
    const before = deviceHash(call)
    const device = { id: newId(), before, token: sha256(deviceToken), address: call.address, now: call.now }
    await rememberDevice(tx, account, device)
  })
  call.keepSession(token)
  call.keepKnownDevice(deviceToken)
}

/** Whose session it is. */
export type AccountKey = Pick<FoundAccount, 'organization_id' | 'id' | 'person_id'>

/** Ends the session of the cookie, if there is one; signing out twice is no fault. */
export async function signOut(call: PublicCall): Promise<Record<string, never>> {
  const token = call.sessionToken
  if (token) await call.inTransaction((tx) => endSessionOf(tx, sha256(token), call.now))
  call.keepSession(null)
  return {}
}
