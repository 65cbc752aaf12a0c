import type { LessonHead, LessonPage, PlanItem } from '#contract/lessons.ts'
import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type LessonChildRow = {
  id: string
  name: string
  arrived: boolean
  leaves: boolean
  earlier: { code: string | null } | null
  procedure: boolean
}

export type LessonRow = Pick<
  LessonPage,
  | 'lateReason'
  | 'correction'
  | 'teacher'
  | 'teacherId'
  | 'codes'
  | 'workTypes'
  | 'works'
  | 'marks'
  | 'attendance'
> & {
  lesson: Omit<LessonHead, 'state' | 'day'> & { day: Day }
  windowDays: number | null
  opened: boolean
  substituteId: string | null
  record: LessonPage['record'] | null
  homework: LessonPage['homework'] | null
  substitution: LessonPage['substitution'] | null
  plan: (Omit<PlanItem, 'used'> & { hours: number; before: number; taken: number })[] | null
  children: LessonChildRow[]
  neighbours: string[]
}

// Who last wrote the record: before any correction, or as one.
const lastHand = (corrected: 'is null' | 'is not null') => `(
        select ${shownName('hp')} from history h
        join person hp on hp.organization_id = $1 and hp.id = h.actor_id
        where h.organization_id = $1 and h.kind = 'lesson_record' and h.record_id = r.id
          and h.after->>'corrected_at' ${corrected}
        order by h.version desc limit 1)`

