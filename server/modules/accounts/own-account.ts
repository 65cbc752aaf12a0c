import type { ChangePassword, OwnSessions, SessionView } from '#contract/session.ts'
import { mustSetUp } from '#domain/access/second-factor.ts'
import type { Day } from '#domain/calendar/day.ts'
import { fullName, shortName } from '#domain/people/name.ts'
import { type PasswordOwner, passwordRefusal } from '#domain/people/password.ts'
import { lastRestore } from '#modules/backups/index.ts'
import { sharedInitialsOf } from '#modules/names/index.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { hashPassword, holdingConnection, passwordMatches } from '#platform/passwords.ts'
import { noteFailure } from '#platform/usage.ts'
import {
  acceptRules,
  beginProof,
  endSession,
  forgetProofs,
  readKnownNames,
  readOwnPassword,
  readOwnSessions,
  readSession,
  savePassword,
} from './accounts.sql.ts'
import { commonWords } from './common-passwords.ts'

export async function readOwnSession(call: Call): Promise<SessionView> {
  const { tx, actor, today, secondFactor } = call
  const row = await readSession(tx, actor, today)
  if (!row) throw new NotFound()
  return {
    account: { id: actor.accountId, login: row.login },
    person: { id: actor.personId, name: fullName(row), shortName: shortName(row) },
    roles: [...actor.roles],
    organization: { name: row.organization, shortName: row.short_name },
    sharedInitials: await sharedInitialsOf(tx, actor.organizationId),
    intake: row.intake as { id: string; name: string; from: Day; to: Day } | null,
    demo: row.is_demo,
    today,
    mustChangePassword: row.must_change_password,
    mustAcceptRules: row.rules_accepted_at === null,
    lastSignInAt: row.previous_sign_in_at?.toISOString() ?? null,
    accessNews: row.access_news.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    secondFactor: {
      has: secondFactor.has,
      due: secondFactor.due,
      mustSetUp: mustSetUp(secondFactor, today),
    },
    restore: await lastRestore(call),
  }
}

const PROOFS_ALLOWED = 10

/**
 * Makes sure that whoever holds the session also knows its password, counted and limited like a sign-in: ten wrong ones
 * in a quarter of an hour for the account, each told in the list of events. `path` is the field of the password. Called behind
 * `holdingConnection`.
 */
export async function proveOwnPassword(call: Call, password: string, path: string): Promise<PasswordOwner> {
  const own = await readOwnPassword(call.tx)
  if (!own) throw new NotFound()
  const allowed = await call.apart((tx) => beginProof(tx, call, PROOFS_ALLOWED))
  if (!allowed) throw new Refused('too-many-failures', { path })
  if (await passwordMatches(own.password_hash, password)) {
    await forgetProofs(call.tx, call.actor)
    return { login: own.login, names: await readKnownNames(call.tx, call.actor) }
  }
  const failed = {
    kind: 'password-failed',
    accountId: call.actor.accountId,
    address: '',
    now: call.now,
  } as const
  // The refusal takes back the whole transaction of the call, and must not take back this.
  await call.apart((tx) => noteFailure(tx, failed))
  throw new Refused('wrong-password', { path })
}

/** Changes the actor's own password; all its other sessions end (6.6, 6.8). */
export async function changePassword(
  call: Call,
  { current, next }: ChangePassword,
): Promise<Record<string, never>> {
  const hash = await holdingConnection(async () => {
    const owner = await proveOwnPassword(call, current, 'current')
    const refusal = passwordRefusal(next, { current, owner, common: commonWords() })
    if (refusal) throw new Refused(refusal, { path: 'next' })
    return hashPassword(next)
  })
  await savePassword(call.tx, call.actor, hash, call.now)
  await recordAudit(call, {
    action: 'password.change',
    resource: 'account',
    resourceId: call.actor.accountId,
  })
  return {}
}

export async function acceptRulesOfUse(call: Call): Promise<Record<string, never>> {
  const { tx, actor, now } = call
  await acceptRules(tx, actor, now)
  await recordAudit(call, { action: 'rules.accept', resource: 'account', resourceId: actor.accountId })
  return {}
}

export async function listOwnSessions({ tx, actor, now }: Call): Promise<OwnSessions> {
  const lines = await readOwnSessions(tx, actor, now)
  return {
    sessions: lines.map((line) => ({
      id: line.id,
      device: line.device,
      startedAt: line.started_at.toISOString(),
      seenAt: line.seen_at.toISOString(),
      current: line.id === actor.sessionId,
    })),
  }
}

export async function endOwnSession(call: Call, sessionId: string): Promise<Record<string, never>> {
  const { tx, actor, now } = call
  if (!(await endSession(tx, actor, sessionId, now))) throw new NotFound()
  await recordAudit(call, { action: 'session.end', resource: 'account', resourceId: actor.accountId })
  return {}
}
