import type { LessonsToCover, SameHourLesson, StaffChoices } from '#contract/substitutions.ts'
import { CONTROL, TEACHING } from '#domain/access/access.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { SameHour } from '#domain/lessons/substitution.ts'
import { searchWords } from '#domain/people/search.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type SubstitutionScene = {
  held_on: Day
  window_days: number | null
  opened: boolean
  teacher_id: string
  substitute_id: string | null
  substitute: string | null
  reason: string | null
  merged: boolean
  version: number
  recorded: boolean
  begun: boolean
  /** The name of who is asked for, when that person's role holds on the lesson's day; one begun since will do. */
  wanted: string | null
}

const READ_SCENE = `
select l.held_on, (l.held_on + l.starts_at) at time zone o.time_zone <= current_moment() as begun,
  entry_days(o, j.id, l.held_on) as window_days, j.teacher_id, sub.substitute_id, sub.reason,
  coalesce(sub.merged, false) as merged,
  coalesce(sub.version, 0) as version,
  case when sp.id is not null then ${shownName('sp')} end as substitute,
  exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
    and (ew.journal_id = j.id or ew.teacher_id = $3) and l.held_on between ew.starts_on and ew.ends_on
    and ew.open_until >= $4) as opened,
  exists (select from lesson_record where organization_id = $1 and lesson_id = l.id)
    or exists (select from homework where organization_id = $1 and lesson_id = l.id)
    or exists (select from mark where organization_id = $1 and lesson_id = l.id)
    or exists (select from attendance where organization_id = $1 and lesson_id = l.id) as recorded,
  (select ${shownName('p')} from person p
    where p.organization_id = $1 and p.id = $5 and exists (select from role_assignment ra
      where ra.organization_id = $1 and ra.person_id = p.id and ra.role = any ($6)
        and ra.starts_on <= greatest(l.held_on, $4) and coalesce(ra.ends_on, 'infinity') >= l.held_on)) as wanted
from lesson l
join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
join organization o on o.id = $1
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
left join person sp on sp.organization_id = $1 and sp.id = sub.substitute_id
where l.organization_id = $1 and l.id = $2 and `

const readOne = async (
  call: Call,
  scope: string,
  values: unknown[],
): Promise<SubstitutionScene | undefined> =>
  (await rows<SubstitutionScene>(call.tx, READ_SCENE + scope, values))[0]

/** A lesson whose substitution this actor may write: any for control, one's own for its teacher. */
export const readSubstitutionScene = (call: Call, lessonId: string, wanted: string | null) =>
  readOne(call, '($7 or ($8 and j.teacher_id = $3))', [
    call.actor.organizationId,
    lessonId,
    call.actor.personId,
    call.today,
    wanted,
    TEACHING,
    call.reach.has('organization'),
    call.reach.has('own-journal'),
  ])

/** A lesson of today that this actor would say to have taught. */
export const readClaimScene = (call: Call, lessonId: string) =>
  readOne(call, 'l.held_on = $4 and $7', [
    call.actor.organizationId,
    lessonId,
    call.actor.personId,
    call.today,
    call.actor.personId,
    TEACHING,
    call.reach.has('organization'),
  ])

const SAVE = `
with saved as (
  insert into substitution as s (organization_id, id, lesson_id, substitute_id, reason, merged)
  values ($1, $3, $2, $4, $5, $12)
  on conflict (organization_id, lesson_id) do update set substitute_id = excluded.substitute_id,
    reason = excluded.reason, merged = excluded.merged, version = s.version + 1 where s.version = $6
  returning 1
), taught as (
  update lesson_record r set taught_by = $7, version = r.version + 1
  where r.organization_id = $1 and r.lesson_id = $2 and r.taught_by <> $7 and exists (select from saved)
), noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at, detail)
  values ($1, $8, 'lesson', $2, $9, $10, $11, jsonb_build_object('substituteId', $4::uuid, 'merged', $12::boolean))
)
select count(*) as saved from saved`

export type SubstitutionSave = {
  id: string
  lessonId: string
  substituteId: string | null
  reason: string | null
  merged: boolean
  version: number
  /** Who is now written down as having taught the lesson, if it already has a record. */
  taughtBy: string
  action: string
}

const EXCLUDED = '23P01'

/** Writes a substitution and puts it into the lesson's record; how many rows were saved. */
export async function saveSubstitution(
  call: Call,
  change: SubstitutionSave,
): Promise<number | 'taught-elsewhere'> {
  const { tx, actor, operationId, now } = call
  const saved = rows<{ saved: number }>(tx, SAVE, [
    actor.organizationId,
    change.lessonId,
    change.id,
    change.substituteId,
    change.reason,
    change.version,
    change.taughtBy,
    change.action,
    actor.personId,
    operationId,
    now,
    change.merged,
  ])
  try {
    return (await saved)[0]?.saved ?? 0
  } catch (error) {
    if ((error as { code?: string }).code === EXCLUDED) return 'taught-elsewhere'
    throw error
  }
}

