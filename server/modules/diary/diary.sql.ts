import type { DiaryAverage, DiaryChild, DiaryLesson } from '#contract/diary.ts'
import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
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

export type DiaryRow = {
  name: string
  marksShown: boolean
  className: string | null
  stays: { from: Day; to: Day }[]
  events: { from: Day; to: Day; name: string }[]
  lessons: (DiaryLesson & { day: Day })[]
  marks: (DiaryAverage['marks'][number] & { subject: string })[]
}

// A homeroom teacher reads the child whose latest class is the own one, so not after it has moved to another.
// One statement for the week. Marks are read once for the whole intake, for the averages, and the week's among them.
const READ_DIARY = `
with ${OWN_CHILDREN}, near as (
  select id from own where $6
  union select m.student_id from group_member m
  join study_group g on g.organization_id = $1 and g.id = m.group_id and g.homeroom_teacher_id = $2
  where $7 and m.organization_id = $1 and m.student_id = $4 and m.group_kind = 'class' and m.starts_on <= $3
    and not exists (select from group_member later where later.organization_id = $1 and later.student_id = $4
      and later.group_kind = 'class' and later.starts_on > m.starts_on and later.starts_on <= $3)
), child as (
  select p.id, ${CHILD_NAME} as name, $9 or st.id in (select id from near) as marks_shown
  from student st join person p on p.organization_id = $1 and p.id = st.id
  where st.organization_id = $1 and st.id = $4 and ($5 or st.id in (select id from near))
), c as (
  select id as student_id, $8::date as since, $8::date + 6 as until from child
), l as materialized (${LESSONS_OF_CHILDREN}
), k as materialized (
  select m.lesson_id, m.work_id, m.value, m.comment, w.title, w.weight::float as weight, w.position, t.name as work
  from child
  join mark m on m.organization_id = $1 and m.student_id = child.id
  join lesson_work w on w.organization_id = $1 and w.id = m.work_id
  join work_type t on t.organization_id = $1 and t.id = w.work_type_id
  where child.marks_shown and m.value is not null and not w.removed
), kj as materialized (
  select lesson_id, json_agg(json_build_object('workId', work_id, 'value', value, 'work', work, 'title', title,
    'weight', weight, 'comment', comment) order by position, work_id) as marks
  from k where lesson_id in (select id from l) group by lesson_id
)
select child.name, child.marks_shown as "marksShown",
  (select g.name from group_member m join study_group g on g.organization_id = $1 and g.id = m.group_id
    where m.organization_id = $1 and m.student_id = child.id and m.group_kind = 'class' and m.starts_on <= $8::date + 6
    order by m.starts_on desc limit 1) as "className",
  (select coalesce(json_agg(json_build_object('from', starts_on, 'to', ends_on) order by starts_on), '[]'::json)
    from stay where organization_id = $1 and student_id = child.id) as stays,
  (select coalesce(json_agg(json_build_object('from', starts_on, 'to', ends_on, 'name', name) order by starts_on),
      '[]'::json)
    from calendar_event where organization_id = $1 and kind <> 'other' and starts_on <= $8::date + 6
      and ends_on >= $8) as events,
  (select coalesce(json_agg(json_build_object(${LESSON_FIELDS}, 'day', l.held_on,
      'topic', r.topic, 'marks', coalesce(kj.marks, '[]'::json),
      'homework', case when h.text is not null then json_build_object('text', h.text, 'minutes', h.minutes) end,
      'due', case when due.id is not null
        then json_build_object('text', due.text, 'minutes', due.minutes, 'setOn', before.held_on) end)
      order by l.held_on, l.starts_at, l.id), '[]'::json)
    from l ${LESSON_JOINS} ${DUE_HOMEWORK}
    left join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id
    left join homework h on h.organization_id = $1 and h.lesson_id = l.id
    left join kj on kj.lesson_id = l.id) as lessons,
  (select coalesce(json_agg(json_build_object('subject', s.name, 'value', k.value, 'weight', k.weight,
      'work', k.work, 'title', k.title, 'day', e.held_on) order by s.sort_key, e.held_on, e.starts_at, k.position), '[]'::json)
    from k join lesson e on e.organization_id = $1 and e.id = k.lesson_id
    join teaching_assignment j on j.organization_id = $1 and j.id = e.journal_id
    join intake i on i.organization_id = $1 and i.id = j.intake_id
    join subject s on s.organization_id = $1 and s.id = j.subject_id
    where i.starts_on <= $8::date + 6 and i.ends_on >= $8) as marks
from child`

/** `allMarks`: the actor may see marks of any child, not only of those near to it. */
export type DiaryAsk = { studentId: string; monday: Day; allMarks: boolean }

/** A week of one child for its family, its homeroom teacher, and those who see all children; else no row. */
export async function readDiaryRow(
  { tx, actor, reach, today }: Call,
  { studentId, monday, allMarks }: DiaryAsk,
): Promise<DiaryRow | undefined> {
  const values = [
    actor.organizationId,
    actor.personId,
    today,
    studentId,
    reach.has('organization'),
    reach.has('own-child'),
    reach.has('homeroom-class'),
    monday,
    allMarks,
  ]
  return (await rows<DiaryRow>(tx, READ_DIARY, values))[0]
}

const READ_STUDENTS = `
select p.id, ${shownName('p')} as name, g.name as "className"
from group_member m
join study_group g on g.organization_id = $1 and g.id = m.group_id
join person p on p.organization_id = $1 and p.id = m.student_id
where m.organization_id = $1 and m.group_kind = 'class'
  and m.starts_on <= $3 and coalesce(m.ends_on, 'infinity') >= $3 and ($4 or ($5 and g.homeroom_teacher_id = $2))
order by g.sort_key, p.name_key, p.id`

/** Children in a class today whose diary the actor may open: of the own class, or all. */
export const readStudents = ({ tx, actor, reach, today }: Call): Promise<DiaryChild[]> =>
  rows<DiaryChild>(tx, READ_STUDENTS, [
    actor.organizationId,
    actor.personId,
    today,
    reach.has('organization'),
    reach.has('homeroom-class'),
  ])
