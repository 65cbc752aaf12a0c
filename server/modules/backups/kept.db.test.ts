import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { BackupOverview, BackupState } from '#contract/backups.ts'
import { systemClock } from '#platform/clock.ts'
import { openStorage } from '#platform/storage.ts'
import { keepBackups } from '#server/backups.ts'
import { bareFolder, emptyFolder } from '#test/chaos/data-folder.ts'
import { fill, type World, worldIn } from '#test/world.ts'

const LONG_MS = 60_000
const tell = () => undefined

/** The small school over a bundled PostgreSQL whose backups are kept, with nothing that happens by itself but the log. */
async function keptWorld(): Promise<{ dataDir: string; world: World }> {
  const dataDir = await emptyFolder()
  const storage = await openStorage({ dataDir, databaseUrl: null }, { archive: true, tell })
  onTestFinished(storage.stop)
  await fill(storage.database)
  const config = { dataDir, diskWarnPercent: 99, backupKeyFile: join(bareFolder(), 'backup.key') }
  const keeper = await keepBackups(config, storage, { clock: systemClock, tell }, false)
  if (!keeper) throw new Error('a bundled database has its backups kept')
  onTestFinished(keeper.stop)
  return { dataDir, world: await worldIn(storage.database, { backups: keeper }) }
}

async function stateOf({ as }: World): Promise<BackupState> {
  const { status, body } = await as('director').get<BackupOverview>('/api/backups')
  expect(status).toBe(200)
  if (!body.state) throw new Error('the state of backups that are kept')
  return body.state
}

const madeIn = (world: World): Promise<BackupState> =>
  vi.waitFor(
    async () => {
      const state = await stateOf(world)
      expect(state.running).toBeNull()
      expect(state.backups).not.toEqual([])
      return state
    },
    { timeout: LONG_MS, interval: 100 },
  )

const noted = async ({ database }: World) =>
  (
    await database.owner.query(
      `select action, resource, actor_id is not null as somebody, detail from audit_event order by id`,
    )
  ).rows

test('a copy begun from the page is seen to be made, holds what the journal holds, and is noted', async () => {
  const { world } = await keptWorld()
  const { as } = world
  expect(await stateOf(world)).toMatchObject({ backups: [], savedUntil: null, running: null })

  expect((await as('admin').post('/api/backups/copies', {})).status).toBe(200)
  const { running } = await stateOf(world)
  expect(running).toEqual({ since: expect.any(String), percent: expect.any(Number) })
  const again = await as('admin').post('/api/backups/copies', {})
  expect([again.status, again.body.refusal]).toEqual([409, 'backup-running'])

  const { backups, savedUntil } = await madeIn(world)
  expect(backups).toEqual([
    expect.objectContaining({
      holds: { students: 5, lessons: 0, marks: 0, lastLessonOn: null },
      proven: null,
    }),
  ])
  expect(Date.parse(savedUntil ?? '')).toBeGreaterThanOrEqual(Date.parse(running?.since ?? ''))
  // What was refused left nothing.
  expect(await noted(world)).toEqual([
    { action: 'backup.begin', resource: 'backup', somebody: true, detail: null },
  ])
}, 120_000)

test('a folder that cannot take copies is refused at its field, and nothing changes', async () => {
  const { dataDir, world } = await keptWorld()
  const before = await stateOf(world)
  expect(before.folder).toBe(join(dataDir, 'backups'))
  const file = join(bareFolder(), 'file')
  writeFileSync(file, '')
  const beside = join(bareFolder(), 'mnt', 'kopii')
  expect((await world.as('admin').put('/api/backups/folder', { folder: beside })).body).toMatchObject({
    refusal: 'folder-on-same-disk',
    faults: [{ path: 'folder' }],
  })
  expect(existsSync(dirname(beside))).toBe(false)
  for (const [folder, refusal] of [
    ['kopii', 'folder-not-absolute'],
    ['./kopii', 'folder-not-absolute'],
    [dataDir, 'folder-inside-data'],
    [join(dataDir, 'postgres', 'kopii'), 'folder-inside-data'],
    [`${dataDir}/../${dataDir.split('/').at(-1)}/kopii`, 'folder-inside-data'],
    [file, 'folder-unwritable'],
    [join(file, 'kopii'), 'folder-unwritable'],
  ]) {
    const { status, body } = await world.as('admin').put('/api/backups/folder', { folder, sameDisk: true })
    expect([folder, status, body.refusal]).toEqual([folder, 409, refusal])
    expect(body.faults).toEqual([{ path: 'folder', message: body.message }])
  }
  expect(await stateOf(world)).toEqual({ ...before, nextAt: expect.any(String) })
  expect(await noted(world)).toEqual([])
}, 120_000)

test('copies go to the folder that was chosen, beginning with a full one; one that is away is told of', async () => {
  const { world } = await keptWorld()
  const { as } = world
  const folder = join(bareFolder(), 'kopii')
  mkdirSync(folder)
  expect(
    (await as('admin').put('/api/backups/folder', { folder: `  ${folder} `, sameDisk: true })).status,
  ).toBe(200)
  const { backups, ...state } = await madeIn(world)
  expect(state.folder).toBe(folder)
  expect(backups).toHaveLength(1)
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^zhuravl-/)])
  expect(await noted(world)).toEqual([
    { action: 'backup-folder.put', resource: 'backup', somebody: true, detail: { folder } },
  ])
  const { body } = await as('director').get<{ lines: { action: string; resource: string }[] }>(
    '/api/audit?section=done',
  )
  expect(body.lines).toMatchObject([{ action: 'backup-folder.put', resource: 'backup' }])

  renameSync(folder, `${folder}-away`)
  const away = await stateOf(world)
  expect(away.alarms).toContain('folder-absent')
  expect([away.backups, away.savedUntil]).toEqual([[], null])
  expect(existsSync(folder)).toBe(false)
  renameSync(`${folder}-away`, folder)
  expect((await stateOf(world)).backups).toEqual(backups)
}, 120_000)
