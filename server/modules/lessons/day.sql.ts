import type { DayLesson, LessonHead } from '#contract/lessons.ts'
import type { CodeMeaning } from '#domain/attendance/offer.ts'
import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type DayChildRow = {
  id: string
  name: string
  arrived: boolean
  leaves: boolean
  /** What lessons of the day say of the child, earliest first. */
  told: { lessonId: string; startsAt: string; code: string | null; absent: boolean }[]
  procedure: boolean
}

export type DayLessonRow = Omit<LessonHead, 'state' | 'day'> & { day: Day } & Pick<
    DayLesson,
    'topic' | 'proposedTopic' | 'homework' | 'marks' | 'lateReason' | 'substitute'
  > & {
    opened: boolean
    windowDays: number | null
    roll: DayChildRow[]
  }

export type DayRow = {
  codes: CodeMeaning[]
  previous: Day | null
  next: Day | null
  overdue: number
  lessons: DayLessonRow[]
}

// Lessons one answers for: by assignment unless somebody else was named, and by substitution.
const MY_LESSONS = `
  select l.id from teaching_assignment j
  join lesson l on l.organization_id = $1 and l.journal_id = j.id
  left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
  where $4 and j.organization_id = $1 and j.teacher_id = $3 and coalesce(sub.substitute_id, $3) = $3
  union
  select sub.lesson_id from substitution sub where $5 and sub.organization_id = $1 and sub.substitute_id = $3`

const OVERDUE = `
  select l.id, l.held_on, l.starts_at, l.period, l.journal_id, coalesce(r.topic is not null, false) as topic,
    exists (select from attendance a where a.organization_id = $1 and a.lesson_id = l.id) as attendance
  from mine join lesson l on l.organization_id = $1 and l.id = mine.id
  left join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id
  where l.held_on < $6`

// What any lesson of the day says of these children is read once for all of them.
const READ_DAY = `
with mine as (${MY_LESSONS}), overdue as (${OVERDUE}), shown as (
  select id from mine
  union select l.id from teaching_assignment j join lesson l on l.organization_id = $1 and l.journal_id = j.id
    and l.held_on = $2 where $4 and j.organization_id = $1 and j.teacher_id = $3
), l as (
  select l.*, j.kind, j.gradeless or j.kind <> 'lessons' as gradeless, j.group_id, j.teacher_id, j.lesson_plan_id,
    j.intake_id, i.starts_on, i.ends_on, s.name as subject, g.name as group_name, g.sort_key as group_key, sub.substitute_id
  from shown join lesson l on l.organization_id = $1 and l.id = shown.id
  join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
  join intake i on i.organization_id = $1 and i.id = j.intake_id
  join subject s on s.organization_id = $1 and s.id = j.subject_id
  join study_group g on g.organization_id = $1 and g.id = j.group_id
  left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
  where l.held_on = $2
), child as (
  select l.id as lesson_id, l.starts_at, l.ends_at, l.intake_id, l.starts_on as intake_from, l.ends_on as intake_to,
    m.student_id, m.starts_on, m.ends_on,
    ${shownName('p')} as name, p.name_key
  from l join group_member m on m.organization_id = $1 and m.group_id = l.group_id
    and m.starts_on <= $2 and coalesce(m.ends_on, 'infinity') >= $2
  join person p on p.organization_id = $1 and p.id = m.student_id
), told as materialized (
  select a.student_id, json_agg(json_build_object('lessonId', a.lesson_id, 'code', a.code,
    'startsAt', to_char(d.starts_at, 'HH24:MI'), 'absent', coalesce(c.absent, false)) order by d.starts_at) as words
  from lesson d join attendance a on a.organization_id = $1 and a.lesson_id = d.id
  left join attendance_code c on c.organization_id = $1 and c.code = a.code
  where d.organization_id = $1 and d.held_on = $2 and a.student_id in (select student_id from child)
  group by a.student_id
), heard as (
  select child.*, told.words as told from child left join told on told.student_id = child.student_id
)
select
  (select json_agg(json_build_object('code', code, 'absent', absent, 'counted', counted) order by position)
    from attendance_code where organization_id = $1) as codes,
  (select max(l.held_on) from mine join lesson l on l.organization_id = $1 and l.id = mine.id
    where l.held_on < $2) as previous,
  (select min(l.held_on) from mine join lesson l on l.organization_id = $1 and l.id = mine.id
    where l.held_on > $2) as next,
  (select count(*) from overdue where not (topic and attendance)) as overdue,
  (select coalesce(json_agg(json_build_object('id', l.id, 'journalId', l.journal_id, 'kind', l.kind,
    'gradeless', l.gradeless, 'subject', l.subject, 'group', l.group_name, 'day', l.held_on, 'period', l.period,
    'startsAt', to_char(l.starts_at, 'HH24:MI'), 'endsAt', to_char(l.ends_at, 'HH24:MI'), 'room', l.room,
    'topic', r.topic,
    'proposedTopic', (select i.topic from lesson_plan_item i
      where i.organization_id = $1 and i.plan_id = l.lesson_plan_id and i.hours > (
        select count(*) from lesson_record e join lesson t on t.organization_id = $1 and t.id = e.lesson_id
        where e.organization_id = $1 and e.plan_item_id = i.id and t.journal_id = l.journal_id
          and (t.held_on, t.starts_at) < (l.held_on, l.starts_at))
      order by i.position limit 1),
    'homework', case when h.text is not null then 'given' when h.id is not null then 'none-given' else 'missing' end,
    'marks', (select count(*) from mark m where m.organization_id = $1 and m.lesson_id = l.id and m.value is not null),
    'lateReason', le.reason,
    'substitute', case when sp.id is not null then json_build_object('self', sp.id = $3,
      'name', ${shownName('sp')}) end,
    'windowDays', entry_days(o, l.journal_id, l.held_on),
    'opened', exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
      and (ew.journal_id = l.journal_id or ew.teacher_id = $3)
      and l.held_on between ew.starts_on and ew.ends_on and ew.open_until >= $6),
    'roll', (select coalesce(json_agg(json_build_object('id', c.student_id, 'name', c.name,
        'arrived', c.starts_on = $2 and c.starts_on > c.intake_from,
        'leaves', coalesce(c.ends_on = $2 and c.ends_on < c.intake_to, false),
        'told', coalesce(c.told, '[]'::json),
        'procedure', exists (select from procedure p where p.organization_id = $1 and p.student_id = c.student_id
          and p.intake_id = c.intake_id and p.weekday = extract(isodow from $2::date)
          and p.starts_at < c.ends_at and p.ends_at > c.starts_at)) order by c.name_key, c.student_id), '[]'::json)
      from heard c where c.lesson_id = l.id)) order by l.starts_at, l.group_key, l.id), '[]'::json)
    from l
    left join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id
    left join homework h on h.organization_id = $1 and h.lesson_id = l.id
    left join late_entry le on le.organization_id = $1 and le.lesson_id = l.id and le.kind = 'late'
    left join person sp on sp.organization_id = $1 and sp.id = l.substitute_id) as lessons
from organization o where o.id = $1`

