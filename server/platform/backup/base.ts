import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Holdings } from '#contract/backups.ts'
import type { Connection } from '../embedded/reach.ts'
import type { BaseProgress } from './base-stream.ts'
import type { CopyCluster } from './copy-cluster.ts'
import { TablesBusy } from './fingerprint.ts'
import { type Base, type BaseAbout, beginBase, FINGERPRINT, finishBase, paths, SECRETS } from './folder.ts'
import { sealFingerprint } from './proving.ts'
import { type Sealed, seal } from './seal.ts'
import { placeOf, type Segment, stampOf } from './segments.ts'

/** Beside the cluster lies what it cannot be opened without. */
const SECRET_FILES = [
  'server.key',
  'postgres.password',
  'postgres.zhuravl_app.password',
  'postgres.zhuravl_backup.password',
  'backup.json',
]

export type BaseOrder = {
  login: Connection
  dataDir: string
  root: string
  recipients: readonly string[]
  /** Asked in the live database as the copy begins. */
  holds: () => Promise<Holdings | null>
  major: number
  spread: boolean
  clock: () => Date
  /** In this thread, or in one of its own. */
  copyCluster: CopyCluster
  progress?: BaseProgress
  signal?: AbortSignal
  /** Resolves when the log up to this place lies in the folder. */
  archived: (upTo: Segment) => Promise<void>
}

/** Makes a whole copy in the folder, or nothing: what failed half way is taken away. */
export async function makeBase(order: BaseOrder): Promise<Base> {
  const { root, clock, recipients } = order
  const from = clock()
  const name = stampOf(from)
  const folder = join(paths(root).bases, name)
  await beginBase(folder)
  try {
    const holds = await order.holds()
    const secrets = await sealSecrets(order, folder)
    const { login, spread, progress, signal } = order
    const cluster = { login, folder, recipients, spread }
    const { span, unpacked, ...copied } = await order.copyCluster(cluster, { progress, signal })
    const files: Record<string, Sealed> = { ...copied.files, [SECRETS]: secrets }
    const recorded = await recordedBy(order, folder, name)
    if (recorded) files[FINGERPRINT] = recorded.sealed
    const to = clock()
    const lastPlace = Math.max(placeOf(span.to, true), recorded?.upTo.place ?? 0)
    const places = { firstPlace: placeOf(span.from), lastPlace }
    await order.archived({ timeline: span.timeline, place: lastPlace })
    const about: BaseAbout = {
      format: 1,
      from: from.toISOString(),
      to: to.toISOString(),
      major: order.major,
      timeline: span.timeline,
      ...places,
      bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0),
      unpackedBytes: unpacked,
      files: Object.fromEntries(Object.entries(files).map(([file, { sha256 }]) => [file, sha256])),
      recipients: [...recipients],
      holds,
    }
    await finishBase(folder, about)
    return { name, folder, about }
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** Without a record a copy is as good, but nothing can be held against it. */
async function recordedBy({ login, recipients }: BaseOrder, folder: string, name: string) {
  try {
    return await sealFingerprint(login, { folder, name, recipients })
  } catch (error) {
    if (error instanceof TablesBusy) return null
    throw error
  }
}

async function sealSecrets({ dataDir, recipients }: BaseOrder, folder: string): Promise<Sealed> {
  const files: Record<string, string> = {}
  for (const name of SECRET_FILES) {
    const text = await readFile(join(dataDir, name), 'utf8').catch(() => null)
    if (text !== null) files[name] = text
  }
  return seal(
    Readable.from([JSON.stringify(files)], { objectMode: false }),
    join(folder, SECRETS),
    recipients,
  )
}
