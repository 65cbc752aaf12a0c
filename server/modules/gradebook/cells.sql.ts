import type { CellWrite } from '#contract/gradebook.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { EntryKind, ReasonKind } from '#domain/lessons/entry.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { type Reading, rows, type Statement } from '#platform/db.ts'

/** What the rule must know of one sent cell, read after the locks of its lessons are held. */
export type CellRow = {
  n: number
  held_on: Day
  gradeless: boolean
  window_days: number | null
  open_until: Day | null
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
  own: boolean
  substituted: boolean
}

const CODES = `array(select code from attendance_code where organization_id = (select current_organization()))`
const ATTENDANCE = `left join attendance a on a.organization_id = o.id and a.lesson_id = l.id and a.student_id = c."studentId"`
const MARK = `left join mark k on k.organization_id = o.id and k.work_id = c."workId" and k.student_id = c."studentId"`
const WORK = `join lesson_work w on w.organization_id = o.id and w.id = c."workId" and w.lesson_id = l.id and not w.removed`

// A read that is not there costs nothing: what only attendance or only marks need is read for them alone.
const WHAT_STANDS = {
  marks: {
    columns: `'{}'::text[] as codes, k.value, k.comment, coalesce(k.version, 0) as version,
      k.entered_on, k.corrected_at is not null as corrected`,
    joins: [WORK, MARK],
  },
  attendance: {
    columns: `${CODES} as codes, a.code as value, null as comment, coalesce(a.version, 0) as version,
      a.entered_on, a.corrected_at is not null as corrected`,
    joins: [ATTENDANCE],
  },
  both: {
    columns: `${CODES} as codes, case when c."workId" is null then a.code else k.value end as value, k.comment,
      coalesce(case when c."workId" is null then a.version else k.version end, 0) as version,
      case when c."workId" is null then a.entered_on else k.entered_on end as entered_on,
      case when c."workId" is null then a.corrected_at else k.corrected_at end is not null as corrected`,
    joins: [`left ${WORK}`, MARK, ATTENDANCE],
  },
}

const ONE_CELL = `(select 0 as n, $2::uuid as "lessonId", $3::uuid as "studentId", $4::uuid as "workId")`
const MANY_CELLS = `jsonb_to_recordset($2)`
const CELL_FIELDS = `(n int, "lessonId" uuid, "studentId" uuid, "workId" uuid)`

// The actor is asked of the transaction, since this read travels in the packet that opens it.
const readScene = (what: keyof typeof WHAT_STANDS, one: boolean): string => `
select c.n, l.held_on, j.gradeless or j.kind <> 'lessons' as gradeless, entry_days(o, j.id, l.held_on) as window_days,
  (select max(ew.open_until) from entry_window ew where ew.organization_id = o.id and not ew.closed
    and (ew.journal_id = j.id or ew.teacher_id = me.id)
    and l.held_on between ew.starts_on and ew.ends_on) as open_until,
  (select reason from late_entry le where le.organization_id = o.id and le.lesson_id = l.id
    and le.kind = 'late') as late_reason,
  (select reason from late_entry le where le.organization_id = o.id and le.lesson_id = l.id
    and le.kind = 'correction') as correction_reason,
  m.starts_on as from, m.ends_on as to, ${WHAT_STANDS[what].columns},
  j.teacher_id = me.id as own, coalesce(sub.substitute_id = me.id, false) as substituted
from (select current_actor() as id offset 0) me cross join ${one ? `${ONE_CELL} as c` : `${MANY_CELLS} as c${CELL_FIELDS}`}
join organization o on o.id = (select current_organization())
join lesson l on l.organization_id = o.id and l.id = c."lessonId" and l.journal_id = $1
join teaching_assignment j on j.organization_id = o.id and j.id = $1
left join substitution sub on sub.organization_id = o.id and sub.lesson_id = l.id
left join group_member m on m.organization_id = o.id and m.group_id = j.group_id and m.student_id = c."studentId"
  and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on
${WHAT_STANDS[what].joins.join('\n')}
where me.id in (j.teacher_id, sub.substitute_id)
  ${what === 'both' ? `and (c."workId" is null or w.id is not null)` : ''}
  and (m.id is not null or exists (select from group_member past where past.organization_id = o.id
    and past.group_id = j.group_id and past.student_id = c."studentId"))
${one ? '' : 'order by c.n'}`

const READ_SCENE = bySort((what) => ({ one: readScene(what, true), many: readScene(what, false) }))

function bySort<T>(make: (what: keyof typeof WHAT_STANDS) => T) {
  return { marks: make('marks'), attendance: make('attendance'), both: make('both') }
}

function sortOf(cells: readonly { workId?: string | null | undefined }[]): keyof typeof WHAT_STANDS {
  const marks = cells.filter(({ workId }) => workId).length
  if (marks === cells.length) return 'marks'
  return marks === 0 ? 'attendance' : 'both'
}

/**
 * The scenes of the sent cells as their own teacher or substitute may write them; others are missing. Whether the
 * actor's roles let him be the one or the other is for the caller to ask.
 */
export function cellScenes(journalId: string, cells: readonly CellWrite[]): Reading<CellRow> {
  const text = READ_SCENE[sortOf(cells)]
  const [first, ...others] = cells
  if (first && others.length === 0)
    return { text: text.one, values: [journalId, first.lessonId, first.studentId, first.workId ?? null] }
  const sent = cells.map(({ lessonId, studentId, workId }, n) => ({ n, lessonId, studentId, workId }))
  return { text: text.many, values: [journalId, JSON.stringify(sent)] }
}

