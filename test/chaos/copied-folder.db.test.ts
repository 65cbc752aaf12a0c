import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#platform/db.ts'
import { type EmbeddedOptions, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { projectRoot } from '#platform/root.ts'
import { bareFolder, emptyFolder, withStorage } from './data-folder.ts'
import { killPostgres, postmasterOf, spawnJournal, startJournal } from './journal-process.ts'

const PATIENT = { timeout: 120_000 }
const TABLES = join(projectRoot, 'demo', 'first-intake')

async function serve(options: EmbeddedOptions) {
  const postgres = await startEmbeddedPostgres(options)
  const database = openDatabase({ connection: postgres.connection })
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await database.close()
    await postgres.stop()
  }
  onTestFinished(stop)
  const ask = async (text: string) => (await database.owner.query<{ said: string }>(text)).rows[0]?.said
  return { ...postgres, stop, ask }
}

/** A served folder that says whose it is. */
async function original(dataDir: string) {
  const served = await serve({ folder: join(dataDir, 'postgres') })
  await served.ask(`create table whose as select 'original' as said`)
  return served
}

/** The folder alone, as somebody may drag it; `cp -a` of everything brings its passwords along. */
function copy(from: string, to: string, { whole = false } = {}): void {
  const names = readdirSync(from).filter(
    (name) => name === 'postgres' || (whole && name.startsWith('postgres.')),
  )
  for (const name of names)
    cpSync(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true })
}

const people = (dataDir: string) =>
  withStorage(dataDir, async ({ database }) => {
    const { rows } = await database.owner.query<{ count: number }>('select count(*) from person')
    return rows[0]?.count ?? 0
  })

const command = ['--entry', 'cli/main.ts', 'start']
const importing = ['--entry', 'cli/main.ts', 'import', TABLES, '--accept-questions']

test.each([true, false])(
  'an import into a copy of a folder in use, passwords and all: %s, writes into the copy alone',
  PATIENT,
  async (whole) => {
    const [dataDir, copied] = [await emptyFolder(), bareFolder()]
    const journal = await startJournal({ dataDir, command })
    copy(dataDir, copied, { whole })
    const run = spawnJournal({ dataDir: copied, command: importing })
    expect([await run.exited, run.output()]).toEqual([0, expect.stringContaining('скопировали с журнала')])
    // The original goes on and is stopped only now, so that what it holds is seen by itself.
    expect((await fetch(`http://127.0.0.1:${journal.port}/readyz`)).status).toBe(200)
    journal.child.kill('SIGTERM')
    expect(await journal.exited).toBe(0)
    expect([await people(dataDir), (await people(copied)) > 100]).toEqual([0, true])
  },
)

test('a copy starts beside its original, and a second start on either is refused', PATIENT, async () => {
  const [dataDir, copied] = [await emptyFolder(), bareFolder()]
  await startJournal({ dataDir, command })
  copy(dataDir, copied, { whole: true })
  await startJournal({ dataDir: copied, command })
  expect(postmasterOf(copied)).not.toBe(postmasterOf(dataDir))
  for (const taken of [dataDir, copied]) {
    const again = spawnJournal({ dataDir: taken, command })
    expect([await again.exited, again.output()]).toEqual([1, expect.stringContaining('С этой папкой данных')])
  }
})

test('an import beside a running journal still joins it', PATIENT, async () => {
  const dataDir = await emptyFolder()
  const journal = await startJournal({ dataDir, command })
  const run = spawnJournal({ dataDir, command: importing })
  expect(await run.exited).toBe(0)
  journal.child.kill('SIGTERM')
  expect(await journal.exited).toBe(0)
  expect(await people(dataDir)).toBeGreaterThan(100)
})

test('a copy of a killed server is served by itself', PATIENT, async () => {
  const [dataDir, copied] = [await emptyFolder(), bareFolder()]
  await original(dataDir)
  killPostgres(dataDir)
  copy(dataDir, copied)
  const { ask } = await serve({ folder: join(copied, 'postgres') })
  expect(await ask(`update whose set said = 'copy' returning said`)).toBe('copy')
  expect(await ask(`select current_setting('data_directory') as said`)).toBe(join(copied, 'postgres'))
})

