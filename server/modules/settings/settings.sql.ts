import type { JournalRules, SecondFactorRules, Settings } from '#contract/settings.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

const READ = `
select json_build_object('name', o.name, 'shortName', o.short_name, 'timeZone', o.time_zone) as organization,
  json_build_object('entryWindowDays', o.entry_window_days, 'windowOpenerRoles', o.window_opener_roles,
    'familyAccessDays', o.family_access_days, 'homeworkExpected', o.homework_expected) as journal,
  json_build_object('roles', array(select jsonb_object_keys(o.second_factor_roles) order by 1),
    'days', o.second_factor_days) as "secondFactor",
  o.version,
  (select coalesce(json_agg(json_build_object('id', t.id, 'version', t.version, 'name', t.name, 'short', t.short,
      'weight', t.weight, 'archived', t.archived) order by t.archived, t.position, natural_key(t.name) collate "C"), '[]')
    from work_type t where t.organization_id = o.id) as "workTypes",
  (select coalesce(json_agg(json_build_object('id', c.id, 'version', c.version, 'code', c.code, 'name', c.name,
      'absent', c.absent, 'counted', c.counted) order by c.position, c.code), '[]')
    from attendance_code c where c.organization_id = o.id) as "attendanceCodes"
from organization o where o.id = $1`

export async function readSettingsRow({ tx, actor }: Call): Promise<Settings | undefined> {
  return (await rows<Settings>(tx, READ, [actor.organizationId]))[0]
}

/** Runs a conditional update; whether a row had the expected version. */
const changed = async ({ tx }: Call, text: string, values: unknown[]): Promise<boolean> =>
  (await rows(tx, text, values)).length === 1

export type Names = { name: string; shortName: string; timeZone: string }

export function saveNames(call: Call, { name, shortName, timeZone }: Names, version: number) {
  const text = `update organization set name = $3, short_name = $4, time_zone = $5, version = version + 1
    where id = $1 and version = $2 returning id`
  return changed(call, text, [call.actor.organizationId, version, name, shortName, timeZone])
}

export function saveRules(call: Call, rules: JournalRules, version: number): Promise<boolean> {
  const text = `update organization set entry_window_days = $3, window_opener_roles = $4, family_access_days = $5,
    homework_expected = $6, version = version + 1 where id = $1 and version = $2 returning id`
  const { entryWindowDays, windowOpenerRoles, familyAccessDays, homeworkExpected } = rules
  return changed(call, text, [
    call.actor.organizationId,
    version,
    entryWindowDays,
    windowOpenerRoles,
    familyAccessDays,
    homeworkExpected,
  ])
}

/** A role that needed it before keeps the day since when; for others it begins today. */
export function saveSecondFactorRules(
  call: Call,
  { roles, days }: SecondFactorRules,
  version: number,
): Promise<boolean> {
  const text = `update organization set second_factor_days = $3, version = version + 1,
      second_factor_roles = (select coalesce(jsonb_object_agg(role, coalesce(second_factor_roles->>role, $5)), '{}')
        from unnest($4::text[]) as role)
    where id = $1 and version = $2 returning id`
  return changed(call, text, [call.actor.organizationId, version, days, roles, call.today])
}

export type WorkTypeSave = { id: string; name: string; short: string; weight: number }

/** False when another type has that name already. */
export function insertWorkType(call: Call, { id, name, short, weight }: WorkTypeSave): Promise<boolean> {
  const text = `insert into work_type (organization_id, id, name, short, weight, position)
    select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1 from work_type where organization_id = $1
    on conflict (organization_id, name) do nothing returning id`
  return changed(call, text, [call.actor.organizationId, id, name, short, weight])
}

export function saveWorkType(
  call: Call,
  { id, name, short, weight, archived }: WorkTypeSave & { archived: boolean },
  version: number,
): Promise<boolean> {
  const text = `update work_type set name = $4, short = $5, weight = $6, archived = $7, version = version + 1
    where organization_id = $1 and id = $2 and version = $3 returning id`
  return changed(call, text, [call.actor.organizationId, id, version, name, short, weight, archived])
}

export type CodeSave = { id: string; name: string; absent: boolean; counted: boolean }

/** False when the sign is taken already. */
export function insertCode(call: Call, one: CodeSave & { code: string }): Promise<boolean> {
  const text = `insert into attendance_code (organization_id, id, code, name, absent, counted, position)
    select $1, $2, $3, $4, $5, $6, coalesce(max(position), 0) + 1 from attendance_code where organization_id = $1
    on conflict (organization_id, code) do nothing returning id`
  return changed(call, text, [call.actor.organizationId, one.id, one.code, one.name, one.absent, one.counted])
}

export function saveCode(call: Call, { id, name, absent, counted }: CodeSave, version: number) {
  const text = `update attendance_code set name = $4, absent = $5, counted = $6, version = version + 1
    where organization_id = $1 and id = $2 and version = $3 returning id`
  return changed(call, text, [call.actor.organizationId, id, version, name, absent, counted])
}
