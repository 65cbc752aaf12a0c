import type { Database } from '#platform/db.ts'

/** A hash of each table's rows. When a session was last seen is no change of anything. */
export async function checksum(database: Database): Promise<Record<string, string>> {
  const { rows: tables } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const text = tables
    .map(
      ({ name }) => `select '${name}' as name, md5(coalesce(string_agg(line, '|' order by line), '')) as hash
        from (select (to_jsonb(t) - 'seen_at')::text as line from ${name} t) lines`,
    )
    .join(' union all ')
  const { rows } = await database.owner.query<{ name: string; hash: string }>(text)
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}
