import type { Day } from '#domain/calendar/day.ts'
import type { Tx } from '#platform/db.ts'
import { rows } from '#platform/db.ts'

/** A lesson an import has made, with the grades of its class, none for groups of several classes. */
export type MadeLesson = {
  id: string
  day: Day
  startsAt: string
  subject: string
  group: string
  gradeFrom: number | null
  gradeTo: number | null
}

const MADE = `
select l.id, l.held_on::text as day, to_char(l.starts_at, 'HH24:MI') as "startsAt", s.name as subject, g.name as "group",
  case when g.kind in ('class', 'subgroup') then coalesce(g.grade_from, c.grade_from) end as "gradeFrom",
  case when g.kind in ('class', 'subgroup') then coalesce(g.grade_to, c.grade_to) end as "gradeTo"
from lesson l
join teaching_assignment j on j.organization_id = l.organization_id and j.id = l.journal_id
join subject s on s.organization_id = j.organization_id and s.id = j.subject_id
join study_group g on g.organization_id = j.organization_id and g.id = j.group_id
left join study_group c on c.organization_id = g.organization_id and c.id = g.parent_id
where l.organization_id = $1 and j.intake_id = $2
  and (l.held_on < $3 or l.held_on > $4 or l.held_on = any ($5::date[]))
  and exists (select from import_key k where k.organization_id = $1 and k.kind = 'lesson' and k.record_id = l.id)
order by l.held_on, g.sort_key, l.starts_at, l.id
for update of l`

export type Span = { intakeId: string; startsOn: Day; endsOn: Day; days: Day[] }

/** Lessons imports have made on these days or outside the intake; nobody writes in them until this import is through. */
export function lessonsMadeOn(tx: Tx, organizationId: string, span: Span): Promise<MadeLesson[]> {
  return rows<MadeLesson>(tx, MADE, [organizationId, span.intakeId, span.startsOn, span.endsOn, span.days])
}

// Whatever refers to a lesson or to a column of it is a record, also one that was taken back or waits for a decision. The
// first column, which every lesson has from the start, is none as long as nobody has changed it.
const RECORDS = `
select string_agg(format('select lesson_id as id from %s where organization_id = $1 and lesson_id = any ($2::uuid[])',
  c.conrelid::regclass) || case when c.conrelid = 'lesson_work'::regclass
    then ' and not (id = lesson_id and version = 1)' else '' end, ' union ') as text
from pg_constraint c
where c.contype = 'f' and c.confrelid in ('lesson'::regclass, 'lesson_work'::regclass)`

/** Which of these lessons have a record of any kind. */
export async function lessonsWithRecords(
  tx: Tx,
  organizationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const [found] = await rows<{ text: string }>(tx, RECORDS, [])
  const list = await rows<{ id: string }>(tx, found?.text ?? '', [organizationId, ids])
  return new Set(list.map(({ id }) => id))
}

const TAKE_AWAY = `
with columns as (
  delete from lesson_work where organization_id = $1 and lesson_id = any ($2::uuid[]) returning id, version
), gone as (
  delete from lesson where organization_id = $1 and id = any ($2::uuid[]) returning id, version
), told as (
  insert into history (organization_id, kind, record_id, version, after, reason, at)
  select $1, kind, id, version + 1, '{"taken_away": true}', 'import', $3
  from (select 'lesson' as kind, * from gone union all select 'lesson_work', * from columns) t
)
delete from import_key where organization_id = $1 and kind = 'lesson' and record_id in (select id from gone)`

/** Takes empty lessons away; history keeps that they were there. */
export async function takeLessonsAway(
  tx: Tx,
  organizationId: string,
  { ids, now }: { ids: readonly string[]; now: Date },
): Promise<void> {
  await rows(tx, TAKE_AWAY, [organizationId, ids, now])
}
