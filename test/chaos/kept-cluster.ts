import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { archiveConf, createKeeper, type Keeper, type KeeperOptions } from '#platform/backup/keeper.ts'
import { restore } from '#platform/backup/restoring.ts'
import { identitiesIn, placesOf } from '#platform/backup/settings.ts'
import { withClient } from '#platform/backup/with-client.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { allowRestorePoints } from '#platform/logins.ts'
import { bareFolder } from './data-folder.ts'

const HELD = { students: 0, lessons: 0, marks: 0, lastLessonOn: null }

/** A cluster with one table of numbers whose log is handed over; `keep` looks after its copies. */
export type KeptCluster = {
  dataDir: string
  keyFile: string
  /** Outside the data; nothing lies there until a keeper is told. */
  chosen: string
  client: pg.Client
  /** What every keeper of it has told. */
  told: string[]
  keep: (options?: Partial<KeeperOptions>) => Promise<Keeper>
  add: (from: number, to?: number) => Promise<unknown>
  /** Ends the segment of the log that is being written. */
  switchLog: () => Promise<unknown>
  now: () => Promise<Date>
  identities: () => string[]
}

/** Such a cluster, gone when the test ends; on a disk of its own where one is given. */
export async function keptCluster(parent: string = bareFolder()): Promise<KeptCluster> {
  const dataDir = join(parent, 'data')
  const postgres = await startEmbeddedPostgres({
    folder: join(dataDir, 'postgres'),
    conf: { ...archiveConf(dataDir), fsync: 'off' },
  })
  const client = new pg.Client(postgres.connection)
  client.on('error', () => undefined)
  await client.connect()
  await allowRestorePoints(client)
  await client.query('create table number (n int primary key)')
  const keyFile = join(parent, 'backup.key')
  const told: string[] = []
  let keeper: Keeper | null = null
  const keep = async (options: Partial<KeeperOptions> = {}) => {
    await keeper?.stop()
    keeper = await createKeeper({
      places: placesOf({ dataDir, backupKeyFile: keyFile }),
      postgres,
      holds: async () => HELD,
      clock: () => new Date(),
      tell: (words) => void told.push(words),
      ships: true,
      byItself: false,
      diskPercent: 100,
      everyMs: 50,
      ...options,
    })
    return keeper
  }
  onTestFinished(async () => {
    await keeper?.stop()
    await client.end().catch(() => undefined)
    await postgres.stop()
  })
  return {
    ...{ dataDir, keyFile, chosen: join(bareFolder(), 'chosen'), client, told, keep },
    add: (from, to = from) =>
      client.query('insert into number select generate_series($1::int, $2::int)', [from, to]),
    switchLog: () => client.query('select pg_switch_wal()'),
    now: async () => {
      const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
      return rows[0]?.now ?? new Date()
    },
    identities: () => identitiesIn(readFileSync(keyFile, 'utf8')),
  }
}

/** The numbers a restore into this folder brings back, in order. */
export async function numbersRestored(
  root: string,
  identities: readonly string[],
  until: Date | null = null,
  dataDir: string = bareFolder(),
): Promise<number[]> {
  let numbers: number[] = []
  await restore({
    ...{ dataDir, root, identities, until, now: new Date() },
    settle: (connection) =>
      withClient(connection, async (client) => {
        const { rows } = await client.query<{ n: number }>('select n from number order by n')
        numbers = rows.map(({ n }) => n)
      }),
  })
  return numbers
}

/** All numbers from one to another. */
export const count = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n)
