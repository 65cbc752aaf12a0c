import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { MAJOR } from '../embedded/binaries.ts'
import { BackupRefused } from './fault.ts'
import { type BaseAbout, finishBase, keptName, makeRoot, paths, SECRETS } from './folder.ts'
import { foresee, minutesFor } from './foreseeing.ts'
import { newKey, seal } from './seal.ts'
import { segmentName, stampOf } from './segments.ts'

const at = (time: string) => new Date(`2026-11-30T${time}Z`)

const ABOUT: BaseAbout = {
  format: 1,
  from: at('02:00:00').toISOString(),
  to: at('02:00:10').toISOString(),
  major: MAJOR,
  timeline: 1,
  firstPlace: 2,
  lastPlace: 2,
  bytes: 1000,
  unpackedBytes: 40 * 2 ** 20,
  files: {},
  recipients: [],
  holds: null,
}

/** A folder with one copy and pieces of the log after it: their places, each handed over ten minutes after the one before. */
async function folderWith({ about = {}, places }: { about?: Partial<BaseAbout>; places: readonly number[] }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhuravl-foresee-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const root = join(dataDir, 'zhuravl-0badcafe')
  await makeRoot(root, '0badcafe')
  const key = await newKey()
  const folder = join(paths(root).bases, stampOf(at('02:00:00')))
  mkdirSync(folder)
  await seal(Readable.from(['{}'], { objectMode: false }), join(folder, SECRETS), [key.recipient])
  await finishBase(folder, { ...ABOUT, ...about })
  for (const place of places) {
    const stamp = stampOf(new Date(at('02:00:00').getTime() + (place - 1) * 600_000))
    writeFileSync(join(paths(root).log, keptName(segmentName({ timeline: 1, place }), stamp)), '')
  }
  const now = at('12:00:00')
  const foreseen = (until: Date | null, identities = [key.identity]) =>
    foresee({ dataDir, root, identities, until, now }).then(
      ({ name }) => name,
      (error: unknown) => (error instanceof BackupRefused ? error.fault : error),
    )
  return { root, foreseen }
}

test('what a restore would come upon is refused while the journal is still open', async () => {
  const { foreseen } = await folderWith({ places: [2, 3, 4] })
  const copy = stampOf(at('02:00:00'))
  for (const until of [null, at('02:00:10'), at('02:25:00'), at('11:00:00')])
    expect(await foreseen(until)).toBe(copy)
  expect(await foreseen(at('02:00:09'))).toBe('no-such-moment')
  expect(await foreseen(at('12:00:01'))).toBe('future-moment')
  expect(await foreseen(null, [])).toBe('no-key')
  expect(await foreseen(null, [(await newKey()).identity])).toBe('wrong-key')
})

test('a minute behind a lost piece of the log is refused, those before it are not', async () => {
  const { foreseen } = await folderWith({ places: [2, 3, 5, 6] })
  expect(await foreseen(at('02:15:00'))).toBe(stampOf(at('02:00:00')))
  for (const until of [null, at('02:35:00')]) expect(await foreseen(until)).toBe('log-hole')
})

test('so are a copy without its own log, one of another PostgreSQL, and one that finds no room', async () => {
  const without = await folderWith({ places: [3, 4] })
  expect(await without.foreseen(null)).toBe('nothing-there')
  const newer = await folderWith({ about: { major: MAJOR + 1 }, places: [2] })
  expect(await newer.foreseen(null)).toBe('newer-major')
  const older = await folderWith({ about: { major: 9 }, places: [2] })
  expect(await older.foreseen(null)).toBe('older-major')
  const large = await folderWith({ about: { unpackedBytes: 2 ** 52 }, places: [2] })
  expect(await large.foreseen(null)).toBe('no-room')
})

test('the minutes told grow with the database and with the log after the copy', async () => {
  const small = await folderWith({ places: [2] })
  expect(await minutesFor(small.root, null)).toBe(1)
  const large = await folderWith({ about: { unpackedBytes: 20 * 2 ** 30 }, places: [2] })
  expect(await minutesFor(large.root, null)).toBeGreaterThan(10)
  const long = await folderWith({ places: Array.from({ length: 1440 }, (_, n) => n + 2) })
  expect(await minutesFor(long.root, null)).toBeGreaterThan(3)
  expect(await minutesFor(long.root, at('02:10:00'))).toBe(1)
})
