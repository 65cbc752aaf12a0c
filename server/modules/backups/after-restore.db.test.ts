import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { LostOperations, Restore } from '#contract/lost-entries.ts'
import type { RestoreOverview } from '#contract/restores.ts'
import { restore } from '#platform/backup/restoring.ts'
import { identitiesIn } from '#platform/backup/settings.ts'
import { systemClock } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/passwords.ts'
import { openStorage, type Storage } from '#platform/storage.ts'
import { keepBackups } from '#server/backups.ts'
import { mortalFolder } from '#test/temporary-cluster.ts'
import { fill, ids, type World, worldIn } from '#test/world.ts'
import { settleRestored } from './index.ts'

const tell = () => undefined
const cells = `/api/journals/${ids.physics7}/cells`
const mark = (studentId: string, value: string, version = 0) => ({
  cells: [{ lessonId: ids.today, workId: ids.today, studentId, value, version }],
})
const [KEPT, LOST, LATER] = [newId(), newId(), newId()]

const FIRST_PASSWORD = 'три весёлых журавля'
type Given = { approval: number; audit: number; usage: number; history: number }

/** The highest number of each kind that stands in the journal. */
async function lastGiven({ database }: Pick<World, 'database'>): Promise<Given> {
  const { rows } =
    await database.owner.query<Given>(`select (select max(number)::int from approval) as approval,
    (select max(id)::int from audit_event) as audit, (select max(id)::int from history) as history,
    coalesce((select max(id)::int from usage_event), 0) as usage`)
  return rows[0] as Given
}

/** Asks for a role that a second person has to confirm: the request has a number that is read out. */
async function askForRole({ as }: World, personId: string): Promise<void> {
  const roles = [{ role: 'deputy', from: '2026-11-12', to: null }]
  expect((await as('admin').put(`/api/people/${personId}/roles`, { version: 1, roles })).status).toBe(200)
}

/** What opens once, or waits for an answer, as it stood at T: nobody knows what became of it after. */
async function oneTimeThings({ database }: Storage): Promise<void> {
  await askForRole(await worldIn(database), ids.clubTeacher)
  const hash = await hashPassword(FIRST_PASSWORD)
  await database.owner.query(`begin; select set_config('app.reason', 'test', true);
    update account set password_hash = '${hash}', must_change_password = true, first_password_until = '2026-11-14',
      version = version + 1 where login = 'carer';
    insert into second_factor select organization_id, id, '\\x00', '2026-11-01', 0 from account where login = 'specialist';
    insert into recovery_code select organization_id, account_id, '\\x01', null from second_factor;
    insert into setup_link values ('\\x02', '2027-01-01', null); commit`)
}

/** What was done to the small school before T and after, then the school as it was brought back to T. */
async function restoredWorld(): Promise<{ world: World; storage: Storage; until: Date; given: Given }> {
  const folder = mortalFolder(tmpdir())
  const dataDir = join(folder, 'data')
  const open = () => openStorage({ dataDir, databaseUrl: null }, { archive: true, tell })
  const before = await open()
  await fill(before.database)
  const config = { dataDir, diskWarnPercent: 99, backupKeyFile: join(folder, 'backup.key') }
  const keeper = await keepBackups(config, before, { clock: systemClock, tell }, false)
  if (!keeper) throw new Error('a bundled database has its backups kept')
  await oneTimeThings(before)
  await keeper.copyNow()
  const { as, clock } = await worldIn(before.database)
  const put = async (body: object, operationId: string) =>
    expect((await as('teacher').put(cells, body, { operationId })).status).toBe(200)
  await put(mark(ids.anna, '5'), KEPT)
  const { rows } = await before.database.owner.query<{ now: Date }>('select clock_timestamp() as now')
  const until = rows[0]?.now ?? new Date()
  await put(mark(ids.anna, '2', 1), LOST)
  await put(mark(ids.boris, '4'), LATER)
  const after = await worldIn(before.database)
  // More than what is left free for the last minute.
  await before.database.owner.query(`select setval(pg_get_serial_sequence('approval', 'number'), 5000)`)
  await askForRole(after, ids.homeroom)
  const given = await lastGiven(after)
  await keeper.flush()
  const root = keeper.root()
  await keeper.stop()
  await before.stop()
  await keeper.shipRest()
  await restore({
    ...{ dataDir, root, until, now: new Date() },
    identities: identitiesIn(readFileSync(config.backupKeyFile, 'utf8')),
    settle: (connection) => settleRestored(connection, { until, now: clock.now }),
  })
  const storage = await open()
  return { world: await worldIn(storage.database), storage, until, given }
}

let restored: Awaited<ReturnType<typeof restoredWorld>>
beforeAll(async () => {
  restored = await restoredWorld()
  return restored.storage.stop
}, 180_000)

/** Signed in again, as everybody has to be. */
async function signedIn() {
  const { world } = restored
  await world.database.owner.query('update session set ended_at = null')
  onTestFinished(async () => {
    await world.database.owner.query('update session set ended_at = now()')
  })
  return world.as('teacher')
}

test('whoever was signed in is not, and the session names the restore', async () => {
  const { world, until } = restored
  expect((await world.as('teacher').get('/api/session')).status).toBe(401)
  const teacher = await signedIn()
  const { body } = await teacher.get<{ restore: Restore }>('/api/session')
  expect(body.restore).toEqual({
    id: expect.any(String),
    until: until.toISOString(),
    at: world.clock.now.toISOString(),
  })
})

