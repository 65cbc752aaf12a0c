import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import type { Login } from '#platform/logins.ts'
import { audit } from './audit.ts'
import { freshDataFolder, schoolFolder, withStorage } from './data-folder.ts'
import {
  freePort,
  type Journal,
  killPostgres,
  postmasterOf,
  spawnJournal,
  startJournal,
} from './journal-process.ts'
import type { Lesson } from './school.ts'
import { chanceOf, type Ledger, newLedger, write } from './writers.ts'

// The command itself; only the full one builds the pages first.
const command = ['--entry', 'cli/main.ts', 'start']
const fullCommand = ['start']
const root = process.getuid?.() === 0
const NOBODY = 65534
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--']

const statusOf = ({ port }: Pick<Journal, 'port'>, path: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    ({ status }) => status,
    () => 0,
  )

const healthOf = async (journal: Journal) => [
  await statusOf(journal, '/healthz'),
  await statusOf(journal, '/readyz'),
]

function load(lessons: Lesson[], port: number, enough: (ledger: Ledger) => boolean) {
  const ledger = newLedger()
  const done = () => enough(ledger)
  return { ledger, done: write(ledger, lessons, { port, writers: 8, chance: chanceOf(7), enough: done }) }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5)
}

test('told to stop under load it finishes what it has begun, within fifteen seconds, and loses nothing', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const journal = await startJournal({ dataDir, command })
  let enough = false
  const { ledger, done } = load(lessons, journal.port, () => enough)
  await until(() => ledger.acknowledged.length > 150)
  const told = performance.now()
  journal.child.kill('SIGTERM')
  expect(await journal.exited).toBe(0)
  expect(performance.now() - told).toBeLessThan(15_000)
  expect(postmasterOf(dataDir)).toBe(0)

  // What was sent while it stopped is sent again to the next one.
  const next = await startJournal({ dataDir, command, port: journal.port })
  const before = ledger.acknowledged.length
  await until(() => ledger.acknowledged.length > before + 50)
  enough = true
  await done
  const last = spawnJournal({ dataDir, command })
  expect(await last.exited).toBe(1)
  expect(last.output()).toContain('уже работает другой запущенный «Журавль»')
  next.child.kill('SIGTERM')
  expect(await next.exited).toBe(0)
  const found = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))
  expect({ ...found, told: ledger.faults }).toMatchObject({ lost: 0, doubled: 0, faults: [], told: [] })
}, 180_000)

test.each([
  ['the journal', true, false],
  ['its PostgreSQL', false, true],
  ['both', true, true],
] as const)(
  'after a kill of %s the next start has every acknowledged write',
  async (_, killsJournal, killsPostgres) => {
    const { dataDir, lessons } = await schoolFolder()
    const journal = await startJournal({ dataDir, command })
    const { ledger, done } = load(lessons, journal.port, ({ acknowledged }) => acknowledged.length > 250)
    await until(() => ledger.acknowledged.length > 100)
    if (killsPostgres) killPostgres(dataDir)
    if (killsJournal) await journal.kill()
    const next = killsJournal ? await startJournal({ dataDir, command, port: journal.port }) : journal
    await done
    expect(await healthOf(next)).toEqual([200, 200])
    next.child.kill('SIGTERM')
    expect(await next.exited).toBe(0)
    const found = await withStorage(dataDir, ({ database }) => audit(database, ledger.acknowledged))
    expect({ ...found, told: ledger.faults }).toMatchObject({ lost: 0, doubled: 0, faults: [], told: [] })
  },
  180_000,
)

test('a start finds its way past a pid file whose number a stranger has taken, from any folder', async () => {
  const { dataDir } = await schoolFolder()
  const port = await freePort()
  const first = await startJournal({ dataDir, command: fullCommand, port, cwd: tmpdir() })
  expect(first.port).toBe(port)
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
  const text = readFileSync(pidFile, 'utf8')
  killPostgres(dataDir)
  await first.kill()
  writeFileSync(pidFile, text.replace(/^\d+/, String(process.ppid)))
  const second = await startJournal({ dataDir, command: fullCommand, port, cwd: '/' })
  expect(await healthOf(second)).toEqual([200, 200])
}, 180_000)

