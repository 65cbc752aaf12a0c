import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { basesIn } from '#platform/backup/folder.ts'
import { outboxOf, spoolOf } from '#platform/backup/settings.ts'
import { count, keptCluster, numbersRestored } from './kept-cluster.ts'
import { canMakeDisks, fill, smallDisk } from './small-disk.ts'

const PATIENCE_MS = 40_000

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const began = performance.now(); !(await condition()); await sleep(20))
    if (performance.now() - began > PATIENCE_MS) throw new Error(`never: ${condition}`)
}

test('a share that is away costs no save, is not written to as a folder, and gets everything when it is back', async () => {
  const { dataDir, chosen, told, keep, add, switchLog, now, identities } = await keptCluster()
  const unmount = () => {
    renameSync(chosen, `${chosen}-away`)
    mkdirSync(chosen)
  }
  const mount = () => {
    rmdirSync(chosen)
    renameSync(`${chosen}-away`, chosen)
  }
  const away = (words: string) => words.startsWith('Папка для копий недоступна: диск')
  const keeper = await keep()
  expect(await keeper.moveTo(chosen, true)).toBeNull()
  await keeper.copyNow()
  await add(1, 10)
  await keeper.flush()

  unmount()
  for (const n of count(11, 20)) {
    await add(n)
    if (n % 5 === 0) await switchLog()
  }
  await until(async () => told.some(away) && readdirSync(outboxOf(dataDir)).length >= 2)
  expect(await keeper.state()).toMatchObject({ alarms: expect.arrayContaining(['folder-absent']) })
  expect((await keeper.state()).waitingMegabytes).toBeGreaterThan(0)
  await expect(keeper.copyNow()).rejects.toMatchObject({ fault: 'folder-absent' })
  expect(told.filter(away).length).toBeLessThanOrEqual(2)
  expect(readdirSync(chosen)).toEqual([])
  mount()
  await until(async () => (await keeper.state()).waitingMegabytes === 0)
  expect((await keeper.state()).alarms).not.toContain('folder-absent')
  expect(await numbersRestored(keeper.root(), identities())).toEqual(count(1, 20))

  // Away for longer than there is room for what waits.
  const patient = await keep({ outboxMegabytes: 0.2, byItself: true, dueEveryMs: 100 })
  unmount()
  for (const n of count(21, 28)) {
    await add(n)
    await switchLog()
  }
  const inHole = await now()
  await until(async () => (await patient.state()).alarms.includes('archive-given-up'))
  const givenUp = told.filter((words) => words.startsWith('Папка для копий недоступна слишком долго'))
  expect(givenUp).toEqual([expect.stringMatching(/\n\d+ МБ$/)])
  await until(() => [spoolOf(dataDir), outboxOf(dataDir)].every((folder) => readdirSync(folder).length === 0))
  expect(readdirSync(chosen)).toEqual([])
  mount()
  await until(async () => (await basesIn(patient.root())).some(({ about }) => new Date(about.from) > inHole))
  expect((await patient.state()).alarms).not.toContain('archive-given-up')
  await add(29, 30)
  const after = await now()
  await patient.flush()
  // The copy before the hole is there still, and its log ends at the hole.
  await expect(numbersRestored(patient.root(), identities(), inHole)).rejects.toMatchObject({
    fault: 'log-hole',
  })
  expect(await numbersRestored(patient.root(), identities(), after)).toEqual(count(1, 30))
}, 120_000)

test.runIf(canMakeDisks())(
  'a full target costs no save, takes nothing half, and gets everything once it has room',
  async () => {
    const disk = smallDisk(60) ?? ''
    const { dataDir, told, keep, add, switchLog, identities } = await keptCluster()
    const keeper = await keep()
    expect(await keeper.moveTo(disk, true)).toBeNull()
    await keeper.copyNow()
    const filler = fill(disk)
    for (const n of count(1, 10)) await add(n)
    await switchLog()
    await until(async () => (await keeper.state()).alarms.includes('folder-full'))
    await expect(keeper.copyNow()).rejects.toMatchObject({ fault: 'folder-full' })
    expect((await keeper.state()).backups).toHaveLength(1)
    expect((await keeper.state()).waitingMegabytes).toBeGreaterThan(0)
    const full = told.filter((words) => words.startsWith('В папке для копий кончилось место'))
    // Once for the log, once for the copy that was asked for.
    expect(full).toHaveLength(2)
    rmSync(filler)
    await until(() =>
      [spoolOf(dataDir), outboxOf(dataDir)].every((folder) => readdirSync(folder).length === 0),
    )
    expect((await keeper.state()).alarms).not.toContain('folder-full')
    expect(await numbersRestored(keeper.root(), identities())).toEqual(count(1, 10))
  },
  120_000,
)
