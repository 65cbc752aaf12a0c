import type { Approval } from '#contract/approvals.ts'
import {
  APPROVAL_DAYS,
  type ApprovalKind,
  type ApprovalState,
  type Approver,
} from '#domain/access/approval.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { HeldRole } from '#domain/people/role-set.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows, type Tx } from '#platform/db.ts'

/** A span of a role as it is asked for; with the id of the span it takes the place of, if it does. */
export type AskedSpan = HeldRole & { id?: string | undefined }

/** What is asked for: spans of privileged roles as they stood and as they shall be, or a login. */
export type ApprovalBody = {
  before?: (HeldRole & { id: string })[]
  after?: AskedSpan[]
  login?: string | null
}

export type NewApproval = { id: string; kind: ApprovalKind; personId: string; body: ApprovalBody }

const EXPIRE = `
update approval set state = 'expired', version = version + 1
where organization_id = $1 and person_id = $2 and kind = $3 and state = 'waiting' and expires_at <= $4`

const INSERT = `
insert into approval (organization_id, id, kind, person_id, asker_id, body, asked_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + make_interval(days => ${APPROVAL_DAYS}))
on conflict (organization_id, person_id, kind) where state = 'waiting' do nothing returning number`

/** The number of the new request; nothing when one of this kind about this person waits already. */
export async function insertApproval(
  { tx, actor, now }: Call,
  { id, kind, personId, body }: NewApproval,
): Promise<number | undefined> {
  await rows(tx, EXPIRE, [actor.organizationId, personId, kind, now])
  const values = [actor.organizationId, id, kind, personId, actor.personId, JSON.stringify(body), now]
  return (await rows<{ number: number }>(tx, INSERT, values))[0]?.number
}

export type KeptApproval = {
  id: string
  number: number
  kind: ApprovalKind
  personId: string
  askerId: string
  body: ApprovalBody
  state: ApprovalState
  decidedBy: string | null
  decidedAt: Date | null
  takenAt: Date | null
  version: number
}

const STATE = (moment: string) =>
  `case when a.state = 'waiting' and a.expires_at <= ${moment} then 'expired' else a.state end`

const KEPT = `
select a.id, a.number, a.kind, a.person_id as "personId", a.asker_id as "askerId", a.body, ${STATE('$3')} as state,
  a.decided_by as "decidedBy", a.decided_at as "decidedAt", a.taken_at as "takenAt", a.version
from approval a where a.organization_id = $1 and `

/** What the queries below need to know of whoever asks them: also the console can say it. */
export type Asking = { tx: Tx; organizationId: string; now: Date }

export async function readApproval(
  { tx, organizationId, now }: Asking,
  id: string,
): Promise<KeptApproval | undefined> {
  return (await rows<KeptApproval>(tx, `${KEPT} a.id = $2`, [organizationId, id, now]))[0]
}

/** The waiting request with this number, for the console. */
export async function readApprovalByNumber(
  { tx, organizationId, now }: Asking,
  number: number,
): Promise<KeptApproval | undefined> {
  return (await rows<KeptApproval>(tx, `${KEPT} a.number = $2::bigint`, [organizationId, number, now]))[0]
}

export type Settled = {
  state: Exclude<ApprovalState, 'waiting' | 'expired'>
  by: string | null
  reason: string | null
  version: number
}

/** False when the request has moved on from that version. */
export async function settleApproval(
  { tx, organizationId, now }: Asking,
  id: string,
  { state, by, reason, version }: Settled,
): Promise<boolean> {
  const text = `update approval set state = $3, decided_by = $4, by_console = $4::uuid is null, reason = $5,
    decided_at = $6, version = version + 1
    where organization_id = $1 and id = $2 and version = $7 and state = 'waiting' returning id`
  const values = [organizationId, id, state, by, reason, now, version]
  return (await rows(tx, text, values)).length === 1
}

/** Notes that the first password is made now; the database lets the account be changed at this moment only. */
export async function noteTaken({ tx, organizationId, now }: Asking, id: string): Promise<void> {
  const text =
    'update approval set taken_at = $3, version = version + 1 where organization_id = $1 and id = $2'
  await rows(tx, text, [organizationId, id, now])
}

/** Another call about this person waits until this one has ended. */
export async function lockPerson({ tx, organizationId }: Asking, personId: string): Promise<void> {
  const text = `select pg_advisory_xact_lock(hashtextextended($1::text || 'person:' || $2::text, 0))`
  await rows(tx, text, [organizationId, personId])
}

const HOLDERS = `
select r.person_id as "personId", array_agg(distinct r.role) as roles,
  ${shownName('p')} as name
from role_assignment r
join person p on p.organization_id = $1 and p.id = r.person_id
join account a on a.organization_id = $1 and a.person_id = r.person_id and a.disabled_at is null
where r.organization_id = $1 and is_privileged(r.role) and r.starts_on <= $2 and coalesce(r.ends_on, 'infinity') >= $2
group by r.person_id, p.organization_id, p.id order by p.name_key, r.person_id`

export type NamedApprover = Approver & { name: string }

/** Everybody with a privileged role today and an open account. */
export function readHolders({ tx, organizationId }: Asking, today: Day): Promise<NamedApprover[]> {
  return rows<NamedApprover>(tx, HOLDERS, [organizationId, today])
}

const LIST = `
select a.id, a.number, a.kind, a.person_id as "personId", ${shownName('p')} as person, a.asker_id as "askerId",
  ${shownName('asker')} as asker, a.body, a.asked_at as "askedAt", a.expires_at as "expiresAt", ${STATE('$2')} as state,
  a.decided_by as "decidedBy", nullif(${shownName('judge')}, '') as judge, a.decided_at as "decidedAt", a.reason,
  a.taken_at as "takenAt", a.version,
  (select s.position from staff_member s where s.organization_id = $1 and s.id = a.person_id) as position,
  c.id is not null as "hasAccount", c.disabled_at is not null as disabled, c.last_sign_in_at as "signedInAt"
from approval a
join person p on p.organization_id = $1 and p.id = a.person_id
join person asker on asker.organization_id = $1 and asker.id = a.asker_id
left join person judge on judge.organization_id = $1 and judge.id = a.decided_by
left join account c on c.organization_id = $1 and c.person_id = a.person_id
where a.organization_id = $1
order by (a.state = 'waiting' and a.expires_at > $2) desc, coalesce(a.decided_at, a.asked_at) desc
limit 200`

export type ApprovalRow = KeptApproval &
  Pick<Approval, 'person' | 'position' | 'asker'> & {
    askedAt: Date
    expiresAt: Date
    judge: string | null
    reason: string | null
    hasAccount: boolean
    disabled: boolean
    signedInAt: Date | null
  }

/** Requests of the organisation, the waiting ones first. */
export function listApprovals({ tx, organizationId, now }: Asking): Promise<ApprovalRow[]> {
  return rows<ApprovalRow>(tx, LIST, [organizationId, now])
}
