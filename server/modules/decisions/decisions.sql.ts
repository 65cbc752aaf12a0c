import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

const LOCK = `
select pg_advisory_xact_lock(hashtextextended($1::text || 'lesson:' || id, 0))
from (select distinct unnest($2::text[]) as id order by 1) l`

/** Takes the locks of lessons an entry is about. Whoever holds one of them never waits for an entry's own lock. */
export async function lockLessons({ tx, actor }: Call, lessonIds: string[]): Promise<void> {
  await rows(tx, LOCK, [actor.organizationId, lessonIds])
}

/** From here on history names this person as the one who wrote. */
export async function writeAs({ tx }: Call, personId: string): Promise<void> {
  await rows(tx, `select set_config('app.actor_id', $1, true)`, [personId])
}
