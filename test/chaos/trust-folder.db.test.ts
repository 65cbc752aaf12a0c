import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { loginOf } from '#platform/embedded/passwords.ts'
import { connectionOf } from '#platform/embedded/reach.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { APP_ROLE, BACKUP_ROLE } from '#platform/logins.ts'
import { openStorage } from '#platform/storage.ts'
import { bareFolder, emptyFolder } from './data-folder.ts'
import { killPostgres, startJournal } from './journal-process.ts'

// As initdb of the first releases wrote it, and as people have changed it since.
const TRUST = [
  '# TYPE  DATABASE  USER  ADDRESS  METHOD   (trust: whoever comes)',
  'local   all             all                                     trust',
  'host    all             all             127.0.0.1/32            trust # this machine',
  'host\tall\tall\t::1/128\ttrust',
  'local   replication     all                                     trust',
  'host    journal_of_trust all            10.0.0.0/8              reject',
  '',
].join('\n')

async function rows(place: pg.ClientConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(place)
  client.on('error', () => undefined)
  await client.connect()
  return client
    .query(text)
    .then((answer) => answer.rows)
    .finally(() => client.end())
}

const refusalOf = (place: pg.ClientConfig) =>
  rows(place, 'select 1').then(
    () => 'let in',
    (error: Error) => error.message,
  )

/** Makes of a folder that is being served what the first releases made: all are let in, nobody has a password. */
async function makeTrusting(dataDir: string, connection: pg.ClientConfig): Promise<void> {
  const folder = join(dataDir, 'postgres')
  writeFileSync(join(folder, 'pg_hba.conf'), TRUST)
  const text =
    'select pg_reload_conf(); alter role zhuravl password null; alter role zhuravl_app password null; create table kept as select 1 as one'
  await rows({ ...connection, database: 'postgres' }, text)
  for (const name of readdirSync(dataDir)) if (name.endsWith('.password')) rmSync(join(dataDir, name))
}

/** Opens the folder and looks that nobody comes in without the password that is now beside it. */
async function opensOnlyByPassword(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'postgres')
  const storage = await openStorage({ dataDir, databaseUrl: null }, { tell: () => undefined })
  try {
    const { rows: sockets } = await storage.database.owner.query<{ host: string }>(
      `select current_setting('unix_socket_directories') as host`,
    )
    const place = { host: sockets[0]?.host, database: 'postgres' }
    for (const user of ['zhuravl', APP_ROLE, BACKUP_ROLE]) {
      expect(await refusalOf({ ...place, user, password: 'wrong' }), user).toMatch(/password/)
      expect(await rows({ ...place, ...loginOf(folder, user) }, 'select current_user as who')).toEqual([
        { who: user },
      ])
    }
    expect((await storage.database.pool.query('select current_user as who')).rows).toEqual([
      { who: APP_ROLE },
    ])
    expect(await rows({ ...place, ...loginOf(folder) }, 'select one from kept')).toEqual([{ one: 1 }])
  } finally {
    await storage.stop()
  }
}

function expectNoTrust(dataDir: string): void {
  const lines = readFileSync(join(dataDir, 'postgres', 'pg_hba.conf'), 'utf8').split('\n')
  const before = TRUST.split('\n')
  expect(lines.filter((line) => /^[^#]*\btrust\b/.test(line))).toEqual([])
  // Comments, tabs and rules that let nobody in stay as they were.
  expect(lines).toEqual(
    before.map((line) =>
      /^(local|host)\s/.test(line) ? line.replace(/trust(?=$| #)/, 'scram-sha-256') : line,
    ),
  )
}

type Way = { name: string; leave: (dataDir: string) => Promise<string> }

/** How the last start of the old release may have ended; the answer is the folder to open. */
const ways: Way[] = [
  {
    name: 'stopped',
    leave: async (dataDir) => {
      const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres') })
      await makeTrusting(dataDir, postgres.connection)
      await postgres.stop()
      return dataDir
    },
  },
  {
    name: 'killed, its PostgreSQL going on',
    leave: async (dataDir) => {
      const journal = await startJournal({ dataDir })
      await makeTrusting(dataDir, ownerOf(dataDir))
      await journal.kill()
      return dataDir
    },
  },
  {
    name: 'killed together with its PostgreSQL',
    leave: async (dataDir) => {
      const journal = await startJournal({ dataDir })
      await makeTrusting(dataDir, ownerOf(dataDir))
      await journal.kill()
      killPostgres(dataDir)
      return dataDir
    },
  },
  {
    name: 'stopped, and the folder copied',
    leave: async (dataDir) => {
      const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres') })
      await makeTrusting(dataDir, postgres.connection)
      await postgres.stop()
      const copy = bareFolder()
      cpSync(join(dataDir, 'postgres'), join(copy, 'postgres'), { recursive: true })
      return copy
    },
  },
]

const ownerOf = (dataDir: string): pg.ClientConfig => {
  const found = connectionOf(join(dataDir, 'postgres'), 'postgres')
  if (!found) throw new Error('not served')
  return found
}

test.each(ways)(
  'a folder of the first releases, $name, asks for passwords from its next start on',
  async ({ leave }) => {
    const dataDir = await leave(await emptyFolder())
    await opensOnlyByPassword(dataDir)
    expectNoTrust(dataDir)
    await opensOnlyByPassword(dataDir)
  },
)
