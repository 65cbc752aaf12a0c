import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'
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

/** Of no organisation: reached through functions only. */
const OF_THE_INSTALLATION = ['setup_link', 'sign_in_failure']
/** About one child: families pass a second policy. */
const ABOUT_A_CHILD = [
  'attendance',
  'group_member',
  'guardian_link',
  'history',
  'incoming_mark',
  'mark',
  'procedure',
  'stay',
  'student',
]

const ask = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await stage.database.owner.query(text, values)).rows as T[]

async function tables(): Promise<string[]> {
  const found = await ask<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  )
  return found.map(({ name }) => name).filter((name) => !OF_THE_INSTALLATION.includes(name))
}

const keyOf = (table: string): string => (table === 'organization' ? 'id' : 'organization_id')

type Run = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>

/** Works as the application does for whoever is signed in, nobody for null, and leaves nothing behind. */
async function asApp<T>(who: string | null, work: (run: Run) => Promise<T>): Promise<T> {
  const client = await stage.database.pool.connect()
  try {
    await client.query('begin')
    if (who) await client.query('select open_call($1, $2, null, null, null, null)', [tokenOf(who), NOON])
    return await work(async (text, values = []) => (await client.query(text, values)).rows)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const NOON = new Date('2026-11-12T09:00:00Z')
const tokenOf = (who: string) => sha256(`token-of-${who}`)
/** Somebody who sees all of each organisation that row security lets through. */
const STAFF: Record<string, string> = { [ids.school]: 'deputy', [ids.otherSchool]: 'otherSchoolTeacher' }

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => String(error.code),
  )

test('every table is of an organisation or known to be of the installation', async () => {
  const found = await ask<{ name: string; owned: boolean }>(
    `select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid
       and a.attname = 'organization_id' and a.attnotnull and not a.attisdropped) as owned
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  )
  const loose = found.filter(({ owned, name }) => !owned && name !== 'organization').map(({ name }) => name)
  expect(loose).toEqual(OF_THE_INSTALLATION)
})

test('every table is behind row security with the policy of its organisation', async () => {
  const found = await ask<{ name: string; enabled: boolean; policy: string | null }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as enabled,
       (select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = c.oid
         and p.polname = 'own_organization' and p.polpermissive and p.polcmd = '*' and p.polroles = '{0}') as policy
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  )
  expect(found.filter(({ enabled }) => !enabled)).toEqual([])
  const odd = found.filter(
    ({ name, policy }) =>
      !OF_THE_INSTALLATION.includes(name) &&
      policy?.replace(/\s+/g, ' ') !==
        `(${keyOf(name)} = ( SELECT current_organization() AS current_organization))`,
  )
  expect(odd).toEqual([])
})

test('no other policy widens what an organisation sees, but the owner’s own', async () => {
  const wide = await ask(
    `select p.polrelid::regclass::text as table, p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
     where p.polpermissive and p.polname <> 'own_organization'
       and not (p.polname = 'of_the_owner' and p.polroles = array[c.relowner])`,
  )
  expect(wide).toEqual([])
})

test('every key and every reference between tables begins with the organisation', async () => {
  const references = await ask<{ name: string }>(
    `select conrelid::regclass || '.' || conname as name from pg_constraint c
     where contype = 'f' and connamespace = 'public'::regnamespace and confrelid <> 'organization'::regclass
       and not exists (select from unnest(conkey, confkey) as k(own, theirs)
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own and a.attname = 'organization_id'
         join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.theirs and b.attname = 'organization_id')`,
  )
  expect(references).toEqual([])
  const keys = await ask<{ name: string }>(
    `select conrelid::regclass::text as name from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where contype = 'p' and connamespace = 'public'::regnamespace and a.attname <> 'organization_id' order by 1`,
  )
  expect(keys.map(({ name }) => name)).toEqual(['organization', ...OF_THE_INSTALLATION])
})

test('what is unique in the whole installation is known by name', async () => {
  const found = await ask<{ name: string }>(
    `select i.indexrelid::regclass::text as name from pg_index i
     join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
     where i.indisunique and c.relname not in ('organization', 'setup_link', 'sign_in_failure') and not exists (
       select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'organization_id' and a.attnum = any (i.indkey))
     order by 1`,
  )
  expect(found.map(({ name }) => name)).toEqual([
    'account_login',
    'half_session_token_hash_key',
    'session_token_hash_key',
  ])
})

test('the application deletes nothing, and neither changes history nor reads links', async () => {
  const granted = async (privilege: string) =>
    (
      await ask<{ name: string }>(
        `select c.relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
           and has_table_privilege('zhuravl_app', c.oid, $1) order by 1`,
        [privilege],
      )
    ).map(({ name }) => name)
  for (const privilege of ['delete', 'truncate', 'references', 'trigger'])
    expect(await granted(privilege)).toEqual([])
  const updated = await granted('update')
  expect(
    ['history', 'audit_event', 'operation', ...OF_THE_INSTALLATION].filter((name) => updated.includes(name)),
  ).toEqual([])
  const read = await granted('select')
  expect(OF_THE_INSTALLATION.filter((name) => read.includes(name))).toEqual([])
})

test.each([
  'create table loot (id int)',
  'drop table mark',
  'alter table mark disable row level security',
  'drop policy own_organization on mark',
  'drop trigger keep_history on mark',
  'truncate mark',
  'delete from mark',
  `update history set reason = 'x'`,
  `update audit_event set action = 'x'`,
  'delete from history',
  'select * from setup_link',
  'select * from sign_in_failure',
  `insert into organization (id, name, short_name) values (gen_random_uuid(), 'x', 'x')`,
])('the application may not: %s', async (text) => {
  expect(await codeOf(asApp('deputy', (run) => run(text)))).toBe('42501')
})

test('without an organisation there is not a single row', async () => {
  for (const table of await tables()) {
    const [row] = await asApp(null, (run) => run(`select count(*)::int as n from ${table}`))
    expect(row, table).toEqual({ n: 0 })
  }
})

test('each organisation sees its own rows of every table and none of the other', async () => {
  for (const table of await tables()) {
    const sql = `select count(*)::int as n, count(*) filter (where ${keyOf(table)} <> $1)::int as foreign from ${table}`
    for (const organization of [ids.school, ids.otherSchool]) {
      const [row] = await asApp(STAFF[organization] ?? '', (run) => run(sql, [organization]))
      expect(row?.foreign, table).toBe(0)
      if (organization === ids.school) expect(row?.n, `${table} has nothing to hide here`).toBeGreaterThan(0)
    }
  }
})

test('no row can be moved to another organisation or laid down there', async () => {
  const updated = await ask<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and has_table_privilege('zhuravl_app', oid, 'update')`,
  )
  expect(updated.length).toBeGreaterThan(30)
  for (const { name: table } of updated) {
    const move = `update ${table} set ${keyOf(table)} = $1`
    const moved = await codeOf(asApp('deputy', (run) => run(move, [ids.otherSchool])))
    expect(moved, `${table} moved`).toBe('42501')
  }
  const lay = `insert into subject (organization_id, id, name) values ($1, $2, 'x')`
  const laid = codeOf(asApp('deputy', (run) => run(lay, [ids.otherSchool, newId()])))
  expect(await laid).toBe('42501')
})

const mother = 'motherOfAnna'

test('the tables about one child have the policy of families', async () => {
  const found = await ask<{ name: string }>(
    `select polrelid::regclass::text as name from pg_policy where polname = 'own_children' and not polpermissive order by 1`,
  )
  expect(found.map(({ name }) => name)).toEqual(ABOUT_A_CHILD)
  const about = await ask<{ name: string }>(
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
     where c.relnamespace = 'public'::regnamespace and a.attname = 'student_id' and not a.attisdropped
     union values ('student'), ('history') order by 1`,
  )
  expect(about.map(({ name }) => name)).toEqual(ABOUT_A_CHILD)
})

test.each(ABOUT_A_CHILD)('a bare read of %s by a mother finds her own child and no other', async (table) => {
  const rows = await asApp(mother, (run) => run(`select to_jsonb(t) as row from ${table} t`))
  const text = JSON.stringify(rows)
  expect(text, 'her own is there').toContain(ids.anna)
  for (const other of [ids.boris, ids.galina, ids.former, ids.late, ids.motherOfGalina])
    expect(text).not.toContain(other)
})

test('a bare read by a mother finds nobody else’s account and nobody else’s acts', async () => {
  const [accounts] = await asApp(mother, (run) => run('select array_agg(person_id) as owners from account'))
  expect(accounts?.owners).toEqual([ids.motherOfAnna])
  const acts = await asApp(mother, (run) => run('select actor_id from audit_event'))
  expect(acts).toEqual([])
})

test('a mother cannot write about a child that is not hers', async () => {
  const text = `insert into guardian_link (organization_id, id, guardian_id, student_id, kinship, starts_on)
    values ($1, $2, $3, $4, 'мать', '2026-11-12')`
  const values = [ids.school, newId(), ids.motherOfAnna, ids.boris]
  expect(await codeOf(asApp(mother, (run) => run(text, values)))).toBe('42501')
  const rows = await asApp(mother, (run) =>
    run(`update mark set value = '5', version = version + 1 where student_id = $1 returning 1`, [ids.boris]),
  )
  expect(rows).toEqual([])
})
