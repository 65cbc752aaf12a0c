import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'
import { fillEveryTable } from './every-table.ts'
import { createTemplate, ids, openStage, type Stage } from './stage.ts'

// Somebody has found a hole and runs statements of their own on the application's connection.

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

type Rows = Record<string, unknown>[]
type Run = (text: string, values?: unknown[]) => Promise<Rows>

const ask = async (text: string): Promise<Rows> => (await stage.database.owner.query(text)).rows

/** Runs statements in one transaction of the application, signed in as this person, and leaves nothing behind. */
async function as<T>(
  who: string | null,
  work: (run: Run) => Promise<T>,
  operation: string | null = null,
): Promise<T> {
  const client = await stage.database.pool.connect()
  try {
    await client.query('begin')
    const call = 'select open_call($1, $2, $3, $4, $5, $6)'
    const asked = operation ? [operation, 'PUT /', sha256(''), []] : [null, null, null, null]
    if (who) await client.query(call, [sha256(`token-of-${who}`), NOON, ...asked])
    return await work(async (text, values = []) => (await client.query(text, values)).rows)
  } finally {
    await client.query('rollback')
    client.release(true)
  }
}
const NOON = new Date('2026-11-12T09:00:00Z')

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => String(error.code),
  )

test('the login of the application owns nothing, inherits nothing and makes nothing', async () => {
  const [role] = await ask(
    `select rolcanlogin, rolsuper, rolinherit, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
       has_schema_privilege(oid, 'public', 'create') as makes,
       has_database_privilege(oid, current_database(), 'create') as "makesSchemas",
       has_database_privilege(oid, current_database(), 'temporary') as "makesTemporary",
       has_schema_privilege(oid, 'platform', 'usage') as "seesPlatform",
       (select count(*)::int from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = r.oid and deptype = 'o')
         as owns,
       (select count(*)::int from pg_auth_members where member = r.oid) as "memberOf"
     from pg_roles r where rolname = 'zhuravl_app'`,
  )
  expect(role).toEqual({
    rolcanlogin: true,
    rolsuper: false,
    rolinherit: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
    makes: false,
    makesSchemas: false,
    makesTemporary: false,
    seesPlatform: false,
    owns: 0,
    memberOf: 0,
  })
  const [who] = await as(null, (run) => run('select session_user as session, current_user as current'))
  expect(who).toEqual({ session: 'zhuravl_app', current: 'zhuravl_app' })
})

const OWNER = () => stage.database.owner.options.user ?? ''

