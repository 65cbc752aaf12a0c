import type {
  GiveCode,
  OwnSecondFactor,
  RecoveryCodes,
  SecondFactorDraft,
  SetUpSecondFactor,
} from '#contract/second-factor.ts'
import { proofOf } from '#domain/access/second-factor.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { holdingConnection } from '#platform/passwords.ts'
import { newTotpSecret, totpAddress, totpStep } from '#platform/totp.ts'
import { noteFailure } from '#platform/usage.ts'
import { newRecoveryCodes, ownerOf, proven } from './proof.ts'
import {
  beginCode,
  confirmSession,
  insertOwnFactor,
  readLogin,
  readOwnFactor,
  removeOwnFactor,
  renewCodes,
} from './second-factor.sql.ts'

// Latin and short: each Russian letter would take six signs of the picture, and a dense picture is hard to scan.
const ISSUER = 'Zhuravl'
const DRAFT_LIFE_MS = 60 * 60 * 1000

type Done = Record<string, never>

const owner = ({ actor }: Call): string => ownerOf(actor.organizationId, actor.accountId)
const draftOf = (call: Call): string => `draft of ${owner(call)}`
const note = (call: Call, action: string): Promise<void> =>
  recordAudit(call, { action, resource: 'account', resourceId: call.actor.accountId })

/** Whether the own account has a second factor, how many recovery codes are left, and whether it is required. */
export async function readOwnSecondFactor({ tx, secondFactor }: Call): Promise<OwnSecondFactor> {
  const kept = await readOwnFactor(tx)
  return {
    since: kept?.since.toISOString() ?? null,
    codesLeft: kept?.codesLeft ?? 0,
    due: secondFactor.due,
  }
}

/** Proposes a secret for the app; nothing is kept until a code made with it comes back within an hour. */
export async function draftSecondFactor(call: Call): Promise<SecondFactorDraft> {
  const login = await readLogin(call.tx, call.actor.accountId)
  if (login === undefined) throw new NotFound()
  const secret = newTotpSecret()
  const until = call.now.getTime() + DRAFT_LIFE_MS
  return {
    secret,
    address: totpAddress(secret, { issuer: ISSUER, label: login }),
    draft: call.vault.seal(JSON.stringify({ secret, until }), draftOf(call)).toString('base64url'),
  }
}

/**
 * Turns the second factor on once the app has given a right code, and answers the recovery codes, once. Every other
 * session of the account ends: it was opened without a code.
 */
export async function setUpSecondFactor(
  call: Call,
  { draft, code }: SetUpSecondFactor,
): Promise<RecoveryCodes> {
  const opened = call.vault.open(Buffer.from(draft, 'base64url'), draftOf(call))
  const { secret, until } = opened
    ? (JSON.parse(opened) as { secret: string; until: number })
    : { secret: '', until: 0 }
  if (until < call.now.getTime()) throw new Refused('draft-over')
  const typed = proofOf(code)
  const step = typed?.kind === 'app' ? totpStep(secret, typed.code, call.now) : null
  if (step === null) throw new Refused('wrong-code', { path: 'code' })
  const { shown, hashes } = newRecoveryCodes()
  const sealed = call.vault.seal(secret, owner(call))
  const factor = { sessionId: call.actor.sessionId, sealed, step, codeHashes: hashes }
  if (!(await insertOwnFactor(call.tx, factor))) throw new Refused('second-factor-exists')
  await note(call, 'second-factor.set-up')
  return { codes: shown }
}

/** Turns it off, with a code; refused where the settings require it. */
export async function removeSecondFactor(call: Call, { code }: GiveCode): Promise<Done> {
  if (call.secondFactor.due !== null) throw new Refused('second-factor-required')
  await giveCode(call, code)
  await removeOwnFactor(call.tx)
  await note(call, 'second-factor.remove')
  return {}
}

/** New recovery codes, with a code; those before are worth nothing. */
export async function renewRecoveryCodes(call: Call, { code }: GiveCode): Promise<RecoveryCodes> {
  await giveCode(call, code)
  const { shown, hashes } = newRecoveryCodes()
  await renewCodes(call.tx, hashes)
  await note(call, 'second-factor.new-codes')
  return { codes: shown }
}

/** The code asked for before giving rights, resets and large exports; good for five minutes. */
export async function confirmWithCode(call: Call, { code }: GiveCode): Promise<Done> {
  await giveCode(call, code)
  return {}
}

/** Takes a code in a session, counted as passwords are: of ten wrong ones the eleventh is not looked at. */
async function giveCode(call: Call, code: string): Promise<void> {
  const kept = await readOwnFactor(call.tx)
  if (!kept) throw new Refused('second-factor-missing')
  const allowed = await holdingConnection(() =>
    call.apart((tx) => beginCode(tx, call.actor.accountId, { device: null, inside: true, now: call.now })),
  )
  if (!allowed) throw new Refused('too-many-failures')
  try {
    const taken = proven(code, { ...kept, owner: owner(call) }, call)
    if (!(await confirmSession(call.tx, call.actor.sessionId, taken)))
      throw new Refused(taken.step === null ? 'wrong-code' : 'code-used', { path: 'code' })
  } catch (error) {
    const failed = {
      kind: 'code-failed',
      accountId: call.actor.accountId,
      address: '',
      now: call.now,
    } as const
    if (error instanceof Refused && error.detail.path === 'code')
      await call.apart((tx) => noteFailure(tx, failed))
    throw error
  }
}
