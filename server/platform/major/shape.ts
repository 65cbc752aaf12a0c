import type pg from 'pg'
import { DATABASE } from '../embedded/letters.ts'
import { USER } from '../embedded/passwords.ts'
import { APP_ROLE, BACKUP_ROLE } from '../logins.ts'

const OWN = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`
const madeByExtension = (catalogue: string, oid: string): string =>
  `exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`

/**
 * Each thing of a database and its cluster by a line. Two majors write the same expression differently, so that of
 * these only the names are told; bodies of functions are text to both.
 */
const THINGS = `
select case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
    when 'i' then 'index' when 'f' then 'foreign table' else 'table' end
  || ' ' || format('%I.%I', n.nspname, c.relname) as thing
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'S', 'i', 'f') and ${OWN} and not ${madeByExtension('pg_class', 'c.oid')}
union all
select format('column %I.%I.%I %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod))
  || case when a.attnotnull then ' not null' else '' end || a.attidentity::text || a.attgenerated::text
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and ${OWN}
union all
select format('constraint %I on %I.%I', o.conname, n.nspname, c.relname)
from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
where o.contype <> 'n' and ${OWN}
union all
select format('trigger %I on %I.%I', t.tgname, n.nspname, c.relname)
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and ${OWN}
union all
select format('policy %I on %I.%I', p.polname, n.nspname, c.relname)
from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${OWN}
union all
select format('function %I.%I(%s) %s', n.nspname, f.proname, pg_get_function_identity_arguments(f.oid), md5(f.prosrc))
from pg_proc f join pg_namespace n on n.oid = f.pronamespace where ${OWN} and not ${madeByExtension('pg_proc', 'f.oid')}
union all
select format('type %I.%I', n.nspname, t.typname)
  || coalesce(' ' || (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid), '')
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype in ('e', 'd', 'r') and ${OWN} and not ${madeByExtension('pg_type', 't.oid')}
union all
select 'schema ' || n.nspname from pg_namespace n where ${OWN}
union all
select 'extension ' || extname from pg_extension
union all
select 'event trigger ' || evtname from pg_event_trigger
union all
select 'publication ' || pubname from pg_publication
union all
select 'large object' from pg_largeobject_metadata
union all
select 'database ' || datname from pg_database where datname not in ('postgres', 'template0', 'template1', '${DATABASE}')
union all
select 'role ' || rolname from pg_roles where rolname !~ '^pg_' and rolname not in ('${USER}', '${APP_ROLE}', '${BACKUP_ROLE}')`

/** What one database has, down to columns, that the other has not, each thing once; nothing of what it holds. */
export async function missingIn(from: pg.ClientBase, to: pg.ClientBase): Promise<string[]> {
  const [had, has] = await Promise.all([thingsOf(from), thingsOf(to)])
  return [...had].filter((thing) => !has.has(thing)).sort()
}

async function thingsOf(client: pg.ClientBase): Promise<Set<string>> {
  await client.query('begin read only; set local search_path = pg_catalog')
  const { rows } = await client.query<{ thing: string }>(THINGS)
  await client.query('commit')
  return new Set(rows.map(({ thing }) => thing))
}
