import type { Call } from '#platform/call.ts'
import { rows, type Tx } from '#platform/db.ts'

/** What an actor may hear of a journal: all of it, or only lessons taught there as a substitute, if any. */
export type Hearing = { whole: boolean; lessons: string[] }

const DEAF: Hearing = { whole: false, lessons: [] }

const HEARING = `
select $4 or ($5 and j.teacher_id = $3) or ($6 and coalesce($3 in (g.homeroom_teacher_id, c.homeroom_teacher_id), false))
    as whole,
  array(select l.id from substitution s join lesson l on l.organization_id = $1 and l.id = s.lesson_id
    where $7 and s.organization_id = $1 and s.substitute_id = $3 and l.journal_id = j.id) as lessons
from teaching_assignment j
join study_group g on g.organization_id = $1 and g.id = j.group_id
left join study_group c on c.organization_id = $1 and c.id = g.parent_id
where j.organization_id = $1 and j.id = $2`

/** What the actor may hear of this journal: as much as may be opened of it. */
export async function readHearing({ tx, actor, reach }: Call, journalId: string): Promise<Hearing> {
  const [found] = await rows<Hearing>(tx, HEARING, [
    actor.organizationId,
    journalId,
    actor.personId,
    reach.has('organization'),
    reach.has('own-journal'),
    reach.has('homeroom-class'),
    reach.has('substituted-lesson'),
  ])
  return found ?? DEAF
}

/** What each of these sessions stands on, by the hash of its token in hexadecimal; those that are over are missing. */
export async function readStanding(
  tx: Tx,
  tokenHashes: readonly Buffer[],
  now: Date,
): Promise<Map<string, string>> {
  const text = 'select token_hash, stands_on from standing_sessions($1, $2)'
  const found = await rows<{ token_hash: Buffer; stands_on: string }>(tx, text, [tokenHashes, now])
  return new Map(found.map((one) => [one.token_hash.toString('hex'), one.stands_on]))
}
