import type { JournalList } from '#contract/journals.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

// Whether the roll was taken is looked up lesson by lesson: as a condition PostgreSQL reads the attendance of all years.
const READ_JOURNALS = `
with now as (
  select coalesce($8::uuid, (select id from intake where organization_id = $1 and starts_on <= $7
    order by starts_on desc limit 1)) as intake_id
), j as (
  select j.*, g.name as group_name, g.sort_key as group_key, i.name as intake
  from now
  join teaching_assignment j on j.organization_id = $1 and j.intake_id = now.intake_id
  join intake i on i.organization_id = $1 and i.id = j.intake_id
  join study_group g on g.organization_id = $1 and g.id = j.group_id
  left join study_group c on c.organization_id = $1 and c.id = g.parent_id
  where $3 or ($4 and j.teacher_id = $2) or ($5 and $2 in (g.homeroom_teacher_id, c.homeroom_teacher_id))
), kept as (
  select l.journal_id, count(*) as held,
    count(*) filter (where r.topic is null or roll.taken is null) as unfilled,
    max(l.held_on) filter (where r.topic is not null) as last
  from j join lesson l on l.organization_id = $1 and l.journal_id = j.id and l.held_on < $7
  left join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id
  left join lateral (select true as taken from attendance a
    where a.organization_id = $1 and a.lesson_id = l.id limit 1) roll on true
  group by l.journal_id
), today as (
  select distinct l.journal_id from j join lesson l on l.organization_id = $1 and l.journal_id = j.id and l.held_on = $7
  join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id and r.topic is not null
)
select j.id, j.kind, s.name as subject, j.group_name as "group", j.teacher_id = $2 as own, j.intake,
  ${shownName('p')} as teacher,
  case when today.journal_id is not null then $7::date else kept.last end as "lastFilledOn",
  coalesce(kept.unfilled, 0) as unfilled, coalesce(kept.held, 0) as held
from j
join subject s on s.organization_id = $1 and s.id = j.subject_id
join person p on p.organization_id = $1 and p.id = j.teacher_id
left join kept on kept.journal_id = j.id
left join today on today.journal_id = j.id
where $6::text is null or j.kind = $6
order by j.group_key, s.sort_key, p.name_key, j.id limit 1500`

export type JournalQuery = { kind?: string | undefined; intakeId?: string | undefined }

/** Journals of an intake as this actor may see them: all for control, one's own, those of one's class. */
export const readJournals = (
  { tx, actor, reach, today }: Call,
  { kind, intakeId }: JournalQuery,
): Promise<JournalList['journals']> =>
  rows(tx, READ_JOURNALS, [
    actor.organizationId,
    actor.personId,
    reach.has('organization'),
    reach.has('own-journal'),
    reach.has('homeroom-class'),
    kind ?? null,
    today,
    intakeId ?? null,
  ])
