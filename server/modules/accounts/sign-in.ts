import type { SignIn } from '#contract/session.ts'
import type { PublicCall } from '#platform/call.ts'
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
  startSession,
} from './accounts.sql.ts'

const ATTEMPTS_ALLOWED = 10

/** Opens a session for the right login and password; says nothing about which of the two was wrong (6.6). */
export async function signIn(call: PublicCall, { login, password }: SignIn): Promise<Record<string, never>> {
  const account = await call.inTransaction(async (tx) => {
    const [allowed, found] = await Promise.all([
      beginSignIn(tx, { login, now: call.now, allowed: ATTEMPTS_ALLOWED }),
      findAccount(tx, login),
    ])
    return allowed ? { found } : null
  })
  if (!account) throw new Refused('too-many-failures')
  await openSession(call, await proven(call, account.found, password))
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

/** Starts a session under a fresh token and hands the token to the browser; refused when no role is in force. */
export async function openSession(call: PublicCall, account: AccountKey): Promise<void> {
  const token = newSecret()
  const expires = new Date(call.now.getTime() + SESSION_LIFE_S * 1000)
  const session = { id: newId(), tokenHash: sha256(token), now: call.now, expires, device: call.device }
  await call.inTransaction(async (tx) => {
    if (!(await hasRoleToday(tx, account, call.now))) throw new Refused('no-role-now')
    await startSession(tx, account, session)
  })
  call.keepSession(token)
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
