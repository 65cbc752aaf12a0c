import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { APP_ROLE } from './logins.ts'
import { type MigrationFault, migrationWords } from './migrate.words.ts'
import { projectRoot } from './root.ts'

/** The schema cannot be brought up to date; `message` is for the person at the terminal. */
export class MigrationRefused extends Error {
  readonly fault: MigrationFault
  constructor(fault: MigrationFault, detail = '') {
    super(migrationWords(fault, detail))
    this.fault = fault
  }
}

type Migration = { number: number; name: string; text: string; checksum: string }

const folder = join(projectRoot, 'server', 'migrations')
const LOCK = 0x6d696772 // «migr» in ASCII
const LOCK_TIMEOUT = '5s'
const TRIES = 5

/**
 * Applies the migrations not yet applied, one transaction each, one process at a time; their names. `upTo`: no further
 * than to this number.
 */
export async function migrate(owner: pg.Pool, from = folder, upTo?: number): Promise<string[]> {
  const migrations = readMigrations(from).slice(0, upTo)
  const client = await owner.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await createRole(client)
    const pending = migrations.slice(await appliedCount(client, migrations))
    for (const migration of pending) await apply(client, migration, TRIES)
    await forbidTemporary(client)
    return pending.map(({ name }) => name)
  } finally {
    // The connection goes with its advisory lock and its settings.
    client.release(true)
  }
}

/** How many migrations a database that is only read has had; refuses those that are not ours, or have been changed. */
export async function appliedTo(client: pg.ClientBase, from = folder): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  )
  return rows[0]?.there ? recordedCount(client, readMigrations(from)) : 0
}

/** Whether migrations wait for a database that has had some already. */
export async function isUpdate(owner: pg.Pool, from = folder): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  )
  if (!rows[0]?.there) return false
  const applied = await owner.query<{ count: number }>(
    'select count(*)::int as count from platform.migration',
  )
  const count = applied.rows[0]?.count ?? 0
  return count > 0 && count < readMigrations(from).length
}

function readMigrations(from: string): Migration[] {
  const names = readdirSync(from).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name, index) => {
    const number = Number(name.slice(0, 4))
    if (number !== index + 1) throw new MigrationRefused('numbering', name)
    const text = readFileSync(join(from, name), 'utf8')
    return { number, name, text, checksum: createHash('sha256').update(text).digest('hex') }
  })
}

/** Roles belong to the whole server, so two databases may be making this one at the same moment. */
async function createRole(client: pg.ClientBase): Promise<void> {
  try {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
        create role ${APP_ROLE} nologin noinherit;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`)
  } catch (error) {
    if (codeOf(error) === '42501') throw new MigrationRefused('no-right-to-create-role')
    throw error
  }
}

/** A right of the database itself, which a copy of the database forgets, so it is taken away at every start. */
export async function forbidTemporary(client: pg.ClientBase | pg.Pool): Promise<void> {
  await client.query(`do $$ begin
    if exists (select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0 and a.privilege_type = 'TEMPORARY') then
      execute format('revoke temporary on database %I from public', current_database());
    end if;
  exception when insufficient_privilege then null;
  end $$`)
}

async function appliedCount(client: pg.ClientBase, migrations: Migration[]): Promise<number> {
  await client.query(`create schema if not exists platform`)
  await client.query(`create table if not exists platform.migration (
    number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
  )`)
  return recordedCount(client, migrations)
}

async function recordedCount(client: pg.ClientBase, migrations: readonly Migration[]): Promise<number> {
  const { rows } = await client.query<Migration>(
    'select number, name, checksum from platform.migration order by number',
  )
  for (const [index, row] of rows.entries()) {
    const migration = migrations[index]
    if (!migration) throw new MigrationRefused('newer', row.name)
    if (migration.checksum !== row.checksum) throw new MigrationRefused('changed', row.name)
  }
  return rows.length
}

async function apply(client: pg.ClientBase, migration: Migration, tries: number): Promise<void> {
  const { number, name, text, checksum } = migration
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await client.query(text)
    await client.query('insert into platform.migration (number, name, checksum) values ($1, $2, $3)', [
      number,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    if (codeOf(error) !== '55P03') throw failed(name, text, error)
    if (tries === 1) throw new MigrationRefused('busy', name)
    await sleep(1000)
    await apply(client, migration, tries - 1)
  }
}

function failed(name: string, text: string, error: unknown): Error {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error : new Error(String(error))
  const line = text.slice(0, Number(error.position ?? 1) - 1).split('\n').length
  return new MigrationRefused('failed', `${name}:${line}: ${error.message}`)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}
