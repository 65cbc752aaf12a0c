import type { Losses } from '#contract/restores.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

// Every record that was made or changed since has left a version with the moment of its recording.
const LOSSES = `
select count(*) filter (where kind = 'lesson_record')::int as lessons,
  count(*) filter (where kind = 'mark')::int as marks,
  count(*) filter (where kind = 'attendance')::int as attendance,
  count(*) filter (where kind = 'homework')::int as homework,
  count(*) filter (where kind = 'person')::int as people,
  count(*) filter (where kind not in ('lesson_record', 'mark', 'attendance', 'homework', 'person'))::int as others
from (select distinct kind, record_id from history where organization_id = $1 and at > $2) as later`

/** How many records of each kind were made or changed after a moment. */
export async function readLosses({ tx, actor }: Call, to: Date): Promise<Omit<Losses, 'minutes'>> {
  const [found] = await rows<Omit<Losses, 'minutes'>>(tx, LOSSES, [actor.organizationId, to])
  if (!found) throw new Error('a count without an answer')
  return found
}
