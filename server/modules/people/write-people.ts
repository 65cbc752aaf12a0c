import type {
  CreatedPerson,
  CreatePerson,
  PutRoles,
  UpdatePerson,
  Versioned,
  VersionedOrAsked,
} from '#contract/people.ts'
import { privilegedSpans, samePrivileges } from '#domain/access/approval.ts'
import type { Day } from '#domain/calendar/day.ts'
import { addDays } from '#domain/calendar/day.ts'
import { type HeldRole, roleSetRefusal } from '#domain/people/role-set.ts'
import { type AskedSpan, askApproval } from '#modules/approvals/index.ts'
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

/**
 * Adds a person to the lists (6.5); a possible double is refused until it is said to be another one. Privileged roles
 * are not given but asked for.
 */
export async function createPerson(call: Call, sent: CreatePerson): Promise<CreatedPerson> {
  const { roles, confirmDouble, confirmUnusual, ...typed } = sent
  const particulars = { ...typed, ...keptContacts(typed, null) }
  const refusal = roleSetRefusal(held(roles), { adminOfOwn: false, today: call.today })
  if (refusal) throw new Refused(refusal, { path: 'roles' })
  await refuseDoubtful(call, particulars, { confirmDouble, confirmUnusual })
  const id = newId(call.now.getTime())
  await insertPerson(call, id, particulars)
  const wanted = held(roles)
  const asked = privilegedSpans(wanted)
  const given = wanted.filter((one) => !asked.includes(one))
  await insertRoles(call, id, fresh(call, given))
  const detail = { roles: given }
  await recordAudit(call, { action: 'person.create', resource: 'person', resourceId: id, detail })
  return { id, request: await askRoles(call, id, { before: [], after: asked }) }
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
 * An administrator cannot take that role away from oneself. Whatever changes days of a privileged role waits for a
 * second person; the other roles of the set are changed at once.
 */
export async function putRoles(
  call: Call,
  personId: string,
  { version, roles }: PutRoles,
): Promise<VersionedOrAsked> {
  const known = await readVersion(call, personId)
  if (known === undefined) throw new NotFound()
  if (known !== version) throw new Refused('version-conflict')
  const adminOfOwn = personId === call.actor.personId
  const standing = await readRoles(call, personId)
  const wanted: AskedSpan[] = roles.map(({ id, ...role }) => ({ id, ...heldOf(role) }))
  const had = standing.map(({ role }) => role)
  const refusal = roleSetRefusal(wanted, { adminOfOwn, today: call.today, had })
  if (refusal) throw new Refused(refusal, { path: 'roles' })

  const before = privilegedSpans(standing)
  const after = privilegedSpans(wanted)
  const leave = wanted.filter((one) => !after.includes(one))
  await replaceRoles(
    call,
    personId,
    standing.filter((one) => !before.includes(one)),
    leave,
  )
  if (!(await touchPerson(call, personId, version))) throw new Refused('version-conflict')
  const detail = { roles: leave.map(heldOf) }
  await recordAudit(call, { action: 'roles.put', resource: 'person', resourceId: personId, detail })
  const changed = changesOf(before, keptOf(before, after), call.today).length > 0
  const added = after.length > keptOf(before, after).length
  const request = changed || added ? await askRoles(call, personId, { before, after }) : null
  return { version: version + 1, request }
}

/**
 * Gives the privileged roles that were asked for, once a second person has confirmed them. Refused when the standing
 * ones are no longer those that were on the screen of whoever asked.
 */
export async function givePrivilegedRoles(
  call: Call,
  personId: string,
  { before, after }: { before: HeldRole[]; after: AskedSpan[] },
): Promise<void> {
  const version = await readVersion(call, personId)
  const standing = privilegedSpans(await readRoles(call, personId))
  if (version === undefined || !samePrivileges(standing, before)) throw new Refused('request-outdated')
  await replaceRoles(call, personId, standing, after)
  if (!(await touchPerson(call, personId, version))) throw new Refused('version-conflict')
}

const fresh = (call: Call, roles: HeldRole[]) =>
  roles.map(({ role, from, to }) => ({ id: newId(call.now.getTime()), role, from, to }))

async function askRoles(
  call: Call,
  personId: string,
  body: { before: RoleRow[]; after: AskedSpan[] },
): Promise<string | null> {
  if (body.before.length === 0 && body.after.length === 0) return null
  return (await askApproval(call, { kind: 'roles', personId, body })).request
}

const keptOf = (standing: RoleRow[], wanted: AskedSpan[]): AskedSpan[] =>
  wanted.filter((one) => standing.some(({ id, role }) => id === one.id && role === one.role))

async function replaceRoles(
  call: Call,
  personId: string,
  standing: RoleRow[],
  wanted: AskedSpan[],
): Promise<void> {
  const kept = keptOf(standing, wanted)
  await changeRoles(call, changesOf(standing, kept, call.today))
  await insertRoles(
    call,
    personId,
    fresh(
      call,
      wanted.filter((one) => !kept.includes(one)),
    ),
  )
}

const isRenamed = (standing: Particulars, typed: Particulars): boolean =>
  (['lastName', 'firstName', 'middleName', 'birthOn'] as const).some((key) => standing[key] !== typed[key])

// The contract knows days as text that was checked to be one.
const heldOf = ({ role, from, to }: CreatePerson['roles'][number]): HeldRole => ({
  role,
  from: from as Day,
  to: to as Day | null,
})
const held = (roles: CreatePerson['roles']) => roles.map(heldOf)

function changesOf(standing: RoleRow[], kept: AskedSpan[], today: Day): RoleChange[] {
  return standing.flatMap((one): RoleChange[] => {
    const wanted = kept.find(({ id }) => id === one.id)
    if (!wanted) return endOf(one, today)
    if (wanted.from === one.from && wanted.to === one.to) return []
    return [{ id: one.id, from: wanted.from, to: wanted.to }]
  })
}

function endOf({ id, from, to }: RoleRow, today: Day): RoleChange[] {
  const yesterday = addDays(today, -1)
  if (to !== null && to <= yesterday) return []
  return [{ id, from, to: from <= yesterday ? yesterday : addDays(from, -1) }]
}
