import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type pg from 'pg'

/** What the application connects as: owns nothing, inherits nothing, sees through row policies. */
export const APP_ROLE = 'zhuravl_app'
/** What a backup connects as: reads everything, streams the write-ahead log, changes nothing; it may stop writers for a moment. */
export const BACKUP_ROLE = 'zhuravl_backup'

/** A login of PostgreSQL. */
export type Login = { user: string; password?: string }

const ROUNDS = 4096

/** What PostgreSQL keeps of a password (RFC 5803): sent instead of it, so that no log of the server may hold it. */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ROUNDS, 32, 'sha256')
  const keyed = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

/**
 * The password of the application's login where only the owner's is told: the same for every process that is told the
 * same, and nothing that leads back to it.
 */
export const derivedPassword = (ownerPassword: string, database: string): string =>
  createHmac('sha256', ownerPassword).update(`${APP_ROLE} ${database}`).digest('base64url')

/** Makes the application's login, or gives a role that could not log in yet its password. */
export async function makeAppLogin(owner: pg.ClientBase | pg.Pool, password: string): Promise<void> {
  await owner.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
      create role ${APP_ROLE} nologin noinherit;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`)
  await owner.query(`alter role ${APP_ROLE} login noinherit password '${scramVerifier(password)}'`)
}

/** Makes the login of backups; only a superuser may, since whoever copies the whole cluster passes every policy by. */
export async function makeBackupLogin(owner: pg.ClientBase, password: string): Promise<void> {
  await owner.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${BACKUP_ROLE}') then
      create role ${BACKUP_ROLE} nologin noinherit;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`)
  await owner.query(
    `alter role ${BACKUP_ROLE} login inherit replication bypassrls password '${scramVerifier(password)}'`,
  )
  // `pg_maintain` lets it lock a table without a right to change one; how soon a deadlock is looked for is its own.
  await owner.query(`grant pg_read_all_data, pg_maintain to ${BACKUP_ROLE}`)
  await owner.query(`grant set on parameter deadlock_timeout to ${BACKUP_ROLE}`)
  await owner.query(`alter role ${BACKUP_ROLE} set default_transaction_read_only = on`)
}

/** Lets the login of backups name a place of the log and hand the log over; rights of each database of its own. */
export async function allowRestorePoints(owner: pg.ClientBase | pg.Pool): Promise<void> {
  await owner.query(
    `grant execute on function pg_create_restore_point(text), pg_switch_wal() to ${BACKUP_ROLE}`,
  )
}

const STRENGTH = `
select session_user = '${APP_ROLE}' and current_user = session_user as "isApp",
  r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as "isStrong",
  exists (select from pg_auth_members where member = r.oid) as "isMember",
  exists (select from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = r.oid and deptype = 'o') as "owns",
  has_database_privilege(current_database(), 'temporary') as "makesTemporary",
  has_schema_privilege('public', 'create') or has_database_privilege(current_database(), 'create') as "creates"
from pg_roles r where r.rolname = session_user`

/** Whether the connections of the application are the application's; what they may do beyond it, as SQL that takes it away. */
export async function appExcess(
  app: pg.Pool,
  database: string,
): Promise<{ isApp: boolean; remedies: string[] }> {
  const [found] = (await app.query<Record<string, boolean>>(STRENGTH)).rows
  const remedies: [boolean | undefined, string][] = [
    [
      found?.isStrong,
      `alter role ${APP_ROLE} nosuperuser nobypassrls nocreaterole nocreatedb noreplication;`,
    ],
    [found?.isMember, `-- revoke <role> from ${APP_ROLE};`],
    [found?.owns, `reassign owned by ${APP_ROLE} to <owner>;`],
    [found?.makesTemporary, `revoke temporary on database "${database}" from public, ${APP_ROLE};`],
    [found?.creates, `revoke create on schema public from public, ${APP_ROLE};`],
  ]
  return {
    isApp: found?.isApp === true,
    remedies: remedies.flatMap(([has, remedy]) => (has ? [remedy] : [])),
  }
}