test.each([
  ['set_config', () => `select set_config('role', '${OWNER()}', false)`, '42501'],
  ['set role', () => `set role ${OWNER()}`, '42501'],
  ['set session authorization', () => `set session authorization ${OWNER()}`, '42501'],
  ['the role of backups', () => 'set role zhuravl_backup', '42501'],
  [
    'a table named history',
    () => 'create temporary table history (like public.history including identity)',
    '42501',
  ],
  ['a view named history', () => 'create temporary view history as select 1 as id', '42501'],
  [
    'a function of one’s own',
    () => `create function pg_temp.current_actor() returns uuid return null`,
    '42501',
  ],
  ['triggers off', () => 'alter table mark disable trigger all', '42501'],
  ['triggers of replication', () => `set session_replication_role = replica`, '42501'],
  ['a program', () => `copy (select 1) to program 'id'`, '42501'],
  ['a file', () => `copy (select 1) to '/tmp/zhuravl-loot'`, '42501'],
  ['a file read', () => `select pg_read_file('/etc/passwd')`, '42501'],
  ['the key of contexts', () => 'select last_value from platform.context_key_1', '42501'],
  ['a seal', () => `select seal_of('x')`, '42501'],
  ['a context', () => `select tell_context('${ids.otherSchool}', null, null, null, now(), null)`, '42501'],
  ['policies anew', () => 'select secure_tables()', '42501'],
  ['hashes of passwords', () => 'select password_hash from account', '42501'],
  ['whole accounts', () => 'select * from account', '42501'],
  ['tokens of sessions', () => 'select token_hash from session', '42501'],
  [
    'a session',
    () => `insert into session (organization_id, id) values ('${ids.school}', '${newId()}')`,
    '42501',
  ],
  [
    'a line of history',
    () => `insert into history (organization_id, kind, record_id, version, after, actor_id, at)
      values ('${ids.school}', 'mark', '${newId()}', 1, '{}', '${ids.teacher}', now())`,
    '42501',
  ],
  ['another answer', () => `update operation set answer = '{}'`, '42501'],
  ['an operation gone', () => 'delete from operation', '42501'],
  ['a mark in its version', () => `update mark set value = '5' where value <> '5'`, '23000'],
  ['a mark two versions on', () => `update mark set value = '5', version = version + 2`, '23000'],
  ['a person three versions on', () => `update person set phone = '1', version = version + 3`, '23000'],
  ['another organisation', () => `select create_organization('${newId()}', 'x', 'x', 'UTC')`, '42501'],
  [
    'the first administrator again',
    () => `select enter_unclaimed('\\x00', '${ids.school}', '${ids.director}', now())`,
    '42501',
  ],
  ['secrets of second factors', () => 'select sealed_secret from second_factor', '42501'],
  ['hashes of recovery codes', () => 'select code_hash from recovery_code', '42501'],
  [
    'a second factor',
    () => `insert into second_factor (organization_id, account_id, sealed_secret, since, last_step)
      values ('${ids.school}', '${ids.deputy}', '\\x01', now(), 1)`,
    '42501',
  ],
  [
    'a recovery code',
    () => `insert into recovery_code (organization_id, account_id, code_hash)
      values ('${ids.school}', '${ids.teacher}', '\\x04')`,
    '42501',
  ],
  [
    'a half session',
    () => `insert into half_session (organization_id, id, account_id, token_hash, account_version, expires_at)
      values ('${ids.school}', '${newId()}', '${ids.teacher}', '\\x05', 1, now())`,
    '42501',
  ],
  ['an older step', () => 'update second_factor set last_step = 0', '42501'],
  ['a recovery code anew', () => 'update recovery_code set used_at = null', '42501'],
  ['more tries', () => 'update half_session set tries = 0', '42501'],
  ['a second factor gone', () => 'delete from second_factor', '42501'],
  ['a confirmation of its own', () => 'update session set confirmed_at = now()', '42501'],
  [
    'a session past the code',
    () => `select start_session('${ids.school}', '${ids.teacher}', '${newId()}', '\\x06', now(), now(), '')`,
    '42501',
  ],
  ['a second factor of another gone', () => `select reset_second_factor('${ids.teacher}')`, '42501'],
  [
    'a code of another',
    () => `select use_second_factor('${ids.school}', '${ids.teacher}', 9, null, '', now())`,
    '42501',
  ],
  ['an entry’s author', () => `select write_as_author('${ids.referred}')`, '42501'],
])('the application’s connection is refused %s', async (_, text, code) => {
  expect(await codeOf(as('deputy', (run) => run(text())))).toBe(code)
})

test('what another account has of its second factor is changed by nobody', async () => {
  const kept = `select (select count(*)::int from second_factor) as factors, (select last_step from second_factor) as step,
    (select count(*)::int from recovery_code where used_at is null) as codes`
  const before = await ask(kept)
  const after = await as('deputy', async (run) => {
    await run('select remove_own_second_factor()')
    await run(`select renew_own_recovery_codes('{}')`)
    return run(kept)
  })
  expect(after).toEqual(before)
  expect(before).toEqual([{ factors: 1, step: 1, codes: 1 }])
  const seen = await as('motherOfAnna', (run) => run('select account_id from second_factor'))
  expect(seen).toEqual([])
})

