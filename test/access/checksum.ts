import type { Database } from '#platform/db.ts'

// Told once for all stages: their schema is one.
let text: string | undefined

/** A hash of each table's rows, in a few milliseconds. When a session was last seen is no change of anything,
 * and that something was asked for is noted whatever became of it. */
export async function checksum({ owner }: Database): Promise<Record<string, string>> {
  text ??= await statement({ owner })
  const { rows } = await owner.query<{ name: string; hash: string }>({ name: 'checksum', text })
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}

async function statement({ owner }: Pick<Database, 'owner'>): Promise<string> {
  const { rows } = await owner.query<{ name: string; columns: string }>(
    `select c.relname as name, string_agg('t.' || quote_ident(a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname <> 'seen_at'
       and c.relname <> 'usage_event'
     group by 1 order by 1`,
  )
  return rows
    .map(
      ({ name, columns }) =>
        `select '${name}' as name, sum(hashtextextended(row(${columns})::text, 0))::text as hash from ${name} t`,
    )
    .join(' union all ')
}
