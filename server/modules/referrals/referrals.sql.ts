import type { ReferredEntry, ReferredKind } from '#contract/referrals.ts'
import type { Role } from '#domain/access/access.ts'
import type { ReferredState } from '#domain/lessons/referral.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

/** What was to be entered, and for which lesson. */
export type Entering = { kind: ReferredKind; lessonId: string; body: object }

const WAITING_OF_ONE = 200

const INSERT = `
with kept as (
  insert into referred_entry (organization_id, id, author_id, journal_id, lesson_id, kind, body, operation_id, referred_at)
  select $1, $2, $3, l.journal_id, l.id, $5, $6, $7, $8 from lesson l
  where l.organization_id = $1 and l.id = $4
    and (select count(*) from referred_entry e where e.organization_id = $1 and e.author_id = $3
      and e.state = 'waiting') < ${WAITING_OF_ONE}
  returning id
), noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
  select $1, 'referred-entry.refer', 'referred-entry', id, $3, $7, $8 from kept
)
select id from kept`

/** Keeps an entry for a decision, with its audit line; whether there was room for another of this author. */
export async function insertReferred(
  { tx, actor, operationId, now }: Call,
  id: string,
  { kind, lessonId, body }: Entering,
): Promise<boolean> {
  const what = [lessonId, kind, JSON.stringify(body), operationId, now]
  return (await rows(tx, INSERT, [actor.organizationId, id, actor.personId, ...what])).length > 0
}

// $1 organisation, $2 the author or nobody in particular. Whatever an entry is about becomes lines of the same shape.
const READ = `
with e as materialized (
  (select * from referred_entry where organization_id = $1 and ($2::uuid is null or author_id = $2)
    and state = 'waiting' order by referred_at limit 100)
  union all
  (select * from referred_entry where organization_id = $1 and ($2::uuid is null or author_id = $2)
    and state <> 'waiting' order by decided_at desc limit 100)
), cell as (
  select e.id, c.n, (c.cell->>'lessonId')::uuid as lesson_id, (c.cell->>'studentId')::uuid as student_id,
    (c.cell->>'workId')::uuid as work_id, c.cell->>'value' as proposed, c.cell ? 'comment' as comments,
    c.cell->>'comment' as comment
  from e, jsonb_array_elements(e.body->'cells') with ordinality as c(cell, n) where e.kind = 'cells'
  union all
  select e.id, c.n, e.lesson_id, (c.line->>'studentId')::uuid, null, c.line->>'code', false, null
  from e, jsonb_array_elements(e.body->'children') with ordinality as c(line, n) where e.kind = 'attendance'
), line as (
  select c.id, c.n, case when c.work_id is null then 'attendance' else 'mark' end as what, l.held_on as day,
    ${shownName('p')} as student, concat_ws(' ', t.name, nullif(w.title, '')) as work,
    coalesce(k.version, a.version, 0) as seen,
    case when c.work_id is null then a.code else k.value end as present, c.proposed,
    k.comment as present_comment,
    case when c.proposed is null then null when c.comments then nullif(trim(c.comment), '') else k.comment end
      as proposed_comment
  from cell c
  join lesson l on l.organization_id = $1 and l.id = c.lesson_id
  join person p on p.organization_id = $1 and p.id = c.student_id
  left join lesson_work w on w.organization_id = $1 and w.id = c.work_id
  left join work_type t on t.organization_id = $1 and t.id = w.work_type_id
  left join mark k on k.organization_id = $1 and k.work_id = c.work_id and k.student_id = c.student_id
  left join attendance a on c.work_id is null and a.organization_id = $1 and a.lesson_id = c.lesson_id
    and a.student_id = c.student_id
  union all
  select e.id, v.n, v.what, l.held_on, null, null, coalesce(r.version, h.version, 0), v.present, v.proposed, null, null
  from e
  join lesson l on l.organization_id = $1 and l.id = e.lesson_id
  left join lesson_record r on e.kind = 'record' and r.organization_id = $1 and r.lesson_id = l.id
  left join homework h on e.kind = 'homework' and h.organization_id = $1 and h.lesson_id = l.id
  cross join lateral (values (1, 'record', 'topic', r.topic, e.body->>'topic'),
    (2, 'record', 'comment', r.comment, nullif(e.body->>'comment', '')),
    (1, 'homework', 'homework', h.text, e.body->>'text'),
    (2, 'homework', 'minutes', h.minutes::text, case when e.body->>'text' is not null then e.body->>'minutes' end)
  ) as v(n, kind, what, present, proposed)
  where v.kind = e.kind
), packed as (
  select id, json_agg(json_build_object('what', what, 'day', day, 'student', student, 'work', nullif(work, ''),
    'stands', seen > 0, 'present', present, 'proposed', proposed, 'presentComment', present_comment,
    'proposedComment', proposed_comment) order by n) as lines, json_agg(seen order by n) as seen
  from line group by id
)
select e.id, ${shownName('author')} as author, e.referred_at as "referredAt", e.kind, e.lesson_id as "lessonId",
  l.held_on as day, s.name as subject, g.name as group, e.state, coalesce(packed.lines, '[]'::json) as lines,
  coalesce(packed.seen, '[]'::json) as seen, e.version, e.decided_at as "decidedAt", e.reason,
  ${shownName('judge')} as "decidedBy"
from e
join lesson l on l.organization_id = $1 and l.id = e.lesson_id
join teaching_assignment j on j.organization_id = $1 and j.id = e.journal_id
join subject s on s.organization_id = $1 and s.id = j.subject_id
join study_group g on g.organization_id = $1 and g.id = j.group_id
join person author on author.organization_id = $1 and author.id = e.author_id
left join person judge on judge.organization_id = $1 and judge.id = e.decided_by
left join packed on packed.id = e.id
order by e.state <> 'waiting', e.decided_at desc, e.referred_at`

