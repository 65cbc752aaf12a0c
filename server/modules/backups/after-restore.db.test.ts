import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { LostOperations, Restore } from '#contract/lost-entries.ts'
import { restore } from '#platform/backup/restoring.ts'
import { identitiesIn } from '#platform/backup/settings.ts'
import { systemClock } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
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

/** What was done to the small school before T and after, then the school as it was brought back to T. */
async function restoredWorld(): Promise<{ world: World; storage: Storage; until: Date }> {
  const folder = mortalFolder(tmpdir())
  const dataDir = join(folder, 'data')
  const open = () => openStorage({ dataDir, databaseUrl: null }, { archive: true, tell })
  const before = await open()
  await fill(before.database)
  const config = { dataDir, diskWarnPercent: 99, backupKeyFile: join(folder, 'backup.key') }
  const keeper = await keepBackups(config, before, { clock: systemClock, tell }, false)
  if (!keeper) throw new Error('a bundled database has its backups kept')
  await keeper.copyNow()
  const { as, clock } = await worldIn(before.database)
  const put = async (body: object, operationId: string) =>
    expect((await as('teacher').put(cells, body, { operationId })).status).toBe(200)
  await put(mark(ids.anna, '5'), KEPT)
  const { rows } = await before.database.owner.query<{ now: Date }>('select clock_timestamp() as now')
  const until = rows[0]?.now ?? new Date()
  await put(mark(ids.anna, '2', 1), LOST)
  await put(mark(ids.boris, '4'), LATER)
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
  return { world: await worldIn(storage.database), storage, until }
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
