import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'

/**
 * Why a folder cannot take backups: it cannot be written to, lies inside the data, is no absolute path, is on the disk
 * of the data or of the system (a share that is not mounted looks like that), or does not answer.
 */
export type FolderRefusal =
  | 'folder-unwritable'
  | 'folder-inside-data'
  | 'folder-not-absolute'
  | 'folder-on-same-disk'
  | 'backup-folder-silent'

// A share that is away hangs whoever looks into it.
const SILENT_MS = 10_000

/** Whether two folders lie on one disk; what cannot be told counts as one. */
export async function onOneDisk(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)))
  return !first || !second || first.dev === second.dev
}

/** Why copies cannot go to this folder, tried by writing there; on a disk of its own unless `sameDisk` is meant. */
export async function folderRefusal(
  folder: string,
  dataDir: string,
  sameDisk: boolean,
  silentMs = SILENT_MS,
): Promise<FolderRefusal | null> {
  if (!isAbsolute(folder)) return 'folder-not-absolute'
  const inside = relative(resolve(dataDir), resolve(folder))
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) return 'folder-inside-data'
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<FolderRefusal>((done) => {
    timer = setTimeout(() => done('backup-folder-silent'), silentMs)
  })
  return Promise.race([triedRefusal(folder, dataDir, sameDisk), silent]).finally(() => clearTimeout(timer))
}

async function triedRefusal(
  folder: string,
  dataDir: string,
  sameDisk: boolean,
): Promise<FolderRefusal | null> {
  const trial = join(folder, `.zhuravl-${process.pid}`)
  try {
    // Before anything is made: a folder made where a share is mounted later is hidden by it.
    if (!sameDisk && (await onOwnDisk(await nearest(folder), dataDir))) return 'folder-on-same-disk'
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK | constants.R_OK)
    await writeFile(trial, 'zhuravl')
    await rm(trial)
    return null
  } catch {
    return 'folder-unwritable'
  }
}

/** The disk of the data, and that of the system, which an empty mount point lies on. */
async function onOwnDisk(folder: string, dataDir: string): Promise<boolean> {
  return (await onOneDisk(folder, dataDir)) || (await onOneDisk(folder, resolve('/')))
}

/** The folder, or the closest above it that there is. */
async function nearest(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
  return there || dirname(folder) === folder ? folder : nearest(dirname(folder))
}