const audit = (actor: string | null, at = NOON.toISOString(), operation: string | null = null) =>
  `insert into audit_event (organization_id, action, resource, actor_id, operation_id, at) values ('${ids.school}', 'mark.put',
    'mark', ${actor ? `'${actor}'` : 'null'}, ${operation ? `'${operation}'` : 'null'}, '${at}')`

test('a line of audit stands in the name, the operation and the moment of its call alone', async () => {
  const put = (text: string) => codeOf(as('deputy', (run) => run(text)))
  expect(await put(audit(ids.teacher))).toBe('42501')
  expect(await put(audit(null))).toBe('42501')
  expect(await put(audit(ids.deputy, '2026-11-01T09:00:00Z'))).toBe('42501')
  expect(await put(audit(ids.deputy, undefined, newId()))).toBe('42501')
  expect(await put(audit(ids.deputy))).toBe('done')
  expect(await codeOf(as(null, (run) => run(audit(ids.deputy))))).toBe('42501')
})

test('an operation is stored under the id and the account of its call alone', async () => {
  const mine = newId()
  const store = (id: string, account: string) =>
    codeOf(
      as(
        'deputy',
        (run) =>
          run(`insert into operation (organization_id, id, account_id, request, body_hash, status, answer, at)
            values ('${ids.school}', '${id}', '${account}', 'PUT /', '\\x00', 200, '{}', now())`),
        mine,
      ),
    )
  expect(await store(newId(), ids.deputy)).toBe('42501')
  expect(await store(mine, ids.teacher)).toBe('42501')
  expect(await store(mine, ids.deputy)).toBe('done')
})

const SETTINGS = `select set_config('app.organization_id', '${ids.otherSchool}', true),
  set_config('app.actor_id', '${ids.otherSchoolTeacher}', true), set_config('app.children', '', true)`
const WHO = 'select current_organization() as organization, current_actor() as actor'
const NOBODY = { organization: null, actor: null }

test('whose rows they are is told by the session and by nothing that can be set', async () => {
  expect(await as('deputy', async (run) => [await run(SETTINGS), await run(WHO)][1])).toEqual([
    { organization: ids.school, actor: ids.deputy },
  ])
  expect(await as(null, async (run) => [await run(SETTINGS), await run(WHO)][1])).toEqual([NOBODY])
})

test('a context that was changed, kept or carried elsewhere is none', async () => {
  const set = (run: Run, text: string) => run(`select set_config('app.context', $1, true)`, [text])
  const read = async (run: Run) => String((await run(`select current_setting('app.context') as c`))[0]?.c)
  const kept = await as('deputy', read)
  expect(kept).toContain(ids.deputy)
  expect(await as(null, async (run) => [await set(run, kept), await run(WHO)][1])).toEqual([NOBODY])
  const changes: [string, string][] = [
    [ids.deputy, ids.director],
    [ids.school, ids.otherSchool],
    ['|2026-', '|2025-'],
  ]
  for (const [from, to] of changes)
    expect(
      await as(
        'deputy',
        async (run) => [await set(run, (await read(run)).replace(from, to)), await run(WHO)][1],
      ),
    ).toEqual([NOBODY])
  const family = async (run: Run) => {
    const context = await read(run)
    await set(run, context.slice(0, context.lastIndexOf('|') + 1))
    return run('select count(*)::int as n from student')
  }
  expect(await as('motherOfAnna', family)).toEqual([{ n: 0 }])
})

test('a change leaves its version in history whatever lies in the way, in the name of its call', async () => {
  const [kept] = await as('teacher', async (run) => {
    await run(`set search_path = pg_catalog`)
    await run(`update public.mark set value = '2', version = version + 1 where student_id = '${ids.anna}'`)
    return run(
      `select actor_id, after->>'value' as value from public.history h where kind = 'mark' and version = 2`,
    )
  })
  expect(kept).toEqual({ actor_id: ids.teacher, value: '2' })
})

