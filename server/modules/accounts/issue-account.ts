import type {
  AccessSlip,
  AccessSlips,
  BatchClasses,
  IssueAccount,
  IssueBatch,
  PutAccount,
} from '#contract/accounts.ts'
import type { Versioned } from '#contract/people.ts'
import { nthLogin, proposedLogin } from '#domain/people/login.ts'
import { fullName } from '#domain/people/name.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword, holdingConnection } from '#platform/passwords.ts'
import { firstPasswordUntil, newFirstPassword } from './first-password.ts'
import {
  type Candidate,
  insertAccount,
  readBatch,
  readBatchClasses,
  readCandidate,
  saveDisabled,
  saveFirstPassword,
} from './issue.sql.ts'

const NAMESAKES = 200

/** Gives a person a personal login and a first password, shown once and good for 72 hours (6.6). */
export async function issueAccount(call: Call, personId: string, wanted: IssueAccount): Promise<AccessSlip> {
  const one = await candidate(call, personId)
  if (one.accountId) throw new Refused('account-exists')
  return holdingConnection(() => createFor(call, one, wanted.login ?? null))
}

/** Replaces a forgotten password with a first one; every session of the account ends. */
export async function issueFirstPassword(call: Call, personId: string): Promise<AccessSlip> {
  const one = await candidate(call, personId)
  if (!one.accountId) throw new NotFound()
  return holdingConnection(() => renewFor(call, one))
}

/** Closes an account at once, with all its sessions, or opens it again; one cannot close the own. */
export async function putAccount(call: Call, personId: string, wanted: PutAccount): Promise<Versioned> {
  const { accountId } = await candidate(call, personId)
  if (!accountId) throw new NotFound()
  if (personId === call.actor.personId) throw new Refused('own-account-stays')
  if (!(await saveDisabled(call, { id: accountId, ...wanted }))) throw new Refused('version-conflict')
  const action = wanted.disabled ? 'account.disable' : 'account.enable'
  await recordAudit(call, { action, resource: 'account', resourceId: accountId })
  return { version: wanted.version + 1 }
}

/** Classes of today and how many of their people still wait for access. */
export async function listBatchClasses(call: Call): Promise<BatchClasses> {
  return { classes: await readBatchClasses(call) }
}

/** Gives access to everybody of a class who has none, in one transaction; the slips are answered once. */
export async function issueBatch(call: Call, wanted: IssueBatch): Promise<AccessSlips> {
  const people = await readBatch(call, wanted)
  const [first] = people
  if (!first) throw new NotFound()
  const slips = await holdingConnection(async () => {
    const made: AccessSlip[] = []
    for (const one of people) {
      if (!one.accountId) made.push(await createFor(call, one, null))
      else if (wanted.again && !one.signedIn && !one.disabled) made.push(await renewFor(call, one))
    }
    return made
  })
  return { className: first.className, slips }
}

async function candidate(call: Call, personId: string): Promise<Candidate> {
  const one = await readCandidate(call, personId)
  if (!one) throw new NotFound()
  return one
}

async function createFor(call: Call, one: Candidate, login: string | null): Promise<AccessSlip> {
  const [password, until, id] = [newFirstPassword(), firstPasswordUntil(call.now), newId(call.now.getTime())]
  const account = { id, personId: one.personId, hash: await hashPassword(password), until }
  const given = await firstFree(login ? [login] : loginsFor(one), (login) =>
    insertAccount(call, { ...account, login }),
  )
  if (!given) throw new Refused('login-taken', { path: 'login' })
  await recordAudit(call, { action: 'account.issue', resource: 'account', resourceId: id })
  return slip(one, { login: given, password, until })
}

const loginsFor = (one: Candidate): string[] =>
  Array.from({ length: NAMESAKES }, (_, n) => nthLogin(proposedLogin(one), n + 1))

async function firstFree(
  logins: string[],
  take: (login: string) => Promise<boolean>,
): Promise<string | null> {
  for (const login of logins) if (await take(login)) return login
  return null
}

async function renewFor(call: Call, one: Candidate): Promise<AccessSlip> {
  const [password, until] = [newFirstPassword(), firstPasswordUntil(call.now)]
  const { accountId: id, login } = one
  if (id === null || login === null) throw new NotFound()
  await saveFirstPassword(call, { id, login, hash: await hashPassword(password), until })
  await recordAudit(call, { action: 'account.first-password', resource: 'account', resourceId: id })
  return slip(one, { login, password, until })
}

const slip = (one: Candidate, access: { login: string; password: string; until: Date }): AccessSlip => ({
  personId: one.personId,
  name: fullName(one),
  about: one.about,
  login: access.login,
  password: access.password,
  validUntil: access.until.toISOString(),
})
