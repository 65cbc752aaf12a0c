import type {
  AccessGiven,
  AccessSlip,
  AccessSlips,
  BatchClasses,
  IssueAccount,
  IssueBatch,
  PutAccount,
} from '#contract/accounts.ts'
import type { VersionedOrAsked } from '#contract/people.ts'
import { nthLogin, proposedLogin } from '#domain/people/login.ts'
import { askApproval } from '#modules/approvals/index.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword, holdingConnection } from '#platform/passwords.ts'
import { firstPasswordUntil, newFirstPassword } from './first-password.ts'
import {
  type Candidate,
  insertAccount,
  isDirector,
  readBatch,
  readBatchClasses,
  readCandidate,
  saveDisabled,
  saveFirstPassword,
  voidAccess,
} from './issue.sql.ts'

const NAMESAKES = 200

/**
 * Gives a person a personal login and a first password, shown once and good for 72 hours (6.6). For a privileged role,
 * in force, to come or asked for, it waits for a second person instead.
 */
export async function issueAccount(call: Call, personId: string, wanted: IssueAccount): Promise<AccessGiven> {
  const one = await candidate(call, personId)
  if (one.accountId) throw new Refused('account-exists')
  if (one.guarded)
    return askApproval(call, { kind: 'account', personId, body: { login: wanted.login ?? null } })
  return holdingConnection(() => createFor(call, one, wanted.login ?? null))
}

/** Replaces a forgotten password with a first one; every session of the account ends. Guarded like issuing. */
export async function issueFirstPassword(call: Call, personId: string): Promise<AccessGiven> {
  const one = await candidate(call, personId)
  if (!one.accountId) throw new NotFound()
  if (one.guarded) return askApproval(call, { kind: 'first-password', personId })
  return holdingConnection(() => renewFor(call, one))
}

/** What a confirmed request says of the first password it leads to; without a request it was the console. */
export type Confirmed = { approval?: string; askerId?: string; login: string | null }

/** The access a second person has confirmed: a new account, or a first password for the one that is there. */
export async function giveConfirmedAccess(
  call: Call,
  personId: string,
  { login, ...detail }: Confirmed,
): Promise<AccessSlip> {
  const one = await candidate(call, personId)
  return holdingConnection(() =>
    one.accountId ? renewFor(call, one, detail) : createFor(call, one, login, detail),
  )
}

/** Ends what was known of a person's access, if there is any: a privileged role begins with a new first password. */
export async function voidAccessOf(call: Call, personId: string): Promise<void> {
  const { accountId } = await candidate(call, personId)
  if (accountId) await voidAccess(call, accountId)
}

/**
 * Closes an account at once, with all its sessions, or opens it again; one cannot close the own. Opening that of a
 * privileged role, and closing the director's, waits for a second person.
 */
export async function putAccount(
  call: Call,
  personId: string,
  wanted: PutAccount,
): Promise<VersionedOrAsked> {
  const { accountId, guarded, disabled, version } = await candidate(call, personId)
  if (!accountId) throw new NotFound()
  if (personId === call.actor.personId) throw new Refused('own-account-stays')
  if (version !== wanted.version) throw new Refused('version-conflict')
  if (disabled !== wanted.disabled && (wanted.disabled ? await isDirector(call, personId) : guarded)) {
    const kind = wanted.disabled ? 'close-account' : 'open-account'
    return { version, request: (await askApproval(call, { kind, personId })).request }
  }
  await setDisabled(call, personId, wanted.disabled)
  return { version: version + 1, request: null }
}

/** Closes or opens an account as it stands now. */
export async function setDisabled(call: Call, personId: string, disabled: boolean): Promise<void> {
  const { accountId, version } = await candidate(call, personId)
  if (!accountId) throw new NotFound()
  if (!(await saveDisabled(call, { id: accountId, disabled, version }))) throw new Refused('version-conflict')
  const action = disabled ? 'account.disable' : 'account.enable'
  await recordAudit(call, { action, resource: 'account', resourceId: accountId })
}

/** Classes of today and how many of their people still wait for access. */
export async function listBatchClasses(call: Call): Promise<BatchClasses> {
  return { classes: await readBatchClasses(call) }
}

/**
 * Gives access to everybody of a class who has none, in one transaction; the slips are answered once. A guardian who
 * also has a privileged role is left out and named.
 */
export async function issueBatch(call: Call, wanted: IssueBatch): Promise<AccessSlips> {
  const people = await readBatch(call, wanted)
  const [first] = people
  if (!first) throw new NotFound()
  const wait = people.filter((one) => !one.accountId || (wanted.again && !one.signedIn && !one.disabled))
  const [held, free] = [wait.filter((one) => one.guarded), wait.filter((one) => !one.guarded)]
  const slips = await holdingConnection(async () => {
    const made: AccessSlip[] = []
    for (const one of free)
      made.push(await (one.accountId ? renewFor(call, one) : createFor(call, one, null)))
    return made
  })
  return {
    className: first.className,
    slips,
    held: held.map((one) => ({ personId: one.personId, name: one.name })),
  }
}

async function candidate(call: Call, personId: string): Promise<Candidate> {
  const one = await readCandidate(call, personId)
  if (!one) throw new NotFound()
  return one
}

type Confirming = Pick<Confirmed, 'approval' | 'askerId'>

async function createFor(
  call: Call,
  one: Candidate,
  login: string | null,
  detail?: Confirming,
): Promise<AccessSlip> {
  const [password, until, id] = [newFirstPassword(), firstPasswordUntil(call.now), newId(call.now.getTime())]
  const account = { id, personId: one.personId, hash: await hashPassword(password), until }
  const given = await firstFree(login ? [login] : loginsFor(one), (login) =>
    insertAccount(call, { ...account, login }),
  )
  if (!given) throw new Refused('login-taken', { path: 'login' })
  const line = { action: 'account.issue', resource: 'account', resourceId: id }
  await recordAudit(call, { ...line, ...(detail && { detail }) })
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

async function renewFor(call: Call, one: Candidate, detail?: Confirming): Promise<AccessSlip> {
  const [password, until] = [newFirstPassword(), firstPasswordUntil(call.now)]
  const { accountId: id, login } = one
  if (id === null || login === null) throw new NotFound()
  await saveFirstPassword(call, { id, login, hash: await hashPassword(password), until })
  const line = { action: 'account.first-password', resource: 'account', resourceId: id }
  await recordAudit(call, { ...line, ...(detail && { detail }) })
  return slip(one, { login, password, until })
}

const slip = (one: Candidate, access: { login: string; password: string; until: Date }): AccessSlip => ({
  personId: one.personId,
  name: one.name,
  about: one.about,
  login: access.login,
  password: access.password,
  validUntil: access.until.toISOString(),
})
