import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BackupRefused } from '#platform/backup/fault.ts'
import { baseIn, basesIn, FILES, MANIFEST, SECRETS, segmentsIn, sweepBases } from '#platform/backup/folder.ts'
import { sweepLog } from '#platform/backup/keeping.ts'
import { prove } from '#platform/backup/proving.ts'
import { baseFor, onlyRootIn } from '#platform/backup/restoring.ts'
import { newKey } from '#platform/backup/seal.ts'
import { identitiesIn } from '#platform/backup/settings.ts'
import { bareFolder } from './data-folder.ts'
import { count, keptCluster, numbersRestored } from './kept-cluster.ts'

/** Every file below a folder with a hash of what it holds. */
const contentsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort()

function flip(file: string): void {
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length * 0.9)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

const cut = (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))

/** A data folder that somebody wants back: broken, and not to be touched. */
function brokenFolder(): string {
  const dataDir = bareFolder()
  mkdirSync(join(dataDir, 'postgres'))
  for (const name of ['postgres/PG_VERSION', 'postgres.password', 'server.key'])
    writeFileSync(join(dataDir, name), `what is left of ${name}`)
  return dataDir
}

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof BackupRefused ? error : `not refused in words: ${error}`),
  )

test('what is damaged is refused by its name, the data stay as they are, and what is whole is restored', async () => {
  const { chosen, keep, add, now, identities } = await keptCluster()
  const keeper = await keep()
  expect(await keeper.moveTo(chosen, true)).toBeNull()
  const { name } = await keeper.copyNow()
  await add(1, 10)
  const early = await now()
  // The moments of segments are told to the second.
  await sleep(1100)
  await add(11, 15)
  await keeper.flush()
  await add(16, 20)
  await keeper.flush()
  await add(21, 30)
  await keeper.flush()
  await keeper.stop()
  const whole = keeper.root()
  const key = identities()
  const ofCopy = (file: string) => (root: string) => join(root, 'copies', name, file)
  const segmentAt = async (root: string, fromEnd: number) => (await segmentsIn(root)).at(fromEnd)?.file ?? ''

  const faults: [string, (root: string) => string | Promise<string>, (file: string) => void, string][] = [
    ['a changed list of files', ofCopy(MANIFEST), flip, 'file-broken'],
    ['changed files', ofCopy(FILES), flip, 'file-broken'],
    ['files cut short', ofCopy(FILES), cut, 'file-broken'],
    ['empty secrets', ofCopy(SECRETS), (file) => truncateSync(file, 0), 'file-broken'],
    ['files that are gone', ofCopy(FILES), rmSync, 'file-missing'],
    ['the last segment changed', (root) => segmentAt(root, -1), flip, 'file-broken'],
    ['a segment cut short', (root) => segmentAt(root, -2), cut, 'file-broken'],
    ['a segment that is gone', (root) => segmentAt(root, -2), rmSync, 'log-hole'],
  ]
  for (const [what, fileIn, damage, fault] of faults) {
    const root = join(bareFolder(), basename(whole))
    cpSync(whole, root, { recursive: true })
    const file = await fileIn(root)
    damage(file)
    const dataDir = brokenFolder()
    const before = contentsOf(dataDir)
    const refusal = await refusalOf(numbersRestored(root, key, null, dataDir))
    expect([what, refusal]).toEqual([what, expect.objectContaining({ fault })])
    expect((refusal as Error).message).toContain(basename(file).slice(0, 24))
    expect(contentsOf(dataDir)).toEqual(before)
    if (fileIn.toString().includes('-2'))
      expect(await numbersRestored(root, key, early)).toEqual(count(1, 10))
    if (what !== 'changed files') continue
    const draft = join(dataDir, 'postgres.proof')
    const proving = prove({
      root,
      base: await baseIn(root, name),
      identities: key,
      draft,
      clock: () => new Date(),
    })
    expect(await refusalOf(proving)).toMatchObject({ fault, message: expect.stringContaining(FILES) })
    expect(contentsOf(dataDir)).toEqual(before)
  }

  // A copy whose word about itself cannot be read is named, and neither it nor its log is swept as something half.
  const about = ofCopy('about.json')(whole)
  const text = readFileSync(about, 'utf8')
  writeFileSync(about, text.replace('"format": 1', '"format": 2'))
  expect(await refusalOf(baseIn(whole, name))).toMatchObject({ fault: 'file-broken' })
  const before = contentsOf(whole)
  await sweepBases(whole)
  await sweepLog(whole, { daily: new Set() })
  expect(contentsOf(whole)).toEqual(before)
  writeFileSync(about, text)

  // Nothing of another key, of no key, of a key that was copied with a slip.
  const another = await newKey()
  const [own = ''] = key
  for (const [keys, fault] of [
    [[another.identity], 'wrong-key'],
    [[], 'wrong-key'],
    [[`${own.slice(0, -1)}${own.endsWith('0') ? '2' : '0'}`], 'key-malformed'],
  ] as const) {
    const dataDir = brokenFolder()
    const untouched = contentsOf(dataDir)
    expect(await refusalOf(numbersRestored(whole, keys, null, dataDir))).toMatchObject({ fault })
    expect(contentsOf(dataDir)).toEqual(untouched)
  }
  const future = new Date(Date.now() + 60_000)
  expect(await refusalOf(numbersRestored(whole, key, future))).toMatchObject({ fault: 'future-moment' })
  expect(await refusalOf(baseFor(whole, new Date(0)))).toMatchObject({ fault: 'no-such-moment' })
  expect(await refusalOf(onlyRootIn(bareFolder()))).toMatchObject({ fault: 'nothing-there' })
  expect(await refusalOf(onlyRootIn(join(bareFolder(), 'nowhere')))).toMatchObject({
    fault: 'no-such-folder',
  })
  cpSync(whole, join(chosen, 'zhuravl-0badcafe'), { recursive: true })
  expect(await refusalOf(onlyRootIn(chosen))).toMatchObject({ fault: 'several-installations' })
  expect(await onlyRootIn(whole)).toBe(whole)
}, 180_000)

