import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { Holdings } from '#contract/backups.ts'
import { isAlive } from '../embedded/pid-file.ts'
import { BackupRefused } from './fault.ts'
import { keep } from './seal.ts'
import { momentOf, type Segment, segmentOf } from './segments.ts'

/** What a copy consists of: the cluster, the list of its files, what lies beside it, what its tables held. */
export const FILES = 'files.tar.gz.age'
export const MANIFEST = 'manifest.gz.age'
export const SECRETS = 'secrets.gz.age'
export const FINGERPRINT = 'fingerprint.gz.age'

/** What lies in the clear beside a sealed copy: nothing of it is about people. */
export const BaseAbout = z.strictObject({
  format: z.literal(1),
  /** When the server began and ended sending. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Major version of PostgreSQL. */
  major: z.number().int(),
  timeline: z.number().int(),
  /** Without the segments from the first to the last the copy is nothing. */
  firstPlace: z.number().int(),
  lastPlace: z.number().int(),
  bytes: z.number().int(),
  unpackedBytes: z.number().int(),
  /** SHA-256 of the sealed files, by their names. */
  files: z.record(z.string(), z.string()),
  /** For whom it is sealed. */
  recipients: z.array(z.string()),
  holds: Holdings.nullable(),
})
export type BaseAbout = z.infer<typeof BaseAbout>

/** A whole copy in the folder, by the name of its own folder. */
export type Base = { name: string; folder: string; about: BaseAbout }

/** A sealed segment in the folder and when it came there. */
export type Kept = Segment & { file: string; at: Date }

const About = z.strictObject({
  format: z.literal(1),
  product: z.literal('zhuravl'),
  installation: z.string(),
})

const ABOUT = 'about.json'
const SUFFIX = '.gz.age'
const INSTALLATION = /^zhuravl-[0-9a-f]{8}$/

/** Paths inside the folder of one installation. */
export const paths = (root: string) => ({
  about: join(root, ABOUT),
  bases: join(root, 'copies'),
  log: join(root, 'log'),
})

/** The folder of this installation inside the one that was chosen. */
export const rootIn = (chosen: string, installation: string): string =>
  join(chosen, `zhuravl-${installation}`)

/** Makes the folder of an installation; only when it is chosen: a share that is away must not be made anew here. */
export async function makeRoot(root: string, installation: string): Promise<void> {
  const { about, bases, log } = paths(root)
  await mkdir(bases, { recursive: true, mode: 0o700 })
  await mkdir(log, { recursive: true, mode: 0o700 })
  if (existsSync(about)) return
  await writeWhole(about, JSON.stringify({ format: 1, product: 'zhuravl', installation }, null, 2))
}

/** Whether the folder is there and is the one that was made: an empty place where a share was mounted is not. */
export async function isThere(root: string, installation: string): Promise<boolean> {
  try {
    return About.parse(JSON.parse(await readFile(paths(root).about, 'utf8'))).installation === installation
  } catch {
    return false
  }
}

/**
 * The installations whose copies lie in a folder, which may be the folder of one itself; one that has not made any yet
 * is none. Refused where no folder can be read there.
 */
export async function installationsIn(chosen: string): Promise<string[]> {
  const names = await readdir(chosen).catch(() => {
    throw new BackupRefused('no-such-folder', chosen)
  })
  if (await isOurs(chosen)) return [chosen]
  const roots = names.filter((name) => INSTALLATION.test(name)).map((name) => join(chosen, name))
  const holding = await Promise.all(roots.sort().map(holdsCopies))
  return roots.filter((_, n) => holding[n])
}

// What it says of itself may be unreadable now: its copies are there all the same.
const holdsCopies = async (root: string): Promise<boolean> =>
  (await readdir(paths(root).bases).catch(() => [])).some((name) => momentOf(name) !== null)

