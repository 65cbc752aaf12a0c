import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { insert } from '../world.ts'
import { ids } from './stage.ts'

const v = { version: 1 }
const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false }
const span = { starts_on: '2026-11-02', ends_on: '2026-12-19' }
const times = { starts_at: '09:00', ends_at: '09:40' }

/** One row of the school in each table that the stage leaves empty; a new table without one fails its test. */
const ROWS: Record<string, Record<string, unknown>> = {
  staff_member: { id: ids.teacher, position: 'учитель', ...v },
  known_device: {
    id: newId(),
    account_id: ids.teacher,
    token_hash: '\\x01',
    last_at: '2026-11-12T08:00:00Z',
  },
  second_factor: {
    account_id: ids.teacher,
    sealed_secret: '\\x01',
    since: '2026-11-12T08:00:00Z',
    last_step: 1,
  },
  recovery_code: { account_id: ids.teacher, code_hash: '\\x02' },
  half_session: {
    id: newId(),
    account_id: ids.teacher,
    token_hash: '\\x03',
    account_version: 1,
    expires_at: '2026-11-12T10:00:00Z',
  },
  operation: {
    id: newId(),
    account_id: ids.teacher,
    request: 'PUT /',
    body_hash: '\\x00',
    at: '2026-11-12T08:00:00Z',
  },
  audit_event: {
    action: 'mark.put',
    resource: 'mark',
    actor_id: ids.teacher,
    at: '2026-11-12T08:00:00Z',
  },
  usage_event: { kind: 'read', person_id: ids.teacher, resource: 'journal', at: '2026-11-12T08:00:00Z' },
  bulk_read: {
    id: newId(),
    person_id: ids.deputy,
    children: 101,
    first_at: '2026-11-12T08:00:00Z',
    last_at: '2026-11-12T08:00:00Z',
    ...v,
  },
  calendar_event: { id: newId(), name: 'Каникулы', kind: 'vacation', ...span, ...v },
  grading_period: { id: newId(), name: '1-я четверть', grade_from: 1, grade_to: 9, ...span, ...v },
  bell: { id: newId(), intake_id: ids.intake, grade_from: 1, grade_to: 4, period: 1, ...times, ...v },
  home_school: { id: newId(), name: 'Школа № 1', ...v },
  curriculum_line: {
    id: newId(),
    group_id: ids.class7,
    part: 'mandatory',
    weekly_hours: 2,
    subject_id: '00000000-0000-4000-8000-000000000090',
    ...v,
  },
  timetable_slot: { id: newId(), journal_id: ids.physics7, weekday: 1, ...times, ...v },
  import_key: { kind: 'staff', natural_key: 'x', record_id: ids.anna, content_hash: 'x' },
  import_name: {
    id: newId(),
    kind: 'subject',
    said: 'инглиш',
    subject_id: '00000000-0000-4000-8000-000000000090',
    ...v,
  },
  import_run: { id: newId(), at: '2026-11-12T08:00:00Z', summary: {} },
  lesson_record: {
    id: newId(),
    lesson_id: ids.second,
    topic: 'Движение',
    taught_by: ids.teacher,
    ...entered,
    ...v,
  },
  taken_back: {
    id: newId(),
    lesson_id: ids.second,
    operation_id: newId(),
    moment: '2026-11-11T08:00:00Z',
    reason: 'стёрто по ошибке',
    actor_id: ids.teacher,
    at: '2026-11-12T08:00:00Z',
  },
  homework: { id: newId(), lesson_id: ids.second, text: '§ 1', ...entered, ...v },
  late_entry: {
    id: newId(),
    lesson_id: ids.second,
    reason: 'болезнь учителя',
    entered_on: '2026-11-12',
    actor_id: ids.teacher,
    ...v,
  },
}

export async function fillEveryTable(database: Database): Promise<void> {
  for (const [table, row] of Object.entries(ROWS)) await insert(database, table, [row])
}
