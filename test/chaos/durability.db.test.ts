import { appendFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { newId } from '#platform/ids.ts'
import { schoolFolder, withStorage } from './data-folder.ts'
import { type Journal, spawnJournal, startJournal } from './journal-process.ts'
import type { Lesson } from './school.ts'
import { chanceOf, newLedger, put, write } from './writers.ts'

/** The database of a journal that is running, reached beside it. */
async function beside<T>(dataDir: string, work: (database: Database) => Promise<T>): Promise<T> {
  const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), join: true })
  const database = openDatabase({ connection: postgres.connection })
  try {
    return await work(database)
  } finally {
    await database.close()
    await postgres.stop()
  }
}

const health = async ({ port }: Journal, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  return { status: answer.status, body: await answer.json() }
}

async function refusedStart(dataDir: string): Promise<string> {
  const journal = spawnJournal({ dataDir, command: ['--entry', 'cli/main.ts', 'start'] })
  expect(await journal.exited).toBe(1)
  return journal.output()
}

const setting = (statement: string) => (dataDir: string) =>
  withStorage(dataDir, async ({ database }) => {
    await database.owner.query(statement)
  })
const line = (text: string) => async (dataDir: string) => {
  appendFileSync(join(dataDir, 'postgres', 'postgresql.conf'), `\n${text}\n`)
}

test.each([
  ['fsync', 'in its file', line('fsync = off')],
  ['full_page_writes', 'in its file', line('full_page_writes = off')],
  ['synchronous_commit', 'in its file', line('synchronous_commit = off')],
  ['fsync', 'by a command', setting('alter system set fsync = off')],
  ['synchronous_commit', 'for the database', setting('alter database zhuravl set synchronous_commit = off')],
  ['synchronous_commit', 'for the owner', setting('alter role zhuravl set synchronous_commit = off')],
  [
    'synchronous_commit',
    'for the application',
    setting('alter role zhuravl_app set synchronous_commit = off'),
  ],
  ['synchronous_commit', 'for all roles', setting('alter role all set synchronous_commit = off')],
] as const)(
  'a start with %s turned off %s is refused in words',
  async (name, _, turnOff) => {
    const { dataDir } = await schoolFolder()
    await turnOff(dataDir)
    const output = await refusedStart(dataDir)
    expect(output).toContain('PostgreSQL настроена так, что может потерять уже сохранённое')
    expect(output).toContain(name)
  },
  180_000,
)

test('a setting turned off under a running journal ends saving until it is back', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const journal = await startJournal({ dataDir })
  const agent = new Agent()
  let version = 0
  const save = async () => {
    const [{ id: lessonId, journalId, token, students } = lessons[0] as Lesson] = lessons
    const cell = {
      lessonId,
      workId: lessonId,
      studentId: students[0] ?? '',
      value: String(2 + (version % 4)),
      version,
    }
    const body = { cells: [cell], lateReason: 'Журнал заполнен вечером' }
    const path = `/api/journals/${journalId}/cells`
    const answer = await put(journal.port, agent, { path, token, operationId: newId(), body })
    if (answer.status === 200) version++
    return answer.status === 200 ? 'saved' : JSON.parse(answer.text).refusal
  }
  const after = (...statements: string[]) =>
    beside(dataDir, async ({ owner }) => {
      for (const statement of statements) await owner.query(statement)
      await new Promise((resolve) => setTimeout(resolve, 1200)) // a reload is asked for, not waited for, and a look is believed for a second
      const [alive, ready] = await Promise.all([health(journal, '/healthz'), health(journal, '/readyz')])
      expect(alive.status).toBe(200)
      return ready
    })
  const sound = { status: 200, body: { ready: true } }
  const without = (name: string) => ({ status: 503, body: { ready: false, faults: [name] } })
  const reload = 'select pg_reload_conf()'

  expect(await after('select 1')).toEqual(sound)
  expect(await save()).toBe('saved')
  expect(await after('alter role zhuravl_app set synchronous_commit = off')).toEqual(
    without('synchronous_commit'),
  )
  expect(await save()).toBe('not-durable')
  expect(await after('alter role zhuravl_app reset synchronous_commit')).toEqual(sound)
  expect(await after('alter database zhuravl set synchronous_commit to no')).toEqual(
    without('synchronous_commit'),
  )
  expect(await after('alter database zhuravl reset all')).toEqual(sound)
  expect(await after('alter system set fsync = off', reload)).toEqual(without('fsync'))
  expect(await save()).toBe('not-durable')
  expect(await after('alter system reset fsync', reload)).toEqual(sound)
  expect(await save()).toBe('saved')
}, 180_000)

test.each([
  ['is on the disk before it is acknowledged', undefined, 0],
  ['is not with synchronous_commit off', { synchronous_commit: 'off', wal_writer_delay: '10s' }, 0.9],
] as const)(
  'a write %s',
  async (_, planted, share) => {
    const { dataDir, lessons } = await schoolFolder()
    const journal = await startJournal({ dataDir, ...(planted && { planted }) })
    const ledger = newLedger()
    let pending = 0
    await beside(dataDir, async ({ owner }) => {
      // Nobody else writes, so what the log holds beyond the disk is the write just acknowledged.
      const after = async () => {
        const { rows } = await owner.query(
          'select pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn() as pending',
        )
        if (rows[0].pending) pending++
      }
      const enough = () => ledger.acknowledged.length >= 100
      await write(ledger, lessons, { port: journal.port, writers: 1, chance: chanceOf(1), enough, after })
    })
    expect(ledger.faults).toEqual([])
    // PostgreSQL's own upkeep may be in the log for a moment: five in a hundred are its, not ours.
    expect(Math.abs(pending / 100 - share)).toBeLessThanOrEqual(share === 0 ? 0.05 : 0.1)
  },
  180_000,
)
