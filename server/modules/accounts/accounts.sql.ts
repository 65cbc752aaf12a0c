import type { FullName } from '#domain/people/name.ts'
import { shownName } from '#modules/names/index.ts'
import { shortenedAddress } from '#platform/addresses.ts'
import type { Actor, Call } from '#platform/call.ts'
import { rows, type Tx } from '#platform/db.ts'

export type FoundAccount = {
  organization_id: string
  id: string
  person_id: string
  password_hash: string
  disabled_at: Date | null
  first_password_until: Date | null
}

export async function findAccount(tx: Tx, login: string): Promise<FoundAccount | undefined> {
  return (await rows<FoundAccount>(tx, 'select * from find_account($1)', [login]))[0]
}

export type Attempt = {
  login: string
  /** Hash of the browser's token, if it brought one. */
  device: Buffer | null
  address: string
  now: Date
  allowed: number
  allowedFromAddress: number
}

/** How long to wait before another attempt, if it was not taken; how well the browser and the address are known. */
export type Counted = { waitS: number; known: boolean; addressFailures: number }

/**
 * Counts an attempt. A browser that has signed in with this login before has a counter of its own; all others share the
 * one of this login from this address.
 */
export async function beginSignIn(
  tx: Tx,
  { login, device, address, now, allowed, allowedFromAddress }: Attempt,
): Promise<Counted> {
  const text = `select wait_s as "waitS", known, address_failures as "addressFailures"
    from begin_sign_in($1, $2, $3, $4, $5, $6)`
  const values = [login, device, address, now, allowed, allowedFromAddress]
  const [counted] = await rows<Counted>(tx, text, values)
  return counted ?? { waitS: 60, known: false, addressFailures: 0 }
}

export type RememberedDevice = {
  id: string
  before: Buffer | null
  token: Buffer
  address: string
  now: Date
}

/** From now on this browser is known to the account, under a new token; failures before the success are forgotten. */
export async function rememberDevice(
  tx: Tx,
  account: Pick<FoundAccount, 'organization_id' | 'id'>,
  { id, before, token, address, now }: RememberedDevice,
): Promise<void> {
  const values = [account.organization_id, account.id, id, before, token, address, now]
  await rows(tx, 'select remember_device($1, $2, $3, $4, $5, $6, $7)', values)
}

export async function hasRoleToday(
  tx: Tx,
  { organization_id, person_id }: Pick<FoundAccount, 'organization_id' | 'person_id'>,
  now: Date,
): Promise<boolean> {
  const text = 'select has_role_today($1, $2, $3) as has'
  return (await rows<{ has: boolean }>(tx, text, [organization_id, person_id, now]))[0]?.has ?? false
}

export type NewSession = { id: string; tokenHash: Buffer; now: Date; expires: Date; device: string }

export async function startSession(
  tx: Tx,
  account: Pick<FoundAccount, 'organization_id' | 'id'>,
  session: NewSession,
): Promise<void> {
  await rows(tx, 'select start_session($1, $2, $3, $4, $5, $6, $7)', [
    account.organization_id,
    account.id,
    session.id,
    session.tokenHash,
    session.now,
    session.expires,
    session.device,
  ])
}

/** Tells the database from which network the session is that this transaction starts or ends; it keeps the line itself. */
export async function tellNetwork(tx: Tx, address: string): Promise<void> {
  await rows(tx, `select set_config('app.network', $1, true)`, [shortenedAddress(address)])
}

export type SessionRow = FullName & {
  login: string
  previous_sign_in_at: Date | null
  must_change_password: boolean
  rules_accepted_at: Date | null
  organization: string
  short_name: string
  is_demo: boolean
  intake: { id: string; name: string; from: string; to: string } | null
  access_news: { action: string; at: string; by: string | null; fresh: boolean }[]
}

/** What an owner is told of when somebody else did it. */
const TOLD_TO_OWNER = [
  'account.issue',
  'account.first-password',
  'account.enable',
  'account.disable',
  'second-factor.reset',
]

const READ_SESSION = `
  select p.last_name as "lastName", p.first_name as "firstName", p.middle_name as "middleName", a.login,
    a.previous_sign_in_at, a.must_change_password, a.rules_accepted_at, o.name as organization, o.short_name, o.is_demo,
    (select json_build_object('id', i.id, 'name', i.name, 'from', i.starts_on, 'to', i.ends_on) from intake i
      where i.organization_id = o.id and i.starts_on <= $3 order by i.starts_on desc limit 1) as intake,
    (select coalesce(json_agg(n order by n.at desc), '[]') from (
      select e.action, e.at, nullif(${shownName('w')}, '') as by,
        e.at > coalesce(a.previous_sign_in_at, '-infinity') as fresh
      from audit_event e left join person w on w.organization_id = $1 and w.id = e.actor_id
      where e.organization_id = $1 and e.resource = 'account' and e.resource_id = a.id
        and e.actor_id is distinct from a.person_id and e.action = any ($4)
      order by e.id desc limit 10) n) as access_news
  from account a
  join person p on p.organization_id = a.organization_id and p.id = a.person_id
  join organization o on o.id = a.organization_id
  where a.organization_id = $1 and a.id = $2`

