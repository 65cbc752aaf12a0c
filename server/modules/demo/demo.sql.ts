import type { Day } from '#domain/calendar/day.ts'
import { type Database, rows, type Statement, type Tx } from '#platform/db.ts'

export const asDemo = (organizationId: string, now: Date): Statement => ({
  text: `select set_config('app.organization_id', $1, true), set_config('app.reason', 'demo', true),
    set_config('app.now', $2, true)`,
  values: [organizationId, now.toISOString()],
})

export type DemoState = { id: string; starts_on: Day; accounts: number; lessons_today: number }

/** How far the demo of this database has come; nothing when it has not begun. */
export async function demoState({ owner }: Database, today: Day): Promise<DemoState | undefined> {
  const text = `select o.id, i.starts_on::text,
      (select count(*)::int from account where organization_id = o.id) as accounts,
      (select count(*)::int from lesson where organization_id = o.id and held_on = $1 and period is not null) as lessons_today
    from organization o join intake i on i.organization_id = o.id where o.is_demo`
  return (await owner.query<DemoState>(text, [today])).rows[0]
}

/** Empties a database in which there is nothing but a demo; false when a real organisation lives there. */
export async function emptyDemo({ owner }: Database): Promise<boolean> {
  const { rows: real } = await owner.query('select from organization where not is_demo limit 1')
  if (real.length > 0) return false
  await owner.query('truncate organization, setup_link, sign_in_failure cascade')
  return true
}

export type LessonFact = {
  id: string
  held_on: Day
  period: number | null
  starts_at: string
  ends_at: string
  journal_id: string
  kind: string
  gradeless: boolean
  part: string
  teacher_id: string
  group_id: string
  lesson_plan_id: string | null
  subject: string
}
export type MemberFact = { group_id: string; student_id: string; starts_on: Day; ends_on: Day }
export type PlanFact = {
  plan_id: string
  id: string
  topic: string
  hours: number
  homework: string | null
  homework_minutes: number | null
}
export type ProcedureFact = { student_id: string; weekday: number; starts_at: string; ends_at: string }
export type WorkTypeFact = { id: string; name: string; weight: number }
export type Facts = {
  lessons: LessonFact[]
  members: MemberFact[]
  plans: PlanFact[]
  procedures: ProcedureFact[]
  workTypes: WorkTypeFact[]
  deputy: string
  startsOn: Day
}

export async function readFacts(tx: Tx, organizationId: string, today: Day): Promise<Facts> {
  const read = <T>(text: string, ...values: unknown[]) => rows<T>(tx, text, [organizationId, ...values])
  const lessons = await read<LessonFact>(
    `select l.id, l.held_on, l.period, l.starts_at::text, l.ends_at::text, j.id as journal_id, j.kind, j.gradeless,
      j.part, j.teacher_id, j.group_id, j.lesson_plan_id, s.name as subject
    from lesson l join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
    join subject s on s.organization_id = $1 and s.id = j.subject_id
    join import_key k on k.organization_id = $1 and k.kind = 'lesson' and k.record_id = l.id
    where l.organization_id = $1 and l.held_on <= $2 order by l.held_on, l.starts_at, k.natural_key`,
    today,
  )
  const members = await read<MemberFact>(
    `select m.group_id, m.student_id, m.starts_on, m.ends_on from group_member m
    join person p on p.organization_id = $1 and p.id = m.student_id
    where m.organization_id = $1 order by p.name_key, p.birth_on`,
  )
  const plans = await read<PlanFact>(
    `select plan_id, id, topic, hours, homework, homework_minutes from lesson_plan_item
    where organization_id = $1 order by plan_id, position`,
  )
  const procedures = await read<ProcedureFact>(
    'select student_id, weekday, starts_at::text, ends_at::text from procedure where organization_id = $1',
  )
  const workTypes = await read<WorkTypeFact>(
    'select id, name, weight::float8 as weight from work_type where organization_id = $1 order by position',
  )
  const [start] = await read<{ starts_on: Day }>('select starts_on from intake where organization_id = $1')
  const [deputy] = await read<{ person_id: string }>(
    `select person_id from role_assignment where organization_id = $1 and role = 'deputy' order by id limit 1`,
  )
  if (!start || !deputy) throw new Error('the demo centre has no intake or no deputy')
  return {
    lessons,
    members,
    plans,
    procedures,
    workTypes,
    deputy: deputy.person_id,
    startsOn: start.starts_on,
  }
}

type Row = Record<string, unknown>

/** What one person entered on one day, by table. */
export type Batch = { actor: string; at: string; tables: Record<DemoTable, Row[]> }

export const DEMO_TABLES = {
  substitution: 'id, lesson_id, substitute_id, reason',
  lesson_work: 'id, lesson_id, work_type_id, title, weight, position',
  lesson_record: 'id, lesson_id, topic, plan_item_id, comment, taught_by, entered_on, entered_at, late',
  homework: 'id, lesson_id, text, minutes, entered_on, entered_at, late',
  late_entry: 'id, lesson_id, reason, entered_on, actor_id',
  attendance: 'id, lesson_id, student_id, code, entered_on, entered_at, late',
  mark: 'id, lesson_id, work_id, student_id, value, comment, entered_on, entered_at, late',
} as const
export type DemoTable = keyof typeof DEMO_TABLES