const valuesOf = ({ actor, reach, today }: Call, day: Day): unknown[] => [
  actor.organizationId,
  day,
  actor.personId,
  reach.has('own-journal'),
  reach.has('substituted-lesson'),
  today,
]

/** The actor's own lessons of a day with what their cards show. */
export async function readDayRow(call: Call, day: Day): Promise<DayRow | undefined> {
  return (await rows<DayRow>(call.tx, READ_DAY, valuesOf(call, day)))[0]
}

export type OverdueRow = {
  id: string
  subject: string
  group: string
  day: Day
  period: number | null
  topic: boolean
  attendance: boolean
  window_days: number | null
  opened: boolean
}

const READ_OVERDUE = `
with mine as (${MY_LESSONS}), overdue as (${OVERDUE})
select u.id, s.name as subject, g.name as "group", u.held_on as day, u.period, u.topic, u.attendance,
  entry_days(o, u.journal_id, u.held_on) as window_days,
  exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
    and (ew.journal_id = u.journal_id or ew.teacher_id = $3)
    and u.held_on between ew.starts_on and ew.ends_on and ew.open_until >= $6) as opened
from overdue u
join teaching_assignment j on j.organization_id = $1 and j.id = u.journal_id
join subject s on s.organization_id = $1 and s.id = j.subject_id
join study_group g on g.organization_id = $1 and g.id = j.group_id
join organization o on o.id = $1
where not (u.topic and u.attendance) and u.held_on < $2
order by u.held_on desc, u.starts_at desc, g.sort_key, u.id limit 300`

/** Past lessons of the actor that still lack their topic or attendance, newest first. */
export function readOverdueRows(call: Call): Promise<OverdueRow[]> {
  return rows<OverdueRow>(call.tx, READ_OVERDUE, valuesOf(call, call.today))
}
