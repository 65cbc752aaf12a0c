import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './folder.ts'
import type { Unpacked } from './restore.ts'
import { installationOf } from './settings.ts'

/** One thing that takes the place of another, which is set aside; names inside the data folder. */
const Move = z.strictObject({ draft: z.string(), place: z.string(), aside: z.string() })
type Move = z.infer<typeof Move>
const Swap = z.strictObject({ moves: z.array(Move), leftovers: z.array(z.string()) })

const swapFile = (dataDir: string): string => join(dataDir, 'restore.json')

/** Whether a swap has been decided on, and has to be ended. */
export const isSwapping = (dataDir: string): boolean => existsSync(swapFile(dataDir))

/** Under which name inside the data folder the cluster that stood there is set aside. */
export const asideOf = (stamp: string): string => `postgres.set-aside-${stamp}`

/** Puts a cluster that was laid out beside in the place of the other, which is set aside under a name of its own. */
export async function putInPlace(
  dataDir: string,
  { folder, secrets }: Pick<Unpacked, 'folder' | 'secrets'>,
  stamp: string,
  aside = asideOf(stamp),
): Promise<{ aside: string | null }> {
  const standing = existsSync(join(dataDir, 'postgres'))
  const draft = basename(folder)
  const moves: Move[] = [{ draft: `${draft}.log`, place: 'postgres.log', aside: `${aside}.log` }]
  for (const [name, text] of Object.entries(secrets)) {
    const [, tail] = CLUSTER_SECRET.exec(name) ?? []
    if (tail) moves.push({ draft: `${draft}${tail}`, place: name, aside: `${aside}${tail}` })
    else if (await takesPlace(dataDir, name, text))
      moves.push({ draft: `${draft}.${name}`, place: name, aside: `${name}.set-aside-${stamp}` })
    else continue
    await writeFile(join(dataDir, moves.at(-1)?.draft ?? ''), text, { mode: 0o600 })
  }
  // Last, so that while it has not moved the journal that stands can be told from the one that comes.
  moves.push({ draft, place: 'postgres', aside })
  await writeWhole(swapFile(dataDir), JSON.stringify({ moves, leftovers: [`${draft}.log-in`] }))
  await finishSwap(dataDir)
  return { aside: standing ? join(dataDir, aside) : null }
}

// Whoever can write to the folder of copies can seal one of their own: its names lead nowhere else.
const CLUSTER_SECRET = /^postgres((?:\.zhuravl_(?:app|backup))?\.password)$/

/** A key that differs is set aside, never lost; where copies go stays chosen, unless they were another journal's. */
async function takesPlace(dataDir: string, name: string, text: string): Promise<boolean> {
  const present = await readFile(join(dataDir, name), 'utf8').catch(() => null)
  if (name === 'server.key') return present !== text
  return name === 'backup.json' && (present === null || installationOf(present) !== installationOf(text))
}

/**
 * Ends a swap that a kill has cut short; without one it does nothing. Called before a folder is served: between the two
 * renames there is none, and an empty journal would be begun in its place.
 */
export async function finishSwap(dataDir: string): Promise<void> {
  const text = await readFile(swapFile(dataDir), 'utf8').catch(() => null)
  if (text === null) return
  const { moves, leftovers } = Swap.parse(JSON.parse(text))
  const at = (name: string) => join(dataDir, name)
  for (const { draft, place, aside } of moves) await swapOne(at(draft), at(place), at(aside))
  for (const name of leftovers) await rm(at(name), { recursive: true, force: true })
  await rm(swapFile(dataDir), { force: true })
}

async function swapOne(draft: string, place: string, aside: string): Promise<void> {
  if (existsSync(draft)) {
    if (existsSync(place) && !existsSync(aside)) await rename(place, aside)
    await rename(draft, place)
  } else if (!existsSync(place) && existsSync(aside)) {
    // What was to come is lost: what stood there comes back.
    await rename(aside, place)
  }
}