test('every function has a fixed search path, temporary tables last', async () => {
  const loose = await ask(
    `select p.oid::regprocedure::text as name from pg_proc p where p.pronamespace in ('public'::regnamespace, 'platform'::regnamespace)
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
       and not exists (select from unnest(p.proconfig) c where c like 'search\\_path=%, pg\\_temp')`,
  )
  expect(loose).toEqual([])
})

/** What works with the owner's rights for the application. A new one is thought over and written down here. */
const LENT = [
  'begin_code',
  'begin_half_session',
  'begin_proof',
  'begin_sign_in',
  'clock_behind',
  'confirm_own_session',
  'create_organization',
  'current_account',
  'current_actor',
  'current_moment',
  'current_operation',
  'current_organization',
  'current_reason',
  'enter_unclaimed',
  'find_account',
  'forget_proofs',
  'forget_sign_in_failures',
  'has_role_today',
  'in_closed_period',
  'installation_state',
  'last_restore',
  'note_failure',
  'note_usage',
  'open_call',
  'own_password',
  'own_second_factor',
  'remember_device',
  'remove_own_second_factor',
  'renew_own_recovery_codes',
  'reset_second_factor',
  'set_up_own_second_factor',
  'standing_sessions',
  'start_session',
  'take_half_session',
  'try_half_session',
  'use_setup_link',
  'visible_children',
  'write_as_author',
]

test('nobody but the application may call a function, and of those with the owner’s rights only these', async () => {
  const open = await ask(
    `select p.oid::regprocedure::text as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     where p.pronamespace = 'public'::regnamespace and a.grantee = 0
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  )
  expect(open).toEqual([])
  const lent = await ask(
    `select distinct proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
       and p.prorettype <> 'trigger'::regtype and has_function_privilege('zhuravl_app', p.oid, 'execute') order by 1`,
  )
  expect(lent.map(({ name }) => name)).toEqual(LENT)
})

/** Tables without history, and why. */
const WITHOUT_HISTORY: Record<string, string> = {
  audit_event: 'is itself only added to',
  history: 'is itself only added to',
  operation: 'is written once',
  import_run: 'is written once',
  import_key: 'repeats what the records hold: how a row of a table finds its record',
  session: 'comes and goes; what was done in it stands in audit',
  known_device: 'comes and goes; gives no right',
  half_session: 'comes and goes; opens nothing',
  second_factor: 'is set up and removed, which stands in audit',
  recovery_code: 'is used once; its second factor stands in audit',
  setup_link: 'is used once and gone',
  sign_in_failure: 'a counter of minutes',
  usage_event: 'is itself only added to',
  taken_back: 'is itself only added to',
}

test('every table keeps history of its records or is known not to', async () => {
  const found = await ask(
    `select c.relname as name, (select count(*)::int from pg_trigger t join pg_proc p on p.oid = t.tgfoid
       where t.tgrelid = c.oid and p.proname like 'keep_history%' and p.prosecdef and t.tgenabled = 'O'
         and (t.tgtype & 4 > 0 or t.tgtype & 16 > 0)) as kept
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  )
  expect(found.filter(({ kept }) => kept === 0).map(({ name }) => name)).toEqual(
    Object.keys(WITHOUT_HISTORY).sort(),
  )
  // And each keeps the record it was given by the stage, in the version it stands in.
  for (const { name } of found.filter(({ kept }) => Number(kept) > 0)) {
    const [row] = await ask(
      `select count(*)::int as n, count(*) filter (where not exists (select from history h where h.kind = '${name}'
         and h.record_id = t.id and h.version = t.version))::int as lost from ${name} t`,
    )
    expect([name, row?.lost]).toEqual([name, 0])
    expect(Number(row?.n), String(name)).toBeGreaterThan(0)
  }
})