test('a new key above the old one in the file of keys seals what comes, and what came before stays readable', async () => {
  const { chosen, keyFile, keep, add, identities } = await keptCluster()
  const first = await keep()
  await first.moveTo(chosen, true)
  const older = await first.copyNow()
  const old = identities()
  const { identity, recipient } = await newKey()
  writeFileSync(keyFile, `\uFEFF# новый\r\n  ${identity}\r\n\r\n# прежний\r\n${old[0]} `)
  expect(identities()).toEqual([identity, ...old])
  const next = await keep()
  await add(1, 5)
  await next.flush()
  const root = next.root()
  expect(older.about.recipients).not.toContain(recipient)
  expect(await numbersRestored(root, identitiesIn(readFileSync(keyFile, 'utf8')))).toEqual(count(1, 5))
  for (const keys of [[identity], old])
    expect(await refusalOf(numbersRestored(root, keys))).toMatchObject({ fault: 'wrong-key' })
  // A file without a key is no reason to make another one in silence.
  writeFileSync(keyFile, '# ключ в сейфе\n')
  expect(await refusalOf(keep())).toMatchObject({ fault: 'no-key-in-file' })
  writeFileSync(keyFile, 'AGE-SECRET-KEY-1ABC\n')
  expect(await refusalOf(keep())).toMatchObject({ fault: 'key-malformed' })
}, 120_000)

test('a copy that a killed process began is swept by the next, one that another process is making is not', async () => {
  const root = join(bareFolder(), 'zhuravl-0badcafe')
  const half = (stamp: string, files: string[]) => {
    const folder = join(root, 'copies', stamp)
    mkdirSync(folder, { recursive: true })
    for (const file of files) writeFileSync(join(folder, file), '')
    return folder
  }
  const dead = half('20261130T010000Z', ['making-999999999', 'files.tar.gz.age.part'])
  const silent = half('20261130T020000Z', ['secrets.gz.age'])
  const ours = half('20261130T030000Z', [`making-${process.pid}`])
  const alive = half('20261130T040000Z', [`making-${process.ppid}`])
  const theirs = half('photos', ['cat.jpg'])
  expect(await basesIn(root)).toEqual([])
  await sweepBases(root)
  expect([dead, silent, ours, alive, theirs].map((folder) => existsSync(folder))).toEqual([
    ...[false, false, false, true, true],
  ])
})
