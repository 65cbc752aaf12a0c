import type {
  AddAttendanceCode,
  AddedSetting,
  AddWorkType,
  PutAttendanceCode,
  PutJournalRules,
  PutOrganization,
  PutSecondFactorRules,
  PutWorkType,
  Settings,
} from '#contract/settings.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import {
  insertCode,
  insertWorkType,
  readSettingsRow,
  saveCode,
  saveNames,
  saveRules,
  saveSecondFactorRules,
  saveWorkType,
} from './settings.sql.ts'

type Done = Record<string, never>

/** Everything the organisation may decide for itself about its journal. */
export async function readSettings(call: Call): Promise<Settings> {
  const settings = await readSettingsRow(call)
  if (!settings) throw new NotFound()
  return settings
}

const conflict = () => new Refused('version-conflict')
const audit = (call: Call, action: string, resourceId: string, detail: Record<string, unknown>) =>
  recordAudit(call, { action, resource: 'settings', resourceId, detail })

export async function putOrganization(call: Call, { version, ...names }: PutOrganization): Promise<Done> {
  if (!(await saveNames(call, names, version))) throw conflict()
  await audit(call, 'organization.put', call.actor.organizationId, names)
  return {}
}

export async function putJournalRules(call: Call, { version, ...rules }: PutJournalRules): Promise<Done> {
  if (!(await saveRules(call, rules, version))) throw conflict()
  await audit(call, 'journal-rules.put', call.actor.organizationId, rules)
  return {}
}

/** Who must have a second factor, and until when; whoever is late finds nothing open but setting it up. */
export async function putSecondFactorRules(
  call: Call,
  { version, ...rules }: PutSecondFactorRules,
): Promise<Done> {
  if (!(await saveSecondFactorRules(call, rules, version))) throw conflict()
  await audit(call, 'second-factor-rules.put', call.actor.organizationId, rules)
  return {}
}

export async function addWorkType(call: Call, type: AddWorkType): Promise<AddedSetting> {
  const id = newId(call.now.getTime())
  if (!(await insertWorkType(call, { id, ...type }))) throw new Refused('name-taken', { path: 'name' })
  await audit(call, 'work-type.add', id, type)
  return { id }
}

/** Renames, weighs or archives a kind of work; refused for the last one in use and for a name another has. */
export async function putWorkType(call: Call, id: string, { version, ...type }: PutWorkType): Promise<Done> {
  const { workTypes } = await readSettings(call)
  const others = workTypes.filter((other) => other.id !== id)
  if (others.length === workTypes.length) throw new NotFound()
  if (others.some(({ name }) => name === type.name)) throw new Refused('name-taken', { path: 'name' })
  if (type.archived && others.every(({ archived }) => archived)) throw new Refused('last-work-type')
  if (!(await saveWorkType(call, { id, ...type }, version))) throw conflict()
  await audit(call, 'work-type.put', id, type)
  return {}
}

export async function addAttendanceCode(call: Call, code: AddAttendanceCode): Promise<AddedSetting> {
  const id = newId(call.now.getTime())
  if (!(await insertCode(call, { id, ...code, counted: code.absent && code.counted })))
    throw new Refused('name-taken', { path: 'code' })
  await audit(call, 'attendance-code.add', id, code)
  return { id }
}

/** Renames a sign or changes what it counts as; the sign itself stays, since records carry it. */
export async function putAttendanceCode(
  call: Call,
  id: string,
  { version, ...code }: PutAttendanceCode,
): Promise<Done> {
  const { attendanceCodes } = await readSettings(call)
  if (!attendanceCodes.some((one) => one.id === id)) throw new NotFound()
  const saved = { id, ...code, counted: code.absent && code.counted }
  if (!(await saveCode(call, saved, version))) throw conflict()
  await audit(call, 'attendance-code.put', id, code)
  return {}
}