test('a number that another PostgreSQL has taken since does not lead there', PATIENT, async () => {
  const [dataDir, other] = [await emptyFolder(), await emptyFolder()]
  const theirs = await original(dataDir)
  const own = await serve({ folder: join(other, 'postgres') })
  const text = readFileSync(join(other, 'postgres', 'postmaster.pid'), 'utf8')
  await own.stop()
  // Once with the old socket, once with the very socket of the other server.
  for (const socket of [null, theirs.connection.host]) {
    const lines = text.replace(/^\d+/, String(postmasterOf(dataDir))).split('\n')
    if (socket) lines[4] = socket
    writeFileSync(join(other, 'postgres', 'postmaster.pid'), lines.join('\n'))
    const { ask, stop } = await serve({ folder: join(other, 'postgres') })
    expect(await ask(`select to_regclass('whose')::text as said`)).toBeNull()
    await stop()
  }
  expect(await theirs.ask('select said from whose')).toBe('original')
})

test(
  'a folder renamed or reached by another name under its server stays the folder in use',
  PATIENT,
  async () => {
    const dataDir = await emptyFolder()
    const { ask } = await original(dataDir)
    symlinkSync(dataDir, `${dataDir}/link`)
    renameSync(join(dataDir, 'postgres'), join(dataDir, 'moved'))
    for (const folder of [join(dataDir, 'moved'), join(dataDir, 'link', 'moved')]) {
      await expect(startEmbeddedPostgres({ folder })).rejects.toMatchObject({ fault: 'in-use' })
      const beside = await serve({ folder, join: true })
      expect([beside.joined, await beside.ask('select said from whose')]).toEqual([true, 'original'])
      await beside.stop()
    }
    renameSync(join(dataDir, 'moved'), join(dataDir, 'postgres'))
    expect(await ask('select said from whose')).toBe('original')
  },
)

test(
  'a copy put where a folder in use stood is no way into it, even when that server dies',
  PATIENT,
  async () => {
    const dataDir = await emptyFolder()
    const folder = join(dataDir, 'postgres')
    const first = await original(dataDir)
    const before = postmasterOf(dataDir)
    renameSync(folder, join(dataDir, 'moved'))
    cpSync(join(dataDir, 'moved'), folder, { recursive: true })
    const second = await serve({ folder })
    expect(postmasterOf(dataDir)).not.toBe(before)
    await second.ask(`update whose set said = 'copy'`)
    expect([await first.ask('select said from whose'), await second.ask('select said from whose')]).toEqual([
      'original',
      'copy',
    ])
    process.kill(before, 'SIGKILL')
    for (let n = 0; n < 30; n++) {
      const said = await first.ask('select said from whose').catch(() => 'nobody')
      expect(['nobody', 'original']).toContain(said)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  },
)

test('a copy that stands where its original stood before a move is the copy', PATIENT, async () => {
  const [dataDir, moved] = [await emptyFolder(), bareFolder()]
  const first = await original(dataDir)
  await first.stop()
  renameSync(join(dataDir, 'postgres'), join(moved, 'postgres'))
  copy(moved, dataDir)
  const [one, other] = [
    await serve({ folder: join(moved, 'postgres') }),
    await serve({ folder: join(dataDir, 'postgres') }),
  ]
  await other.ask(`update whose set said = 'copy'`)
  expect(await one.ask('select said from whose')).toBe('original')
})

test('a socket that another server has taken is left to it', PATIENT, async () => {
  const [dataDir, other] = [await emptyFolder(), await emptyFolder()]
  const theirs = await original(dataDir)
  // What a crash leaves where this folder would be served from, with a number that belongs to the other by now.
  const first = await serve({ folder: join(other, 'postgres') })
  const { host } = first.connection
  await first.stop()
  mkdirSync(host, { recursive: true })
  writeFileSync(join(host, '.s.PGSQL.5432.lock'), `${postmasterOf(dataDir)}\n${dataDir}\n`)
  const again = await serve({ folder: join(other, 'postgres') })
  expect(again.connection.host).not.toBe(host)
  expect(await again.ask(`select to_regclass('whose')::text as said`)).toBeNull()
  expect(await theirs.ask('select said from whose')).toBe('original')
  expect(existsSync(join(host, '.s.PGSQL.5432'))).toBe(false)
})
