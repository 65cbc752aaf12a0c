import type { BatchClasses, IssueBatch } from '#contract/accounts.ts'
import type { FullName } from '#domain/people/name.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

/** Somebody who may be given access; `accountId` when there is an account already. */
export type Candidate = FullName & {
  personId: string
  /** What the slip calls the person. */
  name: string
  about: string | null
  accountId: string | null
  login: string | null
  version: number
  disabled: boolean
  signedIn: boolean
  /** Access to this person is given by two. */
  guarded: boolean
}

const columns = (moment: string) => `
p.id as "personId", ${shownName('p')} as name, p.last_name as "lastName", p.first_name as "firstName", p.middle_name as "middleName",
a.id as "accountId", a.login, coalesce(a.version, 0) as version, a.disabled_at is not null as disabled,
a.last_sign_in_at is not null as "signedIn", needs_two_people($1, p.id, ${moment}) as guarded`

const READ_ONE = `
select ${columns('$4')}, coalesce(
    (select g.name from group_member m join study_group g on g.organization_id = $1 and g.id = m.group_id
      where m.organization_id = $1 and m.student_id = p.id and m.group_kind = 'class'
        and m.starts_on <= $3 and coalesce(m.ends_on, 'infinity') >= $3 limit 1),
    (select s.position from staff_member s where s.organization_id = $1 and s.id = p.id)) as about
from person p left join account a on a.organization_id = $1 and a.person_id = p.id
where p.organization_id = $1 and p.id = $2`

export async function readCandidate(
  { tx, actor, today, now }: Call,
  id: string,
): Promise<Candidate | undefined> {
  return (await rows<Candidate>(tx, READ_ONE, [actor.organizationId, id, today, now]))[0]
}

export type NewAccount = { id: string; personId: string; login: string; hash: string; until: Date }

/** False when somebody of the installation has that login, be it in another organisation. */
export async function insertAccount({ tx, actor }: Call, account: NewAccount): Promise<boolean> {
  const text = `insert into account (organization_id, id, person_id, login, password_hash, first_password_until)
    values ($1, $2, $3, $4, $5, $6) on conflict (login) do nothing returning id`
  const { id, personId, login, hash, until } = account
  return (await rows(tx, text, [actor.organizationId, id, personId, login, hash, until])).length === 1
}

const END_SESSIONS = `
update session set ended_at = $3 where organization_id = $1 and account_id = $2 and ended_at is null`

/** Puts a first password in place of whatever there was; every session of the account ends. */
export async function saveFirstPassword(
  { tx, actor, now }: Call,
  account: { id: string; login: string; hash: string; until: Date },
): Promise<void> {
  const save = `update account set password_hash = $3, must_change_password = true, first_password_until = $4,
    version = version + 1 where organization_id = $1 and id = $2`
  await rows(tx, save, [actor.organizationId, account.id, account.hash, account.until])
  await rows(tx, END_SESSIONS, [actor.organizationId, account.id, now])
  await rows(tx, 'select forget_sign_in_failures($1)', [account.login])
}

/** Closes or opens an account; closing ends its sessions. False when the version moved on. */
export async function saveDisabled(
  { tx, actor, now }: Call,
  account: { id: string; disabled: boolean; version: number },
): Promise<boolean> {
  const save = `update account set disabled_at = case when $4 then coalesce(disabled_at, $5) end, version = version + 1
    where organization_id = $1 and id = $2 and version = $3 returning id`
  const { id, version, disabled } = account
  const saved = await rows(tx, save, [actor.organizationId, id, version, disabled, now])
  if (saved.length === 1 && disabled) await rows(tx, END_SESSIONS, [actor.organizationId, id, now])
  return saved.length === 1
}

const IN_CLASS = `
m.organization_id = $1 and m.group_kind = 'class' and m.starts_on <= $2 and coalesce(m.ends_on, 'infinity') >= $2`
const LINKED = `
l.organization_id = $1 and l.student_id = m.student_id and l.starts_on <= $2 and coalesce(l.ends_on, 'infinity') >= $2`

const MEMBERS = `
select m.group_id, m.student_id as person_id, 'students' as who, null::uuid as child_id
from group_member m where ${IN_CLASS}
union select m.group_id, l.guardian_id, 'guardians', m.student_id
from group_member m join guardian_link l on ${LINKED} where ${IN_CLASS}`

const NEEDS = (who: string) => `
json_build_object('total', count(distinct m.person_id) filter (where m.who = '${who}'),
  'withoutAccount', count(distinct m.person_id) filter (where m.who = '${who}' and a.id is null),
  'neverSignedIn', count(distinct m.person_id) filter (where m.who = '${who}' and a.id is not null
    and a.last_sign_in_at is null and a.disabled_at is null))`

const CLASSES = `
with m as (${MEMBERS})
select g.id, g.name, ${NEEDS('students')} as students, ${NEEDS('guardians')} as guardians
from study_group g
join m on m.group_id = g.id
left join account a on a.organization_id = $1 and a.person_id = m.person_id
where g.organization_id = $1
group by g.id, g.name, g.sort_key order by g.sort_key`

export function readBatchClasses({ tx, actor, today }: Call): Promise<BatchClasses['classes']> {
  return rows<BatchClasses['classes'][number]>(tx, CLASSES, [actor.organizationId, today])
}

const BATCH = `
with m as (${MEMBERS})
select ${columns('$5')}, g.name as "className", case when $4 = 'students' then g.name else
    (select string_agg(${shownName('c')}, ', ' order by c.name_key)
      from m kin join person c on c.organization_id = $1 and c.id = kin.child_id
      where kin.group_id = g.id and kin.person_id = p.id) end as about
from study_group g
join (select distinct group_id, person_id from m where who = $4) wanted on wanted.group_id = g.id
join person p on p.organization_id = $1 and p.id = wanted.person_id
left join account a on a.organization_id = $1 and a.person_id = p.id
where g.organization_id = $1 and g.id = $3 and g.kind = 'class'
order by p.name_key, p.id`

/** Children of a class today, or their guardians. */
export function readBatch({ tx, actor, today, now }: Call, { groupId, who }: IssueBatch) {
  return rows<Candidate & { className: string }>(tx, BATCH, [actor.organizationId, today, groupId, who, now])
}

/** Makes what was known of this access worth nothing until a new first password is handed over. */
export async function voidAccess({ tx, actor, now }: Call, accountId: string): Promise<void> {
  const text = `update account set must_change_password = true, first_password_until = $3, version = version + 1
    where organization_id = $1 and id = $2`
  await rows(tx, text, [actor.organizationId, accountId, new Date(now.getTime() - 1)])
  await rows(tx, END_SESSIONS, [actor.organizationId, accountId, now])
}

const IS_DIRECTOR = `
select from role_assignment where organization_id = $1 and person_id = $2 and role = 'director'
  and coalesce(ends_on, 'infinity') >= $3 and coalesce(ends_on, 'infinity') >= starts_on limit 1`

/** Whether the person is the director, today or on a day to come. */
export async function isDirector({ tx, actor, today }: Call, personId: string): Promise<boolean> {
  return (await rows(tx, IS_DIRECTOR, [actor.organizationId, personId, today])).length > 0
}
