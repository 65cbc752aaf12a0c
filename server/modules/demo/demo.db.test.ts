import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SessionView } from '#contract/session.ts'
import { importable, readFolder } from '#modules/imports/index.ts'
import { totpCode } from '#platform/totp.ts'
import { passingVault } from '#platform/vault.ts'
import { createDatabase, freshDatabase, type OwnDatabase } from '#test/database.ts'
import { createServer } from '../../app.ts'
import { DEMO_PASSWORD, DEMO_PHONE, type Demo, prepareDemo } from './index.ts'
import { DEMO_LOGINS } from './texts.words.ts'

const FOLDER = join(import.meta.dirname, '../../../demo/first-intake')
const reading = await readFolder(FOLDER)
const read = async () => importable(reading, { faultIds: [], allQuestions: false }).data
// A Wednesday at three in the afternoon in Moscow.
const moment = { today: '2027-02-17', now: new Date('2027-02-17T12:00:00Z') } as const

const vault = passingVault()
let database: OwnDatabase
let made: Demo | null
beforeAll(async () => {
  database = await createDatabase()
  made = await prepareDemo(database, read, { ...moment, vault })
})
afterAll(() => database.close())

const query = async <T>(text: string): Promise<T[]> => (await database.owner.query(text)).rows as T[]

test('journals of two weeks are mostly filled, with late records, gaps, procedures and substitutions', async () => {
  const [shares = {}] = await query<Record<string, number>>(
    `select count(*) filter (where l.held_on < '2027-02-17')::int as past,
      count(r.id) filter (where l.held_on < '2027-02-17')::int as filled,
      count(r.id) filter (where l.held_on = '2027-02-17')::int as today,
      count(r.id) filter (where l.held_on > '2027-02-17')::int as ahead,
      count(r.id) filter (where r.late)::int as late, count(r.id) filter (where r.topic is null)::int as topicless,
      (select count(*)::int from mark) as marks, (select count(*)::int from substitution) as substitutions,
      (select count(*)::int from attendance where code = 'п') as procedures,
      (select count(distinct value)::int from mark) as values,
      (select count(*)::int from history where kind = 'mark' and actor_id is not null) as kept
    from lesson l left join lesson_record r on r.lesson_id = l.id`,
  )
  const at = (name: string): number => shares[name] ?? -1
  expect(at('filled') / at('past')).toBeGreaterThan(0.85)
  expect(at('filled')).toBeLessThan(at('past'))
  expect(at('ahead')).toBe(0)
  for (const name of ['today', 'late', 'topicless', 'substitutions', 'procedures'])
    expect([name, at(name) > 0]).toEqual([name, true])
  expect(at('values')).toBe(4)
  expect([at('marks') > 1500, at('kept')]).toEqual([true, at('marks')])
})

test('what was over before the intake is closed by the deputy, days after its end; the running periods are open', async () => {
  const closed = await query(
    `select p.name, h.at::date - p.ends_on as days,
       exists (select from role_assignment r where r.person_id = p.decided_by and r.role = 'deputy') as by_deputy
     from grading_period p
     join history h on h.kind = 'grading_period' and h.record_id = p.id and h.version = 2
     where p.closed_at is not null`,
  )
  expect(closed).toEqual([{ name: '1 четверть', days: 3, by_deputy: true }])
})

test('one of every role signs in at once, without a new password or rules to accept', async () => {
  expect(made?.built).toBe(true)
  expect(made?.accounts.map(({ login }) => login)).toEqual(DEMO_LOGINS.map(({ login }) => login))
  const server = await createServer({ database, clock: () => moment.now, vault, checkAnswers: true })
  for (const { login } of made?.accounts ?? []) {
    const payload = { login, password: DEMO_PASSWORD }
    const first = await server.inject({ method: 'POST', url: '/api/session', payload })
    const { half } = first.json() as { half?: string }
    // One of them shows the second factor, with the key that the demo prints.
    expect([login, half !== undefined]).toEqual([login, login === DEMO_PHONE.login])
    const second = { half, code: totpCode(DEMO_PHONE.secret, moment.now) }
    const signedIn = half
      ? await server.inject({ method: 'POST', url: '/api/session/code', payload: second })
      : first
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    const answer = await server.inject({ url: '/api/session', headers: { cookie } })
    const { demo, mustChangePassword, mustAcceptRules } = SessionView.parse(answer.json())
    expect([login, demo, mustChangePassword, mustAcceptRules]).toEqual([login, true, false, false])
  }
  await server.close()
})

test('what was typed stays while the week lasts; a later day makes the demo anew', async () => {
  await query(`do $$ begin perform set_config('app.reason', 'test', true);
    update mark set comment = 'typed', version = version + 1 where id = (select id from mark limit 1); end $$`)
  const again = { today: '2027-02-18', now: new Date('2027-02-18T12:00:00Z') } as const
  expect((await prepareDemo(database, read, again))?.built).toBe(false)
  expect(await query("select version from mark where comment = 'typed'")).toEqual([{ version: 2 }])
  const weekend = { today: '2027-02-20', now: new Date('2027-02-20T12:00:00Z') } as const
  expect((await prepareDemo(database, read, weekend))?.built).toBe(true)
  expect(await query("select held_on from lesson where held_on = '2027-02-20' limit 1")).toHaveLength(1)
})

test('a database with a real organisation takes no demo and loses nothing', async () => {
  const real = await freshDatabase()
  await real.owner.query(`insert into organization (id, name, short_name)
    values ('00000000-0000-4000-8000-000000000001', 'Школа', 'Школа')`)
  expect(await prepareDemo(real, read, moment)).toBeNull()
  expect((await real.owner.query('select name from organization')).rows).toEqual([{ name: 'Школа' }])
})
