import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Database, Statement, Tx } from '#platform/db.ts'
import { rows } from '#platform/db.ts'
import type { Kind, RecordKind, Row } from './records.ts'

export type KnownOrganization = { id: string; name: string; is_demo: boolean }

/** The organisations of this installation, whoever asks: the console of the server is trusted with that. */
export async function organizationsOf({ owner }: Database): Promise<KnownOrganization[]> {
  return (await owner.query<KnownOrganization>('select id, name, is_demo from organization order by id')).rows
}

/** The first statement of an import's transaction: whose it is, why, and when. */
export const inOrganization = (organizationId: string, now: Date): Statement => ({
  text: `select set_config('app.organization_id', $1, true), set_config('app.reason', 'import', true),
    set_config('app.now', $2, true), pg_advisory_xact_lock(hashtextextended('import', 0))`,
  values: [organizationId, now.toISOString()],
})

export type NewOrganization = { id: string; name: string; shortName: string; isDemo: boolean }

export async function addOrganization(
  tx: Tx,
  { id, name, shortName, isDemo }: NewOrganization,
): Promise<void> {
  await rows(tx, 'select create_organization($1, $2, $3, $4)', [id, name, shortName, 'Europe/Moscow'])
  if (isDemo) await rows(tx, 'update organization set is_demo = true where id = $1', [id])
}

export async function todayOf(tx: Tx, organizationId: string, now: Date): Promise<Day> {
  const text =
    'select ($2::timestamptz at time zone time_zone)::date as today from organization where id = $1'
  const [row] = await rows<{ today: Day }>(tx, text, [organizationId, now])
  if (row === undefined) throw new Error('the organisation to import into is not there')
  return row.today
}

export type ImportKey = {
  kind: Kind
  /** Null for what is the centre's for good. */
  intake_id: string | null
  natural_key: string
  record_id: string
  content_hash: string
}

/** What earlier imports made of rows: of one intake, or with null of the centre. */
export function readKeys(tx: Tx, organizationId: string, intakeId: string | null): Promise<ImportKey[]> {
  const text = `select kind, intake_id, natural_key, record_id, content_hash from import_key
    where organization_id = $1 and intake_id is not distinct from $2`
  return rows<ImportKey>(tx, text, [organizationId, intakeId])
}

/** Records no import has made of this kind of rows: a row of a spreadsheet may mean one of them. */
export function readUnkeyed(tx: Tx, organizationId: string, of: RecordKind): Promise<Row[]> {
  const columns = [...new Set(['id', ...(of.sameBy ?? [])])].map((name) => `t.${name}::text as ${name}`)
  const text = `select ${columns.join(', ')} from ${of.table} t where organization_id = $1 and not exists (
    select from import_key k where k.organization_id = $1 and k.kind = $2 and k.record_id = t.id)`
  return rows<Row>(tx, text, [organizationId, of.kind])
}

/** New rows; each names the columns it has. */
export async function insertRows(tx: Tx, table: string, list: Row[]): Promise<void> {
  for (const [names, some] of byColumns(list)) {
    const text = `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1)`
    await rows(tx, text, [JSON.stringify(some)])
  }
}

/**
 * Changed columns take the place of what was there; the version grows, so history keeps both. A record that says so
 * already is left as it is; answers how many were not.
 */
export async function updateRows(tx: Tx, table: string, list: Row[]): Promise<number> {
  let changed = 0
  for (const [names, some] of byColumns(list)) {
    const columns = names.split(', ').filter((name) => name !== 'id' && name !== 'organization_id')
    if (columns.length === 0) continue
    const set = columns.map((name) => `${name} = r.${name}`).join(', ')
    const differs = columns.map((name) => `t.${name} is distinct from r.${name}`).join(' or ')
    const text = `update ${table} t set ${set}, version = t.version + 1
      from jsonb_populate_recordset(null::${table}, $1) r
      where t.organization_id = r.organization_id and t.id = r.id and (${differs}) returning t.id`
    changed += (await rows(tx, text, [JSON.stringify(some)])).length
  }
  return changed
}

function byColumns(list: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of list) {
    const names = Object.keys(row).sort().join(', ')
    const group = groups.get(names)
    if (group === undefined) groups.set(names, [row])
    else group.push(row)
  }
  return groups
}

export async function saveKeys(tx: Tx, organizationId: string, keys: ImportKey[]): Promise<void> {
  const text = `insert into import_key (organization_id, kind, intake_id, natural_key, record_id, content_hash)
    select $1, kind, intake_id, natural_key, record_id, content_hash
    from jsonb_to_recordset($2) as k(kind text, intake_id uuid, natural_key text, record_id uuid, content_hash text)
    on conflict (organization_id, kind, intake_id, natural_key) do update set content_hash = excluded.content_hash`
  await rows(tx, text, [organizationId, JSON.stringify(keys)])
}

const KEEP_EXPLAINED = `
insert into import_name as n (organization_id, id, kind, said, subject_id, person_id, class_key)
select $1, id, kind, said, subject_id, person_id, class_key from jsonb_to_recordset($2)
  as r(id uuid, kind text, said text, subject_id uuid, person_id uuid, class_key text)
on conflict (organization_id, kind, said) do update
set subject_id = excluded.subject_id, person_id = excluded.person_id, class_key = excluded.class_key,
  version = n.version + 1
where (n.subject_id, n.person_id, n.class_key)
  is distinct from (excluded.subject_id, excluded.person_id, excluded.class_key)`

/** What names of the tables mean, for later imports. */
export async function keepExplained(tx: Tx, organizationId: string, names: readonly Row[]): Promise<void> {
  if (names.length > 0) await rows(tx, KEEP_EXPLAINED, [organizationId, JSON.stringify(names)])
}

const SAVE_RUN = `
with noted as (
  insert into audit_event (organization_id, action, resource, resource_id, detail, at)
  values ($1, 'import', 'intake', $5, $4, $3)
)
insert into import_run (organization_id, id, at, summary) values ($1, $2, $3, $4)`

export type Run = { id: string; now: Date; summary: Row; intakeId: string }

export async function saveRun(tx: Tx, organizationId: string, run: Run): Promise<void> {
  const { id, now, summary, intakeId } = run
  await rows(tx, SAVE_RUN, [organizationId, id, now, JSON.stringify(summary), intakeId])
}

/** After thousands of new rows the planner would otherwise believe the tables as empty as they were. */
export async function refreshStatistics({ owner }: Database): Promise<void> {
  await owner.query('analyze')
}

type Seat = { student: string; group: string; from: string; to: string | null }

const OTHER_CLASSES = `
select ${shownName('p')} || ' (' || g.name || ')' as who
from jsonb_to_recordset($1) as w(student uuid, "group" uuid, "from" date, "to" date)
join group_member m on m.student_id = w.student and m.group_kind = 'class' and m.group_id <> w."group"
  and m.starts_on <= coalesce(w."to", 'infinity') and coalesce(m.ends_on, 'infinity') >= w."from"
join study_group g on g.organization_id = m.organization_id and g.id = m.group_id
join person p on p.organization_id = m.organization_id and p.id = m.student_id
order by 1`

/** Children who on those days sit in another class than the one wanted, with the class they sit in. */
export async function otherClassesOf(tx: Tx, seats: readonly Seat[]): Promise<string[]> {
  return (await rows<{ who: string }>(tx, OTHER_CLASSES, [JSON.stringify(seats)])).map(({ who }) => who)
}
