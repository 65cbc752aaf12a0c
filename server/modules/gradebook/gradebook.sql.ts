import type { GradebookStudent, JournalHead } from '#contract/gradebook.ts'
import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type LessonRow = {
  id: string
  day: Day
  period: number | null
  topic: string | null
  lateReason: string | null
  recorded: boolean
  hasHomework: boolean
  substitute: string | null
  opened: boolean
  windowDays: number | null
  works: {
    id: string
    typeId: string
    short: string
    name: string
    title: string
    weight: number
    version: number
  }[]
}

export type GradebookRow = {
  head: Omit<JournalHead, 'writable'>
  codes: { code: string; name: string; absent: boolean; counted: boolean }[]
  lessons: LessonRow[]
  students: GradebookStudent[]
  marks: string
  attendance: string
  comments: { studentId: string; workId: string; comment: string }[]
}

// One statement for the page: the planner reads each table once and the page is one consistent moment.
const READ_GRADEBOOK = `
with j as (
  select j.*, s.name as subject, g.name as group_name, g.parent_id, i.name as intake, i.starts_on, i.ends_on,
    ${shownName('p')} as teacher, o as settings
  from teaching_assignment j
  join organization o on o.id = j.organization_id
  join subject s on s.organization_id = j.organization_id and s.id = j.subject_id
  join study_group g on g.organization_id = j.organization_id and g.id = j.group_id
  join intake i on i.organization_id = j.organization_id and i.id = j.intake_id
  join person p on p.organization_id = j.organization_id and p.id = j.teacher_id
  left join study_group c on c.organization_id = g.organization_id and c.id = g.parent_id
  where j.organization_id = $1 and j.id = $2
    and ($4 or ($5 and j.teacher_id = $3) or ($6 and $3 in (g.homeroom_teacher_id, c.homeroom_teacher_id)))
), l as materialized (
  select l.organization_id, l.id, l.held_on, l.period, l.starts_at,
    row_number() over (order by l.held_on, l.starts_at, l.id) - 1 as n
  from lesson l join j on l.organization_id = j.organization_id and l.journal_id = j.id
), w as materialized (
  select w.id, w.lesson_id, t.id as type_id, t.short, t.name, w.title, w.weight, w.version,
    row_number() over (order by l.n, w.position, w.id) - 1 as n
  from l join lesson_work w on w.organization_id = l.organization_id and w.lesson_id = l.id
  join work_type t on t.organization_id = w.organization_id and t.id = w.work_type_id
  where not w.removed
), lw as (
  select lesson_id, json_agg(json_build_object('id', id, 'typeId', type_id, 'short', short, 'name', name,
    'title', title, 'weight', weight::float, 'version', version) order by n) as works
  from w group by lesson_id
), s as materialized (
  select m.student_id, m.starts_on, m.ends_on, ${shownName('p')} as name,
    row_number() over (order by p.name_key, m.student_id, m.starts_on) - 1 as n
  from j join group_member m on m.organization_id = $1 and m.group_id = j.group_id
  join person p on p.organization_id = m.organization_id and p.id = m.student_id
), c as materialized (
  select student_id, min(n) as n from s group by student_id
), mk as materialized (
  select student_id, work_id, version, value, comment from mark
  where organization_id = $1 and lesson_id = any (array(select id from l))
), at as materialized (
  select student_id, lesson_id, version, code from attendance
  where organization_id = $1 and lesson_id = any (array(select id from l))
)
select
  json_build_object('id', j.id, 'kind', j.kind, 'subject', j.subject, 'group', j.group_name, 'teacher', j.teacher,
    'teacherId', j.teacher_id, 'intake', j.intake, 'from', j.starts_on, 'to', j.ends_on,
    'gradeless', j.gradeless or j.kind <> 'lessons') as head,
  (select json_agg(json_build_object('code', code, 'name', name, 'absent', absent, 'counted', counted) order by position)
    from attendance_code where organization_id = $1) as codes,
  (select coalesce(json_agg(json_build_object('id', l.id, 'day', l.held_on, 'period', l.period, 'topic', r.topic,
    'lateReason', le.reason, 'recorded', r.id is not null, 'hasHomework', h.text is not null,
    'substitute', case when sub.substitute_id is not null then ${shownName('sp')} end,
    'windowDays', entry_days(j.settings, j.id, l.held_on),
    'opened', exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
      and (ew.journal_id = j.id or ew.teacher_id = j.teacher_id) and l.held_on between ew.starts_on and ew.ends_on
      and ew.open_until >= $7),
    'works', coalesce(lw.works, '[]'::json)) order by l.n), '[]'::json)
    from l
    left join lesson_record r on r.organization_id = l.organization_id and r.lesson_id = l.id
    left join homework h on h.organization_id = l.organization_id and h.lesson_id = l.id
    left join late_entry le on le.organization_id = l.organization_id and le.lesson_id = l.id and le.kind = 'late'
    left join substitution sub on sub.organization_id = l.organization_id and sub.lesson_id = l.id
    left join person sp on sp.organization_id = sub.organization_id and sp.id = sub.substitute_id
    left join lw on lw.lesson_id = l.id) as lessons,
  (select coalesce(json_agg(json_build_object('id', student_id, 'name', name, 'from', starts_on, 'to', ends_on) order by n),
    '[]'::json) from s) as students,
  (select coalesce(string_agg(c.n || ',' || w.n || ',' || mk.version || ',' || coalesce(mk.value, ''), ';'), '')
    from mk join w on w.id = mk.work_id join c on c.student_id = mk.student_id) as marks,
  (select coalesce(string_agg(c.n || ',' || l.n || ',' || at.version || ',' || coalesce(at.code, ''), ';'), '')
    from at join l on l.id = at.lesson_id join c on c.student_id = at.student_id) as attendance,
  (select coalesce(json_agg(json_build_object('studentId', student_id, 'workId', work_id, 'comment', comment)),
    '[]'::json) from mk where comment is not null) as comments
from j`

/** The journal page as this actor may see it: all of it for control, one's own, or that of one's class. */
export async function readGradebookRow(
  { tx, actor, reach, today }: Call,
  journalId: string,
): Promise<GradebookRow | undefined> {
  const values = [
    actor.organizationId,
    journalId,
    actor.personId,
    reach.has('organization'),
    reach.has('own-journal'),
    reach.has('homeroom-class'),
    today,
  ]
  return (await rows<GradebookRow>(tx, READ_GRADEBOOK, values))[0]
}
