import type { CreatedPerson, CreatePerson, PutRoles, UpdatePerson, Versioned } from '#contract/people.ts'
import type { Day } from '#domain/calendar/day.ts'
import { addDays } from '#domain/calendar/day.ts'
import { roleSetRefusal } from '#domain/people/role-set.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { keptContacts, refuseDoubtful } from './doubtful.ts'
import {
  changeRoles,
  insertPerson,
  insertRoles,
  type Particulars,
  type RoleChange,
  type RoleRow,
  readParticulars,
  readRoles,
  readVersion,
  savePerson,
  touchPerson,
} from './write-people.sql.ts'

/** Adds a person to the lists (6.5); a possible double is refused until it is said to be another one. */
export async function createPerson(call: Call, wanted: CreatePerson): Promise<CreatedPerson> {
  const { roles, confirmDouble, confirmUnusual, ...typed } = wanted
  const particulars = { ...typed, ...keptContacts(typed, null) }
  const refusal = roleSetRefusal(held(roles), { adminOfOwn: false, today: call.today })
  if (refusal) throw new Refused(refusal, { path: 'roles' })
  await refuseDoubtful(call, particulars, { confirmDouble, confirmUnusual })
  const id = newId(call.now.getTime())
  await insertPerson(call, id, particulars)
  await insertRoles(
    call,
    id,
    held(roles).map((role) => ({ id: newId(call.now.getTime()), ...role })),
  )
  await recordAudit(call, { action: 'person.create', resource: 'person', resourceId: id })
  return { id }
}

/** Changes name and contacts; a changed name or day of birth is asked about like a new one. */
export async function updatePerson(call: Call, id: string, wanted: UpdatePerson): Promise<Versioned> {
  const standing = await readParticulars(call, id)
  if (standing === undefined) throw new NotFound()
  const { confirmDouble, confirmUnusual, version, ...typed } = wanted
  const particulars = { ...typed, ...keptContacts(typed, standing), version }
  if (isRenamed(standing, typed))
    await refuseDoubtful(call, particulars, { id, confirmDouble, confirmUnusual })
  if (!(await savePerson(call, id, particulars))) throw new Refused('version-conflict')
  await recordAudit(call, { action: 'person.update', resource: 'person', resourceId: id })
  return { version: wanted.version + 1 }
}

/**
 * Gives a person this set of roles. A role left out ends yesterday; one that had not begun before today is withdrawn.
 * An administrator cannot take that role away from oneself.
 */
export async function putRoles(
  call: Call,
  personId: string,
  { version, roles }: PutRoles,
): Promise<Versioned> {
  const known = await readVersion(call, personId)
  if (known === undefined) throw new NotFound()
  if (known !== version) throw new Refused('version-conflict')
  const adminOfOwn = personId === call.actor.personId
  const standing = await readRoles(call, personId)
  const had = standing.map(({ role }) => role)
  const refusal = roleSetRefusal(held(roles), { adminOfOwn, today: call.today, had })
  if (refusal) throw new Refused(refusal, { path: 'roles' })

  const kept = roles.filter((one) => standing.some(({ id, role }) => id === one.id && role === one.role))
  const added = roles.filter((one) => !kept.includes(one))
  await changeRoles(call, changesOf(standing, kept, call.today))
  const fresh = held(added).map((role) => ({ id: newId(call.now.getTime()), ...role }))
  await insertRoles(call, personId, fresh)
  if (!(await touchPerson(call, personId, version))) throw new Refused('version-conflict')
  const detail = { roles: held(roles) }
  await recordAudit(call, { action: 'roles.put', resource: 'person', resourceId: personId, detail })
  return { version: version + 1 }
}

const isRenamed = (standing: Particulars, typed: Particulars): boolean =>
  (['lastName', 'firstName', 'middleName', 'birthOn'] as const).some((key) => standing[key] !== typed[key])

// The contract knows days as text that was checked to be one.
const held = (roles: CreatePerson['roles']) =>
  roles.map(({ role, from, to }) => ({ role, from: from as Day, to: to as Day | null }))

function changesOf(standing: RoleRow[], kept: PutRoles['roles'], today: Day): RoleChange[] {
  return standing.flatMap((one): RoleChange[] => {
    const wanted = kept.find(({ id }) => id === one.id)
    if (!wanted) return endOf(one, today)
    if (wanted.from === one.from && wanted.to === one.to) return []
    return [{ id: one.id, from: wanted.from as Day, to: wanted.to as Day | null }]
  })
}

function endOf({ id, from, to }: RoleRow, today: Day): RoleChange[] {
  const yesterday = addDays(today, -1)
  if (to !== null && to <= yesterday) return []
  return [{ id, from, to: from <= yesterday ? yesterday : addDays(from, -1) }]
}
