import type { Role } from '#domain/access/access.ts'
import type { ApprovalKind } from '#domain/access/approval.ts'
import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Database, Statement } from '#platform/db.ts'
import { rows, type Tx } from '#platform/db.ts'

export type WaitingLine = {
  organizationId: string
  number: number
  kind: ApprovalKind
  person: string
  asker: string
  askedAt: Date
}

/** Requests that wait, in all organisations of the installation: the console of the server is trusted with that. */
export async function readWaiting({ owner }: Database, now: Date): Promise<WaitingLine[]> {
  const text = `select a.organization_id as "organizationId", a.number, a.kind, ${shownName('p')} as person,
      ${shownName('asker')} as asker, a.asked_at as "askedAt"
    from approval a
    join person p on p.organization_id = a.organization_id and p.id = a.person_id
    join person asker on asker.organization_id = a.organization_id and asker.id = a.asker_id
    where a.state = 'waiting' and a.expires_at > $1 order by a.number`
  return (await owner.query<WaitingLine>(text, [now])).rows
}

export type FoundLogin = { organizationId: string; personId: string; disabled: boolean }

export async function findLogin({ owner }: Database, login: string): Promise<FoundLogin | undefined> {
  const text = `select organization_id as "organizationId", person_id as "personId", disabled_at is not null as disabled
    from account where login = $1`
  return (await owner.query<FoundLogin>(text, [login.trim().toLowerCase()])).rows[0]
}

/** The first statement of what the console does: in which organisation, why, when, and by nobody who is signed in. */
export const byConsole = (organizationId: string, now: Date): Statement => ({
  text: `select set_config('app.organization_id', $1, true), set_config('app.reason', 'rescue', true),
    set_config('app.now', $2, true),
    ($3::timestamptz at time zone (select time_zone from organization where id = $1::uuid))::date as today`,
  values: [organizationId, now.toISOString(), now],
})

/** Gives the role from that day on, unless it is held then. */
export async function giveRole(
  tx: Tx,
  role: { organizationId: string; id: string; personId: string; role: Role; from: Day },
): Promise<boolean> {
  const text = `insert into role_assignment (organization_id, id, person_id, role, starts_on)
    select $1, $2, $3, $4, $5::date where not exists (select from role_assignment where organization_id = $1
      and person_id = $3 and role = $4 and coalesce(ends_on, 'infinity') >= $5::date) returning id`
  const values = [role.organizationId, role.id, role.personId, role.role, role.from]
  return (await rows(tx, text, values)).length === 1
}
