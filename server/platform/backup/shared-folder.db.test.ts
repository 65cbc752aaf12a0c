import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { bareFolder } from '#test/chaos/data-folder.ts'
import { keptCluster } from '#test/chaos/kept-cluster.ts'
import { craftCopies } from '#test/crafted-copies.ts'
import { createRestores } from './restores.ts'
import { newKey } from './seal.ts'
import { placesOf, remember } from './settings.ts'

const day = (n: number) => new Date(Date.UTC(2026, 9, n, 2))
const everything = (root: string): [string, string][] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name)
      return [path, readFileSync(path, 'base64')]
    })
    .sort()

test('journals that keep their copies in one folder each see, offer and tidy their own', async () => {
  const { dataDir, keyFile, chosen, keep, add } = await keptCluster()
  mkdirSync(chosen)
  const key = await newKey()
  const { recipient } = key
  // Older than what this one keeps, half made, and without a word about itself.
  const other = await craftCopies(chosen, {
    installation: '0badcafe',
    recipient,
    at: [day(1), day(2), day(3)],
  })
  mkdirSync(join(other, 'copies', '20261004T020000Z'))
  const stranger = await craftCopies(chosen, { installation: 'deadbeef', recipient, at: [day(5)] })
  const theirs = () => [everything(other), everything(stranger), readdirSync(join(other, 'copies'))]
  const before = theirs()

  const keeper = await keep({ retention: { days: 1, weeks: 0 } })
  await add(1, 10)
  expect(await keeper.moveTo(chosen, true)).toBeNull()
  await keeper.copyNow()
  // Its own that has grown old goes.
  const installation = basename(keeper.root()).slice('zhuravl-'.length)
  await craftCopies(chosen, { installation, recipient, at: [day(1)], timeline: 9 })
  expect((await keeper.state()).backups.map(({ from }) => from)).toContain(day(1).toISOString())
  const second = await keeper.copyNow()
  expect(theirs()).toEqual(before)
  const { backups } = await keeper.state()
  expect(backups.map(({ name }) => name)).toContain(second.name)
  expect(backups.map(({ name }) => name)).toEqual(
    readdirSync(join(keeper.root(), 'copies')).toSorted().toReversed(),
  )

  // From its own page a journal goes back to its own copies, whoever else is there.
  const restores = createRestores({
    places: placesOf({ dataDir, backupKeyFile: keyFile }),
    clock: () => new Date(),
    settle: async () => undefined,
    tell: () => undefined,
    onAsked: () => undefined,
  })
  expect(await restores.copiesIn(restores.own())).toEqual({ copies: backups, locked: [] })
  expect(await restores.minutesTo(restores.own(), new Date())).toBeGreaterThan(0)
  await restores.begin({ source: restores.own(), until: null, personId: null, lost: null })

  // A machine that is none of them is told which there are, and has to say which it means.
  const machine = join(bareFolder(), 'data')
  remember(machine, { installation: '12345678', folder: null, paper: null, gap: false, wantsCopy: false })
  const anew = createRestores({
    places: placesOf({ dataDir: machine }),
    clock: () => new Date(),
    settle: async () => undefined,
    tell: () => undefined,
    onAsked: () => undefined,
  })
  const source = (folder: string) => ({ folder, identities: [key.identity] })
  const found = await anew.journalsIn(chosen)
  expect(found.map(({ folder, newest }) => [folder, newest?.from])).toEqual(
    [
      [other, day(3).toISOString()],
      [keeper.root(), backups[0]?.from],
      [stranger, day(5).toISOString()],
    ].toSorted(),
  )
  await expect(anew.copiesIn(source(chosen))).rejects.toMatchObject({ fault: 'several-installations' })
  const asked = { until: null, personId: null, lost: null }
  await expect(anew.begin({ source: source(chosen), ...asked })).rejects.toMatchObject({
    fault: 'several-installations',
  })
  expect((await anew.copiesIn(source(other))).copies.map(({ from }) => from)).toEqual(
    [3, 2, 1].map((n) => day(n).toISOString()),
  )
  await expect(anew.copiesIn(source(keeper.root()))).rejects.toMatchObject({ fault: 'wrong-key' })
  expect(await anew.journalsIn(other)).toEqual([])
  expect(theirs()).toEqual(before)
}, 240_000)
