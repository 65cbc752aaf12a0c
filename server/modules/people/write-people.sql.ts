import type { CreatePerson } from '#contract/people.ts'
import type { Role } from '#domain/access/access.ts'
import type { Day } from '#domain/calendar/day.ts'
import { doubleWords, type NamedPerson } from '#domain/people/double.ts'
import type { HeldRole } from '#domain/people/role-set.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type Particulars = Pick<
  CreatePerson,
  'lastName' | 'firstName' | 'middleName' | 'sex' | 'birthOn' | 'email' | 'phone'
>

export type PersonAlike = NamedPerson & { id: string; name: string; place: string | null }

// Wider than the rule, which then judges each: all of whom share the words of the name or the day of birth.
const ALIKE = `
select p.id, p.last_name as "lastName", p.first_name as "firstName", p.middle_name as "middleName",
  p.birth_on as "birthOn", concat_ws(' ', p.last_name, p.first_name, p.middle_name) as name,
  coalesce((select g.name from group_member m join study_group g on g.organization_id = $1 and g.id = m.group_id
    where m.organization_id = $1 and m.student_id = p.id and m.group_kind = 'class'
    order by m.starts_on desc limit 1),
    (select s.position from staff_member s where s.organization_id = $1 and s.id = p.id)) as place
from person p
where p.organization_id = $1 and p.id is distinct from $2::uuid and (p.birth_on = $3::date or name_found(p.name_key, $4))
order by p.name_key, p.id`

/** Those who may be the person of this name: never the person of that id. */
export function readAlike({ tx, actor }: Call, one: NamedPerson, id: string | null): Promise<PersonAlike[]> {
  return rows<PersonAlike>(tx, ALIKE, [actor.organizationId, id, one.birthOn, doubleWords(one)])
}

/** Name and contacts as they stand. */
export async function readParticulars({ tx, actor }: Call, id: string): Promise<Particulars | undefined> {
  const text = `select last_name as "lastName", first_name as "firstName", middle_name as "middleName", sex,
    birth_on as "birthOn", email, phone from person where organization_id = $1 and id = $2`
  return (await rows<Particulars>(tx, text, [actor.organizationId, id]))[0]
}

const columnsOf = (one: Particulars) => [
  one.lastName,
  one.firstName,
  one.middleName,
  one.sex,
  one.birthOn,
  one.email,
  one.phone,
]

export async function insertPerson({ tx, actor }: Call, id: string, one: Particulars): Promise<void> {
  const text = `insert into person (organization_id, id, last_name, first_name, middle_name, sex, birth_on, email, phone)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
  await rows(tx, text, [actor.organizationId, id, ...columnsOf(one)])
}

export type PersonHead = { version: number }

export async function readVersion({ tx, actor }: Call, id: string): Promise<number | undefined> {
  const text = 'select version from person where organization_id = $1 and id = $2'
  return (await rows<PersonHead>(tx, text, [actor.organizationId, id]))[0]?.version
}

/** False when the person has moved on from that version. */
export async function savePerson(
  { tx, actor }: Call,
  id: string,
  { version, ...one }: Particulars & { version: number },
): Promise<boolean> {
  const text = `update person set last_name = $4, first_name = $5, middle_name = $6, sex = $7, birth_on = $8, email = $9,
    phone = $10, version = version + 1 where organization_id = $1 and id = $2 and version = $3 returning id`
  return (await rows(tx, text, [actor.organizationId, id, version, ...columnsOf(one)])).length === 1
}

/** Roles hang on the person's version, so that two editors of one set meet. */
export async function touchPerson({ tx, actor }: Call, id: string, version: number): Promise<boolean> {
  const text = `update person set version = version + 1 where organization_id = $1 and id = $2 and version = $3
    returning id`
  return (await rows(tx, text, [actor.organizationId, id, version])).length === 1
}

export type RoleRow = HeldRole & { id: string }

export function readRoles({ tx, actor }: Call, personId: string): Promise<RoleRow[]> {
  const text = `select id, role, starts_on as from, ends_on as to from role_assignment
    where organization_id = $1 and person_id = $2 and (ends_on is null or ends_on >= starts_on)`
  return rows<RoleRow>(tx, text, [actor.organizationId, personId])
}

export type RoleChange = { id: string; from: Day; to: Day | null }

/** Moves spans that stand; one whose end is before its start is withdrawn for good. */
export async function changeRoles({ tx, actor }: Call, changes: RoleChange[]): Promise<void> {
  if (changes.length === 0) return
  const text = `update role_assignment r set starts_on = c.from, ends_on = c.to, version = version + 1
    from jsonb_to_recordset($2) as c(id uuid, "from" date, "to" date) where r.organization_id = $1 and r.id = c.id`
  await rows(tx, text, [actor.organizationId, JSON.stringify(changes)])
}

export type NewRole = { id: string; role: Role; from: Day; to: Day | null }

export async function insertRoles({ tx, actor }: Call, personId: string, added: NewRole[]): Promise<void> {
  if (added.length === 0) return
  const text = `insert into role_assignment (organization_id, id, person_id, role, starts_on, ends_on)
    select $1, c.id, $2, c.role, c.from, c.to
    from jsonb_to_recordset($3) as c(id uuid, role text, "from" date, "to" date)`
  await rows(tx, text, [actor.organizationId, personId, JSON.stringify(added)])
}
