import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { basesIn, rootIn, segmentsIn } from '../backup/folder.ts'
import { historyName, segmentOf } from '../backup/segments.ts'
import { folderBeside, hasMemory, outboxOf, remembered, spoolOf } from '../backup/settings.ts'
import { withClient } from '../backup/with-client.ts'
import { MAJOR } from '../embedded/binaries.ts'
import { createCluster } from '../embedded/cluster.ts'
import { chooseIdentity } from '../embedded/identity.ts'
import { createDatabase } from '../embedded/letters.ts'
import { passwordFile } from '../embedded/passwords.ts'
import { type Recovered, recoverCluster } from '../embedded/recovery.ts'
import { APP_ROLE, BACKUP_ROLE } from '../logins.ts'

const LOGINS = [undefined, APP_ROLE, BACKUP_ROLE]

/** The passwords that lie beside a cluster, by the names of their files. */
export function passwordsBeside(folder: string): Record<string, string> {
  const files = LOGINS.map((login) => passwordFile(folder, login)).filter((file) => existsSync(file))
  return Object.fromEntries(
    files.map((file) => [`postgres${file.slice(folder.length)}`, readFileSync(file, 'utf8')]),
  )
}

/**
 * Serves a new cluster with an empty database and the passwords of the old. Its log begins on a timeline of its own: a
 * new cluster counts from the beginning, and its pieces must not be taken for those of the old one in the copies.
 */
export async function serveNew(draft: string, like: string, timeline: number): Promise<Recovered> {
  for (const login of LOGINS)
    if (existsSync(passwordFile(like, login)))
      copyFileSync(passwordFile(like, login), passwordFile(draft, login))
  const identity = chooseIdentity()
  createCluster(draft, identity, MAJOR)
  const log = `${draft}.log-in`
  mkdirSync(log, { mode: 0o700 })
  for (let used = 2; used < timeline; used++) writeFileSync(join(log, historyName(used)), '', { mode: 0o600 })
  // Recovery wants no fewer than the cluster was made with.
  const conf = { max_connections: '100' }
  const recovered = await recoverCluster({ folder: draft, log, target: 'end', conf })
  await withClient(recovered.connect('postgres'), (client) => createDatabase(client as pg.Client))
  return recovered
}

/** A timeline that neither the cluster nor anything in the copies of this data folder has. */
export async function unusedTimeline(dataDir: string, client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ timeline: number }>(
    'select timeline_id as timeline from pg_control_checkpoint()',
  )
  return 1 + Math.max(rows[0]?.timeline ?? 1, ...(hasMemory(dataDir) ? await timelinesKept(dataDir) : []))
}

async function timelinesKept(dataDir: string): Promise<number[]> {
  const { folder, installation } = remembered(dataDir)
  const root = rootIn(folder ?? folderBeside(dataDir), installation)
  const waiting = await Promise.all(
    [spoolOf(dataDir), outboxOf(dataDir)].map((place) => readdir(place).catch(() => [])),
  )
  return [
    ...(await basesIn(root)).map(({ about }) => about.timeline),
    ...(await segmentsIn(root)).map(({ timeline }) => timeline),
    ...waiting.flat().flatMap((name) => segmentOf(name.split('.', 1)[0] ?? '')?.timeline ?? []),
  ]
}