const CHANGES: [string, string, string][] = [
  ['lesson', `update lesson set room = 'x' where id = '${ids.today}'`, ids.today],
  ['person', `update person set phone = '+7 900' where id = '${ids.anna}'`, ids.anna],
  ['account', `update account set disabled_at = now() where id = '${ids.teacher}'`, ids.teacher],
  ['organization', `update organization set entry_window_days = 366 where id = '${ids.school}'`, ids.school],
  ['study_group', `update study_group set homeroom_teacher_id = null where id = '${ids.class7}'`, ids.class7],
  ['work_type', `update work_type set weight = 2 where id = '${ids.test}'`, ids.test],
  ['student', `update student set adapted = true where id = '${ids.anna}'`, ids.anna],
]

test.each(CHANGES)('a change of %s keeps its version, though nobody counted it', async (kind, text, id) => {
  const kept = await as('deputy', async (run) => {
    await run(text)
    return run('select version, actor_id from history where kind = $1 and record_id = $2 order by version', [
      kind,
      id,
    ])
  })
  expect(kept.at(-1)).toMatchObject({ actor_id: ids.deputy })
  expect(kept.map(({ version }) => version)).toEqual(kept.map((_, n) => n + 1))
  expect(kept.length).toBeGreaterThan(1)
})

test('of a password history keeps that it changed and not what it is', async () => {
  const kept = await as('admin', async (run) => {
    await run(`update account set password_hash = 'the new hash' where id = '${ids.anna}'`)
    return run(
      `select after from history where kind = 'account' and record_id = '${ids.anna}' order by version`,
    )
  })
  expect(kept.at(-1)?.after).toMatchObject({ login: 'anna', password_hash_changed: true })
  expect(JSON.stringify(kept)).not.toMatch(/the new hash|argon2|"password_hash":/)
  const [secret] = await ask(
    `select count(*)::int as n from history h, jsonb_object_keys(h.after) k
     where k ~ '(hash|secret|token|password)' and jsonb_typeof(h.after->k) <> 'boolean' and k <> 'first_password_until'`,
  )
  expect(secret).toEqual({ n: 0 })
})

test('coming in is no new version of an account', async () => {
  const version = `select version from account where id = '${ids.anna}'`
  const before = await ask(version)
  const signIn = `select start_session('${ids.school}', '${ids.anna}', '${newId()}', '\\x0101', $1, $2, 'test')`
  const after = await as('anna', async (run) => {
    await run(signIn, [NOON, new Date('2027-01-01')])
    const signed = await run(`select last_sign_in_at as at from account where id = '${ids.anna}'`)
    expect(signed).toEqual([{ at: NOON }])
    return run(version)
  })
  expect(after).toEqual(before)
})

const FORGED: [string, string][] = [
  [
    'a line in the name of somebody else',
    `insert into usage_event (organization_id, at, kind, person_id) values ('${ids.school}', now(), 'read', '${ids.deputy}')`,
  ],
  ['a sign-in that was none', `select note_failure('sign-in', null, 'deputy', '10.0.0.0', now())`],
  ['a reading told as a failure', `select note_failure('read', null, 'deputy', '10.0.0.0', now())`],
  ['a burst told by hand', `select note_usage('bulk-read', null, '', null, '{}', false)`],
  ['a line that is gone', `delete from usage_event`],
  ['a line told otherwise', `update usage_event set kind = 'printed', person_id = null`],
  [
    'a burst of somebody else',
    `insert into bulk_read (organization_id, person_id, children, first_at, last_at)
     values ('${ids.school}', '${ids.deputy}', 500, now(), now())`,
  ],
  ['a burst made smaller', `update bulk_read set children = 1`],
  ['a burst looked at by somebody else', `update bulk_read set seen_by = '${ids.officer}', seen_at = now()`],
]

test.each(FORGED)('%s cannot be written of who came and read', async (_, text) => {
  await expect(as('teacher', (run) => run(text))).rejects.toThrow(
    /permission denied|row-level security|nothing changes|not a failure|nobody uses/,
  )
})