export async function readSession(tx: Tx, actor: Actor, today: string): Promise<SessionRow | undefined> {
  const values = [actor.organizationId, actor.accountId, today, TOLD_TO_OWNER]
  return (await rows<SessionRow>(tx, READ_SESSION, values))[0]
}

export async function readOwnPassword(tx: Tx): Promise<{ login: string; password_hash: string } | undefined> {
  return (await rows<{ login: string; password_hash: string }>(tx, 'select * from own_password()'))[0]
}

/** Names that may not make a password: the actor's own and the centre's. */
export async function readKnownNames(tx: Tx, actor: Actor): Promise<string[]> {
  const text = `select array_remove(array[p.last_name, p.first_name, p.middle_name, o.name, o.short_name], null) as names
    from person p join organization o on o.id = p.organization_id where p.organization_id = $1 and p.id = $2`
  return (await rows<{ names: string[] }>(tx, text, [actor.organizationId, actor.personId]))[0]?.names ?? []
}

/** Counts a password asked for inside a session; false when the allowed number of the last minutes is used up. */
export async function beginProof(
  tx: Tx,
  { actor, now }: Pick<Call, 'actor' | 'now'>,
  allowed: number,
): Promise<boolean> {
  const text = 'select begin_proof($1, $2, $3) as allowed'
  return (await rows<{ allowed: boolean }>(tx, text, [actor.accountId, now, allowed]))[0]?.allowed ?? false
}

/** The right password forgets the wrong ones before it. */
export async function forgetProofs(tx: Tx, { accountId }: Actor): Promise<void> {
  await rows(tx, 'select forget_proofs($1)', [accountId])
}

/** Sets the password and ends every other session of the account: whoever knew the old one is out. */
export async function savePassword(tx: Tx, actor: Actor, hash: string, now: Date): Promise<void> {
  const save = `update account set password_hash = $3, must_change_password = false, first_password_until = null,
    version = version + 1 where organization_id = $1 and id = $2`
  await rows(tx, save, [actor.organizationId, actor.accountId, hash])
  const end = `update session set ended_at = $4 where organization_id = $1 and account_id = $2 and id <> $3 and ended_at is null`
  await rows(tx, end, [actor.organizationId, actor.accountId, actor.sessionId, now])
}

export async function acceptRules(tx: Tx, actor: Actor, now: Date): Promise<void> {
  const text = `update account set rules_accepted_at = coalesce(rules_accepted_at, $3), version = version + 1
    where organization_id = $1 and id = $2`
  await rows(tx, text, [actor.organizationId, actor.accountId, now])
}

export type SessionLine = { id: string; device: string; started_at: Date; seen_at: Date }

export function readOwnSessions(tx: Tx, actor: Actor, now: Date): Promise<SessionLine[]> {
  const text = `select id, device, started_at, seen_at from session
    where organization_id = $1 and account_id = $2 and ended_at is null and expires_at > $3 order by seen_at desc`
  return rows<SessionLine>(tx, text, [actor.organizationId, actor.accountId, now])
}

export async function endSession(tx: Tx, actor: Actor, sessionId: string, now: Date): Promise<boolean> {
  const text = `update session set ended_at = $4
    where organization_id = $1 and account_id = $2 and id = $3 and ended_at is null returning id`
  return (await rows(tx, text, [actor.organizationId, actor.accountId, sessionId, now])).length > 0
}

/** Ends the session a cookie stands for; nothing happens when it is over already. */
export async function endSessionOf(tx: Tx, tokenHash: Buffer, now: Date): Promise<void> {
  // The call stands the transaction in the session's organisation, without which there is no row to change.
  const text = 'select organization_id, session_id from open_call($1, $2, null, null, null, null)'
  const [opened] = await rows<{ organization_id: string | null; session_id: string }>(tx, text, [
    tokenHash,
    now,
  ])
  if (!opened?.organization_id) return
  const end = 'update session set ended_at = $3 where organization_id = $1 and id = $2 and ended_at is null'
  await rows(tx, end, [opened.organization_id, opened.session_id, now])
}
