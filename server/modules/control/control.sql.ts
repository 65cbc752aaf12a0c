import type { ControlRow, ControlSpan } from '#contract/control.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { KeepingScene } from '#domain/control/keeping.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type KeptLesson = Omit<ControlRow, 'state' | 'gaps' | 'late' | 'marked'> &
  KeepingScene & { classKey: string; teacherKey: string } & {
    lateReason: string | null
    lateBy: string | null
    lateOn: Day | null
  }

// A lesson counts once it has ended: all of past days, and those of today whose bell has rung. Attendance is summed
// before it meets the lessons, so that a month of a large school is one pass over it.
const READ_LESSONS = `
with l as materialized (
  select l.id, l.held_on, l.period, l.starts_at, l.journal_id, j.kind, j.gradeless, j.subject_id, j.group_id,
    coalesce(c.id, g.id) as class_id, coalesce(c.name, g.name) as class_name, coalesce(c.sort_key, g.sort_key) as class_key, g.name as group_name,
    coalesce(sub.substitute_id, j.teacher_id) as keeper_id, j.teacher_id, sub.substitute_id, sub.reason,
    coalesce(sub.merged, false) as merged,
    o.homework_expected
  from organization o
  join lesson l on l.organization_id = $1 and l.held_on between $3 and least($4, $5::date)
    and (l.held_on < $5 or l.ends_at <= ($6::timestamptz at time zone o.time_zone)::time)
  join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
  join study_group g on g.organization_id = $1 and g.id = j.group_id
  left join study_group c on c.organization_id = $1 and c.id = g.parent_id
  left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
  where o.id = $1 and ($7 or ($8 and $2 in (g.homeroom_teacher_id, c.homeroom_teacher_id)))
), roll as (
  select a.lesson_id, count(*) as marked, count(*) filter (where code.counted) as missed, bool_or(a.late) as late
  from attendance a
  left join attendance_code code on code.organization_id = $1 and code.code = a.code
  where a.organization_id = $1 and a.lesson_id in (select id from l)
  group by a.lesson_id
)
select l.id as "lessonId", l.held_on as day, l.period, to_char(l.starts_at, 'HH24:MI') as "startsAt",
  s.name as subject, l.group_name as "group", l.class_id as "classId", l.class_name as "className", l.class_key as "classKey",
  l.keeper_id as "teacherId", ${shownName('k')} as teacher,
  k.name_key as "teacherKey",
  case when l.substitute_id is not null then ${shownName('t')} end as "insteadOf",
  case when l.substitute_id is not null then l.reason end as "substitutionReason", l.merged,
  l.kind, l.gradeless, l.homework_expected as "homeworkExpected", r.topic is not null as topic,
  h.id is not null as homework, coalesce(roll.marked, 0) as attended,
  coalesce(roll.missed, 0) as missed, l.substitute_id is not null as substituted,
  coalesce(le.id is not null or r.late or h.late or roll.late, false) as late,
  le.reason as "lateReason", case when e.id is not null then ${shownName('e')} end as "lateBy",
  le.entered_on as "lateOn", lc.id is not null as corrected,
  case when lc.id is not null then json_build_object('reason', lc.reason, 'enteredOn', lc.entered_on,
    'by', ${shownName('cp')}) end as correction,
  (select count(*) from group_member m where m.organization_id = $1 and m.group_id = l.group_id
    and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on) as children
from l
join subject s on s.organization_id = $1 and s.id = l.subject_id
join person k on k.organization_id = $1 and k.id = l.keeper_id
join person t on t.organization_id = $1 and t.id = l.teacher_id
left join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id
left join homework h on h.organization_id = $1 and h.lesson_id = l.id
left join late_entry le on le.organization_id = $1 and le.lesson_id = l.id and le.kind = 'late'
left join late_entry lc on lc.organization_id = $1 and lc.lesson_id = l.id and lc.kind = 'correction'
left join person cp on cp.organization_id = $1 and cp.id = lc.actor_id
left join person e on e.organization_id = $1 and e.id = le.actor_id
left join roll on roll.lesson_id = l.id
order by l.held_on desc, l.starts_at, l.class_key, s.sort_key, l.id`

/** Lessons that have ended, as control sees all of them and a homeroom teacher those of the own class. */
export const readKeptLessons = (
  { tx, actor, reach, today, now }: Call,
  { from, to }: ControlSpan,
): Promise<KeptLesson[]> =>
  rows<KeptLesson>(tx, READ_LESSONS, [
    actor.organizationId,
    actor.personId,
    from,
    to,
    today,
    now,
    reach.has('organization'),
    reach.has('homeroom-class'),
  ])