const SAVE_BATCH = `with ${Object.entries(DEMO_TABLES)
  .map(
    ([table, columns]) => `into_${table} as (
  insert into ${table} (organization_id, version, ${columns}) select $1, 1, ${columns}
  from jsonb_populate_recordset(null::${table}, $2::jsonb -> '${table}'))`,
  )
  .join(', ')} select 1`

/** Saves through the same tables as ever, so that triggers keep who made it and when. */
export async function saveBatch(tx: Tx, organizationId: string, { actor, at, tables }: Batch): Promise<void> {
  await rows(tx, `select set_config('app.actor_id', $1, true), set_config('app.now', $2, true)`, [actor, at])
  await rows(tx, SAVE_BATCH, [organizationId, JSON.stringify(tables)])
}

const PAST_PERIODS = `
select p.id, (p.ends_on + 3 + time '15:20') at time zone o.time_zone as at
from grading_period p join organization o on o.id = p.organization_id
where p.organization_id = $1 and p.ends_on + 3 < $2`

const CLOSE_PERIOD = `
update grading_period set closed_at = current_moment(), reason = $3, decided_by = current_actor(), version = version + 1
where organization_id = $1 and id = $2`

/** Closes the grading periods that were over before the intake, as the deputy did some days after each. */
export async function closePastPeriods(
  tx: Tx,
  organizationId: string,
  { deputy, startsOn, reason }: Pick<Facts, 'deputy' | 'startsOn'> & { reason: string },
): Promise<void> {
  const over = await rows<{ id: string; at: Date }>(tx, PAST_PERIODS, [organizationId, startsOn])
  for (const { id, at } of over) {
    await rows(tx, `select set_config('app.actor_id', $1, true), set_config('app.now', $2, true)`, [
      deputy,
      at.toISOString(),
    ])
    await rows(tx, CLOSE_PERIOD, [organizationId, id, reason])
  }
}

export type PersonFact = {
  id: string
  last_name: string
  first_name: string
  middle_name: string | null
  roles: string[]
  lessons_today: number
  children: string[]
  grade: number | null
  /** Who leads the child's class. */
  homeroom: string | null
}

/** Everybody of the centre with what decides whose account is shown on the first screen. */
export function readPeople(tx: Tx, organizationId: string, today: Day): Promise<PersonFact[]> {
  return rows<PersonFact>(
    tx,
    `select p.id, p.last_name, p.first_name, p.middle_name,
      (select array_agg(role order by role) from role_assignment r where r.organization_id = $1 and r.person_id = p.id) as roles,
      (select count(*)::int from lesson l join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
        where l.organization_id = $1 and l.held_on = $2 and j.teacher_id = p.id) as lessons_today,
      array(select student_id from guardian_link l where l.organization_id = $1 and l.guardian_id = p.id) as children,
      g.grade_from as grade, g.homeroom_teacher_id as homeroom
    from person p
    left join group_member m on m.organization_id = $1 and m.student_id = p.id and m.group_kind = 'class'
    left join study_group g on g.organization_id = $1 and g.id = m.group_id
    where p.organization_id = $1
    order by p.name_key, p.birth_on, p.id`,
    [organizationId, today],
  )
}

export type AccountRow = { id: string; person_id: string; login: string }

const INSERT_ACCOUNTS = `
insert into account (organization_id, id, person_id, login, password_hash, must_change_password, rules_accepted_at)
select $1, id, person_id, login, $3, false, $4 from jsonb_to_recordset($2) as a(id uuid, person_id uuid, login text)`

/** Accounts of a demo organisation only: the same password for all, nothing to accept. */
export async function insertDemoAccounts(
  tx: Tx,
  organizationId: string,
  { accounts, passwordHash, now }: { accounts: AccountRow[]; passwordHash: string; now: Date },
): Promise<void> {
  const demo = await rows(tx, 'select from organization where id = $1 and is_demo', [organizationId])
  if (demo.length === 0) throw new Error('demo accounts outside a demo organisation')
  // The console gives demo accounts, privileged ones too: no person of the centre does it alone.
  const [told] = await rows<{ actor: string | null }>(
    tx,
    `select current_setting('app.actor_id', true) as actor`,
  )
  await rows(tx, `select set_config('app.actor_id', '', true)`)
  await rows(tx, INSERT_ACCOUNTS, [organizationId, JSON.stringify(accounts), passwordHash, now])
  await rows(tx, `select set_config('app.actor_id', $1, true)`, [told?.actor ?? ''])
}

export async function insertDemoFactor(
  tx: Tx,
  organizationId: string,
  factor: { accountId: string; sealed: Buffer; now: Date },
): Promise<void> {
  const text = `insert into second_factor (organization_id, account_id, sealed_secret, since, last_step)
    values ($1, $2, $3, $4, 0)`
  await rows(tx, text, [organizationId, factor.accountId, factor.sealed, factor.now])
}

export async function readLogins(
  { owner }: Database,
  organizationId: string,
  logins: string[],
): Promise<{ login: string; name: string }[]> {
  const text = `select a.login, concat_ws(' ', p.last_name, p.first_name, p.middle_name) as name
    from account a join person p on p.organization_id = a.organization_id and p.id = a.person_id
    where a.organization_id = $1 and a.login = any ($2)`
  return (await owner.query<{ login: string; name: string }>(text, [organizationId, logins])).rows
}
