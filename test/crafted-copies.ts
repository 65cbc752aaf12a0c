import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Holdings } from '#contract/backups.ts'
import { finishBase, keptName, makeRoot, paths, rootIn, SECRETS } from '#platform/backup/folder.ts'
import { seal } from '#platform/backup/seal.ts'
import { segmentName, stampOf } from '#platform/backup/segments.ts'
import { MAJOR } from '#platform/embedded/binaries.ts'

export type Crafted = {
  /** Eight hexadecimal digits. */
  installation: string
  /** Whose key opens them. */
  recipient: string
  /** When each copy was made; its log goes on for ten minutes. */
  at: readonly Date[]
  holds?: Holdings
  /** Of the first; each goes on in the next. */
  timeline?: number
}

const LATER_MS = 10 * 60_000

/** Copies of a journal that nobody has to run, as far as they can be looked at without being laid out; their folder. */
export async function craftCopies(
  chosen: string,
  { installation, recipient, at, holds, timeline: first = 1 }: Crafted,
): Promise<string> {
  const root = rootIn(chosen, installation)
  await makeRoot(root, installation)
  for (const [n, from] of at.entries()) {
    const folder = join(paths(root).bases, stampOf(from))
    mkdirSync(folder)
    await seal(Readable.from(['{}'], { objectMode: false }), join(folder, SECRETS), [recipient])
    const timeline = first + n
    const places = [10 * n + 1, 10 * n + 2]
    for (const [late, place] of places.entries()) {
      const stamp = stampOf(new Date(from.getTime() + late * LATER_MS))
      writeFileSync(join(paths(root).log, keptName(segmentName({ timeline, place }), stamp)), '')
    }
    await finishBase(folder, {
      format: 1,
      from: from.toISOString(),
      to: from.toISOString(),
      major: MAJOR,
      timeline,
      firstPlace: places[0] ?? 0,
      lastPlace: places[0] ?? 0,
      bytes: 1000,
      unpackedBytes: 40 * 2 ** 20,
      files: {},
      recipients: [recipient],
      holds: holds ?? null,
    })
  }
  return root
}
