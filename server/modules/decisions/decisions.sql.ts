import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

const LOCK = `
select pg_advisory_xact_lock(hashtextextended($1::text || 'lesson:' || id, 0))
from (select distinct unnest($2::text[]) as id order by 1) l`

/** Takes the locks of lessons an entry is about. Whoever holds one of them never waits for an entry's own lock. */
export async function lockLessons({ tx, actor }: Call, lessonIds: string[]): Promise<void> {
  await rows(tx, LOCK, [actor.organizationId, lessonIds])
}

/** From here on history names the author of the entry that was just let in; gives back who acted before. */
export async function writeAsAuthor({ tx }: Call, entryId: string): Promise<string> {
  const [row] = await rows<{ before: string }>(tx, 'select write_as_author($1) as before', [entryId])
  return row?.before ?? ''
}

/** From here on whoever acted before acts again. */
export async function writeAsBefore({ tx }: Call, before: string): Promise<void> {
  await rows(tx, `select set_config('app.context', $1, true)`, [before])
}
