import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type pg from 'pg'
import { makeRoot, rootIn } from '#platform/backup/folder.ts'
import { remember, remembered } from '#platform/backup/settings.ts'
import { openDatabase } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'
import { at, LARGE, type School, seed, type When } from '../seed.ts'

const DAY_MS = 86_400_000
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

/**
 * A school of 1 000 students that has taught 35 lessons a week in each of 40 classes for so many school days; three
 * school years are 510.
 */
export const schoolOf = (days: number): School => ({
  ...LARGE,
  lessons: Math.round((days * 7) / LARGE.journalsPerClass),
})

/** In the centre's zone, in which the server dates what is saved. */
function now(): When {
  const today = Date.now() + 3 * 3_600_000
  return {
    today: dayOf(today),
    from: dayOf(today - 4 * 366 * DAY_MS),
    to: dayOf(today + 60 * DAY_MS),
    absencesOnly: true,
  }
}

const entry = (table: string) => `
  insert into history (organization_id, kind, record_id, version, after, actor_id, at)
  select r.organization_id, '${table}', r.id, 1, to_jsonb(r) - '{organization_id,id,version}'::text[], j.teacher_id, r.entered_at
  from ${table} r join lesson l on l.id = r.lesson_id join teaching_assignment j on j.id = l.journal_id`

const HALF = `get_byte(uuid_send(record_id), 15) % 2 = 0`

// What a save of the product leaves besides the record itself: its version and, two records a save, its line of audit
// and its answer.
const TRACES = [
  ...['mark', 'attendance', 'lesson_record', 'homework'].map(entry),
  `insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, at)
   select organization_id, 'cells.put', 'journal', record_id, actor_id, record_id, at from history where ${HALF}`,
  `insert into operation (organization_id, id, account_id, request, body_hash, status, answer, at)
   select organization_id, record_id, actor_id, 'PUT /api/journals/' || record_id || '/cells', sha256(record_id::text::bytea),
     200, jsonb_build_object('cells', jsonb_build_array(after))::text, at
   from history where kind = 'mark' and ${HALF}`,
  // Everybody is here just now, and the first teacher looks after the copies too.
  `update session set started_at = now(), seen_at = now()`,
  `insert into role_assignment (organization_id, id, person_id, role, starts_on)
   values ('${at.organization}', gen_random_uuid(), '${at.teacher}', 'system-admin', '2026-01-01')`,
]

/** Fills a data folder that does not exist yet with such a school, whose copies go to `folder`. */
export async function fillDataFolder(dataDir: string, folder: string, school: School): Promise<void> {
  // Nothing has to outlive a loss of power yet.
  const conf = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const cluster = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), conf })
  const database = openDatabase({ connection: cluster.connection })
  try {
    await migrate(database.owner)
    await seed(database.owner, school, now())
    await leaveTraces(database.owner)
  } finally {
    await database.close()
    await cluster.stop()
  }
  const memory = { ...remembered(dataDir), folder }
  remember(dataDir, memory)
  await makeRoot(rootIn(folder, memory.installation), memory.installation)
  // Or it is written while the first figures are taken.
  execFileSync('sync')
}

async function leaveTraces(owner: pg.Pool): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query('set session_replication_role = replica')
    for (const statement of TRACES) await client.query(statement)
    // As autovacuum leaves it; otherwise it comes while figures are taken.
    await client.query('vacuum (freeze, analyze)')
  } finally {
    client.release(true)
  }
}
