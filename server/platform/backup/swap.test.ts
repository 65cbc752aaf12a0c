import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { finishSwap, putInPlace } from './swap.ts'

const STAMP = '20261130T104500Z'
const DRAFT = `postgres.restoring-${STAMP}`
const memory = (installation: string, folder: string | null) =>
  JSON.stringify({ installation, folder, paper: null, gap: false, wantsCopy: false })

const SECRETS = {
  'server.key': 'new key',
  'postgres.password': 'new password',
  'postgres.zhuravl_app.password': 'new app',
  'postgres.zhuravl_backup.password': 'new backup',
  'backup.json': memory('0badcafe', '/mnt/new'),
  '../outside': 'sealed by a stranger',
}

function folderOfTest(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'zhuravl-swap-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const dataDir = join(root, 'data')
  mkdirSync(dataDir)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true })
    writeFileSync(join(dataDir, name), text)
  }
  return dataDir
}

const OLD = {
  'postgres/PG_VERSION': 'old',
  'postgres.log': 'old log',
  'postgres.password': 'old password',
  'postgres.zhuravl_app.password': 'old app',
  'postgres.zhuravl_backup.password': 'old backup',
  'server.key': 'old key',
  'backup.json': memory('deadbeef', null),
}
const COME = {
  [`${DRAFT}/PG_VERSION`]: 'new',
  [`${DRAFT}.log`]: 'new log',
  [`${DRAFT}.log-in/1`]: '',
  [`${DRAFT}.password`]: 'new password',
}

const RESTORED = {
  'postgres/PG_VERSION': 'new',
  'postgres.log': 'new log',
  'postgres.password': 'new password',
  'postgres.zhuravl_app.password': 'new app',
  'postgres.zhuravl_backup.password': 'new backup',
  'server.key': 'new key',
  'backup.json': memory('0badcafe', '/mnt/new'),
}
const ASIDE = Object.fromEntries(
  Object.entries(OLD).map(([name, text]) => [
    name.startsWith('postgres')
      ? name.replace('postgres', `postgres.set-aside-${STAMP}`)
      : `${name}.set-aside-${STAMP}`,
    text,
  ]),
)

/** Every file below a folder with what it holds. */
function held(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const entries = files.map(({ parentPath, name }) => {
    const file = join(parentPath, name)
    return [file.slice(folder.length + 1), readFileSync(file, 'utf8')] as const
  })
  return Object.fromEntries(entries)
}

const put = (dataDir: string) =>
  putInPlace(dataDir, { folder: join(dataDir, DRAFT), secrets: SECRETS }, STAMP)

test('what was restored takes the place of what stood, which is set aside whole, with its keys', async () => {
  const dataDir = folderOfTest({ ...OLD, ...COME })
  const { aside } = await put(dataDir)
  expect(aside).toBe(join(dataDir, `postgres.set-aside-${STAMP}`))
  expect(held(dataDir)).toEqual({ ...RESTORED, ...ASIDE })
  expect(readdirSync(join(dataDir, '..'))).toEqual(['data'])
})

test('on an empty machine nothing is set aside', async () => {
  const dataDir = folderOfTest(COME)
  expect(await put(dataDir)).toEqual({ aside: null })
  expect(held(dataDir)).toEqual(RESTORED)
})

test('where copies go stays as it was chosen since, when they are of the same journal', async () => {
  const chosen = memory('0badcafe', '/mnt/chosen')
  const dataDir = folderOfTest({ ...OLD, ...COME, 'backup.json': chosen, 'server.key': 'new key' })
  await put(dataDir)
  expect(held(dataDir)['backup.json']).toBe(chosen)
  expect(readdirSync(dataDir).filter((name) => /^(backup\.json|server\.key)\./.test(name))).toEqual([])
})

test('killed after any step, the next start finds one journal or the other, whole, and ends what was begun', async () => {
  // The steps as they are taken: each rename, played up to every one of them.
  const complete = folderOfTest({ ...OLD, ...COME })
  for (const [name, text] of Object.entries(SECRETS))
    if (name.startsWith('postgres.')) writeFileSync(join(complete, name.replace('postgres', DRAFT)), text)
    else if (!name.startsWith('..')) writeFileSync(join(complete, `${DRAFT}.${name}`), text)
  const moves = [
    { draft: `${DRAFT}.log`, place: 'postgres.log', aside: `postgres.set-aside-${STAMP}.log` },
    ...['.password', '.zhuravl_app.password', '.zhuravl_backup.password'].map((tail) => ({
      ...{ draft: `${DRAFT}${tail}`, place: `postgres${tail}`, aside: `postgres.set-aside-${STAMP}${tail}` },
    })),
    ...['server.key', 'backup.json'].map((name) => ({
      ...{ draft: `${DRAFT}.${name}`, place: name, aside: `${name}.set-aside-${STAMP}` },
    })),
    { draft: DRAFT, place: 'postgres', aside: `postgres.set-aside-${STAMP}` },
  ]
  const renames = moves.flatMap(({ draft, place, aside }) => [
    [place, aside],
    [draft, place],
  ])
  for (let steps = 0; steps <= renames.length; steps++) {
    const dataDir = join(folderOfTest({}), 'killed')
    cpSync(complete, dataDir, { recursive: true })
    writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ moves, leftovers: [`${DRAFT}.log-in`] }))
    for (const [from = '', to = ''] of renames.slice(0, steps)) {
      cpSync(join(dataDir, from), join(dataDir, to), { recursive: true })
      rmSync(join(dataDir, from), { recursive: true })
    }
    await finishSwap(dataDir)
    expect([steps, held(dataDir)]).toEqual([steps, { ...RESTORED, ...ASIDE }])
    await finishSwap(dataDir)
    expect([steps, held(dataDir)]).toEqual([steps, { ...RESTORED, ...ASIDE }])
  }
})

test('before it is decided on, the journal that stands is whole, its key too', async () => {
  const dataDir = folderOfTest({ ...OLD, ...COME })
  // Nothing can be written in this place, which is where the decision would stand.
  mkdirSync(join(dataDir, 'restore.json.part'))
  await expect(put(dataDir)).rejects.toMatchObject({ code: 'EISDIR' })
  await finishSwap(dataDir)
  expect(held(dataDir)).toMatchObject(OLD)
})

test('when what was to come is lost half way, what stood there comes back', async () => {
  const aside = `postgres.set-aside-${STAMP}`
  const dataDir = folderOfTest({ [`${aside}/PG_VERSION`]: 'old' })
  const moves = [{ draft: DRAFT, place: 'postgres', aside }]
  writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ moves, leftovers: [] }))
  await finishSwap(dataDir)
  expect(held(dataDir)).toEqual({ 'postgres/PG_VERSION': 'old' })
})
