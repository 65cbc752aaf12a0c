import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import {
  differencesBetween,
  type Fingerprint,
  fingerprintOf,
  recordFingerprint,
} from '#platform/backup/fingerprint.ts'
import { openDatabase } from '#platform/db.ts'
import { launch } from '#platform/embedded/cluster.ts'
import { chooseIdentity, own } from '#platform/embedded/identity.ts'
import { connectionOf, reach } from '#platform/embedded/reach.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { fill, ids, worldIn } from '../world.ts'
import { bareFolder, emptyFolder } from './data-folder.ts'
import { postmasterOf } from './journal-process.ts'

const PATIENCE = { tries: 200, pauseMs: 20 }

/** The school's PostgreSQL, whose log goes to an archive, and its database. */
async function live(dataDir: string, archive: string) {
  const postgres = await startEmbeddedPostgres({
    folder: join(dataDir, 'postgres'),
    conf: {
      wal_level: 'replica',
      archive_mode: 'on',
      archive_library: 'basic_archive',
      'basic_archive.archive_directory': archive,
      fsync: 'off',
    },
  })
  const database = openDatabase({ connection: postgres.connection })
  onTestFinished(async () => {
    await database.close()
    await postgres.stop()
  })
  return database
}

/** Copies the folder while it is written to, as a base backup does; files may go meanwhile, and then `cp` grumbles. */
async function copyServed(client: pg.ClientBase, from: string, to: string): Promise<void> {
  await client.query(`select pg_backup_start('copy', true)`)
  await new Promise((resolve) => execFile('cp', ['-a', `${from}/.`, to], resolve))
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  const folder = join(to, 'postgres')
  for (const name of ['postmaster.pid', 'postmaster.opts', 'pg_wal'])
    rmSync(join(folder, name), { recursive: true, force: true })
  mkdirSync(join(folder, 'pg_wal'))
  writeFileSync(join(folder, 'backup_label'), rows[0]?.labelfile ?? '')
  writeFileSync(join(folder, 'recovery.signal'), '')
}

/** Goes on once everything written so far lies in the archive. */
async function archived(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ last: string }>('select pg_walfile_name(pg_switch_wal()) as last')
  const isThere = `select last_archived_wal >= $1 as there from pg_stat_archiver`
  await expect
    .poll(async () => (await client.query(isThere, [rows[0]?.last])).rows, { timeout: 30_000 })
    .toEqual([{ there: true }])
}

/** The copy recovered to a restore point, where it stands still and can be read. */
async function recovered(dataDir: string, archive: string, restorePoint: string) {
  const folder = join(dataDir, 'postgres')
  const identity = chooseIdentity()
  own(identity, folder)
  const launched = launch({
    folder,
    sockets: dataDir,
    identity,
    conf: {
      restore_command: `cp "${archive}/%f" "%p"`,
      recovery_target_name: restorePoint,
      recovery_target_action: 'pause',
      hot_standby: 'on',
      fsync: 'off',
    },
  })
  for (let reached = await reach(folder); ; reached = await reach(folder)) {
    if (reached && 'own' in reached) {
      await reached.own.end()
      break
    }
    if (launched.failure() !== null) throw new Error(launched.failure() ?? '')
    await sleep(50)
  }
  const { app: _, ...owner } = connectionOf(folder, 'zhuravl') ?? expect.fail('nobody serves the copy')
  const client = new pg.Client(owner)
  await client.connect()
  // It can be read as soon as it is whole, which is before the place it is to stop at.
  const state = `select pg_get_wal_replay_pause_state() as state`
  await expect
    .poll(async () => (await client.query(state)).rows, { timeout: 30_000 })
    .toEqual([{ state: 'paused' }])
  const stop = async () => {
    await client.end()
    const postmaster = postmasterOf(dataDir)
    process.kill(postmaster, 'SIGINT')
    await expect.poll(() => postmasterOf(dataDir), { timeout: 30_000 }).toBe(0)
  }
  return { client, stop }
}

/** Writers who never pause: a teacher through the journal, and four who write past it into two tables at once. */
async function writersOf(database: Awaited<ReturnType<typeof live>>) {
  const [{ as }, { pool: _, owner }] = [await worldIn(database), database]
  let [enough, writes] = [false, 0]
  const repeat = async (write: (n: number) => Promise<unknown>) => {
    for (let n = 0; !enough; n++, writes++) await write(n)
  }
  const lane = async () => {
    const client = new pg.Client(owner.options)
    await client.connect()
    await repeat(() =>
      client.query('begin; insert into twin default values; insert into other values (1); commit'),
    )
    await client.end()
  }
  const teacher = (n: number) => {
    const cell = { lessonId: ids.today, workId: ids.today, studentId: ids.anna }
    const body = { cells: [{ ...cell, value: n % 2 ? '4' : '5', version: n }], lateReason: 'Замена учителя' }
    return as('teacher').put(`/api/journals/${ids.physics7}/cells`, body)
  }
  const lanes = [repeat(teacher), lane(), lane(), lane(), lane()]
  return {
    /** Goes on once some more has been written. */
    more: async () => {
      const before = writes
      await expect.poll(() => writes, { timeout: 30_000 }).toBeGreaterThan(before + 50)
    },
    end: async () => {
      enough = true
      await Promise.all(lanes)
    },
  }
}

test('a copy recovered to a restore point holds exactly what was recorded there', async () => {
  const [dataDir, copy] = [await emptyFolder(), bareFolder()]
  const archive = join(bareFolder(), 'archive')
  mkdirSync(archive)
  const database = await live(dataDir, archive)
  await fill(database)
  const client = await database.owner.connect()
  await client.query(
    `create table twin (id bigint generated always as identity); create table other (id int)`,
  )
  const writers = await writersOf(database)
  await writers.more()
  await copyServed(client, dataDir, copy)
  const recorded: Fingerprint[] = []
  for (let n = 1; n <= 3; n++) {
    await writers.more()
    recorded.push(await recordFingerprint(client, `moment-${n}`, PATIENCE))
  }
  await writers.more()
  await writers.end()
  await archived(client)
  const last = await fingerprintOf(client)
  client.release()
  for (const [n, fingerprint] of recorded.entries()) {
    const { client: found, stop } = await recovered(copy, archive, fingerprint.restorePoint)
    const contents = await fingerprintOf(found)
    expect(differencesBetween(fingerprint, contents)).toEqual([])
    // What was written since is told from it.
    expect(differencesBetween(last, contents).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['public.history', 'public.mark', 'public.other', 'public.twin']),
    )
    if (n === recorded.length - 1) {
      await found.query('select pg_promote()')
      // Past the triggers, so that history does not tell.
      await found.query(`set session_replication_role = replica; update mark set value = '2'`)
      expect(differencesBetween(fingerprint, await fingerprintOf(found))).toEqual([
        { kind: 'table', name: 'public.mark', recorded: 1, found: 1 },
      ])
    }
    await stop()
  }
}, 180_000)