/** The same scenes read by themselves, for a writer that the transaction has been given after it was opened. */
export function readCellScenes(
  { tx }: Call,
  journalId: string,
  cells: readonly CellWrite[],
): Promise<CellRow[]> {
  const { text, values } = cellScenes(journalId, cells)
  return rows<CellRow>(tx, text, values)
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

const ONE_SAVE = `select $9::uuid as id, $10::uuid as "lessonId", $11::uuid as "studentId", $12::uuid as "workId",
  $13::text as value, $14::text as comment, $15::int as version, $16::text as kind`
const MANY_SAVES = `select * from jsonb_to_recordset($9) as c(id uuid, "lessonId" uuid, "studentId" uuid, "workId" uuid,
  value text, comment text, version int, kind text)`

// A correction leaves the moment of the first entry alone and has its own.
const ENTERED = (record: string): string => `
      entered_on = case when c.kind = 'correction' then ${record}.entered_on else $2 end,
      entered_at = case when c.kind = 'correction' then ${record}.entered_at else $3 end,
      late = case when c.kind = 'correction' then ${record}.late else c.kind = 'late' end,
      corrected_at = case when c.kind = 'correction' then $3::timestamptz end`

// The version in each `where` and the unique keys are the last wall: of two writers who saw the same version one
// finds no row.
const SAVES = {
  newMarks: `insert into mark (organization_id, id, lesson_id, work_id, student_id, value, comment, entered_on, entered_at, late)
    select $1, id, "lessonId", "workId", "studentId", value, comment, $2, $3, kind = 'late' from c
    where "workId" is not null and version = 0
    on conflict (organization_id, work_id, student_id) do nothing returning 1`,
  changedMarks: `update mark m set value = c.value, comment = c.comment, ${ENTERED('m')}, version = m.version + 1
    from c where m.organization_id = $1 and m.work_id = c."workId" and m.student_id = c."studentId"
      and m.version = c.version returning 1`,
  newAttendance: `insert into attendance (organization_id, id, lesson_id, student_id, code, entered_on, entered_at, late)
    select $1, id, "lessonId", "studentId", value, $2, $3, kind = 'late' from c where "workId" is null and version = 0
    on conflict (organization_id, lesson_id, student_id) do nothing returning 1`,
  changedAttendance: `update attendance a set code = c.value, ${ENTERED('a')}, version = a.version + 1
    from c where c."workId" is null and a.organization_id = $1 and a.lesson_id = c."lessonId"
      and a.student_id = c."studentId" and a.version = c.version returning 1`,
}

const REASONS = (place: string): string => `reasons as (
  insert into late_entry (organization_id, id, lesson_id, kind, reason, entered_on, actor_id)
  select $1, (r->>'id')::uuid, (r->>'lessonId')::uuid, r->>'kind', r->>'reason', $2, $4
    from jsonb_array_elements(${place}) r
  on conflict (organization_id, lesson_id, kind) do nothing
)`

// Each part wakes its table's triggers even when it saves nothing, so only the parts that are needed are sent.
function saveText(parts: (keyof typeof SAVES)[], source: string, reasons: string | null): string {
  const written = [
    `c as (${source})`,
    ...parts.map((part) => `"${part}" as (${SAVES[part]})`),
    ...(reasons ? [REASONS(reasons)] : []),
    `noted as (
      insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
      values ($1, 'cells.put', 'journal', $5, $4, $6, $3)
    )`,
  ]
  const saved = parts.map((part) => `(select count(*) from "${part}")`).join(' + ')
  return `with ${written.join(', ')}
select case when ${saved} <> $8::bigint then refuse_lost_update() end, pg_notify('cells', $7)`
}

const partOf = ({ workId, version }: CellSave): keyof typeof SAVES => {
  if (workId) return version === 0 ? 'newMarks' : 'changedMarks'
  return version === 0 ? 'newAttendance' : 'changedAttendance'
}

export type Reasons = { id: string; lessonId: string; kind: ReasonKind; reason: string }[]

/** Saves cells, reasons and the audit line in one statement and tells open screens; all of the cells or none. */
export function cellsSaved(
  { actor, today, now, operationId }: Call,
  journalId: string,
  cells: readonly CellSave[],
  reasons: Reasons,
  notice: string,
): Statement {
  const parts = [...new Set(cells.map(partOf))].sort()
  const [first, ...others] = cells
  const one = first && others.length === 0
  const sent = one
    ? [
        first.id,
        first.lessonId,
        first.studentId,
        first.workId,
        first.value,
        first.comment,
        first.version,
        first.kind,
      ]
    : [JSON.stringify(cells)]
  const explained = reasons.length > 0
  return {
    text: saveText(parts, one ? ONE_SAVE : MANY_SAVES, explained ? `$${9 + sent.length}` : null),
    values: [
      ...[actor.organizationId, today, now, actor.personId, journalId, operationId, notice, cells.length],
      ...sent,
      ...(explained ? [JSON.stringify(reasons)] : []),
    ],
  }
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
  takenBackFrom: Date | null
}

const READ_HISTORY = `
select h.version, coalesce(h.after->>'value', h.after->>'code') as value, h.after->>'comment' as comment, h.at,
  ${shownName('p')} as actor, 
  (h.after->>'late')::boolean and h.after->>'corrected_at' is null as late,
  h.after->>'corrected_at' is not null as corrected,
  tb.moment as "takenBackFrom", coalesce(tb.reason, (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = case when h.after->>'corrected_at' is not null then 'correction'
      when (h.after->>'late')::boolean then 'late' end)) as reason,
  (select ${shownName('ap')} from referred_entry re
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
left join lateral (
  select tb.moment, tb.reason from taken_back tb where tb.organization_id = $1 and tb.lesson_id = l.id
    and tb.operation_id in (h.operation_id, (select re.operation_id from referred_entry re
      where re.organization_id = $1 and re.applied_operation_id = h.operation_id))
) tb on true
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
