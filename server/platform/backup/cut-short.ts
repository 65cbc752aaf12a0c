import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { RestoreOutcome } from '#contract/restores.ts'
import { type Beating, beatsElsewhere, beginBeating } from '../beating-file.ts'
import { endCarrying } from '../major/begun.ts'
import { backupWords } from './backup.words.ts'
import { BackupRefused } from './fault.ts'
import { writeWhole } from './folder.ts'
import { discard } from './restore.ts'
import { draftOf } from './restoring.ts'
import { stampOf } from './segments.ts'
import { asideOf, finishSwap } from './swap.ts'

/** A restore that a serving process has begun: by which number, when, and to which moment. */
const Begun = z.strictObject({
  pid: z.number().int(),
  at: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
})

const begunFile = (dataDir: string): string => join(dataDir, 'restoring.json')
const outcomeFile = (dataDir: string): string => join(dataDir, 'last-restore.json')

/** Says that this process restores the folder, until told that it does not any more. */
export async function beginRestoring(
  dataDir: string,
  { at, until }: { at: Date; until: Date | null },
): Promise<Beating> {
  const begun = { pid: process.pid, at: at.toISOString(), until: until?.toISOString() ?? null }
  return beginBeating(begunFile(dataDir), JSON.stringify(begun))
}

/**
 * Ends what a restore has left that was cut short: once its swap was decided on it is finished, before that it is undone,
 * and what became of it is kept for the page. So is a carrying over to the next PostgreSQL. Refuses a folder that another
 * process has at hand.
 */
export async function endCutShort(dataDir: string): Promise<void> {
  await endCarrying(dataDir)
  const text = await readFile(begunFile(dataDir), 'utf8').catch(() => null)
  const begun = text === null ? null : Begun.parse(JSON.parse(text))
  if (begun && (await beatsElsewhere(begunFile(dataDir), begun.pid)))
    throw new BackupRefused('being-restored', dataDir)
  await finishSwap(dataDir)
  if (!begun) return
  const at = new Date(begun.at)
  const draft = join(dataDir, draftOf(at))
  const aside = join(dataDir, asideOf(stampOf(at)))
  const isDone = !existsSync(draft) && existsSync(aside)
  await discard(draft)
  const { until } = begun
  await keepOutcome(
    dataDir,
    isDone
      ? { at: begun.at, until, aside, failure: null }
      : { at: begun.at, until: null, aside: null, failure: backupWords('cut-short') },
  )
  await rm(begunFile(dataDir), { force: true })
}

/** Keeps how a restore ended beside the data. */
export const keepOutcome = (dataDir: string, outcome: RestoreOutcome): Promise<void> =>
  writeWhole(outcomeFile(dataDir), JSON.stringify(outcome, null, 2))

/** How the last restore that was begun from a page ended; null when there was none. */
export async function lastOutcome(dataDir: string): Promise<RestoreOutcome | null> {
  try {
    return RestoreOutcome.parse(JSON.parse(await readFile(outcomeFile(dataDir), 'utf8')))
  } catch {
    return null
  }
}
