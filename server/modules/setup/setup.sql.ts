import type { FullName } from '#domain/people/name.ts'
import { type Database, rows, type Tx } from '#platform/db.ts'

export async function organizationExists(tx: Tx): Promise<boolean> {
  const [state] = await rows<{ organizations: number }>(tx, 'select organizations from installation_state()')
  return (state?.organizations ?? 0) > 0
}

/** Two first runs at once must see each other's organisation. */
export async function lockSetup(tx: Tx): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('setup', 0))`)
}

export async function checkLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> {
  const text = 'select use_setup_link($1, $2, false) as open'
  return (await rows<{ open: boolean }>(tx, text, [tokenHash, now]))[0]?.open ?? false
}

export async function takeLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> {
  const text = 'select use_setup_link($1, $2, true) as open'
  return (await rows<{ open: boolean }>(tx, text, [tokenHash, now]))[0]?.open ?? false
}

export type NewOrganization = { id: string; name: string; shortName: string; timeZone: string }

/** Creates the organisation and stands the transaction in it, with the first administrator as its actor. */
export async function createOrganization(
  tx: Tx,
  organization: NewOrganization,
  { personId, now }: { personId: string; now: Date },
): Promise<void> {
  const { id, name, shortName, timeZone } = organization
  await rows(tx, 'select create_organization($1, $2, $3, $4)', [id, name, shortName, timeZone])
  const context = `select set_config('app.organization_id', $1, true), set_config('app.actor_id', $2, true),
    set_config('app.now', $3, true)`
  await rows(tx, context, [id, personId, now.toISOString()])
}

export type FirstAdministrator = FullName & {
  organizationId: string
  personId: string
  roleId: string
  accountId: string
  login: string
  passwordHash: string
  now: Date
}

const INSERT_ADMINISTRATOR = `
with someone as (
  insert into person (organization_id, id, last_name, first_name, middle_name) values ($1, $2, $3, $4, $5)
), administrator as (
  insert into role_assignment (organization_id, id, person_id, role, starts_on)
  select $1, $6, $2, 'system-admin', ($10::timestamptz at time zone time_zone)::date from organization where id = $1
), noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, at)
  values ($1, 'setup', 'organization', $1, $2, $10)
)
insert into account (organization_id, id, person_id, login, password_hash, must_change_password)
values ($1, $7, $2, $8, $9, false)`

export async function insertAdministrator(tx: Tx, first: FirstAdministrator): Promise<void> {
  const { organizationId, personId, lastName, firstName, middleName } = first
  const { roleId, accountId, login, passwordHash, now } = first
  const person = [organizationId, personId, lastName, firstName, middleName]
  await rows(tx, INSERT_ADMINISTRATOR, [...person, roleId, accountId, login, passwordHash, now])
}

/** Keeps the hash of a new link; false when there is an organisation already. Links long dead go. */
export async function insertLink(
  { owner }: Database,
  link: { tokenHash: Buffer; now: Date; expires: Date },
): Promise<boolean> {
  await owner.query('delete from setup_link where expires_at < $1', [link.now])
  const text = `insert into setup_link (token_hash, expires_at)
    select $1, $2 where not exists (select from organization) returning 1`
  const { rowCount } = await owner.query(text, [link.tokenHash, link.expires])
  return rowCount === 1
}
