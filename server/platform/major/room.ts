import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { diskOf } from '../disk.ts'
import { CarryRefused } from './fault.ts'
import { roomWords } from './major.words.ts'

// What the log of the new cluster takes at most while it is filled, and some for whatever else is written.
const LOG = 768 * 2 ** 20
const SPARE = 200 * 2 ** 20

/** Refuses where the cluster would not fit into the data folder once more; it may itself lie on another disk. */
export async function refuseWithoutRoom(dataDir: string): Promise<void> {
  const disk = await diskOf(dataDir)
  const held = await bytesIn(join(dataDir, 'postgres'))
  const needed = held + Math.min(held, LOG) + SPARE
  if (disk && disk.free < needed) throw new CarryRefused('no-room', roomWords(needed, disk.free))
}

/** Bytes of a cluster without its log, which does not come along. */
async function bytesIn(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || /[\\/]pg_wal([\\/]|$)/.test(entry.parentPath)) continue
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0
  }
  return bytes
}
