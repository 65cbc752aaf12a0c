import { afterAll, beforeAll, expect, test } from 'vitest'
import { RELATIONS, ROLES } from '#domain/access/access.ts'
import type { Database } from '#platform/db.ts'
import type { Operation } from '#platform/operation.ts'
import { operations } from '../../server/operations.ts'
import { FOREIGN_WORD } from './other-school.ts'
import { askOf } from './probe.ts'
import { probes } from './probes.ts'
import { FAMILY_ONLY, NEVER_SHOWN } from './rights.ts'
import { send } from './send.ts'
import { type Actor, createTemplate, ids, openStage, type Stage } from './stage.ts'

// The access matrix once more with the checks of the application off: every operation is declared open to every role in
// every relation, so that what is still held back is held back by the database alone.

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const unchecked: Operation[] = operations.map((operation) =>
  'open' in operation.access
    ? operation
    : {
        ...operation,
        access: { ...operation.access, grants: RELATIONS.map((relation) => ({ roles: ROLES, relation })) },
      },
)

const ofFamily = (who: Actor) => FAMILY_ONLY.includes(who)

function shownTooMuch(who: Actor, text: string): string[] {
  const others = who === 'otherSchoolTeacher' ? ['Сосновый', 'Абрамова', 'Саркисов'] : [FOREIGN_WORD]
  return [...others, ...(ofFamily(who) ? (NEVER_SHOWN[who] ?? []) : [])].filter((word) => text.includes(word))
}

/** What this account may not have changed: the other organisation; for a family all but its own account. */
async function beyond({ database }: Stage, who: Actor): Promise<Record<string, string>> {
  hashing[who] ??= await hashingOf(database, who)
  const { rows } = await database.owner.query<{ name: string; hash: string }>(hashing[who])
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}

const hashing: Partial<Record<Actor, string>> = {}

async function hashingOf(database: Database, who: Actor): Promise<string> {
  const { rows: tables } = await database.owner.query<{ name: string; own: string | null }>(
    `select c.relname as name, case c.relname when 'account' then 'id' when 'session' then 'account_id'
         when 'known_device' then 'account_id' when 'operation' then 'account_id' when 'audit_event' then 'actor_id'
         when 'usage_event' then 'person_id' end as own
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'history' order by 1`,
  )
  const ours = who === 'otherSchoolTeacher' ? ids.otherSchool : ids.school
  const hashes = tables.map(({ name, own }) => {
    const family = ofFamily(who)
      ? `or ${own ? `${own} is distinct from '${ids[who as 'anna']}'` : 'true'}`
      : ''
    return `select '${name}' as name, sum(hashtextextended((to_jsonb(t) - 'seen_at')::text, 0))::text as hash
      from ${name} t where organization_id <> '${ours}' ${family}`
  })
  return hashes.join(' union all ')
}

const probed = unchecked.filter(({ id, stream }) => !stream && probes[id] && !probes[id].open)

/** One of each role, one who is no guardian any more, and one of the other organisation. */
const ONE_OF_EACH = [
  'director',
  'deputy',
  'admin',
  'officer',
  'secretary',
  'teacher',
  'homeroom',
  'clubTeacher',
  'specialist',
  'carer',
  'anna',
  'motherOfAnna',
  'formerGuardian',
  'otherSchoolTeacher',
] as const satisfies readonly Actor[]

test.each(ONE_OF_EACH)(
  '%s finds and changes nothing foreign where the application checks nothing',
  async (who) => {
    const wrong: string[] = []
    const opened = new Set<string>()
    const stage = await openStage(template.name, { checkAnswers: false, served: unchecked })
    try {
      for (const operation of probed) {
        for (const [name, target] of Object.entries(probes[operation.id]?.targets ?? {})) {
          const ask = await askOf(stage, target)
          const before = await beyond(stage, who)
          const answer = await send(stage, operation, who, ask)
          if (answer.status < 300 && !target.may.includes(who)) opened.add(operation.id)
          const after = operation.method === 'GET' ? before : await beyond(stage, who)
          const changed = Object.keys(after).filter((table) => after[table] !== before[table])
          for (const found of [...shownTooMuch(who, answer.text), ...changed])
            wrong.push(`${operation.id} · ${name}: ${answer.status} ${found}`)
        }
      }
      expect(wrong).toEqual([])
      expect(opened.size, 'the checks are off').toBeGreaterThan(0)
    } finally {
      await stage.close()
    }
  },
  180_000,
)