const SAME_HOUR = `
select to_char(o.starts_at, 'HH24:MI') as "startsAt", s.name as subject, g.name as "group", t.substituting
from taught_at_that_hour($1, $2) t
join lesson o on o.organization_id = $1 and o.id = t.lesson_id
join teaching_assignment j on j.organization_id = $1 and j.id = o.journal_id
join subject s on s.organization_id = $1 and s.id = j.subject_id
join study_group g on g.organization_id = $1 and g.id = j.group_id
where t.person_id = $3 order by o.starts_at, g.sort_key, s.sort_key`

/** What this person teaches elsewhere at the hour of the lesson. */
export const readSameHour = (
  { tx, actor }: Call,
  lessonId: string,
  personId: string,
): Promise<(SameHourLesson & SameHour)[]> => rows(tx, SAME_HOUR, [actor.organizationId, lessonId, personId])

// Nothing of any child: whoever looks for a lesson to take is not yet anybody to these children.
const TO_COVER = `
select l.id, s.name as subject, g.name as "group", ${shownName('p')} as teacher,
  l.period, to_char(l.starts_at, 'HH24:MI') as "startsAt", l.room
from lesson l
join organization o on o.id = $1
join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id and j.teacher_id <> $2
join subject s on s.organization_id = $1 and s.id = j.subject_id
join study_group g on g.organization_id = $1 and g.id = j.group_id
join person p on p.organization_id = $1 and p.id = j.teacher_id
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
where $4 and l.organization_id = $1 and l.held_on = $3 and sub.substitute_id is null
  and ($5 or (l.held_on + l.starts_at) at time zone o.time_zone <= current_moment())
  and not exists (select from lesson_record r where r.organization_id = $1 and r.lesson_id = l.id)
  and not exists (select from homework h where h.organization_id = $1 and h.lesson_id = l.id)
  and not exists (select from mark m where m.organization_id = $1 and m.lesson_id = l.id)
  and not exists (select from attendance a where a.organization_id = $1 and a.lesson_id = l.id)
order by l.starts_at, g.sort_key, s.sort_key, l.id limit 400`

/** Colleagues' lessons of today that nobody has recorded, in order of time; control sees those ahead, to name a substitute. */
export const readLessonsToCover = ({ tx, actor, reach, today }: Call): Promise<LessonsToCover['lessons']> =>
  rows(tx, TO_COVER, [
    actor.organizationId,
    actor.personId,
    today,
    reach.has('organization'),
    seesAhead(actor),
  ])

const seesAhead = ({ roles }: Call['actor']) => roles.some((role) => CONTROL.includes(role))

const STAFF = `
with wanted as (
  select l.id, l.held_on, j.subject_id, j.intake_id, j.teacher_id from lesson l
  join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
  where l.organization_id = $1 and l.id = $6::uuid
), busy as (
  select t.person_id, json_agg(json_build_object('startsAt', to_char(o.starts_at, 'HH24:MI'), 'subject', s.name,
    'group', g.name) order by o.starts_at, g.sort_key) as lessons
  from wanted w, taught_at_that_hour($1, w.id) t
  join lesson o on o.organization_id = $1 and o.id = t.lesson_id
  join teaching_assignment j on j.organization_id = $1 and j.id = o.journal_id
  join subject s on s.organization_id = $1 and s.id = j.subject_id
  join study_group g on g.organization_id = $1 and g.id = j.group_id
  group by t.person_id
), same as (
  select distinct j.teacher_id from wanted w join teaching_assignment j on j.organization_id = $1
    and j.subject_id = w.subject_id and j.intake_id = w.intake_id
)
select p.id, ${shownName('p')} as name, sm.position,
  same.teacher_id is not null as "sameSubject", coalesce(busy.lessons, '[]') as "busyWith"
from person p
left join staff_member sm on sm.organization_id = $1 and sm.id = p.id
left join busy on busy.person_id = p.id
left join same on same.teacher_id = p.id
where $5 and p.organization_id = $1 and exists (select from role_assignment ra where ra.organization_id = $1
    and ra.person_id = p.id and ra.role = any ($3) and ra.starts_on <= greatest($4, (select held_on from wanted))
    and coalesce(ra.ends_on, 'infinity') >= coalesce((select held_on from wanted), $4))
  and p.id is distinct from (select teacher_id from wanted)
  and name_found(p.name_key, $2)
order by busy.lessons is not null, same.teacher_id is null, p.name_key, p.id limit 50`

/**
 * Those who teach here today and whose name has the words of the query; for a lesson those of its day without its teacher, with
 * what they teach at that hour, the free and those of its subject first.
 */
export const findTeachingStaff = (
  { tx, actor, reach, today }: Call,
  query: string,
  lessonId: string | null,
): Promise<StaffChoices['staff']> =>
  rows(tx, STAFF, [
    actor.organizationId,
    searchWords(query),
    TEACHING,
    today,
    reach.has('organization'),
    lessonId,
  ])
