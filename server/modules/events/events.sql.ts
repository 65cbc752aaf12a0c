import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

const MAY_READ = `
select 1 from teaching_assignment j
join study_group g on g.organization_id = $1 and g.id = j.group_id
left join study_group c on c.organization_id = $1 and c.id = g.parent_id
where j.organization_id = $1 and j.id = $2
  and ($4 or ($5 and j.teacher_id = $3) or ($6 and $3 in (g.homeroom_teacher_id, c.homeroom_teacher_id)))`

/** Whether the actor may open this journal, and so may hear of its changes. */
export async function mayReadJournal({ tx, actor, reach }: Call, journalId: string): Promise<boolean> {
  const found = await rows(tx, MAY_READ, [
    actor.organizationId,
    journalId,
    actor.personId,
    reach.has('organization'),
    reach.has('own-journal'),
    reach.has('homeroom-class'),
  ])
  return found.length > 0
}