export type ReferredRow = Omit<ReferredEntry, 'decision' | 'referredAt'> & {
  referredAt: Date
  decidedAt: Date | null
  decidedBy: string
  reason: string | null
}

/** Entries of the organisation or, when `authorId` is given, of one author. */
export const readReferred = ({ tx, actor }: Call, authorId: string | null): Promise<ReferredRow[]> =>
  rows<ReferredRow>(tx, READ, [actor.organizationId, authorId])

const READ_STATE = `
select o.window_opener_roles as "openerRoles", (select count(*)::int from referred_entry e
  where e.organization_id = $1 and ($2::uuid is null or e.author_id = $2) and e.state = 'waiting') as waiting
from organization o where o.id = $1`

/** Whose word decides here, and how many entries wait in all. */
export async function readReferredState(
  { tx, actor }: Call,
  authorId: string | null,
): Promise<{ openerRoles: Role[]; waiting: number }> {
  type State = { openerRoles: Role[]; waiting: number }
  const [row] = await rows<State>(tx, READ_STATE, [actor.organizationId, authorId])
  return row ?? { openerRoles: [], waiting: 0 }
}

const READ_ONE = `
select e.id, e.author_id as "authorId", e.journal_id as "journalId", e.lesson_id as "lessonId", e.kind, e.body, e.state,
  e.version, o.window_opener_roles as "openerRoles"
from referred_entry e join organization o on o.id = e.organization_id
where e.organization_id = $1 and e.id = $2 and ($3::uuid is null or e.author_id = $3)`

export type KeptEntry = {
  id: string
  authorId: string
  journalId: string
  lessonId: string
  kind: ReferredKind
  body: unknown
  state: ReferredState
  version: number
  openerRoles: Role[]
}

/** One entry of the organisation or, when `authorId` is given, of that author; read after its lock is held. */
export async function readKeptEntry(
  { tx, actor }: Call,
  id: string,
  authorId: string | null,
): Promise<KeptEntry | undefined> {
  return (await rows<KeptEntry>(tx, READ_ONE, [actor.organizationId, id, authorId]))[0]
}

const SETTLE = `
with settled as (
  update referred_entry set state = $6, reason = $7, decided_by = $3, decided_at = $5,
    applied_operation_id = case when $6 = 'applied' then $4::uuid end, version = version + 1
  where organization_id = $1 and id = $2 and state = 'waiting' and version = $8 returning id
), noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
  select $1, 'referred-entry.' || $6, 'referred-entry', id, $3, $4, $5 from settled
)
select id from settled`

export type Settlement = { state: Exclude<ReferredState, 'waiting'>; reason: string | null; version: number }

/** Ends an entry's waiting, with its audit line; whether it still waited in this version. */
export async function settleReferred(
  { tx, actor, operationId, now }: Call,
  id: string,
  { state, reason, version }: Settlement,
): Promise<boolean> {
  const values = [actor.organizationId, id, actor.personId, operationId, now, state, reason, version]
  return (await rows(tx, SETTLE, values)).length > 0
}
