import type { AccountState, PeopleQuery, Person, PersonLine } from '#contract/people.ts'
import { searchWords } from '#domain/people/search.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

const PAGE_SIZE = 50

// Families are told from staff by role, by a child's record or by a link to a child: each alone makes one.
const KIND = `
case $2::text
  when 'students' then exists (select from student s where s.organization_id = $1 and s.id = p.id)
    or exists (select from role_assignment r where r.organization_id = $1 and r.person_id = p.id and r.role = 'student')
  when 'guardians' then exists (select from guardian_link l where l.organization_id = $1 and l.guardian_id = p.id)
    or exists (select from role_assignment r where r.organization_id = $1 and r.person_id = p.id and r.role = 'guardian')
  when 'staff' then exists (select from staff_member s where s.organization_id = $1 and s.id = p.id)
    or exists (select from role_assignment r where r.organization_id = $1 and r.person_id = p.id
      and r.role not in ('student', 'guardian'))
  else true
end`

const STATE = `
case when a.id is null then 'none' when a.disabled_at is not null then 'disabled'
  when a.first_password_until is null then 'active'
  when a.first_password_until < $NOW then 'first-password-expired' else 'first-password' end`

const LIST = `
with found as (
  select p.*, count(*) over () as total from person p
  where p.organization_id = $1 and (${KIND})
    and name_found(p.name_key, $3)
  order by p.name_key, p.id
  limit ${PAGE_SIZE} offset $4
)
select p.id, ${shownName('p')} as name, p.total,
  array(select r.role from role_assignment r where r.organization_id = $1 and r.person_id = p.id
    and r.starts_on <= $5 and coalesce(r.ends_on, 'infinity') >= $5 order by r.role) as roles,
  coalesce((select g.name from group_member m join study_group g on g.organization_id = $1 and g.id = m.group_id
    where m.organization_id = $1 and m.student_id = p.id and m.group_kind = 'class'
      and m.starts_on <= $5 and coalesce(m.ends_on, 'infinity') >= $5 limit 1),
    (select s.position from staff_member s where s.organization_id = $1 and s.id = p.id)) as place,
  ${STATE.replace('$NOW', '$6')} as account
from found p left join account a on a.organization_id = $1 and a.person_id = p.id
order by p.name_key, p.id`

export type FoundPeople = { people: PersonLine[]; total: number; pages: number }

/** People whose name has the words of the query, a page of them, by name. */
export async function listPeople(
  { tx, actor, today, now }: Call,
  { query, kind, page }: PeopleQuery,
): Promise<FoundPeople> {
  const offset = (page - 1) * PAGE_SIZE
  const values = [actor.organizationId, kind ?? null, searchWords(query ?? ''), offset, today, now]
  const found = await rows<PersonLine & { total: number }>(tx, LIST, values)
  const total = found[0]?.total ?? 0
  const people = found.map(({ id, name, roles, place, account }) => ({ id, name, roles, place, account }))
  return { people, total, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) }
}

const KIN = (mine: string, theirs: string) => `
(select coalesce(json_agg(json_build_object('id', k.id, 'name', ${shownName('k')},
    'kinship', l.kinship) order by k.name_key, k.id), '[]')
  from guardian_link l join person k on k.organization_id = $1 and k.id = l.${theirs}
  where l.organization_id = $1 and l.${mine} = p.id and l.starts_on <= $3 and coalesce(l.ends_on, 'infinity') >= $3)`

const READ = `
select p.id, p.version, p.last_name as "lastName", p.first_name as "firstName", p.middle_name as "middleName", p.sex,
  p.birth_on as "birthOn", p.email, p.phone, ${shownName('p')} as name,
  (select s.position from staff_member s where s.organization_id = $1 and s.id = p.id) as position,
  (select coalesce(json_agg(json_build_object('id', r.id, 'role', r.role, 'from', r.starts_on, 'to', r.ends_on)
      order by r.starts_on, r.role), '[]')
    from role_assignment r where r.organization_id = $1 and r.person_id = p.id
      and (r.ends_on is null or r.ends_on >= r.starts_on)) as roles,
  (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'kind', g.kind, 'from', m.starts_on,
      'to', m.ends_on) order by m.starts_on desc, g.sort_key), '[]')
    from group_member m join study_group g on g.organization_id = $1 and g.id = m.group_id
    where m.organization_id = $1 and m.student_id = p.id) as groups,
  needs_two_people($1, p.id, $4) as guarded,
  (select coalesce(json_agg(json_build_object('id', w.id, 'number', w.number, 'kind', w.kind, 'askedAt', w.asked_at)
      order by w.asked_at), '[]')
    from approval w where w.organization_id = $1 and w.person_id = p.id and w.state = 'waiting' and w.expires_at > $4)
    as requests,
  ${KIN('student_id', 'guardian_id')} as guardians,
  ${KIN('guardian_id', 'student_id')} as children,
  case when a.id is not null then json_build_object('login', a.login, 'state', ${STATE.replace('$NOW', '$4')},
    'firstPasswordUntil', a.first_password_until, 'lastSignInAt', a.last_sign_in_at, 'version', a.version,
    'secondFactor', exists (select from second_factor f where f.organization_id = $1 and f.account_id = a.id)) end as account
from person p left join account a on a.organization_id = $1 and a.person_id = p.id
where p.organization_id = $1 and p.id = $2`

export type PersonRow = Omit<Person, 'proposedLogin' | 'account'> & {
  account: {
    login: string
    state: AccountState
    firstPasswordUntil: string | null
    lastSignInAt: string | null
    secondFactor: boolean
    version: number
  } | null
}

export async function readPersonRow(
  { tx, actor, today, now }: Call,
  id: string,
): Promise<PersonRow | undefined> {
  return (await rows<PersonRow>(tx, READ, [actor.organizationId, id, today, now]))[0]
}
