import type { AuditQuery, AuditSection, BulkRead } from '#contract/audit.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type Line = {
  id: string
  at: Date
  /** As the clock of the centre shows it. */
  local: string
  action: string
  resource: string
  who: string | null
  about: string | null
  device: string | null
  address: string | null
}

const NAME = (alias: string) => `nullif(${shownName(alias)}, '')`

// Whom or what a line is about: a person by itself or by its account, a journal by itself or by its lesson, the moment
// to which one went back.
const ABOUT = `
left join account ta on ta.organization_id = $1 and ta.id = e.subject_id
left join person tp on tp.organization_id = $1 and tp.id = coalesce(ta.person_id, e.subject_id)
left join lesson tl on tl.organization_id = $1 and tl.id = e.subject_id
left join teaching_assignment tj on tj.organization_id = $1 and tj.id = coalesce(tl.journal_id, e.subject_id)
left join subject ts on ts.organization_id = $1 and ts.id = tj.subject_id
left join study_group tg on tg.organization_id = $1 and tg.id = tj.group_id`

const SELECT = `
select e.id::text as id, e.at, to_char(e.at at time zone $9, 'DD.MM.YYYY HH24:MI:SS') as local, e.kind as action, e.resource, ${NAME('p')} as who,
  coalesce(${NAME('tp')}, nullif(concat_ws(', ', ts.name, tg.name), ''),
    to_char(e.moment at time zone $9, 'DD.MM.YYYY HH24:MI')) as about,
  nullif(s.device, '') as device, nullif(e.address, '') as address`

const DONE = `
${SELECT} from (select a.organization_id, a.id, a.at, a.action as kind, a.resource, a.actor_id as person_id,
  a.resource_id as subject_id, null::uuid as session_id, '' as address,
  case when a.action in ('backup.restore', 'backup.restore-asked', 'moment.open')
    then coalesce(a.detail ->> 'until', a.detail ->> 'at')::timestamptz end as moment from audit_event a where a.organization_id = $1) e
left join person p on p.organization_id = $1 and p.id = e.person_id
left join session s on s.organization_id = $1 and s.id = e.session_id
${ABOUT}
where ($3::uuid is null or e.person_id = $3) and ($4::uuid is null or tp.id = $4)
  and ($5::text is null or e.kind = $5) and ($2::text[] is null or true)`

// A line of reading knows its session, and the session's sign-in knows from where.
const ACCESS = `
${SELECT} from (select a.organization_id, a.id, a.at, a.kind, a.resource, a.person_id, a.subject_id, a.session_id, a.children,
  null::timestamptz as moment,
  coalesce(nullif(a.address, ''), (select i.address from usage_event i where i.organization_id = $1
    and i.person_id = a.person_id and i.kind = 'sign-in' and i.session_id = a.session_id limit 1), '') as address
  from usage_event a where a.organization_id = $1 and a.kind = any ($2::text[])) e
left join person p on p.organization_id = $1 and p.id = e.person_id
left join session s on s.organization_id = $1 and s.id = e.session_id
${ABOUT}
where ($3::uuid is null or e.person_id = $3) and ($4::uuid is null or e.children @> array[$4] or tp.id = $4)
  and ($5::text is null or e.kind = $5)`

const SPAN = `
  and ($6::date is null or e.at >= ($6::date)::timestamp at time zone $9)
  and ($7::date is null or e.at < ($7::date + 1)::timestamp at time zone $9)
  and ($8::bigint is null or e.id < $8)
order by e.id desc limit $10`

const KINDS: Record<AuditSection, string[]> = {
  done: [],
  came: ['sign-in', 'sign-in-failed', 'unknown-login', 'sign-out', 'password-failed', 'code-failed'],
  read: ['read', 'printed', 'exported', 'refused', 'bulk-read'],
}

/** Lines of one section, the newest first. */
export async function readLines(
  { tx, actor }: Call,
  { section, personId, childId, action, from, to, before }: AuditQuery,
  limit: number,
): Promise<Line[]> {
  const zone = 'select time_zone from organization where id = $1'
  const [found] = await rows<{ time_zone: string }>(tx, zone, [actor.organizationId])
  const wanted = [personId ?? null, childId ?? null, action ?? null, from ?? null, to ?? null, before ?? null]
  const values = [actor.organizationId, KINDS[section], ...wanted, found?.time_zone ?? 'UTC', limit]
  return rows<Line>(tx, `${section === 'done' ? DONE : ACCESS}${SPAN}`, values)
}

export type Choice = { id: string; name: string; child: boolean }

export function readPeople({ tx, actor }: Call): Promise<Choice[]> {
  const text = `select p.id, ${NAME('p')} as name, s.id is not null as child from person p
    left join student s on s.organization_id = $1 and s.id = p.id
    where p.organization_id = $1 order by p.name_key, p.id`
  return rows<Choice>(tx, text, [actor.organizationId])
}

/** Actions there are lines of: the few dozen the product knows. */
export async function readActions({ tx, actor }: Call): Promise<string[]> {
  const text = `with recursive found as (
      (select action from audit_event where organization_id = $1 order by action limit 1)
      union all select (select a.action from audit_event a where a.organization_id = $1 and a.action > found.action
        order by a.action limit 1) from found where found.action is not null)
    select action from found where action is not null`
  return (await rows<{ action: string }>(tx, text, [actor.organizationId])).map(({ action }) => action)
}

export const accessKinds = (section: Exclude<AuditSection, 'done'>): string[] => KINDS[section]

type BulkRow = Omit<BulkRead, 'firstAt' | 'lastAt' | 'seenAt'> & {
  firstAt: Date
  lastAt: Date
  seenAt: Date | null
}

export function readBulkReads({ tx, actor, now }: Call): Promise<BulkRow[]> {
  const text = `select b.id, ${NAME('p')} as who, b.children, b.first_at as "firstAt", b.last_at as "lastAt",
      ${NAME('s')} as "seenBy", b.seen_at as "seenAt", b.version
    from bulk_read b join person p on p.organization_id = $1 and p.id = b.person_id
    left join person s on s.organization_id = $1 and s.id = b.seen_by
    where b.organization_id = $1 and (b.seen_at is null or b.first_at > $2::timestamptz - interval '30 days')
    order by b.seen_at is not null, b.first_at desc limit 100`
  return rows<BulkRow>(tx, text, [actor.organizationId, now])
}

/** False when it is not there. `taken` when somebody has looked at it already. */
export async function saveSeen(
  { tx, actor, now }: Call,
  { id, version }: { id: string; version: number },
): Promise<'saved' | 'taken' | 'missing'> {
  const text = `update bulk_read set seen_by = $3, seen_at = $4, version = version + 1
    where organization_id = $1 and id = $2 and version = $5 and seen_at is null returning id`
  const saved = await rows(tx, text, [actor.organizationId, id, actor.personId, now, version])
  if (saved.length > 0) return 'saved'
  const there = await rows(tx, 'select id from bulk_read where organization_id = $1 and id = $2', [
    actor.organizationId,
    id,
  ])
  return there.length > 0 ? 'taken' : 'missing'
}

/** Whether anybody holds the role today. */
export async function isHeldToday({ tx, actor, today }: Call, role: string): Promise<boolean> {
  const text = `select exists (select from role_assignment where organization_id = $1 and role = $2 and starts_on <= $3
    and coalesce(ends_on, 'infinity') >= $3) as held`
  return (await rows<{ held: boolean }>(tx, text, [actor.organizationId, role, today]))[0]?.held ?? false
}
