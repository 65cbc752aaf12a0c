// The page docs/schema.md: what the database holds and enforces, read from the migrated schema itself.
import type pg from 'pg'

type Table = {
  name: string
  columns: { name: string; type: string; required: boolean }[]
  rules: string[] | null
  foreign: string[] | null
  triggers: string[] | null
  policies: string[] | null
}

const TABLES = `
select c.relname as name,
  (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'required', a.attnotnull) order by a.attnum)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select json_agg(pg_get_constraintdef(k.oid) order by k.contype, k.conname collate "C")
    from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'x')) as rules,
  (select json_agg(distinct k.confrelid::regclass::text) from pg_constraint k
    where k.conrelid = c.oid and k.contype = 'f') as foreign,
  (select json_agg(t.tgname order by t.tgname collate "C") from pg_trigger t
    where t.tgrelid = c.oid and not t.tgisinternal) as triggers,
  (select json_agg(p.polname order by p.polname collate "C") from pg_policy p where p.polrelid = c.oid) as policies
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
order by c.relname collate "C"`

const HEAD = `# Schema

Written by \`npm run generate\` from the migrated schema; CI fails when it differs. Every foreign key carries \`organization_id\`, and every table that does is under row security. Migrations and their reasons: \`server/migrations/\`.
`

/** The whole page for the schema of this database. */
export async function schemaPage(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<Table>(TABLES)
  const lines = rows.flatMap(({ name, foreign }) =>
    (foreign ?? [])
      .filter((other) => other !== 'organization')
      .map((other) => `  ${other} ||--o{ ${name} : ""`),
  )
  const diagram = ['```mermaid', 'erDiagram', ...lines, '```'].join('\n')
  return [HEAD, diagram, '', ...rows.map(section)].join('\n')
}

function section({ name, columns, rules, foreign, triggers, policies }: Table): string {
  const listed = columns
    .map((column) => `\`${column.name}\` ${column.type}${column.required ? '' : '?'}`)
    .join(', ')
  const parts = [
    `## ${name}\n`,
    `${listed}\n`,
    ...(rules ?? []).map((rule) => `- ${rule}`),
    ...(foreign ? [`- refers to ${foreign.join(', ')}`] : []),
    ...(triggers ? [`- triggers: ${triggers.join(', ')}`] : []),
    ...(policies ? [`- row policies: ${policies.join(', ')}`] : []),
  ]
  return `${parts.join('\n')}\n`
}