const READ_LESSON = `
with l as (
  select l.*, j.kind, j.gradeless or j.kind <> 'lessons' as gradeless, j.group_id, j.teacher_id, j.lesson_plan_id,
    j.intake_id, i.starts_on, i.ends_on, s.name as subject, g.name as group_name, sub.substitute_id,
    case when sub.substitute_id = $3 then $3 else j.teacher_id end as writer_id
  from lesson l
  join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
  join intake i on i.organization_id = $1 and i.id = j.intake_id
  join subject s on s.organization_id = $1 and s.id = j.subject_id
  join study_group g on g.organization_id = $1 and g.id = j.group_id
  left join study_group c on c.organization_id = $1 and c.id = g.parent_id
  left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
  where l.organization_id = $1 and l.id = $2 and ($4 or ($5 and j.teacher_id = $3)
    or ($6 and sub.substitute_id = $3) or ($7 and $3 in (g.homeroom_teacher_id, c.homeroom_teacher_id)))
), child as (
  select m.student_id, m.starts_on, m.ends_on, ${shownName('p')} as name, p.name_key
  from l join group_member m on m.organization_id = $1 and m.group_id = l.group_id
    and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on
  join person p on p.organization_id = $1 and p.id = m.student_id
), earlier as (
  select distinct on (a.student_id) a.student_id, a.code
  from l join lesson e on e.organization_id = $1 and e.held_on = l.held_on and e.starts_at < l.starts_at
  join attendance a on a.organization_id = $1 and a.lesson_id = e.id
  where a.student_id in (select student_id from child)
  order by a.student_id, e.starts_at desc
)
select
  json_build_object('id', l.id, 'journalId', l.journal_id, 'kind', l.kind, 'gradeless', l.gradeless,
    'subject', l.subject, 'group', l.group_name, 'day', l.held_on, 'period', l.period,
    'startsAt', to_char(l.starts_at, 'HH24:MI'), 'endsAt', to_char(l.ends_at, 'HH24:MI'), 'room', l.room) as lesson,
  entry_days(o, l.journal_id, l.held_on) as "windowDays", l.teacher_id as "teacherId", l.substitute_id as "substituteId",
  ${shownName('tp')} as teacher,
  exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
    and (ew.journal_id = l.journal_id or ew.teacher_id = l.writer_id)
    and l.held_on between ew.starts_on and ew.ends_on and ew.open_until >= $8) as opened,
  (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = 'late') as "lateReason",
  (select json_build_object('reason', le.reason, 'enteredOn', le.entered_on,
      'by', ${shownName('ep')})
    from late_entry le join person ep on ep.organization_id = $1 and ep.id = le.actor_id
    where le.organization_id = $1 and le.lesson_id = l.id and le.kind = 'correction') as correction,
  (select json_build_object('topic', r.topic, 'planItemId', r.plan_item_id, 'comment', r.comment,
      'version', r.version, 'late', r.late, 'enteredAt', r.entered_at,
      'taughtBy', ${shownName('bp')},
      'correctedAt', r.corrected_at, 'enteredBy', ${lastHand('is null')},
      'correctedBy', ${lastHand('is not null')})
    from lesson_record r join person bp on bp.organization_id = $1 and bp.id = r.taught_by
    where r.organization_id = $1 and r.lesson_id = l.id) as record,
  (select json_build_object('text', h.text, 'minutes', h.minutes, 'version', h.version, 'late', h.late)
    from homework h where h.organization_id = $1 and h.lesson_id = l.id) as homework,
  (select json_build_object('substituteId', s.substitute_id, 'reason', s.reason, 'merged', s.merged, 'version', s.version,
      'name', case when sp.id is not null then ${shownName('sp')} end)
    from substitution s left join person sp on sp.organization_id = $1 and sp.id = s.substitute_id
    where s.organization_id = $1 and s.lesson_id = l.id) as substitution,
  (select json_agg(json_build_object('id', i.id, 'position', i.position, 'section', i.section, 'topic', i.topic,
      'homework', i.homework, 'minutes', i.homework_minutes, 'hours', i.hours, 'before', t.before, 'taken', t.taken)
      order by i.position)
    from lesson_plan_item i
    join lateral (
      select count(*) filter (where (t.held_on, t.starts_at) < (l.held_on, l.starts_at)) as before, count(*) as taken
      from lesson_record r join lesson t on t.organization_id = $1 and t.id = r.lesson_id
      where r.organization_id = $1 and r.plan_item_id = i.id and t.journal_id = l.journal_id and t.id <> l.id
    ) t on true
    where i.organization_id = $1 and i.plan_id = l.lesson_plan_id) as plan,
  (select json_agg(json_build_object('code', code, 'name', name, 'absent', absent, 'counted', counted)
    order by position) from attendance_code where organization_id = $1) as codes,
  (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'short', short, 'weight', weight::float)
    order by position), '[]'::json) from work_type where organization_id = $1 and not archived) as "workTypes",
  (select coalesce(json_agg(json_build_object('id', w.id, 'typeId', t.id, 'short', t.short, 'name', t.name,
      'title', w.title, 'weight', w.weight::float, 'version', w.version) order by w.position, w.id), '[]'::json)
    from lesson_work w join work_type t on t.organization_id = $1 and t.id = w.work_type_id
    where w.organization_id = $1 and w.lesson_id = l.id and not w.removed) as works,
  (select coalesce(json_agg(json_build_object('id', c.student_id,
      'name', c.name,
      'arrived', c.starts_on = l.held_on and c.starts_on > l.starts_on,
      'leaves', coalesce(c.ends_on = l.held_on and c.ends_on < l.ends_on, false),
      'earlier', case when e.student_id is not null then json_build_object('code', e.code) end,
      'procedure', exists (select from procedure p where p.organization_id = $1 and p.student_id = c.student_id
        and p.intake_id = l.intake_id and p.weekday = extract(isodow from l.held_on)
        and p.starts_at < l.ends_at and p.ends_at > l.starts_at))
      order by c.name_key, c.student_id), '[]'::json)
    from child c left join earlier e on e.student_id = c.student_id) as children,
  (select coalesce(json_agg(json_build_object('studentId', m.student_id, 'workId', m.work_id, 'value', m.value,
      'comment', m.comment, 'version', m.version)), '[]'::json)
    from mark m where m.organization_id = $1 and m.lesson_id = l.id
      and m.student_id in (select student_id from child)) as marks,
  (select coalesce(json_agg(json_build_object('studentId', a.student_id, 'lessonId', a.lesson_id, 'code', a.code,
      'version', a.version)), '[]'::json)
    from attendance a where a.organization_id = $1 and a.lesson_id = l.id
      and a.student_id in (select student_id from child)) as attendance,
  (select coalesce(json_agg(n.id order by n.starts_at), '[]'::json) from (
    select n.id, n.starts_at from lesson n
    join teaching_assignment nj on nj.organization_id = $1 and nj.id = n.journal_id
    left join substitution ns on ns.organization_id = $1 and ns.lesson_id = n.id
    where n.organization_id = $1 and n.held_on = l.held_on and $3 in (nj.teacher_id, ns.substitute_id)) n) as neighbours
from l
join organization o on o.id = $1
join person tp on tp.organization_id = $1 and tp.id = l.teacher_id`

/** Everything of one lesson as this actor may see it; nothing when the lesson is not the actor's. */
export async function readLessonRow(
  { tx, actor, reach, today }: Call,
  lessonId: string,
): Promise<LessonRow | undefined> {
  const found = await rows<LessonRow>(tx, READ_LESSON, [
    actor.organizationId,
    lessonId,
    actor.personId,
    reach.has('organization'),
    reach.has('own-journal'),
    reach.has('substituted-lesson'),
    reach.has('homeroom-class'),
    today,
  ])
  return found[0]
}
