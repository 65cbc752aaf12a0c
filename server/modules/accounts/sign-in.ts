import type { SignIn } from '#contract/session.ts'
import type { PublicCall } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { openCall, SESSION_LIFE_S, sha256 } from '#platform/http.ts'
import { newId, newSecret } from '#platform/ids.ts'
import { passwordMatches, spendAsMuch } from '#platform/passwords.ts'
import {
  countSignInFailure,
  endSession,
  type FoundAccount,
  findAccount,
  signInFailures,
  startSession,
} from './accounts.sql.ts'

const FAILURES_ALLOWED = 10

/** Opens a session for the right login and password; says nothing about which of the two was wrong (6.6). */
export async function signIn(call: PublicCall, { login, password }: SignIn): Promise<Record<string, never>> {
  const account = await call.inTransaction(async (tx) => {
    if ((await signInFailures(tx, login, call.now)) >= FAILURES_ALLOWED)
      throw new Refused('too-many-failures')
    return findAccount(tx, login)
  })
  if (!account || !(await isRight(account, password))) {
    await call.inTransaction((tx) => countSignInFailure(tx, login, call.now))
    if (!account) await spendAsMuch(password)
    throw new Refused('wrong-login-or-password')
  }
  if (account.first_password_until && account.first_password_until < call.now)
    throw new Refused('first-password-expired')
  await openSession(call, account)
  return {}
}

const isRight = async (account: FoundAccount, password: string): Promise<boolean> =>
  (await passwordMatches(account.password_hash, password)) && account.disabled_at === null

/** Starts a session under a fresh token and hands the token to the browser. */
export async function openSession(call: PublicCall, account: FoundAccount): Promise<void> {
  const token = newSecret()
  const expires = new Date(call.now.getTime() + SESSION_LIFE_S * 1000)
  const session = { id: newId(), tokenHash: sha256(token), now: call.now, expires, device: call.device }
  await call.inTransaction((tx) => startSession(tx, account, session))
  call.keepSession(token)
}

/** Ends the session of the cookie, if there is one; signing out twice is no fault. */
export async function signOut(call: PublicCall): Promise<Record<string, never>> {
  const token = call.sessionToken
  if (token) {
    await call.inTransaction(async (tx) => {
      const opened = await openCall(tx, token, call.now, null).catch(() => null)
      if (!opened?.organization_id) return
      const actor = {
        ...NO_ROLES,
        organizationId: opened.organization_id,
        accountId: opened.account_id,
        personId: opened.person_id,
        sessionId: opened.session_id,
      }
      await endSession(tx, actor, opened.session_id, call.now)
    })
  }
  call.keepSession(null)
  return {}
}

const NO_ROLES = { roles: [], children: null }
