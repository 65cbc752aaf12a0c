import { readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { HERE } from '#platform/backup/apart.ts'
import { paths } from '#platform/backup/folder.ts'
import type { Keeper, KeeperOptions } from '#platform/backup/keeper.ts'
import { watchFile } from '#platform/backup/watch.ts'
import { count, type KeptCluster, keptCluster, numbersRestored } from './kept-cluster.ts'
import { canMakeDisks, fill, smallDisk } from './small-disk.ts'

const GB = 2 ** 30
const PATIENCE = { timeout: 60_000, interval: 50 }
const LINE = 80

/** A disk of 100 GB that says it is as full as it is told to be. */
function sayingDisk() {
  const disk = { percent: 10 }
  const look: KeeperOptions['disk'] = async () => ({
    taken: disk.percent * GB,
    free: (100 - disk.percent) * GB,
  })
  return { disk, look }
}

/** Waits for the signal that ends a piece of work, and lets it be ended by it. */
async function ended(signal: AbortSignal | undefined): Promise<never> {
  while (!signal?.aborted) await sleep(10)
  throw signal.reason
}

const said = (told: readonly string[], words: string) => told.filter((one) => one.startsWith(words))
const copiesIn = (keeper: Keeper) => readdirSync(paths(keeper.root()).bases)
const left = ({ dataDir }: KeptCluster, name: string) =>
  readdirSync(dataDir).filter((one) => one.startsWith(name))

test('a copy that would bring the disk past its line waits, is told once, and is made once there is room', async () => {
  const cluster = await keptCluster()
  const { disk, look } = sayingDisk()
  disk.percent = LINE
  const options = { disk: look, diskPercent: LINE, byItself: true, dueEveryMs: 50 }
  const keeper = await cluster.keep(options)
  await cluster.add(1, 10)
  // Looked at many times by now.
  await vi.waitFor(async () => expect((await keeper.state()).lacking.copy).not.toBeNull(), PATIENCE)
  await sleep(500)
  expect(said(cluster.told, 'Полная копия отложена')).toEqual([
    expect.stringMatching(/Освободите место .*\nОсвободить нужно не меньше \d+ МБ\.$/),
  ])
  const waiting = await keeper.state()
  expect(waiting).toMatchObject({
    running: null,
    backups: [],
    alarms: expect.arrayContaining(['copy-no-room']),
  })
  expect(waiting.lacking.copy).toBeGreaterThan(0)
  expect(copiesIn(keeper)).toEqual([])
  // What the administrator asks for by hand is held to the same.
  expect(await keeper.begin()).toBe('backup-no-room')
  await expect(keeper.copyNow()).rejects.toMatchObject({ fault: 'copy-no-room' })
  await vi.waitFor(() => expect(keeper.summary()?.waits).toEqual([cluster.told.at(-1)]), PATIENCE)
  expect(JSON.parse(readFileSync(watchFile(cluster.dataDir), 'utf8'))).toMatchObject({
    alarms: expect.arrayContaining(['copy-no-room']),
    waits: [expect.stringContaining('Полная копия отложена')],
  })
  expect(said(cluster.told, 'Полная копия отложена')).toHaveLength(1)

  disk.percent = LINE - 1
  await vi.waitFor(() => expect(copiesIn(keeper)).toHaveLength(1), PATIENCE)
  await vi.waitFor(async () => {
    const { backups, lacking } = await keeper.state()
    expect([backups.length, lacking]).toEqual([1, { copy: null, proof: null }])
  }, PATIENCE)
  await vi.waitFor(() => expect(keeper.summary()?.waits).toEqual([]), PATIENCE)
  expect(await numbersRestored(keeper.root(), cluster.identities())).toEqual(count(1, 10))

  // One under which the disk fills up gives up, when everything of it is there already.
  const before = copiesIn(keeper)
  const copying = await cluster.keep({
    ...{ disk: look, diskPercent: LINE },
    hardWork: {
      ...HERE,
      copyCluster: async (order, following) => {
        await HERE.copyCluster(order, following)
        expect(copiesIn(copying)).toHaveLength(2)
        disk.percent = LINE + 1
        return ended(following.signal)
      },
    },
  })
  await expect(copying.copyNow()).rejects.toMatchObject({ fault: 'copy-broken-off' })
  expect(copiesIn(copying)).toEqual(before)
  expect(said(cluster.told, 'Полная копия прервана')).toHaveLength(1)
  expect((await copying.state()).alarms).toContain('copy-no-room')
}, 240_000)

test('a proof and a moment are not begun without room, and leave theirs to the journal when it needs it', async () => {
  const cluster = await keptCluster()
  const { disk, look } = sayingDisk()
  let isHeld = true
  const unpack: typeof HERE.unpack = async (order) => {
    const unpacked = await HERE.unpack(order)
    if (!isHeld) return unpacked
    disk.percent = LINE + 1
    for (;;) {
      order.progress?.('log', 100)
      await sleep(10)
    }
  }
  const options = { disk: look, diskPercent: LINE, hardWork: { ...HERE, unpack } }
  const keeper = await cluster.keep(options)
  await cluster.add(1, 10)
  await keeper.copyNow()
  const at = await cluster.now()

  disk.percent = LINE
  for (const _ of count(1, 2)) {
    expect(keeper.moments.open(at)).toBeNull()
    await vi.waitFor(() => expect(keeper.moments.state()).toMatchObject({ why: 'no-room' }), PATIENCE)
  }
  // Nothing was laid out, or the disk would be fuller.
  expect([disk.percent, left(cluster, 'postgres.moment')]).toEqual([LINE, []])
  expect(said(cluster.told, 'Прошлый момент не открыт')).toHaveLength(1)

  // Laid out, when the disk fills up.
  disk.percent = 10
  expect(keeper.moments.open(at)).toBeNull()
  await vi.waitFor(() => expect(keeper.moments.state()).toMatchObject({ why: 'no-room' }), PATIENCE)
  expect(disk.percent).toBe(LINE + 1)
  await vi.waitFor(() => expect(left(cluster, 'postgres.moment')).toEqual([]), PATIENCE)

  // Open, when it does.
  isHeld = false
  disk.percent = 10
  expect(keeper.moments.open(at)).toBeNull()
  await vi.waitFor(() => expect(keeper.moments.state()).toMatchObject({ stage: 'open' }), PATIENCE)
  const numbers = { text: 'select n from number', values: [] }
  const opened = keeper.moments.state()
  const reached = opened?.stage === 'open' ? opened.at : ''
  expect(await keeper.moments.read(reached, numbers)).toHaveLength(10)
  disk.percent = LINE
  await vi.waitFor(() => expect(keeper.moments.state()).toMatchObject({ why: 'no-room' }), PATIENCE)
  await vi.waitFor(() => expect(left(cluster, 'postgres.moment')).toEqual([]), PATIENCE)
  expect(await keeper.moments.read(reached, numbers)).toBeNull()
  expect(said(cluster.told, 'Прошлый момент закрыт')).toHaveLength(1)

  isHeld = true
  const proving = await cluster.keep({ ...options, byItself: true, dueEveryMs: 50 })
  await vi.waitFor(async () => expect((await proving.state()).alarms).toContain('proof-no-room'), PATIENCE)
  await sleep(300)
  expect(said(cluster.told, 'Проверка копии восстановлением отложена')).toHaveLength(1)
  expect([disk.percent, left(cluster, 'postgres.proof')]).toEqual([LINE, []])
  disk.percent = 10
  await vi.waitFor(() => expect(disk.percent).toBe(LINE + 1), PATIENCE)
  await vi.waitFor(() => expect(left(cluster, 'postgres.proof')).toEqual([]), PATIENCE)
  await vi.waitFor(async () => expect((await proving.state()).alarms).toContain('proof-no-room'), PATIENCE)
  expect((await proving.state()).backups.map(({ proven }) => proven)).toEqual([null])
}, 240_000)

test.runIf(canMakeDisks())(
  'on a disk that is nearly full none of it begins, the journal saves on, and all goes on by itself',
  async () => {
    const disk = smallDisk(700) ?? ''
    const cluster = await keptCluster(disk)
    const filler = fill(disk)
    truncateSync(filler, statSync(filler).size - 80 * 2 ** 20)
    const keeper = await cluster.keep({ diskPercent: LINE, byItself: true, dueEveryMs: 100 })
    await vi.waitFor(() => expect(said(cluster.told, 'Полная копия отложена')).toHaveLength(1), PATIENCE)
    for (const n of count(1, 20)) await cluster.add(n)
    expect(copiesIn(keeper)).toEqual([])
    rmSync(filler)
    await vi.waitFor(async () => expect((await keeper.state()).backups[0]?.proven?.same).toBe(true), PATIENCE)
    expect(cluster.told).toHaveLength(1)
  },
  240_000,
)
