import type { CellWrite } from '#contract/gradebook.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { EntryKind, ReasonKind } from '#domain/lessons/entry.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

/** What the rule must know of one sent cell, read after the locks of its lessons are held. */
export type CellRow = {
  n: number
  held_on: Day
  gradeless: boolean
  window_days: number
  opened: boolean
  late_reason: string | null
  correction_reason: string | null
  from: Day | null
  to: Day | null
  codes: string[]
  value: string | null
  comment: string | null
  version: number
  entered_on: Day | null
  corrected: boolean
}

const READ_SCENE = `
select c.n, l.held_on, j.gradeless or j.kind <> 'lessons' as gradeless, o.entry_window_days as window_days,
  exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
    and (ew.journal_id = j.id or ew.teacher_id = $3) and l.held_on between ew.starts_on and ew.ends_on
    and ew.open_until >= $7) as opened,
  (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = 'late') as late_reason,
  (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = 'correction') as correction_reason,
  m.starts_on as from, m.ends_on as to,
  array(select code from attendance_code where organization_id = $1) as codes,
  case when c."workId" is null then a.code else k.value end as value, k.comment,
  coalesce(case when c."workId" is null then a.version else k.version end, 0) as version,
  case when c."workId" is null then a.entered_on else k.entered_on end as entered_on,
  case when c."workId" is null then a.corrected_at else k.corrected_at end is not null as corrected
from jsonb_to_recordset($4) as c(n int, "lessonId" uuid, "studentId" uuid, "workId" uuid)
join lesson l on l.organization_id = $1 and l.id = c."lessonId"
join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
join organization o on o.id = $1
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
left join lesson_work w on w.organization_id = $1 and w.id = c."workId" and w.lesson_id = l.id and not w.removed
left join group_member m on m.organization_id = $1 and m.group_id = j.group_id and m.student_id = c."studentId"
  and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on
left join mark k on k.organization_id = $1 and k.work_id = c."workId" and k.student_id = c."studentId"
left join attendance a on a.organization_id = $1 and a.lesson_id = l.id and a.student_id = c."studentId"
where j.id = $2 and (c."workId" is null or w.id is not null)
  and (m.id is not null or exists (select from group_member past where past.organization_id = $1
    and past.group_id = j.group_id and past.student_id = c."studentId"))
  and (($5 and j.teacher_id = $3) or ($6 and sub.substitute_id = $3))
order by c.n`

/** The scenes of the sent cells as their own teacher or substitute may write them; others are missing. */
export function readScenes(
  { tx, actor, reach, today }: Call,
  journalId: string,
  cells: CellWrite[],
): Promise<CellRow[]> {
  const sent = cells.map(({ lessonId, studentId, workId }, n) => ({ n, lessonId, studentId, workId }))
  return rows<CellRow>(tx, READ_SCENE, [
    actor.organizationId,
    journalId,
    actor.personId,
    JSON.stringify(sent),
    reach.has('own-journal'),
    reach.has('substituted-lesson'),
    today,
  ])
}

export type CellSave = {
  id: string
  lessonId: string
  studentId: string
  workId: string | null
  value: string | null
  comment: string | null
  version: number
  kind: EntryKind
}

// A correction leaves the moment of the first entry alone and has its own.
const entered = (record: string, isCorrection: string): string => `
    entered_on = case when ${isCorrection} then ${record}.entered_on else excluded.entered_on end,
    entered_at = case when ${isCorrection} then ${record}.entered_at else excluded.entered_at end,
    late = case when ${isCorrection} then ${record}.late else excluded.late end,
    corrected_at = case when ${isCorrection} then $4 end`

const MARK_CORRECTED = `exists (select from c where c."workId" = m.work_id and c."studentId" = m.student_id
      and c.kind = 'correction')`
const ATTENDANCE_CORRECTED = `exists (select from c where c."workId" is null and c."lessonId" = a.lesson_id
      and c."studentId" = a.student_id and c.kind = 'correction')`

