import type pg from 'pg'

// A setting for the database or the role reaches only connections made after it, so the one that answers may
// still be sound: what the next connection gets is looked up too, in PostgreSQL's own order of precedence.
const FAULTS = `
select s.name from pg_settings s
where s.name in ('fsync', 'full_page_writes', 'synchronous_commit') and (s.setting = 'off' or s.source <> 'client' and (
  select lower(split_part(given, '=', 2)) in ('off', 'false', 'no', '0')
  from pg_db_role_setting d, unnest(d.setconfig) given
  where split_part(given, '=', 1) = s.name
    and d.setdatabase in (0, (select oid from pg_database where datname = current_database()))
    and d.setrole in (0, (select oid from pg_roles where rolname = session_user))
  order by d.setrole <> 0 desc, d.setdatabase <> 0 desc limit 1))
order by s.name`

/** Settings that are off for whoever asks although without them an acknowledged save can be lost. */
export async function durabilityFaults(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(FAULTS)
  return rows.map(({ name }) => name)
}

/** Whether the server's clock stands more than minutes before the newest record: writes are refused meanwhile. */
export async function isClockBehind(app: pg.Pool, now: Date): Promise<boolean> {
  const text = `select coalesce(clock_behind($1) > interval '5 minutes', false) as behind`
  return (await app.query<{ behind: boolean }>(text, [now])).rows[0]?.behind === true
}
