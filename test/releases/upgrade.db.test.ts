import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { PackedGradebook, SavedCells } from '#contract/gradebook.ts'
import { migrate } from '#platform/migrate.ts'
import { projectRoot } from '#platform/root.ts'
import { createDatabase, type OwnDatabase } from '../database.ts'
import { ids, worldIn } from '../world.ts'

type Row = Record<string, unknown>
type Dump = Record<string, Row[]>

// A school as release 0.1 kept it: taught in through its own doors, then read out table by table.
const RELEASE = { name: '0.1', migrations: 16 }

const kept: Dump = JSON.parse(
  readFileSync(join(projectRoot, 'test', 'releases', `${RELEASE.name}.json`), 'utf8'),
)

/** The migrations a release had, in a folder of their own. */
function migrationsOf(count: number): string {
  const all = join(projectRoot, 'server', 'migrations')
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-release-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of readdirSync(all).sort().slice(0, count)) cpSync(join(all, name), join(folder, name))
  return folder
}

/** A database of that release, with what it kept. */
async function oldDatabase(): Promise<OwnDatabase> {
  const database = await createDatabase('template0')
  onTestFinished(database.close)
  await migrate(database.owner, migrationsOf(RELEASE.migrations))
  const client = await database.owner.connect()
  try {
    // As a copy is restored: the rows as they were, no trigger adding to them.
    await client.query('set session_replication_role = replica')
    for (const [table, rows] of Object.entries(kept)) {
      const columns = Object.keys(rows[0] ?? {})
      await client.query(
        `insert into ${table} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      )
    }
    await client.query(`select setval(pg_get_serial_sequence(table_name, column_name), 1000000)
      from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`)
  } finally {
    client.release(true)
  }
  return database
}

async function rowsOf({ owner }: OwnDatabase, table: string): Promise<Row[]> {
  const { rows } = await owner.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`)
  return rows.map(({ row }) => row)
}

// What a migration changes on purpose; everything else stays as it was.
const CHANGED: Record<string, string[]> = {
  attendance_code: ['name', 'version'],
  import_key: ['natural_key'],
  incoming_mark: ['version'],
}

// Counted for a quarter of an hour, and counted otherwise since.
const FORGOTTEN = ['sign_in_failure']

test('what release 0.1 kept is there after every migration, unchanged, and its history goes on', async () => {
  const database = await oldDatabase()
  expect(Object.keys(kept).length).toBeGreaterThan(30)
  await migrate(database.owner)
  for (const [table, before] of Object.entries(kept)) {
    if (FORGOTTEN.includes(table)) continue
    const after = await rowsOf(database, table)
    for (const row of before) {
      const same = (other: Row) =>
        Object.entries(row).every(
          ([column, value]) =>
            CHANGED[table]?.includes(column) ||
            !(column in other) ||
            JSON.stringify(other[column]) === JSON.stringify(value),
        )
      expect(after.some(same), `${table}: ${JSON.stringify(row)}`).toBe(true)
    }
  }
  expect(await unkept(database)).toEqual([])
})

/** Records whose present version, or one before it, no line of history tells of. */
async function unkept(database: OwnDatabase): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>(
    `select distinct tgrelid::regclass::text as name from pg_trigger where tgname = 'keep_history' order by 1`,
  )
  expect(rows.length).toBeGreaterThan(25)
  const faults = await Promise.all(
    rows.map(async ({ name }) => {
      const of = name === 'organization' ? 't.id' : 't.organization_id'
      const { rows: lost } = await database.owner.query<{ id: string }>(
        `select t.id from ${name} t where not exists (select from history h
           where h.organization_id = ${of} and h.kind = $1 and h.record_id = t.id and h.version = t.version)`,
        [name],
      )
      return lost.map(({ id }) => `${name} ${id}`)
    }),
  )
  return faults.flat()
}

test('whoever was signed in works on where release 0.1 left them', async () => {
  const database = await oldDatabase()
  await migrate(database.owner)
  const { as } = await worldIn(database)
  const path = `/api/journals/${ids.physics7}`
  const grid = await as('teacher').get<PackedGradebook>(path)
  expect(grid.status).toBe(200)
  const [mark] = (kept.mark ?? []).filter(({ student_id }) => student_id === ids.anna)
  const cell = {
    ...{ lessonId: mark?.lesson_id, workId: mark?.work_id, studentId: ids.anna },
    ...{ value: '3', version: mark?.version },
  }
  const saved = await as('teacher').put<SavedCells>(`${path}/cells`, { cells: [cell] })
  expect([saved.status, saved.body.cells[0]?.version]).toEqual([200, Number(mark?.version) + 1])
  for (const [who, address] of [
    ['motherOfAnna', `/api/students/${ids.anna}/diary`],
    ['deputy', '/api/control?from=2026-11-09&to=2026-11-13'],
    ['deputy', '/api/journals'],
    ['admin', '/api/people'],
    ['director', '/api/settings'],
    ['carer', '/api/diaries'],
  ] as const)
    expect([address, (await as(who).get(address)).status]).toEqual([address, 200])
})
