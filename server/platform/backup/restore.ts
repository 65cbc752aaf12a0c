import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Unpack } from 'tar'
import { z } from 'zod'
import { type Disk, diskOf } from '../disk.ts'
import { hasPrograms, MAJOR } from '../embedded/binaries.ts'
import { endServer } from '../embedded/ending.ts'
import { type Recovered, type RecoveryTarget, recoverCluster } from '../embedded/recovery.ts'
import { roomWords } from './backup.words.ts'
import { BackupRefused } from './fault.ts'
import { type Base, basesIn, FILES, historiesIn, type Kept, MANIFEST, SECRETS, segmentsIn } from './folder.ts'
import { laidOutBytes } from './needed.ts'
import { unseal, unsealText } from './seal.ts'
import { historyName, segmentName } from './segments.ts'

/** What is being done, in hundredths of the whole. */
export type Step = 'unpack' | 'check' | 'log' | 'replay'
export type RestoreProgress = (step: Step, percent: number) => void

export type UnpackOrder = {
  root: string
  base: Base
  identities: readonly string[]
  /** A folder that does not exist yet; beside it `<draft>.password`, `<draft>.log-in` and the like are made. */
  draft: string
  /** The log is taken up to here; null: all of it. */
  until: Date | null
  progress?: RestoreProgress | undefined
}

/** A copy laid out and found whole, with the log to be replayed over it. */
export type Unpacked = {
  folder: string
  log: string
  /** Files that lie beside the cluster, by their names. */
  secrets: Record<string, string>
  /** The last moment whose log is here. */
  logUntil: Date
}

const Secrets = z.record(z.string(), z.string())
const Manifest = z.object({
  Files: z.array(
    z.object({
      Path: z.string().optional(),
      'Encoded-Path': z.string().optional(),
      Size: z.number(),
      Checksum: z.string().optional(),
    }),
  ),
})

export type UnpackCopy = (order: UnpackOrder) => Promise<Unpacked>

/** Lays a copy out beside the data and makes sure of each of its files; needs nothing of the broken folder. */
export async function unpack(order: UnpackOrder): Promise<Unpacked> {
  const { root, base, identities, draft, until, progress } = order
  refuseOtherMajor(base)
  await refuseWithoutRoom(order)
  const secrets = Secrets.parse(JSON.parse(await unsealText(join(base.folder, SECRETS), identities)))
  // A copy may be tried out on a machine that has no journal.
  await mkdir(dirname(draft), { recursive: true, mode: 0o700 })
  await mkdir(draft, { mode: 0o700 })
  const into = new Unpack({ cwd: draft, preserveOwner: false, noMtime: true, strict: true })
  let done = 0
  const counted = new Writable({
    write(chunk: Buffer, _, next) {
      done += chunk.length
      try {
        progress?.('unpack', percentOf(done, base.about.unpackedBytes))
      } catch (error) {
        return next(error as Error)
      }
      if (into.write(chunk)) next()
      else into.once('drain', () => next())
    },
    final(next) {
      into.once('close', () => next())
      into.end()
    },
  })
  // A disk that fills up meanwhile is told of here at any moment.
  into.on('error', (error: Error) => counted.destroy(error))
  await unseal(join(base.folder, FILES), identities, counted)
  const manifest = Manifest.parse(JSON.parse(await unsealText(join(base.folder, MANIFEST), identities)))
  await checkFiles(draft, manifest.Files, progress)
  const password = secrets['postgres.password']
  if (password) await writeFile(`${draft}.password`, password, { mode: 0o600 })
  const log = `${draft}.log-in`
  const logUntil = await layLog({ root, base, identities, log, until, progress })
  return { folder: draft, log, secrets, logUntil }
}

