import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../../server/operations.ts'
import { askOf } from '../access/probe.ts'
import { probes } from '../access/probes.ts'
import { FAMILY_ONLY } from '../access/rights.ts'
import { send } from '../access/send.ts'
import { type Actor, createTemplate, ids, openStage, type Stage } from '../access/stage.ts'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

// A second person of every name: born on another day, of another position, of the same roles long ago.
const DOUBLE = `
with one as (
  select p.*, row_number() over (order by p.id)::int as n, gen_random_uuid() as twin from person p
  where p.organization_id = $1
), born as (
  update person set birth_on = '2010-01-01'::date + one.n, version = person.version + 1 from one
  where person.organization_id = $1 and person.id = one.id
), twins as (
  insert into person (organization_id, id, last_name, first_name, middle_name, birth_on, version)
  select $1, twin, last_name, first_name, middle_name, '2011-01-01'::date + n, 1 from one returning id
), students as (
  insert into student (organization_id, id, program, adapted, version)
  select $1, one.twin, s.program, s.adapted, 1 from one join student s on s.organization_id = $1 and s.id = one.id
), roles as (
  insert into role_assignment (organization_id, id, person_id, role, starts_on, ends_on, version)
  select distinct on (one.twin, r.role) $1, gen_random_uuid(), one.twin, r.role, '2025-09-01'::date, '2025-09-02'::date, 1
  from one join role_assignment r on r.organization_id = $1 and r.person_id = one.id
)
insert into staff_member (organization_id, id, position, version)
select $1, t.id, 'должность ' || one.n || t.suffix, 1 from one
cross join lateral (values (one.id, ''), (one.twin, ' прежняя')) t(id, suffix)
where exists (select from role_assignment r where r.organization_id = $1 and r.person_id = one.id
    and r.role not in ('student', 'guardian'))
  and not exists (select from staff_member s where s.organization_id = $1 and s.id = t.id)`

/** The names that now two people have. */
async function doubleEverybody({ database }: Stage): Promise<string[]> {
  const client = await database.owner.connect()
  await client.query('begin')
  await client.query(
    "select set_config('app.organization_id', $1, true), set_config('app.reason', 'test', true)",
    [ids.school],
  )
  await client.query(DOUBLE, [ids.school])
  await client.query('commit')
  client.release()
  const { rows } = await database.owner.query<{ name: string }>(
    "select distinct concat_ws(' ', last_name, first_name, middle_name) as name from person where organization_id = $1",
    [ids.school],
  )
  return rows.map(({ name }) => name)
}

/** Where in an answer one of these names stands without what tells it from the other. */
function untold(value: unknown, names: readonly string[], path = ''): string[] {
  if (typeof value === 'string') {
    return names.some((name) => value.replaceAll(`${name} (`, '').includes(name))
      ? [`${path} = ${value}`]
      : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => untold(one, names, `${path}.${key}`))
}

// One's own name and those of one's own children, which no family mistakes.
const OWN = /^session\.read \w+ · \.person\./
const OWN_CHILD = /^(children\.read|diary\.read) (\w+) · \.(children\.\d+|student)\.name/

const isOwnChild = (place: string): boolean =>
  FAMILY_ONLY.includes((OWN_CHILD.exec(place)?.[2] ?? '') as Actor)

/** What every read of the product answers to everybody who may ask. */
async function* answers(stage: Stage) {
  for (const operation of operations.filter(({ method, stream }) => method === 'GET' && !stream)) {
    for (const target of Object.values(probes[operation.id]?.targets ?? {})) {
      const ask = await askOf(stage, target)
      for (const who of target.may) {
        const { status, text } = await send(stage, operation, who, ask)
        expect(status, `${operation.id} ${who}: ${text.slice(0, 200)}`).toBe(target.neverSucceeds ? 409 : 200)
        yield { id: operation.id, who, text }
      }
    }
  }
}

test('no answer names one of two people of a name without what tells them apart', async () => {
  const stage = await openStage(template.name)
  const names = await doubleEverybody(stage)
  const wrong = new Set<string>()
  const told = new Set<string>()
  for await (const { id, who, text } of answers(stage)) {
    if (!text.startsWith('{')) continue
    for (const place of untold(JSON.parse(text), names)) wrong.add(`${id} ${who} · ${place}`)
    if (names.some((name) => text.includes(`${name} (`))) told.add(id)
  }
  expect([...wrong].filter((place) => !OWN.test(place) && !isOwnChild(place))).toEqual([])
  expect([...told].sort()).toEqual([
    'approvals.read',
    'audit.choices',
    'children.read',
    'control.read',
    'control.summary',
    'diary.read',
    'diary.students',
    'gradebook.read',
    'grading-periods.read',
    'journals.list',
    'lesson.read',
    'lessons-to-cover.read',
    'people.list',
    'people.read',
    'referrals.read',
    'referrals.read-own',
    'staff.find',
    'windows.read',
  ])
  await stage.close()
})