// The version in each `where` is the last wall: of two writers who saw the same version one finds no row.
const SAVE_CELLS = `
with c as (
  select * from jsonb_to_recordset($2) as c(id uuid, "lessonId" uuid, "studentId" uuid, "workId" uuid, value text,
    comment text, version int, kind text)
), marks as (
  insert into mark as m (organization_id, id, lesson_id, work_id, student_id, value, comment, entered_on, entered_at, late)
  select $1, id, "lessonId", "workId", "studentId", value, comment, $3, $4, kind = 'late' from c where "workId" is not null
  on conflict (organization_id, work_id, student_id) do update set value = excluded.value, comment = excluded.comment,
    ${entered('m', MARK_CORRECTED)}, version = m.version + 1
  where m.version = (select version from c where c."workId" = m.work_id and c."studentId" = m.student_id)
  returning 1
), attended as (
  insert into attendance as a (organization_id, id, lesson_id, student_id, code, entered_on, entered_at, late)
  select $1, id, "lessonId", "studentId", value, $3, $4, kind = 'late' from c where "workId" is null
  on conflict (organization_id, lesson_id, student_id) do update set code = excluded.code,
    ${entered('a', ATTENDANCE_CORRECTED)}, version = a.version + 1
  where a.version = (select version from c where c."workId" is null and c."lessonId" = a.lesson_id and c."studentId" = a.student_id)
  returning 1
), reasons as (
  insert into late_entry (organization_id, id, lesson_id, kind, reason, entered_on, actor_id)
  select $1, (r->>'id')::uuid, (r->>'lessonId')::uuid, r->>'kind', r->>'reason', $3, $5 from jsonb_array_elements($6) r
  on conflict (organization_id, lesson_id, kind) do nothing
), noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
  values ($1, 'cells.put', 'journal', $7, $5, $8, $4)
), told as (
  select pg_notify('cells', $9)
)
select (select count(*) from marks) + (select count(*) from attended) as saved from told`

export type Reasons = { id: string; lessonId: string; kind: ReasonKind; reason: string }[]

/** Saves cells, reasons and the audit line in one statement and tells open screens; how many cells were saved. */
export async function saveCells(
  call: Call,
  journalId: string,
  cells: CellSave[],
  reasons: Reasons,
  notice: string,
): Promise<number> {
  const { tx, actor, today, now, operationId } = call
  const [row] = await rows<{ saved: number }>(tx, SAVE_CELLS, [
    actor.organizationId,
    JSON.stringify(cells),
    today,
    now,
    actor.personId,
    JSON.stringify(reasons),
    journalId,
    operationId,
    notice,
  ])
  return row?.saved ?? 0
}

export type VersionRow = {
  version: number
  value: string | null
  comment: string | null
  actor: string
  at: Date
  late: boolean
  corrected: boolean
  reason: string | null
  approvedBy: string | null
}

const READ_HISTORY = `
select h.version, coalesce(h.after->>'value', h.after->>'code') as value, h.after->>'comment' as comment, h.at,
  concat_ws(' ', p.last_name, p.first_name, p.middle_name) as actor, 
  (h.after->>'late')::boolean and h.after->>'corrected_at' is null as late,
  h.after->>'corrected_at' is not null as corrected,
  (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = case when h.after->>'corrected_at' is not null then 'correction'
      when (h.after->>'late')::boolean then 'late' end) as reason,
  (select concat_ws(' ', ap.last_name, ap.first_name, ap.middle_name) from referred_entry re
    join person ap on ap.organization_id = $1 and ap.id = re.decided_by
    where re.organization_id = $1 and re.applied_operation_id = h.operation_id) as "approvedBy"
from lesson l
join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
join study_group g on g.organization_id = $1 and g.id = j.group_id
left join study_group c on c.organization_id = $1 and c.id = g.parent_id
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
left join mark k on k.organization_id = $1 and k.lesson_id = l.id and k.work_id = $9 and k.student_id = $4
left join attendance a on $9::uuid is null and a.organization_id = $1 and a.lesson_id = l.id and a.student_id = $4
left join history h on h.organization_id = $1 and h.record_id = coalesce(k.id, a.id)
  and h.kind = case when $9::uuid is null then 'attendance' else 'mark' end
left join person p on p.organization_id = $1 and p.id = h.actor_id
where l.organization_id = $1 and j.id = $2 and l.id = $3
  and ($6 or ($7 and j.teacher_id = $5) or ($8 and $5 in (g.homeroom_teacher_id, c.homeroom_teacher_id))
    or ($10 and sub.substitute_id = $5))
order by h.version`

export type CellPlace = { journalId: string; lessonId: string; studentId: string; workId: string | undefined }

/** Versions of one cell, oldest first; no row at all when the lesson is not the actor's. */
export function readCellHistory({ tx, actor, reach }: Call, place: CellPlace): Promise<VersionRow[]> {
  return rows<VersionRow>(tx, READ_HISTORY, [
    actor.organizationId,
    place.journalId,
    place.lessonId,
    place.studentId,
    actor.personId,
    reach.has('organization'),
    reach.has('own-journal'),
    reach.has('homeroom-class'),
    place.workId ?? null,
    reach.has('substituted-lesson'),
  ])
}
