import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { discard } from '../backup/restore.ts'
import { stampOf } from '../backup/segments.ts'
import { finishSwap } from '../backup/swap.ts'
import { type Beating, beatsElsewhere, beginBeating } from '../beating-file.ts'
import { endServer } from '../embedded/ending.ts'
import { takeOwnership } from '../embedded/holding.ts'
import { reach } from '../embedded/reach.ts'
import { CarryRefused } from './fault.ts'

/** Which process carries the folder over; an earlier release knows nothing of it and may go on with the old folder. */
const Begun = z.object({ pid: z.number().int() })

const begunFile = (dataDir: string): string => join(dataDir, 'carrying.json')

/** Where the new cluster is filled, by its name inside the data folder. */
export const nextOf = (at: Date): string => `postgres.next-${stampOf(at)}`
const NEXT = /^postgres\.next-\d{8}T\d{6}Z/

/** Says that this process carries the folder over, until told that it does not any more. */
export const beginCarrying = (dataDir: string): Promise<Beating> =>
  beginBeating(begunFile(dataDir), JSON.stringify({ pid: process.pid }))

/**
 * Ends what a carrying over has left that was cut short: once its swap was decided on it is finished, before that the
 * scratch is taken away and the old folder stands as it was. Refuses a folder that another process is carrying over.
 */
export async function endCarrying(dataDir: string): Promise<void> {
  const text = await readFile(begunFile(dataDir), 'utf8').catch(() => null)
  if (text === null) return
  if (await beatsElsewhere(begunFile(dataDir), Begun.parse(JSON.parse(text)).pid))
    throw new CarryRefused('being-carried', dataDir)
  await endOrphan(join(dataDir, 'postgres'))
  await finishSwap(dataDir)
  await sweepNext(dataDir)
  await rm(begunFile(dataDir), { force: true })
}

/** Of a process that was killed the old server may have stayed, which only reads; one that somebody holds is theirs. */
async function endOrphan(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const reached = await reach(folder)
  if (!reached || !('own' in reached)) return
  const isNobodys = await takeOwnership(reached.own).finally(() => reached.own.end())
  if (isNobodys) await endServer(folder)
}

async function sweepNext(dataDir: string): Promise<void> {
  const drafts = (await readdir(dataDir)).flatMap((name) => NEXT.exec(name)?.[0] ?? [])
  for (const draft of new Set(drafts)) await discard(join(dataDir, basename(draft)))
}
