import type { Role } from '#domain/access/access.ts'
import type { FullName } from '#domain/people/name.ts'
import { type Database, rows, type Tx } from '#platform/db.ts'

export type Installation = { organizations: number; accounts: number; unclaimed: string | null }

/** What is there before the first administrator: nothing, or an imported organisation that nobody can enter yet. */
export async function readInstallation(tx: Tx): Promise<Installation> {
  const [state] = await rows<Installation>(
    tx,
    'select organizations, accounts, unclaimed from installation_state()',
  )
  if (!state) throw new Error('the installation tells nothing of itself')
  return state
}

/** Whether a first administrator may still be made. */
export const isOpen = ({ organizations, unclaimed }: Installation): boolean =>
  organizations === 0 || unclaimed !== null

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

export async function createOrganization(
  tx: Tx,
  { id, name, shortName, timeZone }: NewOrganization,
): Promise<void> {
  await rows(tx, 'select create_organization($1, $2, $3, $4)', [id, name, shortName, timeZone])
}

/** Gives the imported organisation the names its administrator chose. */
export async function renameOrganization(
  tx: Tx,
  { id, name, shortName, timeZone }: NewOrganization,
): Promise<void> {
  const text =
    'update organization set name = $2, short_name = $3, time_zone = $4, version = version + 1 where id = $1'
  await rows(tx, text, [id, name, shortName, timeZone])
}

/** Stands the transaction that has taken the link in an organisation nobody can enter yet, as this person. */
export async function enterUnclaimed(
  tx: Tx,
  tokenHash: Buffer,
  { organizationId, personId, now }: { organizationId: string; personId: string; now: Date },
): Promise<void> {
  await rows(tx, 'select enter_unclaimed($1, $2, $3, $4)', [tokenHash, organizationId, personId, now])
}

/** The one person of the lists with this name, who then is the administrator; null when there is none such. */
export async function findListed(tx: Tx, organizationId: string, name: FullName): Promise<string | null> {
  const text = `select p.id from person p join staff_member s on s.organization_id = p.organization_id and s.id = p.id
    where p.organization_id = $1 and p.last_name = $2 and p.first_name = $3 and p.middle_name is not distinct from $4`
  const found = await rows<{ id: string }>(tx, text, [
    organizationId,
    name.lastName,
    name.firstName,
    name.middleName,
  ])
  return found.length === 1 ? (found[0]?.id ?? null) : null
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
  on conflict (organization_id, id) do nothing
), administrator as (
  insert into role_assignment (organization_id, id, person_id, role, starts_on)
  select $1, $6, $2, 'system-admin', ($10::timestamptz at time zone time_zone)::date from organization where id = $1
    and not exists (select from role_assignment r where r.organization_id = $1 and r.person_id = $2 and r.role = 'system-admin'
      and ($10::timestamptz at time zone time_zone)::date between r.starts_on and coalesce(r.ends_on, 'infinity'))
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

/** A new organisation asks these roles for a second factor from its first day on; the settings may change it. */
export async function requireSecondFactor(
  tx: Tx,
  { organizationId, roles, now }: { organizationId: string; roles: readonly Role[]; now: Date },
): Promise<void> {
  const text = `update organization set version = version + 1, second_factor_roles =
      (select jsonb_object_agg(role, ($3::timestamptz at time zone time_zone)::date) from unnest($2::text[]) as role)
    where id = $1`
  await rows(tx, text, [organizationId, roles, now])
}

/** Keeps the hash of a new link; false when somebody has an account already. Links long dead go. */
export async function insertLink(
  { owner }: Database,
  link: { tokenHash: Buffer; now: Date; expires: Date },
): Promise<boolean> {
  await owner.query('delete from setup_link where expires_at < $1', [link.now])
  const text = `insert into setup_link (token_hash, expires_at)
    select $1, $2 where not exists (select from account) and (select count(*) from organization) < 2 returning 1`
  const { rowCount } = await owner.query(text, [link.tokenHash, link.expires])
  return rowCount === 1
}
