import type pg from 'pg'
import { rows, type Tx } from '#platform/db.ts'

/** What a code is compared with. */
export type KeptFactor = { sealedSecret: Buffer; lastStep: number }

/** A step of the app or the hash of a recovery code: what is taken, once. */
export type Taken = { step: number | null; codeHash: Buffer | null }

export type HalfAccount = KeptFactor & {
  organization_id: string
  id: string
  person_id: string
  login: string
}

/** Keeps that the password was right until the code comes; false when the account has no second factor. */
export async function beginHalfSession(
  tx: Tx,
  account: { organization_id: string; id: string },
  half: { id: string; tokenHash: Buffer; now: Date },
): Promise<boolean> {
  const values = [account.organization_id, account.id, half.id, half.tokenHash, half.now]
  const text = 'select begin_half_session($1, $2, $3, $4, $5) as begun'
  return (await rows<{ begun: boolean }>(tx, text, values))[0]?.begun ?? false
}

/** Whose half session it is; nothing when it is over, void or tried too often. Counts as a try. */
export async function tryHalfSession(tx: Tx, tokenHash: Buffer, now: Date): Promise<HalfAccount | undefined> {
  const text = `select organization_id, id, person_id, login, sealed_secret as "sealedSecret", last_step as "lastStep"
    from try_half_session($1, $2)`
  return (await rows<HalfAccount>(tx, text, [tokenHash, now]))[0]
}

/** False when the code, or the half session, has been taken meanwhile. */
export async function takeHalfSession(
  tx: Tx,
  { tokenHash, device, now }: { tokenHash: Buffer; device: Buffer | null; now: Date },
  taken: Taken,
): Promise<boolean> {
  const text = 'select take_half_session($1, $2, $3, $4, $5) as taken'
  const values = [tokenHash, device, now, taken.step, taken.codeHash]
  return (await rows<{ taken: boolean }>(tx, text, values))[0]?.taken ?? false
}

/** Counts a code; false when ten were tried within a quarter of an hour from there. `device`: null inside a session. */
export async function beginCode(
  tx: Tx,
  accountId: string,
  { device, inside, now }: { device: Buffer | null; inside: boolean; now: Date },
): Promise<boolean> {
  const text = 'select begin_code($1, $2, $3, $4) as allowed'
  return (await rows<{ allowed: boolean }>(tx, text, [accountId, device, inside, now]))[0]?.allowed ?? false
}

export type OwnFactor = KeptFactor & { since: Date; codesLeft: number }

export async function readOwnFactor(tx: Tx): Promise<OwnFactor | undefined> {
  const text = `select sealed_secret as "sealedSecret", last_step as "lastStep", since, codes_left as "codesLeft"
    from own_second_factor() where since is not null`
  return (await rows<OwnFactor>(tx, text))[0]
}

/** From now on the session counts as confirmed; false when the code has been taken already. */
export async function confirmSession(tx: Tx, sessionId: string, taken: Taken): Promise<boolean> {
  const text = 'select confirm_own_session($1, $2, $3) as confirmed'
  const values = [sessionId, taken.step, taken.codeHash]
  return (await rows<{ confirmed: boolean }>(tx, text, values))[0]?.confirmed ?? false
}

export type NewFactor = { sessionId: string; sealed: Buffer; step: number; codeHashes: Buffer[] }

/** False when the account has a second factor already. */
export async function insertOwnFactor(
  tx: Tx,
  { sessionId, sealed, step, codeHashes }: NewFactor,
): Promise<boolean> {
  const text = 'select set_up_own_second_factor($1, $2, $3, $4) as done'
  return (await rows<{ done: boolean }>(tx, text, [sessionId, sealed, step, codeHashes]))[0]?.done ?? false
}

export async function renewCodes(tx: Tx, codeHashes: Buffer[]): Promise<void> {
  await rows(tx, 'select renew_own_recovery_codes($1)', [codeHashes])
}

export async function removeOwnFactor(tx: Tx): Promise<void> {
  await rows(tx, 'select remove_own_second_factor()')
}

export type FactorOf = { accountId: string; has: boolean }

/** The account of a person, and whether it has a second factor; nothing without an account. */
export async function readFactorOf(
  tx: Tx,
  organizationId: string,
  personId: string,
): Promise<FactorOf | undefined> {
  const text = `select a.id as "accountId", exists (select from second_factor f
      where f.organization_id = a.organization_id and f.account_id = a.id) as has
    from account a where a.organization_id = $1 and a.person_id = $2`
  return (await rows<FactorOf>(tx, text, [organizationId, personId]))[0]
}

/** Takes the second factor off an account and ends its sessions; false when there was none. */
export async function takeOff(
  tx: Tx,
  organizationId: string,
  accountId: string,
  now: Date,
): Promise<boolean> {
  const text = 'select reset_second_factor($1) as done'
  const done = (await rows<{ done: boolean }>(tx, text, [accountId]))[0]?.done ?? false
  const end = `update session set ended_at = $3 where organization_id = $1 and account_id = $2 and ended_at is null`
  if (done) await rows(tx, end, [organizationId, accountId, now])
  return done
}

export async function readLogin(tx: Tx, accountId: string): Promise<string | undefined> {
  const text = 'select login from account where organization_id = current_organization() and id = $1'
  return (await rows<{ login: string }>(tx, text, [accountId]))[0]?.login
}

export type SealedSecret = { organizationId: string; accountId: string; secret: Buffer }

// More than one, since a single row may have been carried over from somewhere by hand.
const NEWEST = 20

/** The newest secrets of all organisations of this installation, as they are kept; for the owner of the tables alone. */
export async function readNewestSealed(owner: pg.Pool): Promise<SealedSecret[]> {
  const text = `select organization_id as "organizationId", account_id as "accountId", sealed_secret as secret
    from second_factor order by since desc, organization_id, account_id limit $1`
  return (await owner.query<SealedSecret>(text, [NEWEST])).rows
}
