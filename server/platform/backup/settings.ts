import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { writeOnce } from '../secret-file.ts'
import { BackupRefused } from './fault.ts'
import { newKey, recipientOf } from './seal.ts'

/** What the program remembers of backups beside the database, since it is needed when there is none. */
const Remembered = z.strictObject({
  installation: z.string().regex(/^[0-9a-f]{8}$/),
  /** Where copies go; null: beside the data. */
  folder: z.string().nullable(),
  /** The recipient of the key on paper, and when it was last typed back. */
  paper: z.strictObject({ recipient: z.string(), provenAt: z.iso.datetime() }).nullable(),
  /** The log was given up while the folder was away: what comes next needs a new copy. */
  gap: z.boolean(),
  /** A new copy comes first: a restored journal has begun a log of its own, or there is a key that opens none yet. */
  wantsCopy: z.boolean(),
})
export type Remembered = z.infer<typeof Remembered>

/** Where an installation keeps what belongs to its backups. */
export type BackupPlaces = {
  /** The data folder, with the cluster in `postgres`. */
  dataDir: string
  /** Where the server's own key lies: outside data and copies. */
  keyFile: string
}

/** The places of a data folder; the key lies beside it unless the environment names another file. */
export const placesOf = (config: {
  dataDir: string
  backupKeyFile?: string | null | undefined
}): BackupPlaces => ({
  dataDir: config.dataDir,
  keyFile:
    config.backupKeyFile ?? join(dirname(config.dataDir), `${basename(config.dataDir)}.keys`, 'backup.key'),
})

const file = (dataDir: string): string => join(dataDir, 'backup.json')
/** Where PostgreSQL puts each segment it has filled. */
export const spoolOf = (dataDir: string): string => join(dataDir, 'postgres.log-out')
/** Where sealed segments wait for the folder. */
export const outboxOf = (dataDir: string): string => join(dataDir, 'backup-out')
/** Where copies go until a folder is chosen. */
export const folderBeside = (dataDir: string): string => join(dataDir, 'backups')

/** Whether backups have been kept for this data folder. */
export const hasMemory = (dataDir: string): boolean => existsSync(file(dataDir))

/** What is remembered; a new installation begins with a name of its own. */
export function remembered(dataDir: string): Remembered {
  if (existsSync(file(dataDir))) return Remembered.parse(JSON.parse(readFileSync(file(dataDir), 'utf8')))
  const first = {
    installation: randomBytes(4).toString('hex'),
    folder: null,
    paper: null,
    gap: false,
    wantsCopy: false,
  }
  remember(dataDir, first)
  return first
}

/** Whose copies a memory is of; null where it cannot be read. */
export function installationOf(text: string): string | null {
  try {
    return Remembered.parse(JSON.parse(text)).installation
  } catch {
    return null
  }
}

/** Remembers it, whole or not at all. */
export function remember(dataDir: string, what: Remembered): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${file(dataDir)}.new-${process.pid}`
  writeFileSync(draft, JSON.stringify(what, null, 2), { mode: 0o600 })
  renameSync(draft, file(dataDir))
}

/** The keys of the server, newest first: the first seals, all open. Made at first use. */
export async function serverKeys({
  keyFile,
}: BackupPlaces): Promise<{ identities: string[]; recipient: string }> {
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 })
    // What is sealed to a key that another start has written over opens to nobody.
    writeOnce(keyFile, `${(await newKey()).identity}\n`)
  }
  const identities = identitiesIn(readFileSync(keyFile, 'utf8'))
  const [newest] = identities
  if (newest === undefined) throw new BackupRefused('no-key-in-file', keyFile)
  const recipient = await recipientOf(newest).catch(() => {
    throw new BackupRefused('key-malformed', keyFile)
  })
  return { identities, recipient }
}

/** The keys that lie on this server, none where there is no such file. */
export const knownKeys = ({ keyFile }: BackupPlaces): string[] =>
  existsSync(keyFile) ? identitiesIn(readFileSync(keyFile, 'utf8')) : []

/** Keys as `age` writes them to a file: one a line, comments after «#». */
export const identitiesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'))