async function isOurs(root: string): Promise<boolean> {
  if (INSTALLATION.test(basename(root)) && (await holdsCopies(root))) return true
  const text = await readFile(paths(root).about, 'utf8').catch(() => null)
  try {
    return text !== null && About.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/** A file that appears whole or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text, { mode: 0o600 })
  await keep(`${file}.part`)
  await rename(`${file}.part`, file)
}

/** The whole copies of an installation, oldest first; what was being made when its server died is none. */
export async function basesIn(root: string): Promise<Base[]> {
  const { bases } = paths(root)
  const found: Base[] = []
  for (const name of (await readdir(bases).catch(() => [])).sort()) {
    const folder = join(bases, name)
    const text = await readFile(join(folder, ABOUT), 'utf8').catch(() => null)
    const about = text === null ? null : readAbout(text)
    if (about) found.push({ name, folder, about })
  }
  return found
}

function readAbout(text: string): BaseAbout | null {
  try {
    return BaseAbout.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** One of them by its name. */
export async function baseIn(root: string, name: string): Promise<Base> {
  const base = (await basesIn(root)).find((one) => one.name === name)
  if (base) return base
  if ((await illegibleIn(root)).includes(name))
    throw new BackupRefused('file-broken', join(paths(root).bases, name, ABOUT))
  throw new BackupRefused('no-such-backup', name)
}

/** The last word of a copy: from now on it is one. */
export async function finishBase(folder: string, about: BaseAbout): Promise<void> {
  await writeWhole(join(folder, ABOUT), JSON.stringify(about, null, 2))
  await rm(join(folder, `making-${process.pid}`), { force: true })
  await keep(folder)
}

/** Whole copies whose word about themselves cannot be read now: by a later program, on a disk that fails. */
export async function illegibleIn(root: string): Promise<string[]> {
  const { bases } = paths(root)
  const legible = new Set((await basesIn(root)).map(({ name }) => name))
  const names: string[] = []
  for (const name of await readdir(bases).catch(() => []))
    if (!legible.has(name) && momentOf(name) && !(await isHalf(join(bases, name)))) names.push(name)
  return names
}

/** Takes away what was being made when its server died; what another process makes meanwhile stays. */
export async function sweepBases(root: string): Promise<void> {
  const { bases } = paths(root)
  for (const name of await readdir(bases).catch(() => []))
    if (momentOf(name) && (await isHalf(join(bases, name))) && !(await isBeingMade(join(bases, name))))
      await rm(join(bases, name), { recursive: true, force: true })
}

const isHalf = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder).catch(() => null)
  return names !== null && !names.includes(ABOUT)
}

const MAKING = /^making-(\d+)$/

/** Makes the folder of a copy, with a word about who makes it. */
export async function beginBase(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  await writeFile(join(folder, `making-${process.pid}`), '', { mode: 0o600 })
}

async function isBeingMade(folder: string): Promise<boolean> {
  const makers = (await readdir(folder).catch(() => [])).flatMap((name) =>
    Number(MAKING.exec(name)?.[1] ?? []),
  )
  // One process makes one at a time, and this one is about to.
  return makers.some((pid) => pid !== process.pid && isAlive(pid))
}

/** Names of what is kept of the log: `<segment>.<moment>.gz.age`. */
export const keptName = (name: string, stamp: string): string => `${name}.${stamp}${SUFFIX}`

/** The sealed segments of an installation in their order. */
export async function segmentsIn(root: string): Promise<Kept[]> {
  const { log } = paths(root)
  const found = (await readdir(log).catch(() => [])).flatMap((file) => {
    const kept = keptOf(file)
    const segment = kept && segmentOf(kept.name)
    return segment ? [{ ...segment, file: join(log, file), at: kept.at }] : []
  })
  return found.sort((one, other) => one.timeline - other.timeline || one.place - other.place)
}

/** The histories of timelines, which PostgreSQL asks for when it begins the next one. */
export async function historiesIn(root: string): Promise<{ name: string; file: string }[]> {
  const { log } = paths(root)
  return (await readdir(log).catch(() => [])).flatMap((file) => {
    const kept = keptOf(file)
    return kept?.name.endsWith('.history') ? [{ name: kept.name, file: join(log, file) }] : []
  })
}

function keptOf(file: string): { name: string; at: Date } | null {
  if (!file.endsWith(SUFFIX)) return null
  const whole = file.slice(0, -SUFFIX.length)
  const dot = whole.lastIndexOf('.')
  const at = momentOf(whole.slice(dot + 1))
  return at ? { name: whole.slice(0, dot), at } : null
}
