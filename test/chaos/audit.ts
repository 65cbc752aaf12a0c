import type { Database } from '#platform/db.ts'
import type { Acknowledged } from './writers.ts'

/** What became of the acknowledged writes; everything but `kept` is zero or empty in a sound database. */
export type Audit = {
  kept: number
  lost: number
  /** Applied more than once, or never intended by anybody. */
  doubled: number
  faults: string[]
}

type Version = {
  kind: 'mark' | 'attendance'
  lesson_id: string
  student_id: string
  work_id: string | null
  version: number
  value: string | null
  operation_id: string
}

const VERSIONS = `
select kind, after->>'lesson_id' as lesson_id, after->>'student_id' as student_id, after->>'work_id' as work_id, version,
  coalesce(after->>'value', after->>'code') as value, operation_id
from history where kind in ('mark', 'attendance') order by id`

/** Compares what the writers were told with what stands in the database, version by version. */
export async function audit(database: Database, acknowledged: Acknowledged[]): Promise<Audit> {
  const { rows } = await database.owner.query<Version>(VERSIONS)
  const standing = new Map<string, Version>()
  let doubled = 0
  for (const row of rows) {
    const key = keyOf(row.operation_id, row.lesson_id, row.student_id, row.work_id)
    if (standing.has(key)) doubled++
    standing.set(key, row)
  }
  let kept = 0
  let lost = 0
  for (const { operationId, cells } of acknowledged)
    for (const { lessonId, studentId, workId, value, version } of cells) {
      const key = keyOf(operationId, lessonId, studentId, workId ?? null)
      const row = standing.get(key)
      standing.delete(key)
      if (row && row.value === value && row.version === version + 1) kept++
      else lost++
    }
  return { kept, lost, doubled: doubled + standing.size, faults: await historyFaults(database) }
}

const keyOf = (...parts: (string | null)[]): string => parts.join(' ')

// Read past the indexes, which a crash could have left in disagreement with their tables.
const HISTORY_FAULTS = `
with record as (
  select organization_id, 'mark' as kind, id, version, to_jsonb(m) - 'organization_id' - 'id' - 'version' as state from mark m
  union all
  select organization_id, 'attendance', id, version, to_jsonb(a) - 'organization_id' - 'id' - 'version' from attendance a
), past as (
  select organization_id, kind, record_id as id, count(*) as versions, min(version) as first, max(version) as last,
    count(distinct operation_id) as operations, (array_agg(after order by version desc))[1] as state
  from history where kind in ('mark', 'attendance') group by 1, 2, 3
)
select 'history of a ' || kind || ' has gaps' as fault, count(*) as n from past where first <> 1 or last <> versions group by kind
union all
select 'last history differs from the ' || kind, count(*) from record r full join past p using (organization_id, kind, id)
  where p.state is distinct from r.state or p.last is distinct from r.version group by kind
union all
select 'an operation changed a ' || kind || ' twice', count(*) from past where operations <> versions group by kind
union all
select 'an operation without its answer', count(*) from operation where status is null having count(*) > 0
union all
select 'an operation of ' || action || ' noted twice', count(*) from (
  select action, operation_id from audit_event where operation_id is not null group by 1, 2 having count(*) > 1) twice group by action
union all
select 'a change without its operation', count(*) from history h
  where kind in ('mark', 'attendance') and not exists (
    select from operation o where o.organization_id = h.organization_id and o.id = h.operation_id and o.status = 200)
  having count(*) > 0
union all
select 'pages with a wrong checksum', sum(checksum_failures)::int from pg_stat_database having sum(checksum_failures) > 0`

/** Where the records and their history disagree, in words with counts; empty when they never do. */
export async function historyFaults({ owner }: Database): Promise<string[]> {
  const client = await owner.connect()
  try {
    await client.query('begin; set local enable_indexscan = off; set local enable_indexonlyscan = off')
    await client.query('set local enable_bitmapscan = off')
    const { rows } = await client.query<{ fault: string; n: number }>(HISTORY_FAULTS)
    // Building the indexes anew refuses a key that stands in the table twice.
    await client.query(
      'reindex table mark; reindex table attendance; reindex table history; reindex table operation',
    )
    await client.query('commit')
    return rows.map(({ fault, n }) => `${fault}: ${n}`)
  } finally {
    client.release(true)
  }
}