test.runIf(root)(
  'an ordinary user starts it on a folder of his own',
  async () => {
    const dataDir = join(freshDataFolder(), 'of-nobody')
    chmodSync(join(dataDir, '..'), 0o755)
    mkdirSync(dataDir)
    chownSync(dataDir, NOBODY, NOBODY)
    const prefix = AS_NOBODY
    // Bundled by the owner of the project; the other user may only read it.
    await spawnJournal({ dataDir, command: ['--entry', 'cli/main.ts', 'help'] }).exited
    const environment = { HOME: dataDir }
    const journal = await startJournal({
      dataDir,
      command,
      prefix,
      environment,
    })
    expect(await healthOf(journal)).toEqual([200, 200])
    journal.child.kill('SIGTERM')
    expect(await journal.exited).toBe(0)
  },
  180_000,
)

/** What readiness answers was found a second ago at most. */
const OLDEST_LOOK_MS = 1_100

test('a server of somebody else is served from, missed while it is away and found when it is back', async () => {
  const { dataDir } = await schoolFolder()
  const port = await freePort()
  const conf = { listen_addresses: '127.0.0.1', port: String(port) }
  const serve = () => startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), conf })
  let theirs = await serve()
  onTestFinished(() => theirs.stop())
  const urlOf = ({ user, password = '' }: Login) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/zhuravl`
  const environment = {
    DATABASE_URL: urlOf(theirs.connection),
    DATABASE_APP_URL: urlOf(theirs.connection.app),
  }
  const unused = join(dataDir, 'unused')
  const journal = await startJournal({ dataDir: unused, command, environment })
  expect(await healthOf(journal)).toEqual([200, 200])
  expect(existsSync(unused)).toBe(false)

  await theirs.stop()
  await sleep(OLDEST_LOOK_MS)
  expect(await healthOf(journal)).toEqual([200, 503])
  theirs = await serve()
  const back = performance.now()
  while ((await statusOf(journal, '/readyz')) !== 200) await sleep(50)
  expect(performance.now() - back).toBeLessThan(5000)
  journal.child.kill('SIGTERM')
  expect(await journal.exited).toBe(0)
}, 180_000)

test('a journal that cannot make its first link ends and says why', async () => {
  const dataDir = freshDataFolder()
  const refusing = 'alter table setup_link add constraint planted check (false)'
  await withStorage(dataDir, ({ database }) => database.owner.query(refusing))
  const journal = spawnJournal({ dataDir, command })
  expect(await journal.exited).toBe(1)
  expect(journal.output()).toContain('planted')
  expect(journal.output()).not.toContain('Журавль открыт')
}, 180_000)

const DEBIAN = '/usr/lib/postgresql/15/bin'

test.runIf(root && existsSync(DEBIAN))(
  'the oldest PostgreSQL that is promised keeps a journal too',
  async () => {
    const folder = freshDataFolder()
    chmodSync(folder, 0o755)
    const data = join(folder, 'theirs')
    mkdirSync(data)
    chownSync(data, NOBODY, NOBODY)
    const asNobody = (file: string, ...args: string[]) => {
      const { status, stderr } = spawnSync(
        AS_NOBODY[0] ?? '',
        [...AS_NOBODY.slice(1), join(DEBIAN, file), ...args],
        {
          encoding: 'utf8',
        },
      )
      expect([status, stderr]).toEqual([0, ''])
    }
    const port = await freePort()
    asNobody(
      'initdb',
      '-D',
      data,
      '-U',
      'zhuravl',
      '--auth=trust',
      '--no-sync',
      '--encoding=UTF8',
      '--locale=C',
    )
    const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${data}`
    asNobody('pg_ctl', 'start', '-w', '-D', data, '-l', join(data, 'log'), '-o', options)
    onTestFinished(() => asNobody('pg_ctl', 'stop', '-D', data, '-m', 'immediate'))
    // The login of the application is made of the owner's password, which this server does not ask for.
    const environment = { DATABASE_URL: `postgres://zhuravl:unasked@127.0.0.1:${port}/postgres` }
    const journal = await startJournal({ dataDir: join(folder, 'unused'), command, environment })
    expect(await healthOf(journal)).toEqual([200, 200])
    journal.child.kill('SIGTERM')
    expect(await journal.exited).toBe(0)
  },
  180_000,
)
