import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { FolderRefusal } from './backups.ts'

/** Whether two folders lie on one disk; what cannot be told counts as one. */
export async function onOneDisk(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)))
  return !first || !second || first.dev === second.dev
}

/** Why copies cannot go to this folder; tried by writing there. */
export async function folderRefusal(folder: string, dataDir: string): Promise<FolderRefusal | null> {
  if (!isAbsolute(folder)) return 'folder-not-absolute'
  const inside = relative(resolve(dataDir), resolve(folder))
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) return 'folder-inside-data'
  const trial = join(folder, `.zhuravl-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK | constants.R_OK)
    await writeFile(trial, 'zhuravl')
    await rm(trial)
    return null
  } catch {
    return 'folder-unwritable'
  }
}