/** Takes away everything that laying a copy out has made. */
export async function discard(draft: string): Promise<void> {
  // Of a process that was killed the server has stayed.
  await endServer(draft).catch(() => undefined)
  for (const name of await readdir(dirname(draft)).catch(() => []))
    if (name === basename(draft) || name.startsWith(`${basename(draft)}.`))
      // What was being unpacked may still be coming.
      await rm(join(dirname(draft), name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** Brings what was laid out to its target. */
export function replay(
  { folder, log }: Unpacked,
  target: RecoveryTarget,
  options: { readOnly?: boolean; progress?: RestoreProgress | undefined } = {},
): Promise<Recovered> {
  return recoverCluster({
    folder,
    log,
    target,
    ...(options.readOnly && { readOnly: true }),
    progress: () => options.progress?.('replay', 0),
  }).catch((error: unknown) => {
    throw new BackupRefused('recovery-failed', error instanceof Error ? error.message : '')
  })
}

async function checkFiles(
  draft: string,
  files: z.infer<typeof Manifest>['Files'],
  progress: RestoreProgress | undefined,
): Promise<void> {
  const total = files.reduce((sum, { Size }) => sum + Size, 0)
  let done = 0
  for (const file of files) {
    const encoded = file['Encoded-Path']
    const name = file.Path ?? Buffer.from(encoded ?? '', 'hex').toString('utf8')
    const hash = createHash('sha256')
    const found = await stat(join(draft, name)).catch(() => null)
    if (found) await pipeline(createReadStream(join(draft, name), { highWaterMark: 1 << 20 }), hash)
    if (found?.size !== file.Size || hash.digest('hex') !== file.Checksum)
      throw new BackupRefused('not-as-copied', name)
    done += file.Size
    progress?.('check', percentOf(done, total))
  }
}

/** A segment is stamped when it is handed over, which is later than it was filled: on a busy disk by this much at most. */
const LATE_MS = 10 * 60_000

/** The segments that belong to a copy and follow it without a gap, as far as they may hold something of the moment. */
export function segmentsFor(base: Base, kept: readonly Kept[], until: Date | null): Kept[] {
  const { timeline, firstPlace, lastPlace } = base.about
  const places = new Map(kept.filter((one) => one.timeline === timeline).map((one) => [one.place, one]))
  const taken: Kept[] = []
  for (let place = firstPlace; ; place++) {
    const segment = places.get(place)
    if (!segment) break
    taken.push(segment)
    if (until && place >= lastPlace && segment.at.getTime() > until.getTime() + LATE_MS) break
  }
  return taken
}

/** What was written after a lost piece of the log cannot be restored from this copy, and is not to be left out in silence. */
export function refuseHole(taken: readonly Kept[], kept: readonly Kept[], until: Date | null): void {
  const last = taken.at(-1)
  if (!last || (until && until <= last.at)) return
  const beyond = kept.some((one) => one.timeline === last.timeline && one.place > last.place)
  if (beyond) throw new BackupRefused('log-hole', segmentName({ ...last, place: last.place + 1 }))
}

async function layLog(order: Omit<UnpackOrder, 'draft'> & { log: string }): Promise<Date> {
  const { root, base, identities, log, until, progress } = order
  await mkdir(log, { mode: 0o700 })
  const kept = await segmentsIn(root)
  const segments = segmentsFor(base, kept, until)
  refuseHole(segments, kept, until)
  const last = segments.at(-1)
  if (!last || last.place < base.about.lastPlace)
    throw new BackupRefused(
      'file-missing',
      segmentName({ timeline: base.about.timeline, place: (last?.place ?? base.about.firstPlace - 1) + 1 }),
    )
  let laid = last
  for (const [n, segment] of segments.entries()) {
    const target = join(log, segmentName(segment))
    const before = segments[n - 1]
    try {
      await unseal(segment.file, identities, sparse(target))
    } catch (error) {
      // Taken along for late news of the moment only.
      const isSpare = until && before && before.place >= base.about.lastPlace && before.at > until
      if (!isSpare) throw error
      await rm(target, { force: true })
      break
    }
    laid = segment
    progress?.('log', percentOf(n + 1, segments.length))
  }
  await layHistories({ root, base, identities, log })
  return laid.at
}

/** PostgreSQL takes the first timeline of which it finds no history: one that was used already would mix two logs. */
async function layHistories({
  root,
  base,
  identities,
  log,
}: Omit<UnpackOrder, 'draft' | 'until'> & { log: string }): Promise<void> {
  for (const { name, file } of await historiesIn(root))
    await unseal(file, identities, createWriteStream(join(log, name), { mode: 0o600 }))
  const bases = await basesIn(root)
  const used = [
    ...bases.map(({ about }) => about.timeline),
    ...(await segmentsIn(root)).map((one) => one.timeline),
  ]
  for (const timeline of new Set(used)) {
    const file = join(log, historyName(timeline))
    if (timeline > base.about.timeline && !existsSync(file)) await writeFile(file, '', { mode: 0o600 })
  }
}

const HOLE = 1 << 16

/** Segments are mostly zeros when little was written: where they are, nothing is written, and the disk keeps its room. */
function sparse(file: string): Writable {
  let handle: Awaited<ReturnType<typeof open>> | null = null
  let position = 0
  return new Writable({
    async construct(done) {
      handle = await open(file, 'wx', 0o600)
      done()
    },
    write(chunk: Buffer, _, done) {
      const at = position
      position += chunk.length
      const parts: Promise<unknown>[] = []
      for (let from = 0; from < chunk.length; from += HOLE) {
        const part = chunk.subarray(from, from + HOLE)
        if (!isZero(part)) parts.push(handle?.write(part, 0, part.length, at + from) ?? Promise.resolve())
      }
      Promise.all(parts).then(() => done(), done)
    },
    final(done) {
      Promise.resolve(handle?.truncate(position)).then(() => done(), done)
    },
    destroy(error, done) {
      Promise.resolve(handle?.close()).then(
        () => done(error),
        () => done(error),
      )
    },
  })
}

const ZEROS = Buffer.alloc(HOLE)
const isZero = (part: Buffer): boolean => part.equals(ZEROS.subarray(0, part.length))

/** Refuses where the unpacked copy with its log would not fit beside the data. */
export async function refuseWithoutRoom(
  order: Pick<UnpackOrder, 'root' | 'base' | 'draft' | 'until'>,
): Promise<void> {
  const disk = await nearestDisk(dirname(order.draft))
  const needed = await neededFor(order)
  if (disk && disk.free < needed) throw new BackupRefused('no-room', roomWords(needed, disk.free))
}

/** Refuses a copy of a PostgreSQL that did not come with this version: only its own programs can open it. */
export function refuseOtherMajor({ about: { major } }: Base): void {
  if (hasPrograms(major)) return
  throw new BackupRefused(major > MAJOR ? 'newer-major' : 'older-major', `PostgreSQL ${major} ≠ ${MAJOR}`)
}

/** About how many bytes laying this out takes. */
export const neededFor = async ({
  root,
  base,
  until,
}: Pick<UnpackOrder, 'root' | 'base' | 'until'>): Promise<number> =>
  laidOutBytes(base, segmentsFor(base, await segmentsIn(root), until))

/** On a new machine the data folder is not made yet. */
async function nearestDisk(folder: string): Promise<Disk | null> {
  const disk = await diskOf(folder)
  return disk || dirname(folder) === folder ? disk : nearestDisk(dirname(folder))
}

const percentOf = (done: number, of: number): number =>
  Math.min(100, Math.floor((100 * done) / Math.max(1, of)))
