// Writes server/platform/tables.ts and docs/schema.md from the migrated schema; with --check only tells whether they
// are current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#platform/db.ts'
import { migrate } from '#platform/migrate.ts'
import { projectRoot } from '#platform/root.ts'
import { startTemporaryCluster } from '#test/temporary-cluster.ts'
import { schemaPage } from './schema-page.ts'

type Column = {
  table: string
  column: string
  type: string
  isArray: boolean
  notNull: boolean
  hasDefault: boolean
  computed: boolean
}

const catalogue = `
  select c.relname as table, a.attname as column, coalesce(e.typname, base.typname, t.typname) as type,
         t.typcategory = 'A' as "isArray", a.attnotnull as "notNull",
         a.atthasdef or a.attidentity <> '' as "hasDefault",
         a.attgenerated <> '' or a.attidentity = 'a' or c.relkind in ('v', 'm') as computed
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
    left join pg_type base on base.oid = t.typbasetype and t.typtype = 'd'
   where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
     and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
   order by c.relname collate "C", a.attnum`

const numbers = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'oid'])
const named: Record<string, string> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'Day',
  timestamptz: 'Instant',
  numeric: 'Decimal',
  json: 'Json',
  jsonb: 'Json',
}
// A type whose written form is wider than what is read cannot go into `Generated` or an array as it is.
const plain: Record<string, string> = { Instant: 'Date', Decimal: 'string', Json: 'unknown' }

function typeOf(column: Column): string {
  const { isArray, notNull, hasDefault, computed } = column
  const written = writtenAs(column)
  const read = (!isArray && plain[written]) || written
  const orNull = notNull || read === 'unknown' ? '' : ' | null'
  if (computed) return `GeneratedAlways<${read}${orNull}>`
  return hasDefault ? `Generated<${written}${orNull}>` : `${written}${orNull}`
}

function writtenAs({ type, isArray }: Column): string {
  const single = numbers.has(type) ? 'number' : (named[type] ?? 'string')
  return isArray ? `${plain[single] ?? single}[]` : single
}

function render(columns: Column[]): string {
  const tables = [...new Set(columns.map(({ table }) => table))]
  const bodies = tables.map((table) => {
    const own = columns.filter((column) => column.table === table)
    return [`  ${table}: {`, ...own.map((column) => `    ${column.column}: ${typeOf(column)}`), '  }'].join(
      '\n',
    )
  })
  return `${head}\nexport type Tables = {\n${bodies.join('\n')}\n}\n`
}

const head = `// Written by \`npm run generate\` from the migrated schema; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Day } from '#domain/calendar/day.ts'

export type Instant = ColumnType<Date, Date | string, Date | string>
export type Decimal = ColumnType<string, string | number, string | number>
export type Json = ColumnType<unknown, string | null, string | null>
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>
`

const checking = process.argv.includes('--check')

function keep(place: string[], text: string): void {
  const file = join(projectRoot, ...place)
  const name = place.at(-1)
  const current = existsSync(file) && readFileSync(file, 'utf8') === text
  if (!checking) writeFileSync(file, text)
  if (checking && !current) process.exitCode = 1
  if (current) console.log(`${name} is current`)
  else console.log(checking ? `${name} differs from the schema: npm run generate` : `${name} written anew`)
}

const cluster = await startTemporaryCluster()
const database = openDatabase({ connection: cluster.connection })
try {
  await migrate(database.owner)
  keep(['server', 'platform', 'tables.ts'], render((await database.owner.query<Column>(catalogue)).rows))
  keep(['docs', 'schema.md'], await schemaPage(database.owner))
} finally {
  await database.close()
  await cluster.stop()
}
