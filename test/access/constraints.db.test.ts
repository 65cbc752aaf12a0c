import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillEveryTable } from './every-table.ts'
import { createTemplate, ids, openStage, type Stage } from './stage.ts'

let template: Awaited<ReturnType<typeof createTemplate>>
let stage: Stage
beforeAll(async () => {
  template = await createTemplate()
  stage = await openStage(template.name)
  await fillEveryTable(stage.database)
})
afterAll(async () => {
  await stage.close()
  await template.drop()
})

/** What the database says to a statement of its owner: its code and the constraint by name; nothing stays. */
async function refused(text: string): Promise<string> {
  const client = await stage.database.owner.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.reason', 'test', true)`)
    await client.query(text)
    await client.query('set constraints all immediate')
    return 'done'
  } catch (error) {
    const { code, constraint } = error as { code: string; constraint?: string }
    return `${code} ${constraint ?? ''}`.trim()
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** A copy of one row with some of it changed, under a new id; what is generated comes of itself. */
const again = (table: string, change: Record<string, string>): string => {
  const set = Object.entries({ id: 'gen_random_uuid()', ...change }).map(
    ([column, value]) => `'${column}', ${value}`,
  )
  return `do $again$
    declare columns text := (select string_agg(quote_ident(attname), ', ') from pg_attribute
      where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '');
    begin
      execute 'insert into ${table} (' || columns || ') select ' || columns || $row$ from (
        select (jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${set}))).*
        from ${table} t where organization_id = '${ids.school}' limit 1) r $row$;
    end $again$`
}

async function constraints(kinds: string): Promise<{ name: string; table: string; kind: string }[]> {
  const { rows } = await stage.database.owner.query(
    `select conname as name, conrelid::regclass::text as table, contype as kind from pg_constraint
     where connamespace = 'public'::regnamespace and contype = any (string_to_array($1, null)) order by 2, 1`,
    [kinds],
  )
  return rows
}

// The stage holds requests in several states, and any of them may be the one that is copied.
const WAITING = { state: `'waiting'`, decided_by: 'null', decided_at: 'null', taken_at: 'null' }

/** Every check of the schema with a change that breaks it and nothing else. */
const CHECKS: Record<string, string> = {
  account_login_check: again('account', { login: `'Имя'`, person_id: `'${ids.noAccount}'` }),
  bulk_read_check: `insert into bulk_read (organization_id, person_id, children, first_at, last_at, seen_at)
    values ('${ids.school}', '${ids.deputy}', 101, now(), now(), now())`,
  approval_confirmed_by_another: again('approval', {
    ...WAITING,
    state: `'confirmed'`,
    decided_by: `'${ids.admin}'`,
    decided_at: 'now()',
  }),
  approval_decided_by_somebody: again('approval', {
    ...WAITING,
    state: `'declined'`,
    decided_at: 'now()',
  }),
  approval_decided_once: again('approval', { ...WAITING, decided_at: 'now()' }),
  approval_kind_check: again('approval', { ...WAITING, kind: `'x'` }),
  approval_reason_check: again('approval', { ...WAITING, reason: `'нк'` }),
  approval_state_check: again('approval', {
    ...WAITING,
    state: `'x'`,
    decided_at: 'now()',
    by_console: 'true',
  }),
  approval_taken_after_confirmation: again('approval', { ...WAITING, taken_at: 'now()' }),
  attendance_code_check: again('attendance_code', { code: `'щ'`, absent: 'false', counted: 'true' }),
  attendance_code_code_check: again('attendance_code', { code: `'щщщщщ'` }),
  attendance_note_check: `update attendance set note = '', version = version + 1`,
  bell_check: again('bell', { period: '2', ends_at: `'08:00'` }),
  bell_period_check: again('bell', { period: '13' }),
  calendar_event_check: again('calendar_event', { ends_on: `'2026-01-01'` }),
  calendar_event_kind_check: again('calendar_event', { kind: `'party'` }),
  curriculum_line_part_check: `update curriculum_line set part = 'x', version = version + 1`,
  curriculum_line_weekly_hours_check: `update curriculum_line set weekly_hours = 0, version = version + 1`,
  entry_window_check: again('entry_window', { ends_on: `'2026-01-01'` }),
  entry_window_check1: again('entry_window', { journal_id: 'null', teacher_id: 'null' }),
  entry_window_reason_check: again('entry_window', { reason: `'нк'` }),
  grading_period_check: again('grading_period', { ends_on: `'2026-01-01'` }),
  grading_period_reason_check: `update grading_period set reason = 'нк'`,
  means_one_of_its_kind: `update import_name set class_key = '5а', version = version + 1`,
  merged_with_a_reason: `update substitution set merged = true, reason = null, version = version + 1`,
  opened_again_with_an_end: `update grading_period set open_until = '2026-11-12'`,
  grading_period_check1: again('grading_period', { grade_from: '9', grade_to: '1' }),
  group_member_check: `update group_member set ends_on = starts_on - 1, version = version + 1`,
  guardian_link_check: `update guardian_link set ends_on = starts_on - 1, version = version + 1`,
  history_check: `insert into history (organization_id, kind, record_id, version, after, at)
    values ('${ids.school}', 'mark', gen_random_uuid(), 1, '{}', now())`,
  homework_minutes_check: `update homework set minutes = 601, version = version + 1`,
  homework_text_check: `update homework set text = '', version = version + 1`,
  import_key_of_an_intake: `update import_key set kind = 'class'`,
  import_name_kind_check: `update import_name set kind = 'x', version = version + 1`,
  incoming_mark_kind_check: `update incoming_mark set kind = 'x'`,
  intake_check: `update intake set ends_on = starts_on - 1`,
  intake_number_check: `update intake set number = 0`,
  late_entry_kind_check: `update late_entry set kind = 'x', version = version + 1`,
  late_entry_reason_check: `update late_entry set reason = 'нк', version = version + 1`,
  lesson_check: `update lesson set ends_at = starts_at`,
  lesson_period_check: `update lesson set period = 13`,
  lesson_plan_item_homework_minutes_check: `update lesson_plan_item set homework_minutes = -1`,
  lesson_plan_item_hours_check: `update lesson_plan_item set hours = 0`,
  lesson_plan_item_position_check: `update lesson_plan_item set position = 0`,
  lesson_record_comment_check: `update lesson_record set comment = repeat('х', 1001), version = version + 1`,
  lesson_record_topic_check: `update lesson_record set topic = '', version = version + 1`,
  lesson_work_title_check: `update lesson_work set title = repeat('х', 201), version = version + 1`,
  lesson_work_weight_check: `update lesson_work set weight = 10.01, version = version + 1`,
  mark_comment_check: `update mark set comment = '', version = version + 1`,
  mark_value_check: `update mark set value = '6', version = version + 1`,
  organization_entry_window_days_check: `update organization set entry_window_days = 367`,
  organization_family_access_days_check: `update organization set family_access_days = -1`,
  organization_name_check: `update organization set name = ''`,
  organization_second_factor_days_check: `update organization set second_factor_days = 367`,
  organization_second_factor_roles_check: `update organization set second_factor_roles = '[]'`,
  organization_short_name_check: `update organization set short_name = ''`,
  person_birth_on_check: `update person set birth_on = '1900-01-01'`,
  person_email_check: `update person set email = repeat('x', 255)`,
  person_first_name_check: `update person set first_name = ''`,
  person_last_name_check: `update person set last_name = repeat('х', 121)`,
  person_middle_name_check: `update person set middle_name = ''`,
  person_phone_check: `update person set phone = repeat('1', 41)`,
  person_sex_check: `update person set sex = 'x'`,
  procedure_check: `update procedure set ends_at = starts_at`,
  procedure_period_check: `update procedure set period = -1`,
  procedure_weekday_check: `update procedure set weekday = 8`,
  applied_by_an_operation: again('referred_entry', {
    operation_id: 'gen_random_uuid()',
    state: `'applied'`,
    decided_at: 'now()',
  }),
  decided_once: again('referred_entry', { operation_id: 'gen_random_uuid()', decided_at: 'now()' }),
  referred_entry_kind_check: again('referred_entry', { operation_id: 'gen_random_uuid()', kind: `'x'` }),
  referred_entry_reason_check: again('referred_entry', { operation_id: 'gen_random_uuid()', reason: `'нк'` }),
  referred_entry_state_check: again('referred_entry', {
    operation_id: 'gen_random_uuid()',
    state: `'x'`,
    decided_at: 'now()',
  }),
  role_assignment_role_check: `update role_assignment set role = 'tsar', version = version + 1`,
  sign_in_failure_kind_check: `insert into sign_in_failure (kind, login_key, failures, last_at)
    values ('x', 'teacher', 1, now())`,
  usage_event_kind_check: `insert into usage_event (organization_id, at, kind) values ('${ids.school}', now(), 'x')`,
  span_forward: `update role_assignment set ends_on = starts_on - 2, version = version + 1`,
  staff_member_method_day_check: `update staff_member set method_day = 0`,
  stay_check: `update stay set ends_on = starts_on - 1, version = version + 1`,
  stay_kind_check: `update stay set kind = 'x', version = version + 1`,
  study_group_check: `update study_group set kind = 'subgroup' where id = '${ids.chess}'`,
  study_group_check1: `update study_group set grade_from = 8, grade_to = 7`,
  study_group_division_check: `update study_group set division = repeat('х', 121)`,
  study_group_grade_from_check: `update study_group set grade_from = 0`,
  study_group_grade_to_check: `update study_group set grade_to = 13`,
  study_group_kind_check: `update study_group set kind = 'x' where id = '${ids.chess}'`,
  taken_back_reason_check: again('taken_back', { reason: `'нк'` }),
  teaching_assignment_kind_check: `update teaching_assignment set kind = 'x', version = version + 1`,
  teaching_assignment_part_check: `update teaching_assignment set part = 'x', version = version + 1`,
  teaching_assignment_weekly_hours_check: `update teaching_assignment set weekly_hours = 0, version = version + 1`,
  timetable_slot_check: `update timetable_slot set ends_at = starts_at`,
  timetable_slot_period_check: `update timetable_slot set period = 13`,
  timetable_slot_weekday_check: `update timetable_slot set weekday = 0`,
  work_type_weight_check: `update work_type set weight = -1`,
}

test('every check of the schema is tried here', async () => {
  const found = (await constraints('c')).map(({ name }) => name)
  expect(Object.keys(CHECKS).sort()).toEqual([...new Set(found)].sort())
})

test.each(Object.entries(CHECKS))('the check %s holds', async (name, text) => {
  const said = await refused(text)
  expect(said).toMatch(/^(23514|23P01)/)
  // Where two checks of a row are broken by one value, PostgreSQL names the first by name.
  expect(said.split(' ')[1]?.replace(/\d$/, '')).toBe(name.replace(/\d$/, ''))
})

/** Unique: the same row again, new only by id, is refused by each of these unless another of them is first. */
test('every unique key refuses the same row again', async () => {
  const unique = (await constraints('u')).filter(({ table }) => !['session', 'history'].includes(table))
  const tables = [...new Set(unique.map(({ table }) => table))]
  for (const table of tables) {
    const names = unique.filter((each) => each.table === table).map(({ name }) => name)
    for (const name of names) {
      const columns = await columnsOf(name)
      // A key that holds the id itself is there for references only.
      if (columns.includes('id')) continue
      const said = await refused(again(table, {}))
      const allowed = [...names, ...(await constraints('x')).map((each) => each.name), 'account_login']
      expect(allowed, `${name}: ${said}`).toContain(said.split(' ')[1])
    }
  }
})

async function columnsOf(name: string): Promise<string[]> {
  const { rows } = await stage.database.owner.query(
    `select attname from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
     where conname = $1`,
    [name],
  )
  return rows.map(({ attname }) => attname)
}

test('every table whose records are counted as legal has one of each key', async () => {
  const found = (await constraints('u')).map(({ name, table }) => `${table}: ${name}`)
  for (const [table, columns] of Object.entries(ONE_OF_EACH)) {
    const names = (await constraints('u')).filter((each) => each.table === table).map(({ name }) => name)
    const sets = await Promise.all(names.map(async (name) => (await columnsOf(name)).sort().join()))
    expect(sets, found.join('\n')).toContain(['organization_id', ...columns].sort().join())
  }
})

/** What there is one of, by rule and not by chance. */
const ONE_OF_EACH: Record<string, string[]> = {
  account: ['person_id'],
  attendance: ['lesson_id', 'student_id'],
  attendance_code: ['code'],
  guardian_link: ['guardian_id', 'student_id'],
  history: ['kind', 'record_id', 'version'],
  homework: ['lesson_id'],
  import_key: ['intake_id', 'kind', 'natural_key'],
  import_name: ['kind', 'said'],
  incoming_mark: ['intake_id', 'student_id', 'source_file', 'subject', 'position'],
  intake: ['school_year', 'number'],
  late_entry: ['lesson_id', 'kind'],
  lesson: ['journal_id', 'held_on', 'starts_at'],
  lesson_record: ['lesson_id'],
  mark: ['work_id', 'student_id'],
  procedure: ['intake_id', 'student_id', 'weekday', 'starts_at'],
  referred_entry: ['operation_id'],
  stay: ['student_id', 'intake_id'],
  study_group: ['intake_id', 'kind', 'name', 'division'],
  subject: ['name'],
  substitution: ['lesson_id'],
}

test('a session token and a login are of one account in the whole installation', async () => {
  expect(await refused(again('session', {}))).toBe('23505 session_token_hash_key')
  const login = `update account set login = 'teacher' where id = '${ids.otherSchoolTeacher}'`
  expect(await refused(login)).toBe('23505 account_login')
})

const member = (group: string, kind: string, student: string, from: string, to: string) =>
  `insert into group_member (organization_id, id, group_id, group_kind, student_id, starts_on, ends_on)
   values ('${ids.school}', gen_random_uuid(), '${group}', '${kind}', '${student}', '${from}', '${to}')`

test('a child is in a group once at a time, and in one class at a time', async () => {
  expect(await refused(member(ids.class7, 'class', ids.anna, '2026-12-19', '2026-12-30'))).toMatch(/^23P01/)
  expect(await refused(member(ids.class8, 'class', ids.anna, '2026-11-10', '2026-11-10'))).toMatch(/^23P01/)
  expect(await refused(member(ids.chess, 'activity', ids.anna, '2026-11-10', '2026-11-10'))).toMatch(/^23P01/)
  expect(await refused(member(ids.class8, 'class', ids.anna, '2026-12-20', '2026-12-30'))).toBe('done')
  expect(await refused(member(ids.chess, 'activity', ids.boris, '2026-11-10', '2026-11-10'))).toBe('done')
  expect(await refused(member(ids.chess, 'class', ids.boris, '2026-12-20', '2026-12-20'))).toMatch(/^23503/)
})

test('a role is held once at a time', async () => {
  const role = (
    from: string,
  ) => `insert into role_assignment (organization_id, id, person_id, role, starts_on)
    values ('${ids.school}', gen_random_uuid(), '${ids.dismissed}', 'teacher', '${from}')`
  expect(await refused(role('2026-11-01'))).toBe('23P01 one_role_at_a_time')
  expect(await refused(role('2026-11-02'))).toBe('done')
})

const MEMBERSHIP: [string, string, string, string][] = [
  ['of another class', ids.today, ids.galina, '23514 member_on_the_day'],
  ['who has left', ids.today, ids.former, '23514 member_on_the_day'],
  ['who had not come yet', ids.first, ids.late, '23514 member_on_the_day'],
  ['of the other organisation', ids.today, ids.foreign.student, '23503'],
  ['who sits there', ids.today, ids.boris, 'done'],
]

test.each(MEMBERSHIP)('marks and attendance of a child %s', async (_, lesson, student, expected) => {
  const common = `'${student}', '2026-11-12', now(), false)`
  const head = `values ('${ids.school}', gen_random_uuid(), '${lesson}',`
  const entered = 'student_id, entered_on, entered_at, late)'
  const mark = `insert into mark (organization_id, id, lesson_id, work_id, ${entered} ${head} '${lesson}', ${common}`
  const attendance = `insert into attendance (organization_id, id, lesson_id, ${entered} ${head} ${common}`
  const match = new RegExp(`^${expected}`)
  expect(await refused(mark)).toMatch(match)
  expect(await refused(attendance)).toMatch(match)
})

test('a mark belongs to a work of its own lesson', async () => {
  const moved = `insert into mark (organization_id, id, lesson_id, work_id, student_id, entered_on, entered_at, late)
    values ('${ids.school}', gen_random_uuid(), '${ids.today}', '${ids.second}', '${ids.boris}', '2026-11-12', now(), false)`
  expect(await refused(moved)).toMatch(/^23503/)
})

const KEPT = [
  'approval',
  'attendance',
  'curriculum_line',
  'entry_window',
  'group_member',
  'homework',
  'late_entry',
  'lesson_record',
  'lesson_work',
  'mark',
  'referred_entry',
  'role_assignment',
  'stay',
  'substitution',
  'teaching_assignment',
]

test('history is kept of every legal record', async () => {
  const { rows } = await stage.database.owner.query(
    `select t.tgrelid::regclass::text as name from pg_trigger t where t.tgname = 'keep_history' and t.tgenabled = 'O'
       and exists (select from pg_trigger c join pg_proc p on p.oid = c.tgfoid where c.tgrelid = t.tgrelid
         and p.proname = 'keep_history_of_changed' and c.tgenabled = 'O') order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(KEPT)
})

test.each(KEPT)('each change of %s is a new version in history and no version is skipped', async (table) => {
  expect(await refused(`update ${table} set version = version`)).toBe('23000')
  expect(await refused(`update ${table} set version = version + 2`)).toBe('23000')
  const client = await stage.database.owner.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.reason', 'test', true)`)
    const before = await client.query(`select count(*)::int as n from history where kind = $1`, [table])
    const changed = await client.query(`update ${table} set version = version + 1 returning 1`)
    const after = await client.query(`select count(*)::int as n from history where kind = $1`, [table])
    expect(changed.rowCount).toBeGreaterThan(0)
    expect(after.rows[0].n - before.rows[0].n).toBe(changed.rowCount)
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test.each(['history', 'audit_event'])('%s is only ever added to, even by the owner', async (table) => {
  expect(await refused(`update ${table} set at = now()`)).toBe('23000')
  expect(await refused(`delete from ${table}`)).toBe('23000')
})

test('a change that nobody made and nobody gave a reason for is not taken', async () => {
  const client = await stage.database.owner.connect()
  await expect(client.query(`update mark set version = version + 1`)).rejects.toMatchObject({
    constraint: 'history_check',
  })
  client.release()
})

test('a lesson with marks has its first work, and others have none', async () => {
  const { rows } = await stage.database.owner.query(
    `select l.id from lesson l join teaching_assignment j on j.id = l.journal_id
     left join lesson_work w on w.id = l.id and w.lesson_id = l.id
     where (w.id is not null) <> (j.kind = 'lessons' and not j.gradeless)`,
  )
  expect(rows).toEqual([])
})
