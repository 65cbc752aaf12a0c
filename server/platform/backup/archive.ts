import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { keptName, paths } from './folder.ts'
import { keep, seal } from './seal.ts'
import { stampOf } from './segments.ts'

// A segment, the history of a timeline; not what PostgreSQL writes beside a copy, nor what it is still writing.
const READY = /^[0-9A-F]{24}$|^[0-9A-F]{8}\.history$/
const NEEDLESS = /^[0-9A-F]{24}\.[0-9A-F]{8}\.backup$/
// What an archiver that was killed has left half written; nobody takes so long over one.
const HALF = /^archtemp\./
const HALF_MS = 60 * 60_000

/** Seals each piece of the log that PostgreSQL has handed over; it is removed there when it lies sealed in `outbox`. */
export async function sealLog(
  { spool, outbox }: { spool: string; outbox: string },
  recipients: readonly string[],
): Promise<void> {
  await mkdir(outbox, { recursive: true, mode: 0o700 })
  for (const name of (await readdir(spool).catch(() => [])).sort()) {
    const file = join(spool, name)
    if (NEEDLESS.test(name) || (HALF.test(name) && (await isOld(file)))) await rm(file, { force: true })
    if (!READY.test(name)) continue
    const { mtime } = await stat(file)
    // By the moment it was filled, so that a second try after a kill writes over the first.
    await seal(createReadStream(file), join(outbox, keptName(name, stampOf(mtime))), recipients)
    await rm(file)
  }
}

async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs > HALF_MS
}

/** Carries what is sealed over into the folder, in order; it leaves here when it lies there. */
export async function sendLog(outbox: string, root: string): Promise<void> {
  for (const name of await sealedIn(outbox)) {
    const target = join(paths(root).log, name)
    await copyFile(join(outbox, name), `${target}.part`)
    await keep(`${target}.part`)
    await rename(`${target}.part`, target)
    await keep(paths(root).log)
    await rm(join(outbox, name))
  }
}

/** The sealed pieces that wait, in order. */
export async function sealedIn(outbox: string): Promise<string[]> {
  const names = await readdir(outbox).catch(() => [])
  return names.filter((name) => name.endsWith('.gz.age')).sort()
}

/** Bytes that wait here for the folder, sealed and not yet. */
export async function waitingBytes(folders: readonly string[]): Promise<number> {
  let bytes = 0
  for (const folder of folders)
    for (const name of await readdir(folder).catch(() => [])) {
      const found = await stat(join(folder, name)).catch(() => null)
      bytes += found?.size ?? 0
    }
  return bytes
}

/** Gives up what waits: from here on only a new copy helps. */
export async function dropLog(folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    for (const name of await readdir(folder).catch(() => []))
      if (READY.test(name) || NEEDLESS.test(name) || name.endsWith('.gz.age'))
        await rm(join(folder, name), { force: true })
}
