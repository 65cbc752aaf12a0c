import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#platform/db.ts'
import { readPidFile } from '#platform/embedded/pid-file.ts'
import { type EmbeddedOptions, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { projectRoot } from '#platform/root.ts'
import { mortalFolder } from '../temporary-cluster.ts'

const NOBODY = 65534
const root = process.getuid?.() === 0
// A project under /root cannot be run by anybody else at all.
const openToOthers =
  root && spawnSync(process.execPath, ['-e', ''], { uid: NOBODY, gid: NOBODY }).status === 0

function freshFolder(): string {
  const parent = mortalFolder(tmpdir())
  onTestFinished(() => rmSync(parent, { recursive: true, force: true, maxRetries: 20 }))
  return join(parent, 'postgres')
}

async function serve(options: EmbeddedOptions) {
  const postgres = await startEmbeddedPostgres(options)
  const database = openDatabase({ connection: postgres.connection })
  let closed = false
  const stop = async () => {
    if (closed) return
    closed = true
    await database.close()
    await postgres.stop()
  }
  onTestFinished(stop)
  return { ...postgres, database, stop }
}

type Held = { child: ChildProcess; output: () => string; until: (word: string) => Promise<void> }

function hold(folder: string, mode: 'write' | 'idle', uid?: number): Held {
  const args = ['scripts/run.mjs', '--entry', 'test/chaos/hold-database.ts', folder, mode]
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid ? { uid, gid: uid } : {}),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  const until = async (word: string) => {
    for (let i = 0; i < 400 && !output.includes(word); i++) await sleep(50)
    expect(output).toContain(word)
  }
  return { child, output: () => output, until }
}

async function kill({ child }: Held): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const lastSaved = (output: string) => Number(output.trim().match(/saved (\d+)\n?$/)?.[1] ?? 0)
const postmaster = (folder: string) =>
  Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])

test('nothing acknowledged is lost when the process is killed, and the next start works', async () => {
  const folder = freshFolder()
  let saved = 0
  for (let round = 0; round < 2; round++) {
    const held = hold(folder, 'write')
    await held.until(`saved ${saved + 25}\n`)
    await kill(held)
    saved = lastSaved(held.output())
  }
  const { database } = await serve({ folder })
  const { rows } = await database.owner.query<{ count: number }>(
    'select count(*) from saved where number <= $1',
    [saved],
  )
  expect(rows).toEqual([{ count: saved }])
}, 60_000)

test('a PostgreSQL killed under a running journal comes back and the same pool goes on', async () => {
  const folder = freshFolder()
  const { database } = await serve({ folder })
  await database.owner.query('create table kept as select 1 as one')
  process.kill(postmaster(folder), 'SIGKILL')
  let rows: unknown[] = []
  for (let i = 0; i < 200 && rows.length === 0; i++) {
    await sleep(100)
    rows = await database.owner.query('select one from kept').then(
      (answer) => answer.rows,
      () => [],
    )
  }
  expect(rows).toEqual([{ one: 1 }])
}, 60_000)

test('a second start on the same folder is refused in words, a command beside it may join', async () => {
  const folder = freshFolder()
  const held = hold(folder, 'idle')
  await held.until('serving')
  await expect(startEmbeddedPostgres({ folder })).rejects.toMatchObject({
    fault: 'in-use',
    message: expect.stringContaining('уже работает другой запущенный «Журавль»'),
  })
  const beside = await serve({ folder, join: true })
  expect(beside.joined).toBe(true)
  await beside.stop()
  expect(held.child.exitCode).toBeNull()
  held.child.kill('SIGTERM')
  expect(await once(held.child, 'exit')).toEqual([0, null])
}, 60_000)

test('two first starts at the same moment make one cluster and one owner', async () => {
  const folder = freshFolder()
  const twins = [hold(folder, 'idle'), hold(folder, 'idle')]
  await Promise.all(twins.map((twin) => twin.until('e'))) // «serving» and «refused» both have one
  const said = twins.map((twin) => twin.output())
  expect(said.map((words) => words.split(' ')[0]?.trim()).sort(), said.join('\n')).toEqual([
    'refused',
    'serving',
  ])
  twins.find((twin) => twin.output().startsWith('serving'))?.child.kill('SIGTERM')
  await Promise.all(twins.map(({ child }) => child.exitCode ?? once(child, 'exit')))
}, 60_000)

test('a first start goes on when a twin that leaves takes its PostgreSQL along', async () => {
  const folder = freshFolder()
  const begun = serve({ folder })
  const pid = await untilMet(folder)
  // As the kernel does for a twin that began it and was refused.
  process.kill(pid, 'SIGINT')
  const { database } = await begun
  // It may have come too late to be in the way; then the folder is served again in a moment.
  await untilServed(folder, pid)
  expect((await database.owner.query('select 1 as one')).rows).toEqual([{ one: 1 }])
}, 60_000)

/** When another PostgreSQL than that one is ready. */
async function untilServed(folder: string, before: number): Promise<void> {
  for (let file = readPidFile(folder); !file?.ready || file.pid === before; file = readPidFile(folder))
    await sleep(20)
}

/** When somebody has connected and made sure that it is this folder's own: its database is about to be made. */
async function untilMet(folder: string): Promise<number> {
  while (!readPidFile(folder)) await sleep(5)
  const ends = new AbortController()
  for await (const { filename } of watch(folder, { signal: ends.signal }))
    if (filename?.startsWith('zhuravl.sign-')) break
  ends.abort()
  return readPidFile(folder)?.pid ?? 0
}

test('a pid file whose number a stranger has taken does not stop the start', async () => {
  const folder = freshFolder()
  const first = await serve({ folder })
  const pidFile = readFileSync(join(folder, 'postmaster.pid'), 'utf8')
  await first.stop()
  writeFileSync(join(folder, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.ppid)))
  const { database } = await serve({ folder })
  expect((await database.owner.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test.runIf(openToOthers)(
  'an ordinary user serves a folder of his own',
  async () => {
    const folder = freshFolder()
    chownSync(join(folder, '..'), NOBODY, NOBODY)
    const held = hold(folder, 'write', NOBODY)
    await held.until('saved 3\n')
    held.child.kill('SIGTERM')
    expect(await once(held.child, 'exit')).toEqual([0, null])
  },
  60_000,
)

test.runIf(root)(
  'root without user namespaces serves too, and the folder changes hands both ways',
  async () => {
    const folder = freshFolder()
    for (const identity of ['setuid', 'namespace', 'setuid'] as const) {
      const { database, stop } = await serve({ folder, identity })
      expect((await database.owner.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      await stop()
    }
  },
  60_000,
)
