import type { EntryKind } from '#domain/lessons/entry.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'
import type { Entry } from './entry.ts'

// $1 organisation, $2 lesson, $3 actor, $4 operation, $5 today, $6 now, $7 kind of the entry, $8 new reasons, $9 action.
const withTraces = (save: string, told = ''): string => `
with saved as (${save}), reasons as (
  insert into late_entry (organization_id, id, lesson_id, kind, reason, entered_on, actor_id)
  select $1, (r->>'id')::uuid, $2, r->>'kind', r->>'reason', $5, $3 from jsonb_array_elements($8) r
  on conflict (organization_id, lesson_id, kind) do nothing
), noted as (
  insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
  values ($1, $9, 'lesson', $2, $3, $4, $6)
)
select (select count(*) from saved) as saved ${told}`

async function save(
  call: Call,
  text: string,
  action: string,
  lessonId: string,
  entry: Entry,
  more: unknown[],
): Promise<number> {
  const { tx, actor, today, now, operationId } = call
  const traces = [actor.organizationId, lessonId, actor.personId, operationId, today, now]
  const entered = [entry.kind, JSON.stringify(entry.reasons), action]
  const [row] = await rows<{ saved: number }>(tx, text, [...traces, ...entered, ...more])
  return row?.saved ?? 0
}

// A correction leaves the moment of the first entry alone and has its own.
const entered = (record: string, isCorrection: string): string => `
    entered_on = case when ${isCorrection} then ${record}.entered_on else excluded.entered_on end,
    entered_at = case when ${isCorrection} then ${record}.entered_at else excluded.entered_at end,
    late = case when ${isCorrection} then ${record}.late else excluded.late end,
    corrected_at = case when ${isCorrection} then $6 end`

// The version in each `where` is the last wall: of two writers who saw the same version one finds no row.
const SAVE_RECORD = withTraces(`
  insert into lesson_record as r (organization_id, id, lesson_id, topic, plan_item_id, comment, taught_by, entered_on,
    entered_at, late)
  values ($1, $10, $2, $11, $12, $13, $14, $5, $6, $7 = 'late')
  on conflict (organization_id, lesson_id) do update set topic = excluded.topic, plan_item_id = excluded.plan_item_id,
    comment = excluded.comment, taught_by = excluded.taught_by,
    ${entered('r', "$7 = 'correction'")}, version = r.version + 1
  where r.version = $15
  returning 1`)

export type RecordSave = {
  id: string
  topic: string | null
  planItemId: string | null
  comment: string | null
  taughtBy: string
  version: number
}

export const saveRecord = (call: Call, lessonId: string, entry: Entry, record: RecordSave) =>
  save(call, SAVE_RECORD, 'lesson.put-record', lessonId, entry, [
    record.id,
    record.topic,
    record.planItemId,
    record.comment,
    record.taughtBy,
    record.version,
  ])

const SAVE_HOMEWORK = withTraces(`
  insert into homework as h (organization_id, id, lesson_id, text, minutes, entered_on, entered_at, late)
  values ($1, $10, $2, $11, $12, $5, $6, $7 = 'late')
  on conflict (organization_id, lesson_id) do update set text = excluded.text, minutes = excluded.minutes,
    ${entered('h', "$7 = 'correction'")}, version = h.version + 1
  where h.version = $13
  returning 1`)

export type HomeworkSave = { id: string; text: string | null; minutes: number | null; version: number }

export const saveHomework = (call: Call, lessonId: string, entry: Entry, homework: HomeworkSave) =>
  save(call, SAVE_HOMEWORK, 'lesson.put-homework', lessonId, entry, [
    homework.id,
    homework.text,
    homework.minutes,
    homework.version,
  ])

const SAVE_ROLL = withTraces(
  `
  insert into attendance as a (organization_id, id, lesson_id, student_id, code, entered_on, entered_at, late)
  select $1, c.id, $2, c."studentId", c.code, $5, $6, c.kind = 'late'
  from jsonb_to_recordset($10) as c(id uuid, "studentId" uuid, code text, kind text)
  where $7::text is not null
  on conflict (organization_id, lesson_id, student_id) do update set code = excluded.code,
    ${entered('a', `a.student_id = any ($12)`)}, version = a.version + 1
  where a.version = (select c.version from jsonb_to_recordset($10) as c("studentId" uuid, version int)
    where c."studentId" = a.student_id)
  returning 1`,
  `from pg_notify('cells', $11)`,
)

export type RollSave = {
  id: string
  studentId: string
  code: string | null
  version: number
  kind: EntryKind
}

export function saveRoll(call: Call, lessonId: string, entry: Entry, roll: RollSave[], notice: string) {
  const corrected = roll.filter(({ kind }) => kind === 'correction').map(({ studentId }) => studentId)
  const more = [JSON.stringify(roll), notice, corrected]
  return save(call, SAVE_ROLL, 'lesson.put-attendance', lessonId, entry, more)
}

const SAVE_WORK = withTraces(`
  insert into lesson_work as w (organization_id, id, lesson_id, work_type_id, title, weight, position, removed)
  select $1, $10, $2, $11, $12, $13, $14, $15 where $7::text is not null
  on conflict (organization_id, id) do update set work_type_id = excluded.work_type_id, title = excluded.title,
    weight = excluded.weight, removed = excluded.removed, version = w.version + 1
  where w.version = $16
  returning 1`)

export type WorkSave = {
  id: string
  typeId: string
  title: string
  weight: number
  position: number
  removed: boolean
  version: number
}

export const saveWork = (call: Call, lessonId: string, entry: Entry, work: WorkSave) =>
  save(call, SAVE_WORK, 'lesson.put-work', lessonId, entry, [
    work.id,
    work.typeId,
    work.title,
    work.weight,
    work.position,
    work.removed,
    work.version,
  ])
