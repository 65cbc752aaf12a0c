import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { type Launched, launch } from './cluster.ts'
import { endServer } from './ending.ts'
import { EmbeddedRefused } from './fault.ts'
import { makeSocketFolder, socketFolder } from './folders.ts'
import { chooseIdentity, type Identity, own } from './identity.ts'
import { type Connection, connectionOf, reach } from './reach.ts'

/** Where replaying the log ends: with the last transaction up to a moment, at a named point, or where the log ends. */
export type RecoveryTarget = { moment: Date } | { point: string } | 'end'

export type RecoveryOptions = {
  /** An unpacked base copy with its password beside it. */
  folder: string
  /** Plain segments of the log, by PostgreSQL's names. */
  log: string
  target: RecoveryTarget
  /** Stays readable only, at the target, instead of beginning a timeline of its own. */
  readOnly?: boolean
  /** Settings added to the command line. */
  conf?: Readonly<Record<string, string>>
  /** Told while the log is replayed: up to which moment. */
  progress?: (until: Date | null) => void
}

/** A cluster brought back to its target; `reached` says whether the log went as far as was asked. */
export type Recovered = {
  connect: (database: string) => Connection
  reached: boolean
  stop: () => Promise<void>
}

/** A shell runs it, after PostgreSQL has put names in place of «%f» and «%p». */
function fetching(log: string): string {
  const folder = log.replaceAll('%', '%%')
  if (process.platform === 'win32') return `copy "${folder.replaceAll('/', '\\')}\\%f" "%p"`
  return `cp '${folder.replaceAll("'", `'\\''`)}/%f' "%p"`
}
const SHORT = /recovery ended before configured recovery target was reached/
const HOURS = 4

/**
 * Replays the log over a copy until the target. Where the log ends before the moment asked for, nothing happened in
 * between, and its end is taken.
 */
export async function recoverCluster(options: RecoveryOptions): Promise<Recovered> {
  try {
    return await recover(options, options.target)
  } catch (error) {
    await endServer(options.folder)
    if (options.target === 'end' || !(error instanceof Error) || !SHORT.test(error.message)) throw error
    return { ...(await recover(options, 'end')), reached: false }
  }
}

async function recover(options: RecoveryOptions, target: RecoveryTarget): Promise<Recovered> {
  const { folder } = options
  const identity: Identity = chooseIdentity()
  const sockets = process.platform === 'win32' ? '' : socketFolder(folder)
  writeFileSync(join(folder, 'recovery.signal'), '')
  own(identity, folder)
  own(identity, options.log)
  if (sockets) {
    makeSocketFolder(sockets)
    own(identity, sockets)
  }
  const launched = launch({ folder, sockets, identity, conf: confOf(options, target) })
  await untilArrived(options, launched)
  return served(folder)
}

async function untilArrived(
  { folder, readOnly = false, progress }: RecoveryOptions,
  launched: Launched,
): Promise<void> {
  const deadline = performance.now() + HOURS * 3_600_000
  while (performance.now() < deadline) {
    const failure = launched.failure()
    if (failure !== null) throw new EmbeddedRefused('start-failed', failure)
    // Whoever follows may have it ended, by throwing, before there is anything to ask.
    progress?.(null)
    const reached = await reach(folder)
    const own = reached && 'own' in reached ? reached.own : null
    if (own && (await arrived(own, readOnly, progress).finally(() => own.end()))) return
    await sleep(200)
  }
  throw new EmbeddedRefused('start-failed', folder)
}

function confOf({ log, readOnly, conf }: RecoveryOptions, target: RecoveryTarget): Record<string, string> {
  return {
    restore_command: fetching(log),
    recovery_target_timeline: 'current',
    recovery_target_action: readOnly ? 'pause' : 'promote',
    ...(target !== 'end' && 'moment' in target && { recovery_target_time: timeOf(target.moment) }),
    ...(target !== 'end' && 'point' in target && { recovery_target_name: target.point }),
    hot_standby: 'on',
    // Where the log ends before the target, there is nothing left that forbids to write.
    ...(readOnly && { default_transaction_read_only: 'on' }),
    // What is replayed here is no news for the archive.
    archive_mode: 'off',
    ...conf,
  }
}

// Names of zones are not understood here, «Z» among them.
const timeOf = (moment: Date): string => moment.toISOString().replace('T', ' ').replace('Z', '+00')

const PROGRESS = `select pg_is_in_recovery() as "inRecovery", pg_last_xact_replay_timestamp() as until,
  case when pg_is_in_recovery() then pg_get_wal_replay_pause_state() = 'paused' else false end as paused`

async function arrived(
  client: pg.Client,
  readOnly: boolean,
  progress: RecoveryOptions['progress'],
): Promise<boolean> {
  // The server may be going through its last step and take the connection along.
  const answer = await client
    .query<{ inRecovery: boolean; until: Date | null; paused: boolean }>(PROGRESS)
    .catch(() => null)
  const [row] = answer?.rows ?? []
  if (!row) return false
  progress?.(row.until)
  return readOnly ? row.paused || !row.inRecovery : !row.inRecovery
}

function served(folder: string): Recovered {
  return {
    reached: true,
    connect: (database) => {
      const connection = connectionOf(folder, database)
      if (!connection) throw new EmbeddedRefused('start-failed', folder)
      return connection
    },
    stop: async () => {
      await endServer(folder)
      rmSync(join(folder, 'recovery.signal'), { force: true })
    },
  }
}
