import { rows, type Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { DEFAULT_ATTENDANCE_CODES, DEFAULT_WORK_TYPES } from './defaults.words.ts'

const INSERT_WORK_TYPES = `
insert into work_type (organization_id, id, name, short, weight, position)
select $1, id, name, short, weight, position
from jsonb_to_recordset($2) as t(id uuid, name text, short text, weight numeric, position int)
on conflict (organization_id, name) do nothing`

const INSERT_CODES = `
insert into attendance_code (organization_id, id, code, name, absent, counted, position)
select $1, id, code, name, absent, counted, position
from jsonb_to_recordset($2) as t(id uuid, code text, name text, absent boolean, counted boolean, position int)
on conflict (organization_id, code) do nothing`

const numbered = <T>(list: readonly T[]): string =>
  JSON.stringify(list.map((one, n) => ({ ...one, id: newId(), position: n + 1 })))

/**
 * Gives an organisation the kinds of work and signs of attendance every school begins with; what it already has by
 * that name stays as it is. The transaction must already stand in the organisation.
 */
export async function insertDefaults(tx: Tx, organizationId: string): Promise<void> {
  await rows(tx, INSERT_WORK_TYPES, [organizationId, numbered(DEFAULT_WORK_TYPES)])
  await rows(tx, INSERT_CODES, [organizationId, numbered(DEFAULT_ATTENDANCE_CODES)])
}
