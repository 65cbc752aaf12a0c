import { shownName } from '#modules/names/index.ts'
/**
 * The first part of every statement about one family's children. `own` are the children the actor may see as family:
 * itself or by a guardianship of today, as long as the school keeps a finished stay open to them.
 * $1 organisation, $2 actor, $3 today.
 */
export const OWN_CHILDREN = `
own as (
  select s.id from (
    select gl.student_id as id from guardian_link gl
    where gl.organization_id = $1 and gl.guardian_id = $2
      and gl.starts_on <= $3 and coalesce(gl.ends_on, 'infinity') >= $3
    union select $2
  ) s
  where family_access_open($1, s.id, $3)
)`

export const CHILD_NAME = shownName('p')

/**
 * Lessons of children in `c(student_id, from, to)`: of every group the child is a member of on the day (class,
 * subgroup, club, corrective), on days of its stay only.
 */
export const LESSONS_OF_CHILDREN = `
select c.student_id, l.id, l.held_on, l.period, l.starts_at, l.ends_at, l.room, l.journal_id, j.kind, j.subject_id,
  j.teacher_id, j.group_id, m.starts_on as member_from
from c
join group_member m on m.organization_id = $1 and m.student_id = c.student_id
  and m.starts_on <= c.until and coalesce(m.ends_on, 'infinity') >= c.since
join teaching_assignment j on j.organization_id = $1 and j.group_id = m.group_id
join lesson l on l.organization_id = $1 and l.journal_id = j.id
  and l.held_on between greatest(c.since, m.starts_on) and least(c.until, coalesce(m.ends_on, c.until))
where (select bool_or(l.held_on between st.starts_on and st.ends_on) from stay st
  where st.organization_id = $1 and st.student_id = c.student_id)`

/** Fields of a lesson `l` for a JSON object, with the joins they need. */
export const LESSON_FIELDS = `'id', l.id, 'kind', l.kind, 'subject', s.name,
  'group', case when g.kind <> 'class' then g.name end, 'period', l.period,
  'startsAt', to_char(l.starts_at, 'HH24:MI'), 'endsAt', to_char(l.ends_at, 'HH24:MI'), 'room', l.room,
  'teacher', ${shownName('tp')}, 'substitute', case when sp.id is not null then ${shownName('sp')} end,
  'attendance', case when code.code is not null then json_build_object('code', code.code, 'name', code.name,
    'absent', code.absent, 'counted', code.counted, 'note', a.note) end`

export const LESSON_JOINS = `
join subject s on s.organization_id = $1 and s.id = l.subject_id
join study_group g on g.organization_id = $1 and g.id = l.group_id
join person tp on tp.organization_id = $1 and tp.id = l.teacher_id
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
left join person sp on sp.organization_id = $1 and sp.id = sub.substitute_id
left join attendance a on a.organization_id = $1 and a.lesson_id = l.id and a.student_id = l.student_id
left join attendance_code code on code.organization_id = $1 and code.code = a.code`

/** Homework due at lesson `l`: what the lesson before it in the journal set, if the child was there by then. */
export const DUE_HOMEWORK = `
left join lateral (
  select e.id, e.held_on from lesson e
  where e.organization_id = $1 and e.journal_id = l.journal_id and e.held_on >= l.member_from
    and (e.held_on, e.starts_at) < (l.held_on, l.starts_at)
  order by e.held_on desc, e.starts_at desc limit 1
) before on true
left join homework due on due.organization_id = $1 and due.lesson_id = before.id and due.text is not null`
