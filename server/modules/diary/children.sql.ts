import type { ChildToday, DiaryHomework } from '#contract/diary.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'
import {
  CHILD_NAME,
  DUE_HOMEWORK,
  LESSON_FIELDS,
  LESSON_JOINS,
  LESSONS_OF_CHILDREN,
  OWN_CHILDREN,
} from './child.sql.ts'

export type ChildRow = Omit<ChildToday, 'next'> & {
  nextDay: Day | null
  homework: (DiaryHomework & { lessonId: string; subject: string })[]
}

// New are the last seven days; the next day with lessons is looked for two weeks ahead.
const READ_CHILDREN = `
with ${OWN_CHILDREN}, c as (
  select own.id as student_id, $3::date - 6 as since, $3::date + 14 as until from own
), l as materialized (${LESSONS_OF_CHILDREN}
), next as (
  select student_id, min(held_on) as day from l where held_on > $3 group by student_id
), shown as (
  select l.student_id, l.held_on, json_agg(json_build_object(${LESSON_FIELDS}) order by l.starts_at, l.id) as lessons
  from l ${LESSON_JOINS} where l.held_on = $3 group by l.student_id, l.held_on
), due as (
  select l.student_id, json_agg(json_build_object('lessonId', l.id, 'subject', s.name, 'text', due.text,
    'minutes', due.minutes) order by l.starts_at, l.id) as homework
  from next join l on l.student_id = next.student_id and l.held_on = next.day
  join subject s on s.organization_id = $1 and s.id = l.subject_id ${DUE_HOMEWORK}
  where due.id is not null group by l.student_id
), fresh as (
  select m.student_id, json_agg(json_build_object('subject', s.name, 'day', l.held_on, 'workId', m.work_id,
    'value', m.value, 'work', t.name, 'title', w.title, 'weight', w.weight::float, 'comment', m.comment)
    order by l.held_on desc, l.starts_at desc, w.position) as marks
  from c join mark m on m.organization_id = $1 and m.student_id = c.student_id and m.entered_on >= c.since
  join lesson l on l.organization_id = $1 and l.id = m.lesson_id
  join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
  join subject s on s.organization_id = $1 and s.id = j.subject_id
  join lesson_work w on w.organization_id = $1 and w.id = m.work_id
  join work_type t on t.organization_id = $1 and t.id = w.work_type_id
  where m.value is not null and not w.removed group by m.student_id
), away as (
  select l.student_id, json_agg(json_build_object('lessonId', l.id, 'subject', s.name, 'day', l.held_on,
    'period', l.period, 'code', code.code, 'name', code.name, 'absent', code.absent, 'counted', code.counted,
    'note', a.note) order by l.held_on desc, l.starts_at) as absences
  from l join attendance a on a.organization_id = $1 and a.lesson_id = l.id and a.student_id = l.student_id
  join attendance_code code on code.organization_id = $1 and code.code = a.code
  join subject s on s.organization_id = $1 and s.id = l.subject_id
  where l.held_on <= $3 group by l.student_id
)
select p.id, ${CHILD_NAME} as name,
  (select g.name from group_member m join study_group g on g.organization_id = $1 and g.id = m.group_id
    where m.organization_id = $1 and m.student_id = p.id and m.group_kind = 'class'
    order by (m.starts_on <= $3) desc, m.starts_on desc limit 1) as "className",
  (select json_build_object('from', st.starts_on, 'to', st.ends_on) from stay st
    where st.organization_id = $1 and st.student_id = p.id order by (st.starts_on <= $3) desc, st.starts_on desc
    limit 1) as stay,
  coalesce(shown.lessons, '[]'::json) as today, next.day as "nextDay", coalesce(due.homework, '[]'::json) as homework,
  coalesce(fresh.marks, '[]'::json) as marks, coalesce(away.absences, '[]'::json) as absences
from c
join student on student.organization_id = $1 and student.id = c.student_id
join person p on p.organization_id = $1 and p.id = c.student_id
left join shown on shown.student_id = p.id
left join next on next.student_id = p.id
left join due on due.student_id = p.id
left join fresh on fresh.student_id = p.id
left join away on away.student_id = p.id
order by name_key(p.first_name), p.name_key, p.id`

/** The actor's children, or the student itself, with today and what is new. */
export const readChildrenRows = ({ tx, actor, today }: Call): Promise<ChildRow[]> =>
  rows<ChildRow>(tx, READ_CHILDREN, [actor.organizationId, actor.personId, today])
