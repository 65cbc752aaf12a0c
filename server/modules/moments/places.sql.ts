import type { LessonHead } from '#contract/lessons.ts'
import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

/** A lesson that the actor may see today, with the children of its list. */
export type Place = {
  lesson: Omit<LessonHead, 'state' | 'day'> & { day: Day }
  teacher: string
  /** The actor teaches it, by assignment or as its substitute. */
  teaches: boolean
  windowDays: number | null
  opened: boolean
  /** Lines of the journal's plan as it is now. */
  planItems: string[]
  children: { id: string; name: string }[]
}

// Rights of today over rows of then: $1 organisation, $2 actor, $3–$6 whether all, own, substituted, led; $7 today.
const placesSql = (which: string, children = ''): string => `
select json_build_object('id', l.id, 'journalId', l.journal_id, 'kind', j.kind,
    'gradeless', j.gradeless or j.kind <> 'lessons', 'subject', s.name, 'group', g.name, 'day', l.held_on,
    'period', l.period, 'startsAt', to_char(l.starts_at, 'HH24:MI'), 'endsAt', to_char(l.ends_at, 'HH24:MI'),
    'room', l.room) as lesson,
  ${shownName('tp')} as teacher,
  (($4 and j.teacher_id = $2) or ($5 and coalesce(sub.substitute_id = $2, false))) as teaches,
  entry_days(o, l.journal_id, l.held_on) as "windowDays",
  exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
    and (ew.journal_id = l.journal_id or ew.teacher_id = $2)
    and l.held_on between ew.starts_on and ew.ends_on and ew.open_until >= $7) as opened,
  array(select i.id from lesson_plan_item i where i.organization_id = $1 and i.plan_id = j.lesson_plan_id)
    as "planItems",
  (select coalesce(json_agg(json_build_object('id', p.id, 'name', ${shownName('p')})
      order by p.name_key, p.id), '[]'::json)
    from group_member m join person p on p.organization_id = $1 and p.id = m.student_id
    where m.organization_id = $1 and m.group_id = j.group_id and m.starts_on <= l.held_on
      and coalesce(m.ends_on, 'infinity') >= l.held_on ${children}) as children
from lesson l
join organization o on o.id = $1
join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
join subject s on s.organization_id = $1 and s.id = j.subject_id
join study_group g on g.organization_id = $1 and g.id = j.group_id
join person tp on tp.organization_id = $1 and tp.id = j.teacher_id
left join study_group c on c.organization_id = $1 and c.id = g.parent_id
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
where l.organization_id = $1 and ${which}
  and ($3 or ($4 and j.teacher_id = $2) or ($5 and sub.substitute_id = $2)
    or ($6 and $2 in (g.homeroom_teacher_id, c.homeroom_teacher_id)))
order by l.held_on, l.starts_at, l.id`

const BY_LESSON = placesSql('l.id = any ($8::uuid[])')
const BY_STUDENT = placesSql(
  `l.held_on between $9 and $10 and exists (select from group_member om where om.organization_id = $1
    and om.group_id = j.group_id and om.student_id = $8 and om.starts_on <= l.held_on
    and coalesce(om.ends_on, 'infinity') >= l.held_on)`,
  'and m.student_id = $8',
)

function read({ tx, actor, reach, today }: Call, text: string, more: unknown[]): Promise<Place[]> {
  const may = (['organization', 'own-journal', 'substituted-lesson', 'homeroom-class'] as const).map((one) =>
    reach.has(one),
  )
  return rows<Place>(tx, text, [actor.organizationId, actor.personId, ...may, today, ...more])
}

/** Those of these lessons that the actor may see today. */
export const readPlaces = (call: Call, lessonIds: readonly string[]): Promise<Place[]> =>
  read(call, BY_LESSON, [lessonIds])

/** Lessons of a child on these days that the actor may see today, with this child alone. */
export const readStudentPlaces = (
  call: Call,
  studentId: string,
  { from, to }: { from: string; to: string },
): Promise<Place[]> => read(call, BY_STUDENT, [studentId, from, to])

const CODES = `select code, name from attendance_code where organization_id = $1 order by position`

/** What the school's codes of absence mean. */
export const readCodes = ({ tx, actor }: Call): Promise<{ code: string; name: string }[]> =>
  rows(tx, CODES, [actor.organizationId])

const NOTE = `
with kept as (
  insert into taken_back (organization_id, id, lesson_id, operation_id, moment, reason, actor_id, at)
  select $1, (k->>'id')::uuid, (k->>'lessonId')::uuid, $2, $3, $4, $5, $6 from jsonb_array_elements($7) k
)
insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, detail, at)
select $1, 'moment.take-back', 'lesson', (k->>'lessonId')::uuid, $5, $2, jsonb_build_object('at', $8::text), $6
from jsonb_array_elements($7) k`

/** Keeps from which moment and why these lessons were written by this operation. */
export async function noteTakenBack(
  { tx, actor, operationId, now }: Call,
  { at, reason }: { at: string; reason: string },
  lessons: { id: string; lessonId: string }[],
): Promise<void> {
  const told = [operationId, at, reason, actor.personId, now, JSON.stringify(lessons), at]
  await rows(tx, NOTE, [actor.organizationId, ...told])
}
