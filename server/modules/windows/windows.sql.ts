import type { EntryWindow, EntryWindows, OpenWindow } from '#contract/windows.ts'
import type { Role } from '#domain/access/access.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

export type JournalRow = { id: string; subject: string; group: string; teacher: string }

export type WindowsRow = Pick<EntryWindows, 'windowDays' | 'teachers'> & {
  openerRoles: Role[]
  windows: (Omit<EntryWindow, 'journal'> & { journal: JournalRow | null })[]
  journals: JournalRow[]
}

const JOURNAL = `json_build_object('id', j.id, 'subject', j.subject, 'group', j.group_name, 'teacher', j.teacher)`

const READ_WINDOWS = `
with j as (
  select j.id, j.teacher_id, s.name as subject, ${shownName('p')} as teacher, g.name as group_name,
    g.sort_key as group_key, s.sort_key as subject_key, p.name_key as teacher_key, i.starts_on <= $2 and i.ends_on >= $2 - o.entry_window_days as current
  from organization o
  join teaching_assignment j on j.organization_id = $1
  join intake i on i.organization_id = $1 and i.id = j.intake_id
  join subject s on s.organization_id = $1 and s.id = j.subject_id
  join study_group g on g.organization_id = $1 and g.id = j.group_id
  join person p on p.organization_id = $1 and p.id = j.teacher_id
  where o.id = $1
)
select o.entry_window_days as "windowDays", o.window_opener_roles as "openerRoles",
  (select coalesce(json_agg(json_build_object('id', w.id,
      'journal', case when j.id is not null then ${JOURNAL} end,
      'teacher', case when t.id is not null then json_build_object('id', t.id, 'name', ${shownName('t')}) end,
      'from', w.starts_on, 'to', w.ends_on, 'openUntil', w.open_until, 'reason', w.reason,
      'openedBy', ${shownName('b')}, 'openedAt', (select h.at from history h where h.organization_id = $1
        and h.kind = 'entry_window' and h.record_id = w.id and h.version = 1),
      'active', not w.closed and w.open_until >= $2, 'closed', w.closed, 'version', w.version)
      order by (not w.closed and w.open_until >= $2) desc, w.id desc), '[]'::json)
    from (select * from entry_window where organization_id = $1
      order by (not closed and open_until >= $2) desc, id desc limit 300) w
    left join j on j.id = w.journal_id
    left join person t on t.organization_id = $1 and t.id = w.teacher_id
    join person b on b.organization_id = $1 and b.id = w.opened_by) as windows,
  (select coalesce(json_agg(${JOURNAL} order by group_key, subject_key, teacher_key, j.id),
    '[]'::json) from j where current) as journals,
  (select coalesce(json_agg(json_build_object('id', p.id, 'name', ${shownName('p')})
      order by p.name_key, p.id), '[]'::json)
    from person p where p.organization_id = $1 and p.id in (select teacher_id from j where current)) as teachers
from organization o where o.id = $1`

/** Windows of the organisation, with journals and teachers of the intake that is on. */
export async function readWindowsRow({ tx, actor, today }: Call): Promise<WindowsRow | undefined> {
  return (await rows<WindowsRow>(tx, READ_WINDOWS, [actor.organizationId, today]))[0]
}

const READ_PLACE = `
select o.window_opener_roles as "openerRoles",
  case when $2::uuid is not null then exists (select from teaching_assignment
      where organization_id = $1 and id = $2)
    else exists (select from teaching_assignment where organization_id = $1 and teacher_id = $3) end as known
from organization o where o.id = $1`

/** Whose word opens a window here, and whether the journal or a teacher with journals is there at all. */
export async function readPlace(
  { tx, actor }: Call,
  { journalId, teacherId }: Pick<OpenWindow, 'journalId' | 'teacherId'>,
): Promise<{ openerRoles: Role[]; known: boolean } | undefined> {
  const values = [actor.organizationId, journalId ?? null, teacherId ?? null]
  return (await rows<{ openerRoles: Role[]; known: boolean }>(tx, READ_PLACE, values))[0]
}

const noted = (action: string) => `noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
  select $1, '${action}', 'entry-window', id, $3, $4, $5 from saved
)`

const OPEN = `
with saved as (
  insert into entry_window (organization_id, id, journal_id, teacher_id, starts_on, ends_on, open_until, reason, opened_by)
  values ($1, $2, $6, $7, $8, $9, $10, $11, $3) returning id
), ${noted('entry-window.open')}
select id from saved`

const valuesOf = ({ actor, operationId, now }: Call, id: string): unknown[] => [
  actor.organizationId,
  id,
  actor.personId,
  operationId,
  now,
]

/** Opens a window, with its audit line. */
export async function insertWindow(call: Call, id: string, window: OpenWindow): Promise<void> {
  const { journalId, teacherId, from, to, openUntil, reason } = window
  const values = [journalId ?? null, teacherId ?? null, from, to, openUntil, reason]
  await rows(call.tx, OPEN, [...valuesOf(call, id), ...values])
}

const READ_WINDOW = `
select w.closed, w.version, o.window_opener_roles as "openerRoles"
from entry_window w join organization o on o.id = w.organization_id
where w.organization_id = $1 and w.id = $2`

export type WindowRow = Pick<EntryWindow, 'closed' | 'version'> & { openerRoles: Role[] }

export async function readWindow({ tx, actor }: Call, id: string): Promise<WindowRow | undefined> {
  return (await rows<WindowRow>(tx, READ_WINDOW, [actor.organizationId, id]))[0]
}

const CLOSE = `
with saved as (
  update entry_window set closed = true, version = version + 1
  where organization_id = $1 and id = $2 and version = $6 and not closed returning id
), ${noted('entry-window.close')}
select id from saved`

/** Closes a window of this version, with its audit line; whether it was there. */
export async function closeWindowRow(call: Call, id: string, version: number): Promise<boolean> {
  return (await rows(call.tx, CLOSE, [...valuesOf(call, id), version])).length > 0
}