test('a browser learns which of its own operations are gone; those of others it never hears about', async () => {
  const teacher = await signedIn()
  const ask = async (who: typeof teacher, operationIds: string[]) =>
    (await who.get<LostOperations>(`/api/restores/lost-operations?operationIds=${operationIds}`)).body
  expect(await ask(teacher, [LATER, KEPT, LOST])).toEqual({ lost: [LATER, LOST] })
  expect(await ask(restored.world.as('substitute'), [KEPT])).toEqual({ lost: [KEPT] })
})

test('what was typed over the journal before the restore is refused, and changes nothing; after it everything goes on', async () => {
  const teacher = await signedIn()
  const { body } = await teacher.get<{ restore: Restore }>('/api/session')
  const put = (sent: object, operationId: string, typedAfter: string) =>
    teacher.put(cells, sent, { operationId, headers: { 'x-restore': typedAfter } })
  for (const typedAfter of ['none', newId()]) {
    const { status, body: refused } = await put(mark(ids.boris, '4'), LATER, typedAfter)
    expect([status, refused.refusal]).toEqual([409, 'journal-restored'])
  }
  // What the journal holds is answered as it was.
  expect((await put(mark(ids.anna, '5'), KEPT, 'none')).status).toBe(200)
  const again = [1, 2].map(() => put(mark(ids.boris, '4'), LATER, body.restore.id))
  for (const { status, body: saved } of await Promise.all(again))
    expect([status, saved]).toMatchObject([200, { cells: [{ value: '4', version: 1 }] }])
  const { rows } = await restored.world.database.owner.query(
    'select value, version from mark where student_id = any ($1) and work_id = $2 order by student_id',
    [[ids.anna, ids.boris], ids.today],
  )
  expect(rows.map(({ value, version }) => `${value} v${version}`).sort()).toEqual(['4 v1', '5 v1'])
})

test('whoever answers for the journal reads to which moment it was restored, and what authors have decided since', async () => {
  const { world, until } = restored
  const teacher = await signedIn()
  const overview = async (who: 'director' | 'admin' = 'director') =>
    (await world.as(who).get<RestoreOverview>('/api/backups/restore')).body
  const restore = { at: world.clock.now.toISOString(), until: until.toISOString() }
  expect(await overview()).toMatchObject({ restored: restore, lost: null, givenBack: [] })

  const note = (entered: number, putAside: number, options: object = {}) =>
    teacher.post('/api/restores/given-back', { entered, putAside }, options)
  const operationId = newId()
  for (const _ of [1, 2]) expect((await note(3, 0, { operationId })).status).toBe(200)
  expect((await note(0, 2)).status).toBe(200)
  expect((await note(0, 0)).status).toBe(200)
  // A page of before the restore knows nothing of what was taken back.
  const old = await note(5, 0, { headers: { 'x-restore': 'none' } })
  expect([old.status, old.body.refusal]).toEqual([409, 'journal-restored'])
  for (const [entered, putAside] of [
    [-1, 0],
    [0, 10_001],
    [1.5, 0],
  ] as const)
    expect((await note(entered, putAside)).status).toBe(400)
  const other = world.as('substitute')
  expect((await other.post('/api/restores/given-back', { entered: 9, putAside: 0 })).status).toBe(200)
  for (const who of ['director', 'admin'] as const)
    expect(await overview(who)).toMatchObject({
      restored: restore,
      givenBack: [
        { name: expect.any(String), entered: 9, putAside: 0 },
        { name: 'Саркисов Вадим Рубенович', entered: 3, putAside: 2 },
      ],
    })
  expect(
    (await world.as('motherOfAnna').post('/api/restores/given-back', { entered: 1, putAside: 0 })).status,
  ).toBe(404)
  expect((await teacher.get('/api/backups/restore')).status).toBe(404)
})

test('what could be used once before the restore is not to be used again', async () => {
  const { world } = restored
  const body = { login: 'carer', password: FIRST_PASSWORD }
  const { now } = world.clock
  world.clock.now = new Date(now.getTime() + 1_000)
  const first = await world.as(null).post('/api/session', body)
  world.clock.now = now
  expect([first.status, first.body.refusal]).toEqual([409, 'first-password-expired'])
  const { rows } = await world.database.owner.query(
    `select (select array_agg(used_at) from recovery_code) as codes, (select last_step::int from second_factor) as step,
      (select max(expires_at) from setup_link) as link,
      (select array_agg(distinct expires_at) from approval where state = 'waiting') as approvals`,
  )
  expect(rows).toEqual([{ codes: [now], step: now.getTime() / 30_000, link: now, approvals: [now] }])
})

test('numbers that were given after the moment are not given again', async () => {
  const { world, given } = restored
  // The request of after T is gone, and the next one about the same person has another number.
  await world.database.owner.query('update session set ended_at = null')
  await askForRole(world, ids.homeroom)
  await world.as('teacher').get(`/api/journals/${ids.physics7}`)
  await world.as('teacher').put(cells, mark(ids.anna, '3', 1))
  const next = await lastGiven(world)
  for (const kind of ['approval', 'audit', 'history'] as const)
    expect([kind, next[kind]]).toEqual([kind, expect.toSatisfy((n: number) => n > given[kind])])
})
